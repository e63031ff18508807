"""Address of the health page."""

from django.urls import path

from koempel.desk.web.views.health import health

urlpatterns = [path("gezondheid/", health, name="health")]
