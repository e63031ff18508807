"""The app `common`."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Roles, context, audit."""

    name = "koempel.desk.common"
    label = "common"
