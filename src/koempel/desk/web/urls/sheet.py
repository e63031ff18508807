"""The address that a person gets: their own sheet, without an account."""

from django.urls import path

from koempel.desk.web.views.proposals.sheet import PersonSheet

urlpatterns = [path("blad/<str:token>/", PersonSheet.as_view(), name="person-sheet")]
