"""The app `planning`."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plan runs, what they propose, and what people decide about it."""

    name = "koempel.desk.planning"
    label = "planning"
    verbose_name = "plannen"
