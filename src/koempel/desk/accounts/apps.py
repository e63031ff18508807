"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, users, roles, access."""

    name = "koempel.desk.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the checks of the access table and what follows from signing in."""
        # Both register themselves when imported, which needs the apps to be loaded.
        from koempel.desk.accounts import checks, signals  # noqa: F401
