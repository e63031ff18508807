"""The app `operations`: no tables, only what keeps the desk going."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Serving, backups, health, demonstration."""

    name = "koempel.desk.operations"
    label = "operations"
