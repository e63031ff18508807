"""The app `operations`: what keeps the desk going."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Serving, duties, backups, health, demonstration."""

    name = "koempel.desk.operations"
    label = "operations"
