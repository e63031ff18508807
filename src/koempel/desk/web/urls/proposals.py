"""Addresses of proposals."""

from django.urls import path

from koempel.desk.accounts.session import step_up
from koempel.desk.web.pages.listing import ListExport, export_name
from koempel.desk.web.views.proposals import page, sheet
from koempel.desk.web.views.proposals.listing import ProposalsPage

app_name = "proposals"

urlpatterns = [
    path("voorstellen/", ProposalsPage.as_view(), name="list"),
    path(
        "voorstellen/bestand.<str:suffix>",
        step_up(ListExport.as_view(of=ProposalsPage)),
        name=export_name("list"),
    ),
    path("mensen/<case:case>/voorstel/", page.ProposalPage.as_view(), name="file"),
    path("mensen/<case:case>/voorstel/terug/", page.TakeBack.as_view(), name="take-back"),
    path("mensen/<case:case>/voorstel/intrekken/", page.Withdraw.as_view(), name="withdraw"),
    path("mensen/<case:case>/voorstel/<int:key>/toelaten/", page.Allow.as_view(), name="allow"),
    path("mensen/<case:case>/blad/", sheet.SheetPage.as_view(), name="sheet"),
    path("mensen/<case:case>/blad/link/", sheet.SheetLinkButton.as_view(), name="sheet-link"),
]
