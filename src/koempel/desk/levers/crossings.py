"""From a temporary childcare place to a regular one: does the first end before the other begins?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from koempel.desk.levers.queries import BookingSeen
from koempel.region.outcome import LeverKind

TEMPORARY = (LeverKind.FLEX_CHILDCARE, LeverKind.URGENT_CHILDCARE)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a place: at least and at most, both counted."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A temporary place, and the regular one that should follow.

    Attributes
    ----------
    ends_on : date
        Last day of the temporary place.
    regular : tuple of date, or None
        First and last day on which the regular place is expected to begin; None when nobody knows.
    """

    seen: BookingSeen
    ends_on: date
    regular: tuple[date, date] | None

    @property
    def gap(self) -> Gap | None:
        """The days between, or None when nobody knows."""
        if self.regular is None:
            return None
        earliest, latest = self.regular
        return Gap(_days_between(self.ends_on, earliest), _days_between(self.ends_on, latest))


def crossings(kept: Iterable[BookingSeen]) -> list[Crossing]:
    """Temporary places with an end, the longest possible gap first; unknown comes before none."""
    found = [
        Crossing(seen, seen.ends_on, seen.holder.child.regular)
        for seen in kept
        if seen.kind in TEMPORARY and seen.ends_on and seen.holder.child
    ]
    return sorted(found, key=_worst_first)


def _worst_first(crossing: Crossing) -> tuple[int, date]:
    gap = crossing.gap
    return (-1 if gap is None else -2 * gap.most, crossing.ends_on)


def _days_between(last: date, first: date) -> int:
    """Whole days between a last day and a first day.

    Examples
    --------
    >>> _days_between(date(2027, 3, 15), date(2027, 4, 1))
    16
    >>> _days_between(date(2027, 3, 15), date(2027, 3, 16))
    0
    """
    return max(0, (first - last).days - 1)
