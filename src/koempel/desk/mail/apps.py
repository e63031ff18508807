"""The app `mail`."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail that waits, left, or could not leave."""

    name = "koempel.desk.mail"
    label = "mail"
