"""The addresses that somebody gets without an account: to answer, or to choose."""

from django.urls import path

from koempel.desk.web.views.placements.answer import FollowUpAnswer, FollowUpAnswerStep
from koempel.desk.web.views.referrals.answer import AnswerPage, AnswerStep
from koempel.desk.web.views.referrals.choice import ChoicePage

urlpatterns = [
    path("antwoord/<str:token>/", AnswerPage.as_view(), name="referral-answer"),
    path("kies/<str:token>/", ChoicePage.as_view(), name="referral-slots"),
    path("antwoord/<str:token>/<slug:step>/", AnswerStep.as_view(), name="referral-answer-step"),
    path("opvolging/<str:token>/", FollowUpAnswer.as_view(), name="follow-up-answer"),
    path(
        "opvolging/<str:token>/<slug:step>/",
        FollowUpAnswerStep.as_view(),
        name="follow-up-answer-step",
    ),
]
