"""Addresses that somebody without an account gets: an employer to answer, a person to choose."""

from django.urls import path

from koempel.desk.web.views.referrals.answer import AnswerPage, AnswerStep
from koempel.desk.web.views.referrals.choice import ChoicePage

urlpatterns = [
    path("antwoord/<str:token>/", AnswerPage.as_view(), name="referral-answer"),
    path("kies/<str:token>/", ChoicePage.as_view(), name="referral-slots"),
    path("antwoord/<str:token>/<slug:step>/", AnswerStep.as_view(), name="referral-answer-step"),
]
