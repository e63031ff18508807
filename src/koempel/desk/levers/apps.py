"""The app `levers`."""

from django.apps import AppConfig


class LeversConfig(AppConfig):
    """Levers, their stock, their bookings."""

    name = "koempel.desk.levers"
    label = "levers"

    def ready(self) -> None:
        """Register what is kept about people."""
        # It registers itself when imported, which needs the tables to be there.
        from koempel.desk.levers import keeping  # noqa: F401
