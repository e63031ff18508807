"""The bound in exact arithmetic, and what prices mean."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from koempel.planner import InputError, Problem, bound_at, solve
from koempel.planner.exact import exact_prices
from koempel.planner.market import market_of
from planner.tiny import best_value, random_problem, side_by_side


def bound_in_fractions(problem, prices, bonuses):
    """The formula, word for word, in rational numbers."""
    usage, member = problem.usage.toarray().tolist(), problem.member.toarray().tolist()
    price = [Fraction(p) for p in prices.tolist()]
    bonus = [Fraction(b) for b in bonuses.tolist()]
    best = [Fraction(0)] * problem.n_people
    for o, i in enumerate(problem.person.tolist()):
        if any(u > c for u, c in zip(usage[o], problem.capacity.tolist(), strict=True)):
            continue
        net = Fraction(int(problem.value[o]))
        net += sum(b * m for b, m in zip(bonus, member[i], strict=True))
        net -= sum(p * u for p, u in zip(price, usage[o], strict=True))
        best[i] = max(best[i], net)
    rent = sum(p * c for p, c in zip(price, problem.capacity.tolist(), strict=True))
    return sum(best) + rent - sum(b * f for b, f in zip(bonus, problem.floor.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(60))
def test_stated_bound_is_the_formula_in_fractions(seed):
    problem = random_problem(seed)
    result = solve(problem)
    exact = bound_in_fractions(problem, result.prices, result.bonuses)
    assert result.price_bound == exact.numerator // exact.denominator


@pytest.mark.parametrize("seed", range(100))
def test_any_prices_prove_a_bound(seed):
    problem = random_problem(seed)
    rng = np.random.default_rng(seed)
    prices = rng.uniform(0, 10, problem.n_resources)
    bonuses = rng.uniform(0, 1, problem.n_groups) * problem.penalty
    assert bound_at(problem, prices, bonuses).bound >= best_value(problem)


def test_plan_over_some_options_is_certified_over_all():
    whole = side_by_side([random_problem(seed, n_people=6) for seed in range(50)])
    kept = np.flatnonzero(np.arange(whole.n_options) % 3 > 0)
    pruned = whole.replace(
        person=whole.person[kept], value=whole.value[kept], usage=whole.usage[kept]
    )
    result = solve(pruned)
    report = bound_at(whole, result.prices, result.bonuses)
    assert report.bound >= solve(whole, exact=True).value >= result.value
    missing = np.setdiff1d(report.wanted, kept)
    assert (report.net[missing] > 0).all()
    again = np.union1d(kept, missing)
    second = whole.replace(
        person=whole.person[again], value=whole.value[again], usage=whole.usage[again]
    )
    assert solve(second, exact=True).value >= result.value


def test_huge_prices_do_not_overflow():
    problem = Problem([0], [5], csr_array([[10**9, 10**9]]), [10**9, 10**9])
    prices = np.array([2.0**32, 2.0**32])
    assert bound_at(problem, prices).bound == 2 * 2**32 * 10**9


def test_bound_refuses_a_negative_price():
    problem = Problem([0], [5], csr_array([[1]]), [1])
    with pytest.raises(InputError, match=r"prices, place 0: found -1\.0"):
        bound_at(problem, np.array([-1.0]))


def relaxation(problem):
    """Value of the linear program; these problems have no floors."""
    n = problem.n_options
    one_each = csr_array((np.ones(n), (problem.person, np.arange(n))), (problem.n_people, n))
    sides = np.concatenate((np.ones(problem.n_people), problem.capacity))
    rows = vstack([one_each, problem.usage.T])
    return -linprog(-problem.value, A_ub=rows, b_ub=sides, bounds=(0, 1)).fun


@pytest.fixture(scope="module")
def town():
    """Three hundred people for twenty scarce things, in numbers of each."""
    rng = np.random.default_rng(3)
    person = np.repeat(np.arange(300), 6)
    usage = (rng.random((1800, 20)) < 0.12).astype(int)
    capacity = rng.integers(5, 25, 20)
    return Problem(person, rng.integers(200, 1000, 1800), csr_array(usage), capacity)


def test_primal_equals_dual_in_the_relaxation(town):
    prices = exact_prices(market_of(town))
    assert bound_at(town, prices).bound == pytest.approx(relaxation(town), rel=1e-6)


def test_prices_are_near_the_relaxation(town):
    assert solve(town).price_bound == pytest.approx(relaxation(town), rel=3e-4)


def test_price_lies_between_one_more_and_one_less(town):
    """The optimum is concave in a capacity, so its price lies between both differences."""
    prices = solve(town, exact=True).prices
    value = relaxation(town)
    for resource in range(town.n_resources):
        more, less = town.capacity.copy(), town.capacity.copy()
        more[resource] += 1
        less[resource] -= 1
        gain = relaxation(town.replace(capacity=more)) - value
        loss = value - relaxation(town.replace(capacity=less))
        assert gain - 1 <= prices[resource] <= loss + 1
