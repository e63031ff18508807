"""The address that an employer gets to answer a referral, without an account."""

from django.urls import path

from koempel.desk.web.views.referrals.answer import AnswerPage, AnswerStep

urlpatterns = [
    path("antwoord/<str:token>/", AnswerPage.as_view(), name="referral-answer"),
    path("antwoord/<str:token>/<slug:step>/", AnswerStep.as_view(), name="referral-answer-step"),
]
