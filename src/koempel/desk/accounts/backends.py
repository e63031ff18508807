"""Who is let in: an open account of an organisation that takes part, at every request again."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from koempel.desk.accounts.models import User
from koempel.desk.accounts.queries import open_accounts


class DeskBackend(AuthenticationBackend):  # type: ignore[misc] # allauth ships no types
    """Sign in by e-mail address; whoever may no longer is out at the next request."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and its organisation takes part."""
        return isinstance(user, User) and user.is_active and user.organisation.is_active

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, in one question to the database."""
        return open_accounts().filter(pk=user_id).first()
