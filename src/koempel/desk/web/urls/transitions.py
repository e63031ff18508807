"""Addresses of doorstroom."""

from django.urls import path

from koempel.desk.accounts.session import step_up
from koempel.desk.web.pages.listing import ListExport, export_name
from koempel.desk.web.views.transitions import afterwards, agreement, file, following, matching
from koempel.desk.web.views.transitions.listing import TransitionsPage

app_name = "transitions"

urlpatterns = [
    path("doorstroom/", TransitionsPage.as_view(), name="list"),
    path(
        "doorstroom/bestand.<str:suffix>",
        step_up(ListExport.as_view(of=TransitionsPage)),
        name=export_name("list"),
    ),
    path("doorstroom/nieuw/", following.HiredPage.as_view(), name="new"),
    path("doorstroom/<int:pk>/", file.TransitionPage.as_view(), name="file"),
    path("doorstroom/<int:pk>/terug/", file.UndoStep.as_view(), name="undo"),
    path("doorstroom/<int:pk>/plekken/", matching.MatchingPage.as_view(), name="matching"),
    path(
        "doorstroom/<int:pk>/stageovereenkomst/",
        agreement.AgreementPage.as_view(),
        name="agreement",
    ),
    path(
        "doorstroom/<int:pk>/stageovereenkomst/stageovereenkomst.pdf",
        agreement.AgreementPdf.as_view(),
        name="agreement-pdf",
    ),
    path(
        "doorstroom/<int:pk>/stageovereenkomst/tekst/", agreement.AgreePage.as_view(), name="agree"
    ),
    path("doorstroom/<int:pk>/stageovereenkomst/teken/", agreement.SignPage.as_view(), name="sign"),
    path(
        "doorstroom/<int:pk>/stageovereenkomst/link/<slug:party>/",
        agreement.SignLinkButton.as_view(),
        name="sign-link",
    ),
    path(
        "doorstroom/<int:pk>/nazorg/<int:number>/<slug:step>/",
        afterwards.TalkButton.as_view(),
        name="talk",
    ),
    path("doorstroom/<int:pk>/<slug:step>/", file.StepPage.as_view(), name="step"),
    path("mensen/<case:case>/doorstroom/", following.FollowPage.as_view(), name="follow"),
]
