"""Who may do what with a vacancy, and which steps are open."""

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import Context, Relation
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import NO_BUTTON, STEPS, Step

OFFERS_WORK = (OrganisationKind.SOCIAL_ENTERPRISE, OrganisationKind.EMPLOYER)
"""Kinds of organisation that have vacancies."""

KEEPERS = (Role.SOCIAL_ENTERPRISE, Role.EMPLOYER)
"""Roles that keep the vacancies of their own organisation."""


def can_keep(context: Context, employer: int) -> bool:
    """Whether the asker may change the vacancies of an organisation."""
    if context.is_system:
        return True
    return context.role in KEEPERS and context.organisation == employer


def sees_all(context: Context) -> bool:
    """Whether the asker sees the vacancies of every organisation, once they are published."""
    return context.relation in (Relation.ANY, Relation.ASSIGNED, Relation.GRANTED)


def steps_from(state: str, *, seats: int, taken: int) -> tuple[Step, ...]:
    """Steps that a person can take from a state, the usual one first.

    The last seat is taken by filling the vacancy; only a seat that is taken can become free.
    """
    closed = {
        *NO_BUTTON,
        *(["take"] if seats - taken < 2 else []),
        *(["free"] if not taken else []),
    }
    return tuple(step for key, step in STEPS.items() if state in step.starts and key not in closed)


def taken_after(key: str, *, seats: int, taken: int) -> int:
    """How many seats are taken after a step."""
    changes = {"take": taken + 1, "fill": seats, "free": taken - 1, "refill": max(0, taken - 1)}
    return changes.get(key, taken)
