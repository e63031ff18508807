"""The app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, children, rights, obstacles, timeline, confidential notes."""

    name = "koempel.desk.people"
    label = "people"

    def ready(self) -> None:
        """Register the check of the field declarations."""
        # Checks register themselves when imported, which needs the apps to be loaded.
        from koempel.desk.people import checks  # noqa: F401
