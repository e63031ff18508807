"""The invented decisions of VDAB and OCMW on rights."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from koempel.region.rows import Measure, Person, Right, RightState
from koempel.region.synthetic import shares
from koempel.region.synthetic.draw import pick_one, stream

SECOND_RIGHT = 0.08
"""Share of those with a request who have one for another measure too."""


def draw_who_asked(n: int, *, seed: int) -> npt.NDArray[np.bool_]:
    """Draw who ever asked a right."""
    return stream(seed, "who asked").random(n) < shares.PEOPLE.with_right


def draw_rights(
    people: tuple[Person, ...], asked: npt.NDArray[np.bool_], *, seed: int, today: date
) -> tuple[Right, ...]:
    """Draw the decisions on the rights of those who asked.

    Who waits for an answer, was refused or let a right lapse has a row too: only a granted right
    that is valid on the day of work counts.
    """
    rng = stream(seed, "rights")
    return tuple(
        right
        for person, did_ask in zip(people, asked, strict=True)
        if did_ask
        for right in _rights_of(rng, person, today)
    )


def _rights_of(rng: np.random.Generator, person: Person, today: date) -> list[Right]:
    asked = {pick_one(rng, shares.RIGHTS) for _ in range(1 + (rng.random() < SECOND_RIGHT))}
    return [
        Right(person.id, measure, grantor, *_decision(rng, measure, today))
        for measure, grantor in sorted(asked)
    ]


def _decision(
    rng: np.random.Generator, measure: Measure, today: date
) -> tuple[date, date | None, RightState]:
    """Day of the decision, last day, and state."""
    state = pick_one(rng, shares.RIGHT_STATES)
    term = shares.RIGHT_TERM_DAYS[measure]
    if state is RightState.EXPIRED:
        ended = today - timedelta(days=int(rng.integers(1, 400)))
        return ended - timedelta(days=term), ended, state
    age = int(rng.integers(5, 90 if state is RightState.REQUESTED else term - 10))
    decided = today - timedelta(days=age)
    return decided, decided + timedelta(days=term) if state is RightState.GRANTED else None, state
