"""The app `jobs`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JobsConfig(AppConfig):
    """Occupations and vacancies."""

    name = "koempel.desk.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Fill the occupations after each migration, so that they are those of this version."""
        # Models can only be imported when the apps are loaded.
        from koempel.desk.jobs.occupations import fill_occupations

        post_migrate.connect(fill_occupations, sender=self, dispatch_uid="jobs.fill_occupations")
