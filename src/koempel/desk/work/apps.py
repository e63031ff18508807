"""The app `work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """What the worker does, for whom, and how far it is."""

    name = "koempel.desk.work"
    label = "work"
