"""The app `transitions`."""

from django.apps import AppConfig


class TransitionsConfig(AppConfig):
    """Who works in a social enterprise, when that is looked at again, and who moves on."""

    name = "koempel.desk.transitions"
    label = "transitions"

    def ready(self) -> None:
        """Register what is kept about people."""
        # It registers itself when imported, which needs the tables to be there.
        from koempel.desk.transitions import keeping  # noqa: F401
