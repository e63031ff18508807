"""Addresses for who keeps the desk going."""

from django.urls import path

from koempel.desk.web.views.duties import DutiesPage
from koempel.desk.web.views.health import health

urlpatterns = [
    path("gezondheid/", health, name="health"),
    path("beheer/taken/", DutiesPage.as_view(), name="duties"),
]
