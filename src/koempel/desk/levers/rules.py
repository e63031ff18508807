"""Which steps of a booking each role may take."""

from dataclasses import dataclass

from koempel.desk.common.roles import GUIDES, Role
from koempel.desk.levers.enums import NEXT_STATES, BookingState

OWNERS = (
    Role.CHILDCARE,
    Role.REUSE_SHOP,
    Role.TRAINING,
    Role.TRANSPORT,
    Role.SOCIAL_ENTERPRISE,
)
"""Roles whose organisation has levers of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a button says it; `asks_why` when it needs a reason."""

    to: BookingState
    title: str
    roles: tuple[Role, ...]
    asks_why: bool = False


STEPS = (
    Step(BookingState.HELD, "Houd vast", OWNERS),
    Step(BookingState.HANDED_OVER, "Is meegegeven", OWNERS),
    Step(BookingState.RETURNED, "Is terug", OWNERS),
    Step(BookingState.LOST, "Is verloren", OWNERS, asks_why=True),
    Step(BookingState.RELEASED, "Laat los", (*OWNERS, *GUIDES), asks_why=True),
)


def steps_for(role: Role, state: BookingState) -> list[Step]:
    """Steps that a role may take from a state."""
    return [step for step in STEPS if step.to in NEXT_STATES[state] and role in step.roles]
