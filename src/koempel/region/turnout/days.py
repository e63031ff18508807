"""First days of work that sets of levers allow, as columns.

A set of bundles of levers is told by some first days of work: by any of its bundles, by the empty
bundle, and by one lever of each kind alone. Two sets that are needed together have such days too,
and more is not needed to count people. All levers but places of care stay once they are there.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from koempel.region.levers.stock import FOREVER, Stock
from koempel.region.outcome import LeverKind
from koempel.region.shifts import IntArray
from koempel.region.turnout.columns import Indices

ANY, NONE = 0, 1
"""Rows of the columns: any bundle, and no lever at all; then one row per kind."""

ALONE = {kind: 2 + number for number, kind in enumerate(LeverKind)}
N_ROWS = 2 + len(ALONE)

NO_DAY = FOREVER + 1
"""The first day of what never comes, as an ordinal."""

Items = tuple[int, ...]


def days_of(bundles: Iterable[Items], stock: Stock) -> IntArray:
    """Days of a set of bundles, given as numbers of items; shape (N_ROWS,)."""
    days = np.full(N_ROWS, NO_DAY, np.int32)
    for items in bundles:
        levers = [stock.items[number] for number in items]
        ready = max((lever.ready for lever in levers), default=0)
        days[ANY] = min(days[ANY], ready)
        if len(levers) < 2:
            row = ALONE[levers[0].kind] if levers else NONE
            days[row] = min(days[row], ready)
    return days


def columns_of(sets: Sequence[IntArray], of_person: Indices) -> IntArray:
    """The set that each person has, as columns; shape (N_ROWS, n_people)."""
    table = np.array(sets, np.int32).reshape(-1, N_ROWS)
    columns: IntArray = np.ascontiguousarray(table[of_person].T)
    return columns


def together(one: IntArray, other: IntArray) -> IntArray:
    """Days of two sets that are both needed.

    Examples
    --------
    A bike on day 5 or none at all, and a course on day 9:

    >>> bike, course = np.full((2, N_ROWS, 1), NO_DAY, np.int32)
    >>> bike[[ANY, NONE, ALONE[LeverKind.BIKE]], 0] = 0, 0, 5
    >>> course[[ANY, ALONE[LeverKind.DUTCH_COURSE]], 0] = 9
    >>> both = together(bike, course)
    >>> both[[ANY, ALONE[LeverKind.DUTCH_COURSE], ALONE[LeverKind.BIKE]], 0].tolist()
    [9, 9, 1000001]
    """
    days: IntArray = np.minimum(np.maximum(one, other[NONE]), np.maximum(one[NONE], other))
    days[ANY] = np.maximum(one[ANY], other[ANY])
    return days
