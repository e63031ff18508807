"""Address of the overview."""

from django.urls import path

from koempel.desk.web.views.overview.board import OverviewPage

app_name = "overview"

urlpatterns = [path("overzicht/", OverviewPage.as_view(), name="board")]
