"""Addresses of toeleiding."""

from django.urls import path

from koempel.desk.accounts.session import step_up
from koempel.desk.web.pages.listing import ListExport, export_name
from koempel.desk.web.views.referrals import batch, candidates, file, following, refusals, seats
from koempel.desk.web.views.referrals.listing import ReferralsPage
from koempel.desk.web.views.referrals.stalled import StalledPage

app_name = "referrals"

urlpatterns = [
    path("toeleiding/", ReferralsPage.as_view(), name="list"),
    path(
        "toeleiding/bestand.<str:suffix>",
        step_up(ListExport.as_view(of=ReferralsPage)),
        name=export_name("list"),
    ),
    path("toeleiding/stilstand/", StalledPage.as_view(), name="stalled"),
    path("toeleiding/waarom/", refusals.RefusalsPage.as_view(), name="refusals"),
    path(
        "toeleiding/waarom/bestand.<str:suffix>",
        refusals.RefusalsFile.as_view(),
        name="refusals-export",
    ),
    path("toeleiding/waarom/<str:reason>/", refusals.RefusalRows.as_view(), name="refusal-rows"),
    path("toeleiding/samen/intrekken/", batch.WithdrawPage.as_view(), name="withdraw"),
    path("toeleiding/samen/terug/", batch.UndoMany.as_view(), name="undo-many"),
    path("toeleiding/<int:pk>/", file.ReferralPage.as_view(), name="file"),
    path("toeleiding/<int:pk>/terug/", file.UndoStep.as_view(), name="undo"),
    path("toeleiding/<int:pk>/link/", file.LinkButton.as_view(), name="link"),
    path("toeleiding/<int:pk>/gesprek.ics", file.TalkFile.as_view(), name="talk"),
    path("toeleiding/<int:pk>/<slug:step>/", file.StepPage.as_view(), name="step"),
    path("jobs/<str:number>/kandidaten/", candidates.CandidatesPage.as_view(), name="candidates"),
    path("jobs/<str:number>/kandidaten/volgende/", following.NextButton.as_view(), name="next"),
    path("mensen/<case:case>/vacatures/", seats.SeatsPage.as_view(), name="seats"),
]
