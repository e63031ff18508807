"""The addresses that an employer or a person gets to answer, without an account."""

from django.urls import path

from koempel.desk.web.views.placements.answer import FollowUpAnswer, FollowUpAnswerStep
from koempel.desk.web.views.referrals.answer import AnswerPage, AnswerStep

urlpatterns = [
    path("antwoord/<str:token>/", AnswerPage.as_view(), name="referral-answer"),
    path("antwoord/<str:token>/<slug:step>/", AnswerStep.as_view(), name="referral-answer-step"),
    path("opvolging/<str:token>/", FollowUpAnswer.as_view(), name="follow-up-answer"),
    path(
        "opvolging/<str:token>/<slug:step>/",
        FollowUpAnswerStep.as_view(),
        name="follow-up-answer-step",
    ),
]
