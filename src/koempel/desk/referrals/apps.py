"""The app `referrals`."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Who is referred to which vacancy, and what came of it."""

    name = "koempel.desk.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Register what is kept about people."""
        # It registers itself when imported, which needs the tables to be there.
        from koempel.desk.referrals import keeping  # noqa: F401
