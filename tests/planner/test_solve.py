"""The solver against every plan of thousands of tiny problems."""

import importlib

import numpy as np
import pytest

from koempel.planner import solve, verify
from planner.tiny import best_value, random_problem, side_by_side

solver = importlib.import_module("koempel.planner.solve")


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_exact_equals_brute_force_on_tiny_problems(first):
    for seed in range(first, first + 40):
        problem = random_problem(seed)
        result = solve(problem, exact=True)
        verify(problem, result)
        assert (seed, result.status, result.value) == (seed, "optimal", best_value(problem))


@pytest.mark.parametrize("block", range(40))
def test_exact_equals_brute_force_side_by_side(block):
    problems = [random_problem(seed) for seed in range(1000 + 75 * block, 1075 + 75 * block)]
    together = side_by_side(problems)
    result = solve(together, exact=True)
    verify(together, result)
    assert (result.status, result.value) == ("optimal", sum(map(best_value, problems)))


@pytest.fixture
def without_search(monkeypatch):
    """Prices and places alone, as at sizes where no exact search is tried."""
    monkeypatch.setattr(solver, "EXACT_OPTIONS", -1)


@pytest.mark.parametrize("first", range(5000, 5200, 50))
def test_prices_and_places_enclose_the_optimum(first, without_search):
    for seed in range(first, first + 50):
        problem = random_problem(seed)
        result = solve(problem, seed=seed)
        verify(problem, result)
        assert (seed, result.value <= best_value(problem) <= result.bound) == (seed, True)


def test_places_alone_find_nearly_all_value(without_search):
    problems = [random_problem(seed, n_people=5) for seed in range(6000, 6300)]
    together = side_by_side(problems)
    best = sum(map(best_value, problems))
    result = solve(together)
    verify(together, result)
    assert best - result.value < 0.01 * np.abs(together.value).sum()


def test_small_problem_is_proved_without_asking():
    problem = side_by_side([random_problem(seed) for seed in range(7000, 7100)])
    assert solve(problem).status == "optimal"
