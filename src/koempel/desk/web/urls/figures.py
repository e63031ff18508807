"""Addresses of figures."""

from django.urls import path

from koempel.desk.web.views.figures.board import FiguresFile, FiguresPage
from koempel.desk.web.views.figures.rows import RowsPage

app_name = "figures"

urlpatterns = [
    path("regie/cijfers/", FiguresPage.as_view(), name="board"),
    path("regie/cijfers/bestand.<str:suffix>", FiguresFile.as_view(), name="board-export"),
    path("regie/cijfers/rijen/", RowsPage.as_view(), name="rows"),
]
