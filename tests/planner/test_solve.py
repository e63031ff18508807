"""The solver against every plan of thousands of tiny problems."""

import pytest

from koempel.planner import solve, verify
from planner.tiny import best_value, random_problem, side_by_side


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
