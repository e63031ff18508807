"""The address that a party gets to sign an internship agreement, without an account."""

from django.urls import path

from koempel.desk.web.views.transitions.agreement import SignByLinkPage

urlpatterns = [
    path("teken/<str:token>/", SignByLinkPage.as_view(), name="transition-sign"),
]
