"""The app `planning`."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plan runs, what they propose, and what people decide about it."""

    name = "koempel.desk.planning"
    label = "planning"
    verbose_name = "plannen"

    def ready(self) -> None:
        """Register what is kept about people."""
        # It registers itself when imported, which needs the tables to be there.
        from koempel.desk.planning import keeping  # noqa: F401
