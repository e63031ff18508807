"""Addresses that everybody may read: the vacancies of a municipality that made them public."""

from django.urls import path

from koempel.desk.web.views.jobs.feeds import AtomFeed, JsonFeed, PublicPage

app_name = "feed"

urlpatterns = [
    path("feed/<str:nis>/vacatures/", PublicPage.as_view(), name="page"),
    path("feed/<str:nis>/vacatures.json", JsonFeed.as_view(), name="json"),
    path("feed/<str:nis>/vacatures.atom", AtomFeed.as_view(), name="atom"),
]
