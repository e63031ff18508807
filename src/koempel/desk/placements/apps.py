"""The app `placements`."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Who works where since when, and whether it lasts."""

    name = "koempel.desk.placements"
    label = "placements"

    def ready(self) -> None:
        """Register what is kept about people."""
        # It registers itself when imported, which needs the tables to be there.
        from koempel.desk.placements import keeping  # noqa: F401
