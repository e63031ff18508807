"""From a standing plan: quick, near, and only moves that are worth something."""

from dataclasses import replace

import numpy as np
import pytest

from koempel.planner import InputError, solve, verify
from planner.town import town


@pytest.fixture(scope="module")
def problem():
    return town(n_people=900, n_jobs=200)


@pytest.fixture(scope="module")
def standing(problem):
    return solve(problem)


def test_same_problem_keeps_nearly_everyone(problem, standing):
    again = solve(problem, start=standing)
    verify(problem, again)
    assert again.value >= standing.value
    moved = np.count_nonzero(again.choice != standing.choice)
    assert moved == 0 or again.value > standing.value


def test_one_more_of_a_lever_moves_a_handful(problem, standing):
    capacity = problem.capacity.copy()
    dearest = int(np.argmax(standing.prices))
    capacity[dearest] += 1
    changed = problem.replace(capacity=capacity)
    again = solve(changed, start=standing)
    verify(changed, again)
    assert again.value > standing.value
    assert np.count_nonzero(again.choice != standing.choice) < 0.05 * problem.n_people


def test_prices_follow_a_large_change(problem, standing):
    """Of the dearest thing there is suddenly plenty: its price must fall all the way."""
    dearest = int(np.argmax(standing.prices))
    capacity = problem.capacity.copy()
    capacity[dearest] += 500
    changed = problem.replace(capacity=capacity)
    again, fresh = solve(changed, start=standing), solve(changed)
    verify(changed, again)
    assert standing.prices[dearest] > 100 > again.prices[dearest]
    assert fresh.value - again.value <= 0.002 * fresh.value


def test_people_whose_place_is_gone_are_placed_elsewhere(problem, standing):
    used = np.asarray(problem.usage[standing.choice[standing.choice >= 0]].sum(axis=0))
    job = int(np.argmax(used[:200]))
    capacity = problem.capacity.copy()
    capacity[job] = 0
    changed = problem.replace(capacity=capacity)
    again = solve(changed, start=standing)
    verify(changed, again)
    assert again.value > standing.value - used[job] * 1000
    assert again.gap < 0.02


def test_a_plan_that_is_far_from_the_best_comes_close_to_a_fresh_one():
    """Made for other values, and too large for the exact search to mend it."""
    large = town(n_people=2600, n_jobs=600)
    elsewhere = solve(large.replace(value=large.value[::-1].copy()))
    again, fresh = solve(large, start=elsewhere), solve(large)
    verify(large, again)
    assert fresh.value - again.value <= 0.003 * fresh.value


def test_start_may_be_exact_again(problem, standing):
    small = town(n_people=60, n_jobs=20)
    capacity = small.capacity.copy()
    capacity[3] += 1
    changed = small.replace(capacity=capacity)
    again = solve(changed, start=solve(small), exact=True)
    assert (again.status, again.value) == ("optimal", solve(changed, exact=True).value)


@pytest.mark.parametrize("field", ["choice", "prices", "bonuses"])
def test_start_of_another_size_is_refused(problem, standing, field):
    short = replace(standing, **{field: getattr(standing, field)[:-1]})
    with pytest.raises(InputError, match=rf"start\.{field}: found length"):
        solve(problem, start=short)


def test_start_with_the_options_of_others_is_refused(problem, standing):
    shifted = replace(standing, choice=np.roll(standing.choice, 1))
    with pytest.raises(InputError, match=r"start\.choice, person"):
        solve(problem, start=shifted)


def test_start_with_options_beyond_the_problem_is_refused(problem, standing):
    beyond = replace(standing, choice=np.full(problem.n_people, problem.n_options))
    with pytest.raises(InputError, match="person 0: found option"):
        solve(problem, start=beyond)
