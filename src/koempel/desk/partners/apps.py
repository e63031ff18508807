"""The app `partners`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnersConfig(AppConfig):
    """Places, establishments, contacts, offers."""

    name = "koempel.desk.partners"
    label = "partners"

    def ready(self) -> None:
        """Fill the places after each migration, so that they are always those of this version."""
        # Models can only be imported when the apps are loaded.
        from koempel.desk.partners.places import fill_places

        post_migrate.connect(fill_places, sender=self, dispatch_uid="partners.fill_places")
