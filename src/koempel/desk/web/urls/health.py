"""Addresses for who keeps the desk going."""

from django.urls import path

from koempel.desk.web.views.duties import DutiesPage
from koempel.desk.web.views.health import health
from koempel.desk.web.views.post import PostPage

urlpatterns = [
    path("gezondheid/", health, name="health"),
    path("beheer/post/", PostPage.as_view(), name="post"),
    path("beheer/taken/", DutiesPage.as_view(), name="duties"),
]
