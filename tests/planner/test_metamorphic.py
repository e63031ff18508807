"""What must not change, or only in one direction, when a problem is changed."""

import numpy as np
import pytest
from scipy.sparse import csr_array, vstack

from koempel.planner import Problem, solve
from planner.tiny import random_problem, side_by_side

BLOCKS = [side_by_side([random_problem(seed) for seed in range(b, b + 60)]) for b in (0, 60, 120)]


def optimum(problem):
    result = solve(problem, exact=True)
    assert result.status == "optimal"
    return result.value


@pytest.mark.parametrize("problem", BLOCKS)
def test_one_more_capacity_never_lowers_the_optimum(problem):
    before = optimum(problem)
    for resource in range(0, problem.n_resources, 40):
        capacity = problem.capacity.copy()
        capacity[resource] += 1
        assert optimum(problem.replace(capacity=capacity)) >= before


@pytest.mark.parametrize("problem", BLOCKS)
def test_relabelling_resources_changes_nothing(problem):
    order = np.random.default_rng(1).permutation(problem.n_resources)
    relabelled = problem.replace(
        usage=csr_array(problem.usage[:, order]), capacity=problem.capacity[order]
    )
    assert optimum(relabelled) == optimum(problem)


@pytest.mark.parametrize("problem", BLOCKS)
def test_shuffling_people_changes_nothing(problem):
    new_place = np.random.default_rng(2).permutation(problem.n_people)
    order = np.argsort(new_place[problem.person], kind="stable")
    shuffled = problem.replace(
        person=new_place[problem.person][order],
        value=problem.value[order],
        usage=problem.usage[order],
        member=csr_array(problem.member[np.argsort(new_place)]),
    )
    assert optimum(shuffled) == optimum(problem)


@pytest.mark.parametrize("problem", BLOCKS)
def test_offering_the_same_option_twice_changes_nothing(problem):
    order = np.argsort(np.tile(problem.person, 2), kind="stable")
    twice = problem.replace(
        person=np.tile(problem.person, 2)[order],
        value=np.tile(problem.value, 2)[order],
        usage=csr_array(vstack([problem.usage, problem.usage]))[order],
    )
    assert optimum(twice) == optimum(problem)


@pytest.mark.parametrize("problem", BLOCKS)
def test_taking_options_away_never_raises_the_optimum(problem):
    kept = np.flatnonzero(np.arange(problem.n_options) % 4 > 0)
    fewer = Problem(
        problem.person[kept],
        problem.value[kept],
        problem.usage[kept],
        problem.capacity,
        n_people=problem.n_people,
        member=problem.member,
        floor=problem.floor,
        penalty=problem.penalty,
    )
    assert optimum(fewer) <= optimum(problem)
