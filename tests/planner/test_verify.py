"""The checker catches each kind of tampering, and all of them at once."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from koempel.planner import Problem, VerificationError, solve, verify
from planner.tiny import random_problem, side_by_side

PROBLEM = Problem(
    [0, 0, 1, 2],
    [5, 3, 4, 6],
    csr_array([[1, 0], [0, 1], [1, 0], [1, 1]]),
    [1, 1],
    member=csr_array([[0], [1], [0]]),
    floor=[1],
    penalty=[2],
)
RESULT = solve(PROBLEM)
FEASIBLE = replace(RESULT, status="feasible", bound=RESULT.price_bound)


def changed(array, at, to):
    copy = array.copy()
    copy[at] = to
    return copy


TAMPERED = {
    "someone else's option": (
        {"choice": changed(RESULT.choice, 0, 2)},
        "person 0 has option 2 of person 1",
    ),
    "no such option": ({"choice": changed(RESULT.choice, 0, 9)}, "option 9, which does not exist"),
    "option below none": ({"choice": changed(RESULT.choice, 0, -2)}, "does not exist"),
    "overfull": ({"choice": np.array([0, 2, -1])}, "resource 0: 2 used of 1"),
    "value": ({"value": RESULT.value + 1}, "value is stated as"),
    "shortfall": ({"shortfall": RESULT.shortfall + 1}, "shortfall is stated as"),
    "bound": ({"bound": RESULT.bound + 1}, "bound of an optimal plan is stated as"),
    "price bound": ({"price_bound": RESULT.price_bound + 1}, "price_bound is stated as"),
    "price": ({"prices": RESULT.prices + 4}, "price_bound is stated as"),
    "negative price": ({"prices": changed(RESULT.prices, 0, -1.0)}, "prices, place 0: -1.0"),
    "price not a number": ({"prices": changed(RESULT.prices, 1, np.nan)}, "place 1: nan"),
    "price off the grid": ({"prices": RESULT.prices + 1e-9}, "not a multiple"),
    "bonus above the penalty": ({"bonuses": RESULT.bonuses + 3}, "bonuses, place 0"),
    "status": ({"status": "perfect"}, "status 'perfect'"),
    "length": ({"choice": RESULT.choice[:2]}, r"choice has shape \(2,\)"),
    "dtype": ({"choice": RESULT.choice.astype(float)}, "choice has dtype float64"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_verify_catches(case):
    changes, message = TAMPERED[case]
    with pytest.raises(VerificationError, match=message):
        verify(PROBLEM, replace(RESULT, **changes))


def test_verify_catches_a_bound_that_prices_do_not_prove():
    verify(PROBLEM, FEASIBLE)
    with pytest.raises(VerificationError, match="bound is stated as"):
        verify(PROBLEM, replace(FEASIBLE, bound=FEASIBLE.bound - 1))


def test_verify_names_every_violation():
    wrong = replace(RESULT, choice=np.array([0, 2, 3]), value=99)
    with pytest.raises(VerificationError) as caught:
        verify(PROBLEM, wrong)
    assert len(caught.value.violations) == 4  # resource 0, value, shortfall, bound of optimal


def test_verify_says_what_it_recomputed():
    verified = verify(PROBLEM, RESULT)
    assert (verified.value, verified.n_placed) == (RESULT.value, 2)
    assert verified.bound == RESULT.price_bound


@pytest.mark.parametrize("seed", range(20))
def test_random_change_of_choice_is_noticed(seed):
    problem = side_by_side([random_problem(s) for s in range(20 * seed, 20 * seed + 20)])
    result = solve(problem)
    values = np.append(problem.value, 0)
    rng = np.random.default_rng(seed)
    others = rng.permutation(problem.n_options)
    present = values[result.choice[problem.person[others]]]
    other = int(others[values[others] != present][0])
    tampered = replace(result, choice=changed(result.choice, problem.person[other], other))
    with pytest.raises(VerificationError):
        verify(problem, tampered)


def test_amounts_beyond_64_bits_are_counted_exactly():
    problem = Problem([0], [10**9], csr_array([[10**9, 10**9]]), [10**9, 10**9])
    prices = np.array([2.0**50, 2.0**50])
    bound = 2 * 2**50 * 10**9
    wild = replace(solve(problem), status="feasible", prices=prices, bound=bound, price_bound=bound)
    assert verify(problem, wild).bound == bound
