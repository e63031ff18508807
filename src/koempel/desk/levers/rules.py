"""Which steps of a booking each role may take."""

from dataclasses import dataclass

from koempel.desk.common.roles import GUIDES, Role
from koempel.desk.levers.enums import NEXT_STATES, THINGS, BookingState, Family

OWNERS = (
    Role.CHILDCARE,
    Role.REUSE_SHOP,
    Role.TRAINING,
    Role.TRANSPORT,
    Role.SOCIAL_ENTERPRISE,
)
"""Roles whose organisation has levers of its own."""


PLACES = tuple(family for family in Family if family not in THINGS)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a button says it; `asks_why` when it needs a reason."""

    to: BookingState
    title: str
    roles: tuple[Role, ...]
    asks_why: bool = False
    families: tuple[Family, ...] = tuple(Family)


STEPS = (
    Step(BookingState.HELD, "Houd vast", OWNERS),
    Step(BookingState.HANDED_OVER, "Is meegegeven", OWNERS, families=THINGS),
    Step(BookingState.HANDED_OVER, "Is begonnen", OWNERS, families=PLACES),
    Step(BookingState.RETURNED, "Is terug", OWNERS, families=THINGS),
    Step(BookingState.RETURNED, "Is gestopt", OWNERS, families=PLACES),
    Step(BookingState.LOST, "Is verloren", OWNERS, asks_why=True, families=THINGS),
    Step(BookingState.RELEASED, "Laat los", (*OWNERS, *GUIDES), asks_why=True),
)


def steps_for(role: Role, state: BookingState, family: Family) -> list[Step]:
    """Steps that a role may take with a booking of a family from a state."""
    return [
        step
        for step in STEPS
        if step.to in NEXT_STATES[state] and role in step.roles and family in step.families
    ]
