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
NOT_RIDES = tuple(family for family in PLACES if family is not Family.TRANSPORT)
ASKED = (BookingState.REQUESTED,)
KEPT = (BookingState.HELD,)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a button says it, from some states; `asks_why` when it needs a reason."""

    to: BookingState
    title: str
    roles: tuple[Role, ...]
    asks_why: bool = False
    families: tuple[Family, ...] = tuple(Family)
    origins: tuple[BookingState, ...] = tuple(BookingState)


STEPS = (
    Step(BookingState.HELD, "Houd vast", OWNERS),
    Step(BookingState.HANDED_OVER, "Is meegegeven", OWNERS, families=THINGS),
    Step(BookingState.HANDED_OVER, "Is begonnen", OWNERS, families=NOT_RIDES),
    Step(BookingState.HANDED_OVER, "Rijdt mee", OWNERS, families=(Family.TRANSPORT,)),
    Step(BookingState.RETURNED, "Is terug", OWNERS, families=THINGS),
    Step(BookingState.RETURNED, "Is gestopt", OWNERS, families=NOT_RIDES),
    Step(BookingState.RETURNED, "Rijdt niet meer mee", OWNERS, families=(Family.TRANSPORT,)),
    Step(BookingState.LOST, "Is verloren", OWNERS, asks_why=True, families=THINGS),
    Step(BookingState.RELEASED, "Nee, met reden", OWNERS, asks_why=True, origins=ASKED),
    Step(BookingState.RELEASED, "Kwam niet", OWNERS, True, (Family.TRAINING,), KEPT),
    Step(
        BookingState.RELEASED,
        "Laat los",
        OWNERS,
        asks_why=True,
        families=(Family.BIKES, Family.CHILDCARE, Family.TRANSPORT),
        origins=KEPT,
    ),
    Step(BookingState.RELEASED, "Trek de vraag in", GUIDES, asks_why=True, origins=ASKED),
    Step(BookingState.RELEASED, "Laat los", GUIDES, asks_why=True, origins=KEPT),
)


def steps_for(role: Role, state: BookingState, family: Family) -> list[Step]:
    """Steps that a role may take with a booking of a family from a state."""
    return [
        step
        for step in STEPS
        if step.to in NEXT_STATES[state]
        and state in step.origins
        and role in step.roles
        and family in step.families
    ]


REASONS: dict[Family, tuple[str, ...]] = {
    Family.BIKES: ("geen fiets in deze maat", "geen fiets klaar tegen die dag"),
    Family.CHILDCARE: ("geen plaats op die uren", "geen plaats voor deze leeftijd"),
    Family.TRAINING: ("de groep is vol", "het niveau past niet bij deze groep"),
    Family.TRANSPORT: ("de rit is vol", "we rijden niet op dat uur"),
}
"""What partners say most often when they cannot help; they may write anything else."""
