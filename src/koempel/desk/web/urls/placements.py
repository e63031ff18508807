"""Addresses of work that people found."""

from django.urls import path

from koempel.desk.accounts.session import step_up
from koempel.desk.web.pages.listing import ListExport, export_name
from koempel.desk.web.views.placements import file, follow_ups
from koempel.desk.web.views.placements.listing import PlacementsPage

app_name = "placements"

urlpatterns = [
    path("toeleiding/werk/", PlacementsPage.as_view(), name="list"),
    path(
        "toeleiding/werk/bestand.<str:suffix>",
        step_up(ListExport.as_view(of=PlacementsPage)),
        name=export_name("list"),
    ),
    path("toeleiding/werk/<int:pk>/", file.PlacementPage.as_view(), name="file"),
    path("toeleiding/werk/<int:pk>/einde/", file.EndPage.as_view(), name="end"),
    path(
        "toeleiding/werk/opvolging/<int:pk>/link/<slug:party>/",
        follow_ups.LinkButton.as_view(),
        name="link",
    ),
    path(
        "toeleiding/werk/opvolging/<int:pk>/terug/",
        follow_ups.UndoAnswer.as_view(),
        name="undo-answer",
    ),
    path(
        "toeleiding/werk/opvolging/<int:pk>/<slug:step>/",
        follow_ups.AnswerPage.as_view(),
        name="answer",
    ),
    path("toeleiding/werk/<int:pk>/terug/", file.UndoEnd.as_view(), name="undo"),
]
