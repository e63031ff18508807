"""Who asks, for what: set once per request or job, and asked by everything that guards data.

A protected table refuses to answer without a context (`koempel.desk.people.models`). The purpose
comes from the access table, never from the client.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from koempel.desk.common.roles import Role
from koempel.errors import KoempelError


class NoContextError(KoempelError):
    """Protected data were asked without saying who asks, and for what."""


class Relation(StrEnum):
    """How the asker must stand to an object."""

    ANY = "any"
    OWN = "own"
    ASSIGNED = "assigned"
    """Who guides a person, or opened the case by emergency access."""
    GUIDED = "guided"
    """Who guides a person: for what an hour of emergency access does not need."""
    GRANTED = "granted"
    PERSON = "person"


class Show(StrEnum):
    """How much of a person is shown."""

    NOTHING = "nothing"
    PSEUDONYM = "pseudonym"
    CONTACT = "contact"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Context:
    """One asker with one purpose.

    Attributes
    ----------
    user, organisation : int or None
        Primary keys; None for nobody and for the system itself.
    relation : Relation
        What the access table asks of this role here.
    person : str
        The one case that somebody who opened their own link sees.
    show : Show
        The projection that this role gets here.
    """

    role: Role
    purpose: str
    user: int | None = None
    organisation: int | None = None
    relation: Relation = Relation.OWN
    person: str = ""
    show: Show = Show.NOTHING
    request_id: str = ""
    is_system: bool = False
    disclosed: dict[str, set[str]] = field(default_factory=dict, compare=False)
    """Case numbers shown, per class of data; the audit trail takes them at the end."""


_current: ContextVar[Context | None] = ContextVar("koempel_context", default=None)


def current() -> Context:
    """The context in force.

    Raises
    ------
    NoContextError
        When there is none.
    """
    found = _current.get()
    if found is None:
        raise NoContextError("Wie vraagt dit, en waarvoor? Er is geen context.")
    return found


def current_or_none() -> Context | None:
    """The context in force, or None."""
    return _current.get()


@contextmanager
def acting(context: Context) -> Iterator[Context]:
    """Put a context in force for a while."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def system(purpose: str) -> Context:
    """The context of Koempel itself: commands, imports and tests say what for."""
    return Context(
        role=Role.OPERATOR,
        purpose=purpose,
        relation=Relation.ANY,
        show=Show.FULL,
        is_system=True,
    )
