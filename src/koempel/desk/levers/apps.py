"""The app `levers`."""

from django.apps import AppConfig


class LeversConfig(AppConfig):
    """Levers, their stock, their bookings."""

    name = "koempel.desk.levers"
    label = "levers"
