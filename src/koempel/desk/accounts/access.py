"""The access table: what each role may open, and how much it sees there.

Nothing is allowed that is not written in `config/access.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from koempel.desk.common.context import Relation, Show
from koempel.desk.common.roles import Role
from koempel.errors import KoempelError

METHODS = ("GET", "POST")
EVERYBODY = "*"
SIGNED_IN = "signed-in"


class AccessTableError(KoempelError):
    """The access table is not well written."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a role gets at an address with a method."""

    relation: Relation
    show: Show


@dataclass(frozen=True, slots=True)
class AccessRule:
    """One address: its purpose, and what each role gets per method."""

    name: str
    purpose: str
    allowed: dict[tuple[str, str], Allowed]

    def for_role(self, role: str, method: str) -> Allowed | None:
        """What a role gets, or None when it is refused. HEAD is GET without a body."""
        verb = "GET" if method == "HEAD" else method
        known = self.allowed.get((SIGNED_IN, verb)) if role != Role.ANONYMOUS else None
        return self.allowed.get((role, verb)) or known or self.allowed.get((EVERYBODY, verb))


@cache
def access_table() -> dict[str, AccessRule]:
    """All rules by address name.

    Raises
    ------
    AccessTableError
        When a row has an unknown method, role, relation or projection.
    """
    text = files("koempel.desk.config").joinpath("access.toml").read_text("utf-8")
    return {name: _rule(name, row) for name, row in tomllib.loads(text).items()}


def may_open(role: str, name: str, method: str = "GET") -> bool:
    """Whether a role may open an address, for navigation and buttons."""
    rule = access_table().get(name)
    return rule is not None and rule.for_role(role, method) is not None


def _rule(name: str, row: dict[str, object]) -> AccessRule:
    methods = {key: value for key, value in row.items() if key != "purpose"}
    unknown = sorted(set(methods) - set(METHODS))
    if unknown or not isinstance(row.get("purpose"), str):
        raise AccessTableError(f"access.toml, «{name}»: {unknown or 'purpose ontbreekt'}")
    allowed = {
        (role, method): _allowed(name, role, value)
        for method, roles in methods.items()
        if isinstance(roles, dict)
        for role, value in roles.items()
    }
    return AccessRule(name, str(row["purpose"]), allowed)


def _allowed(name: str, role: str, value: str) -> Allowed:
    if role not in (EVERYBODY, SIGNED_IN, *Role.values):
        raise AccessTableError(f"access.toml, «{name}»: onbekende rol {role}")
    try:
        relation, show = value.split("/")
        return Allowed(Relation(relation), Show(show))
    except ValueError as error:
        raise AccessTableError(f"access.toml, «{name}», {role}: {error}") from error
