"""The app `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "koempel.desk.web"
    label = "web"
