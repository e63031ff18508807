"""The address without a path."""

from django.urls import path

from koempel.desk.web.views.home import Home

urlpatterns = [path("", Home.as_view(), name="home")]
