"""Small numbers stay hidden, also from whoever knows the totals and can reckon."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from koempel.desk.planning.small_numbers import few, shown, without_small
from koempel.region.outcome import FairnessRow, Share

COUNTS = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 400)), min_size=1, max_size=7)


def reckoned(cells, total) -> list[tuple[float, float]]:
    """What an attacker finds for each hidden cell: least and most, by linear programming."""
    n = len(cells)
    ranges = [(1, None) if each is None else (each, each) for each in cells]
    sums = {} if total is None else {"A_eq": np.ones((1, n)), "b_eq": [total]}
    found = []
    for at in (at for at, each in enumerate(cells) if each is None):
        goal = np.eye(n)[at]
        least, most = (linprog(sign * goal, bounds=ranges, **sums) for sign in (1, -1))
        found.append((least.fun, float("inf") if most.status == 3 else -most.fun))
    return found


@given(COUNTS)
def test_no_hidden_count_can_be_reckoned_within_five(counts):
    seen = shown(counts)

    for least, most in reckoned(seen.cells, seen.total):
        assert most - least + 1 >= 5


@given(COUNTS)
def test_what_is_shown_is_right_and_never_one_to_four(counts):
    seen = shown(counts)

    assert all(cell in (None, count) for cell, count in zip(seen.cells, counts, strict=True))
    assert not {1, 2, 3, 4} & {*seen.cells, seen.total}
    assert seen.total in (None, sum(counts))


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([40, 25, 10], (40, 25, 10), 75),
        ([40, 0, 10], (40, 0, 10), 50),
        ([40, 3, 10], (40, None, None), 53),
        ([4, 4, 10], (None, None, 10), 18),
        ([1, 1, 10], (None, None, None), 12),
        ([1, 0, 0], (None, 0, 0), None),
    ],
)
def test_as_many_are_hidden_as_it_takes(counts, cells, total):
    seen = shown(counts)

    assert (seen.cells, seen.total) == (cells, total)


def test_a_count_alone_is_hidden_from_one_to_four():
    assert [few(each) for each in (0, 1, 4, 5)] == [0, None, None, 5]


def share(group: str, count: int) -> Share:
    return Share(group, group, 100, count, count / 100, 0.0, 1.0)


def row(group: str, *, today: int, proposed: int) -> FairnessRow:
    return FairnessRow(
        "municipality", group, group, 100, share(group, today), share(group, 50),
        share(group, proposed), share(group, 20), 1.0, 0.8, 1.2,
    )  # fmt: skip


def test_shares_of_a_few_people_are_hidden_with_the_one_that_would_give_them_away():
    rows = [
        row("a", today=30, proposed=3), row("b", today=30, proposed=9),
        row("c", today=30, proposed=40),
    ]  # fmt: skip

    found = without_small(rows)

    assert [each.proposed.share for each in found] == [None, None, 0.4]
    assert [each.proposed.count for each in found] == [0, 0, 40]
    assert [replace(each, proposed=rows[0].proposed) for each in found] == [
        replace(each, proposed=rows[0].proposed) for each in rows
    ]
