"""What if there were more or fewer of something: planned on from the standing plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from koempel.errors import KoempelError
from koempel.planner import Problem, Result, solve, verify
from koempel.region.outcome import SEAT
from koempel.region.standing import StandingPlan, placement_worth

Amounts = npt.NDArray[np.int64]

_CHANGE = re.compile(r"(?P<what>[^=]+)=(?P<how>[+-]?)(?P<amount>\d{1,6})")


class ChangeError(KoempelError):
    """A change that cannot be made; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another capacity for a lever, one part of it, or a job; or another floor of a place.

    `amount` is the new number, or what is added or taken when `relative`.
    """

    what: str
    amount: int
    relative: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    proposals: int
    value: int
    shortfall: int
    price: float
    """Worth in points of one more of everything that was changed."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Before and after a change.

    Attributes
    ----------
    gained, lost, moved : tuple of int
        Rows of the people who get a proposal, lose theirs, or get another one.
    placement : float
        Worth in points of an average placement before the change (`placement_worth`).
    bound : int
        No plan after the change is worth more.
    """

    changes: tuple[Change, ...]
    before: Side
    after: Side
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    moved: tuple[int, ...]
    placement: float
    bound: int
    seconds: float


def parse_change(text: str) -> Change:
    """Read ``LEVER=+10``, ``LEVER=-2`` or ``LEVER=25``.

    Raises
    ------
    ChangeError

    Examples
    --------
    >>> parse_change("fietsen-71004=+10")
    Change(what='fietsen-71004', amount=10, relative=True)
    >>> parse_change("fietsen-71004=25")
    Change(what='fietsen-71004', amount=25, relative=False)
    """
    found = _CHANGE.fullmatch(text.strip())
    if found is None:
        raise ChangeError(
            f"«{text}» is geen verandering. Schrijf bijvoorbeeld: --set fietsen-71004=+10"
        )
    amount = int(found["amount"]) * (-1 if found["how"] == "-" else 1)
    return Change(found["what"], amount, bool(found["how"]))


@dataclass(frozen=True, slots=True)
class Question:
    """A changed problem, and which resources were changed."""

    changes: tuple[Change, ...]
    problem: Problem
    touched: frozenset[int]


def ask(standing: StandingPlan, changes: Sequence[Change]) -> Question:
    """Make the changed problem.

    Raises
    ------
    ChangeError
        When a thing is unknown or its amount would fall below zero.
    """
    problem = standing.problem
    capacity, floor = problem.capacity.copy(), problem.floor.copy()
    touched: set[int] = set()
    for change in changes:
        if change.what in standing.ids.groups:
            _apply(floor, [standing.ids.groups.index(change.what)], change)
        else:
            rows = _rows(standing, change.what)
            _apply(capacity, rows, change)
            touched.update(rows)
    changed = problem.replace(capacity=capacity, floor=floor)
    return Question(tuple(changes), changed, frozenset(touched))


def _apply(amounts: Amounts, rows: list[int], change: Change) -> None:
    amounts[rows] = change.amount + (amounts[rows] if change.relative else 0)
    if (amounts[rows] < 0).any():
        raise ChangeError(f"Van «{change.what}» zijn er niet zoveel om weg te nemen.")


def what_if(standing: StandingPlan, question: Question) -> WhatIf:
    """Plan on from the standing plan with other capacities.

    People keep their place unless a change is worth something, so that the answer shows what the
    change does and nothing else.
    """
    return compared(standing, question, plan_on(standing, question))


def plan_on(standing: StandingPlan, question: Question) -> Result:
    """The plan after the changes, checked."""
    start = standing.result
    result = solve(question.problem, start=start, seed=start.seed)
    verify(question.problem, result)
    return result


def compared(standing: StandingPlan, question: Question, result: Result) -> WhatIf:
    """Before and after, when the plan after the changes is known."""
    start = standing.result
    before, after = start.choice >= 0, result.choice >= 0
    return WhatIf(
        changes=question.changes,
        before=_side(start, question.touched),
        after=_side(result, question.touched),
        gained=_people(~before & after),
        lost=_people(before & ~after),
        moved=_people(before & after & (start.choice != result.choice)),
        placement=placement_worth(standing.problem, start),
        bound=result.bound,
        seconds=result.seconds,
    )


def _rows(standing: StandingPlan, what: str) -> list[int]:
    """Resources meant: a lever or job as a whole, or one part."""
    rows = [
        row for row, (one, lever, _) in enumerate(standing.ids.resources) if what in (one, lever)
    ]
    if not rows:
        levers = sorted({lever for _, lever, kind in standing.ids.resources if kind != SEAT})
        known = ", ".join(levers)
        raise ChangeError(f"Er is geen hefboom of job «{what}». Dit zijn de hefbomen: {known}.")
    return rows


def _side(result: Result, touched: frozenset[int]) -> Side:
    price = float(sum(result.prices[row] for row in touched))
    return Side(result.n_placed, result.value, int(result.shortfall.sum()), price)


def _people(flags: np.ndarray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(flags).tolist())
