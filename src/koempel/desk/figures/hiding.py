"""A table of counts along a path, with what must stay hidden left out.

Each row is a group, each column a step of the path: who takes a step took all before it, so counts
never grow along a row. One to four people stay hidden, and so does everything behind them in the
row. Of the totals and of other rows so much is hidden as it takes that nobody can reckon a count of
one to four within five values, whoever knows that counts never grow and rows add up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from koempel.desk.jobs.reach import FEW

Counts = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many columns of each row are shown, and how many of the totals."""

    rows: tuple[int, ...]
    totals: int


def hide(counts: Counts, *, n_steps: int, totals: int | None = None) -> Hidden:
    """What may be shown of a table.

    Parameters
    ----------
    counts : sequence of sequences
        Of each group the counts along the path; different people in different groups.
    totals : int, optional
        How many totals another table of the same people shows at most.

    Examples
    --------
    >>> hide([[40, 30, 12], [9, 6, 2], [20, 8, 5]], n_steps=3)
    Hidden(rows=(3, 2, 2), totals=3)
    >>> hide([[7, 3]], n_steps=2)
    Hidden(rows=(1,), totals=1)
    """
    cuts = [_shown_until(row) for row in counts]
    sums = [sum(column) for column in zip(*counts, strict=True)] or [0] * n_steps
    last = min(_shown_until(sums), n_steps if totals is None else totals)
    while (column := next(_told(counts, cuts, sums, last), None)) is not None:
        whole = [at for at, cut in enumerate(cuts) if cut > column]
        if whole and column < last:
            cuts[min(whole, key=lambda at: counts[at][column])] = column
        else:
            last = min(last - 1, column)
    return Hidden(tuple(cuts), last)


def _shown_until(row: Sequence[int]) -> int:
    return next((at for at, count in enumerate(row) if count < FEW), len(row))


def _told(counts: Counts, cuts: Sequence[int], sums: Sequence[int], last: int) -> Iterator[int]:
    """Columns in which a small count can be reckoned, the first one first."""
    small = [
        (column, at)
        for at, row in enumerate(counts)
        for column in range(cuts[at], min(len(row), last))
        if 0 < row[column] < FEW
    ]
    for column, at in sorted(small):
        least, most = reckoned(counts, cuts, sums[:last], at, column)
        if most - least + 1 < FEW - 1e-6:
            yield column


def reckoned(
    counts: Counts, cuts: Sequence[int], totals: Sequence[int], row: int, column: int
) -> tuple[float, float]:
    """Least and most that a hidden count can be, from all that is shown."""
    n_rows, n_steps = len(counts), len(counts[0])
    place = np.arange(n_rows * n_steps).reshape(n_rows, n_steps)
    bounds = [
        (count, count) if at < cuts[number] else (0, None)
        for number, line in enumerate(counts)
        for at, count in enumerate(line)
    ]
    falls = np.zeros((n_rows * (n_steps - 1), place.size))
    for number, (group, at) in enumerate(np.ndindex(n_rows, n_steps - 1)):
        falls[number, place[group, at + 1]], falls[number, place[group, at]] = 1, -1
    adds = np.zeros((len(totals), place.size))
    for at in range(len(totals)):
        adds[at, place[:, at]] = 1
    rules: dict[str, Any] = {"A_ub": falls, "b_ub": np.zeros(len(falls))} if len(falls) else {}
    rules |= {"A_eq": adds, "b_eq": list(totals)} if len(totals) else {}
    goal = np.zeros(place.size)
    goal[place[row, column]] = 1
    least, most = (linprog(sign * goal, bounds=bounds, **rules) for sign in (1, -1))
    return least.fun, float("inf") if most.status == 3 else -most.fun
