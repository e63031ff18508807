"""Addresses of the frame itself."""

from django.urls import path

from koempel.desk.web.pages.theme import choose_theme

urlpatterns = [
    path("thema/", choose_theme, name="theme"),
]
