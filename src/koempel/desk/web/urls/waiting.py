"""Address of what waits."""

from django.urls import path

from koempel.desk.web.views.waiting.page import WaitingPage

app_name = "waiting"

urlpatterns = [path("wacht/", WaitingPage.as_view(), name="page")]
