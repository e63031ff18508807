"""No small count of a path can be reckoned, by whoever knows all that is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from koempel.desk.figures.hiding import hide

STEPS = 4


@st.composite
def tables(draw):
    """Rows that never grow, with many small numbers."""
    rows = draw(st.integers(1, 5))
    sizes = st.one_of(st.integers(0, 9), st.integers(0, 60))
    return [
        sorted(draw(st.lists(sizes, min_size=STEPS, max_size=STEPS)), reverse=True)
        for _ in range(rows)
    ]


def attacked(counts, seen):
    """Every small hidden count with the least and the most that an attacker finds for it.

    Own code: each count is a variable, and all that is published is a rule.
    """
    n, rules, sums, equal, totals = len(counts), [], [], [], []
    at = {(row, step): row * STEPS + step for row in range(n) for step in range(STEPS)}

    def line(*terms):
        made = np.zeros(n * STEPS)
        for place, factor in terms:
            made[at[place]] = factor
        return made

    for (row, step), _ in at.items():
        if step:
            rules.append(line(((row, step), 1), ((row, step - 1), -1)))
            sums.append(0)
        if step < seen.rows[row]:
            equal.append(line(((row, step), 1)))
            totals.append(counts[row][step])
    for step in range(seen.totals):
        equal.append(line(*(((row, step), 1) for row in range(n))))
        totals.append(sum(each[step] for each in counts))
    shown = {"A_eq": np.array(equal), "b_eq": totals} if equal else {}
    for (row, step), place in at.items():
        if step >= seen.rows[row] and 0 < counts[row][step] < 5:
            goal = np.zeros(n * STEPS)
            goal[place] = 1
            found = [linprog(sign * goal, A_ub=rules, b_ub=sums, **shown) for sign in (1, -1)]
            most = float("inf") if found[1].status == 3 else -found[1].fun
            yield found[0].fun, most


@given(tables())
@settings(max_examples=40, deadline=None)
def test_no_small_count_can_be_reckoned_within_five(counts):
    seen = hide(counts, n_steps=STEPS)

    assert [each for each in attacked(counts, seen) if each[1] - each[0] + 1 < 5 - 1e-6] == []
    shown = [n for row, cut in zip(counts, seen.rows, strict=True) for n in row[:cut]]
    shown += [sum(each[at] for each in counts) for at in range(seen.totals)]
    assert [n for n in shown if n < 5] == []


@pytest.mark.parametrize(
    ("counts", "rows", "totals"),
    [
        ([[40, 30, 20, 10], [50, 20, 10, 5]], (4, 4), 4),
        ([[40, 30, 20, 3], [50, 20, 10, 5]], (3, 3), 4),
        ([[40, 3, 0, 0]], (1,), 1),
        ([[3, 1, 0, 0], [20, 20, 9, 8]], (0, 0), 4),
        ([], (), 0),
    ],
    ids=["all", "a second one", "alone", "from the start", "nobody"],
)
def test_as_much_is_hidden_as_it_takes(counts, rows, totals):
    seen = hide(counts, n_steps=STEPS)
    assert (seen.rows, seen.totals) == (rows, totals)


def test_totals_hidden_in_another_table_stay_hidden():
    assert hide([[40, 30, 20, 10]], n_steps=STEPS, totals=2).totals == 2
