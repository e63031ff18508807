"""What waits for each role, in a few words: the parts of the desk say it, sign-in shows it."""

from collections.abc import Callable
from datetime import date

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role

Waits = Callable[[User, date], str]

_known: dict[str, Waits] = {}


def waits_for(*roles: Role) -> Callable[[Waits], Waits]:
    """Register a function that says what waits for a user of these roles; empty is nothing."""

    def keep(function: Waits) -> Waits:
        _known.update(dict.fromkeys(roles, function))
        return function

    return keep


def what_waits(user: User, *, today: date) -> str:
    """What waits for somebody, or nothing when no part of the desk says so."""
    return _known.get(user.role, _nothing)(user, today)


def _nothing(user: User, today: date) -> str:
    return ""
