"""Named tiny problems, each with what is special about it, and the plan that follows."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from koempel.planner import Problem, solve, verify


def problem_of(options, capacity, **more):
    """Options as (person, value, {resource: amount})."""
    usage = np.zeros((len(options), len(capacity)), int)
    for at, (_, _, uses) in enumerate(options):
        for resource, amount in uses.items():
            usage[at, resource] = amount
    person, value = [o[0] for o in options], [o[1] for o in options]
    return Problem(np.array(person, int), np.array(value, int), csr_array(usage), capacity, **more)


SEAT, BIKE, CARE = 0, 1, 2

NAMED = {
    # Nobody can do anything.
    "no options": (problem_of([], [1], n_people=3), [-1, -1, -1], 0),
    # Nobody exists.
    "no people": (problem_of([], []), [], 0),
    # The person in the middle has no option; the others are not shifted.
    "gap in people": (problem_of([(0, 4, {}), (2, 3, {})], []), [0, -1, 1], 7),
    # A thing that exists but of which there is none.
    "capacity zero": (problem_of([(0, 9, {SEAT: 1}), (0, 2, {})], [0]), [1], 2),
    # An option that is worth nothing is not taken.
    "worth nothing": (problem_of([(0, 0, {}), (1, -5, {})], []), [-1, -1], 0),
    # Greedy gives the seat to person 0; the plan needs it for person 1, who has nothing else.
    "yield": (
        problem_of([(0, 9, {SEAT: 1}), (0, 8, {BIKE: 1}), (1, 7, {SEAT: 1})], [1, 1]),
        [1, 2],
        15,
    ),
    # Half of each in the relaxation: two seats need three blocks of care between them.
    "half and half": (
        problem_of(
            [(0, 6, {SEAT: 2, CARE: 1}), (1, 6, {SEAT: 2}), (2, 6, {SEAT: 1, CARE: 2})], [3, 0, 2]
        ),
        None,
        12,
    ),
    # One takes two of a thing: worth more than one of those who take one, less than both.
    "whole amounts": (
        problem_of([(0, 9, {SEAT: 2}), (1, 5, {SEAT: 1}), (2, 5, {SEAT: 1})], [2]),
        [-1, 1, 2],
        10,
    ),
    # A chain of three moves frees a seat for the last one.
    "chain": (
        problem_of(
            [
                (0, 5, {0: 1}),
                (0, 4, {1: 1}),
                (1, 5, {1: 1}),
                (1, 4, {2: 1}),
                (2, 5, {2: 1}),
                (2, 4, {3: 1}),
                (3, 5, {0: 1}),
            ],
            [1, 1, 1, 1],
        ),
        [1, 3, 5, 6],
        17,
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_problem_has_the_plan_it_should(name):
    problem, choice, value = NAMED[name]
    result = solve(problem)
    verify(problem, result)
    assert (result.status, result.value, result.bound) == ("optimal", value, value)
    assert choice is None or result.choice.tolist() == choice


def floors(penalty, floor=1):
    """Person 1 is worth less, but belongs to a group that should get a placement."""
    options = [(0, 9, {SEAT: 1}), (1, 6, {SEAT: 1})]
    member = csr_array([[0], [1]])
    return problem_of(options, [1], member=member, floor=[floor], penalty=[penalty])


def test_floor_decides_when_its_penalty_is_worth_more():
    result = solve(floors(penalty=5))
    assert (result.choice.tolist(), result.value, result.shortfall.tolist()) == ([-1, 1], 6, [0])


def test_floor_yields_when_its_penalty_is_worth_less():
    result = solve(floors(penalty=2))
    assert (result.choice.tolist(), result.value, result.shortfall.tolist()) == ([0, -1], 7, [1])


def test_floor_that_cannot_be_met_is_a_shortfall_and_not_an_error():
    problem = floors(penalty=5, floor=4)
    result = solve(problem)
    assert verify(problem, result).shortfall == (3,)
    assert (result.value, result.bonuses.tolist()) == (6 - 15, [5.0])


def test_floor_pays_for_an_option_that_is_worth_less_than_nothing():
    problem = problem_of([(0, -3, {})], [], member=csr_array([[1]]), floor=[1], penalty=[5])
    assert solve(problem).choice.tolist() == [0]


def test_default_penalty_is_two_and_a_half_placements():
    problem = Problem(
        [0, 1, 2], [4, 6, -9], csr_array((3, 0)), [], floor=[1], member=csr_array((3, 1))
    )
    assert problem.penalty.tolist() == [12]


def test_enormous_floors_are_counted_exactly():
    member, many = csr_array(np.ones((1, 20), int)), [10**9] * 20
    problem = problem_of([(0, 5, {})], [], member=member, floor=many, penalty=many)
    result = solve(problem)
    verify(problem, result)
    assert result.value == 5 - 20 * 10**9 * (10**9 - 1)
