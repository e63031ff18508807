"""Addresses of the frame itself."""

from django.urls import path

from koempel.desk.web.pages.theme import choose_theme
from koempel.desk.web.views.home import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("thema/", choose_theme, name="theme"),
]
