"""Each kernel against a slow plain twin."""

import numpy as np
import pytest

from koempel.planner import bound_at, moves, places, prices
from koempel.planner.market import market_of
from planner.tiny import random_problem, side_by_side
from planner.town import town

SEEDS = range(0, 200, 40)


def market_and_point(seed):
    problem = side_by_side([random_problem(s) for s in range(seed, seed + 40)])
    rng = np.random.default_rng(seed)
    point = np.concatenate((rng.uniform(0, 4, problem.n_resources), problem.penalty * 0.5))
    return problem, market_of(problem), point


def options_of(market, i):
    """Value and uses of each option of a person, as plain numbers."""
    for k in range(market.start[i], market.start[i + 1]):
        at = slice(market.row[k], market.row[k + 1])
        uses = zip(market.resource[at].tolist(), market.amount[at].tolist(), strict=True)
        yield k, int(market.value[k]), list(uses)


def groups_of(market, i):
    return market.group[market.group_row[i] : market.group_row[i + 1]].tolist()


def nets(market, point, i):
    n = len(market.capacity)
    bonus = sum(point[n + g] for g in groups_of(market, i))
    return {
        k: value + bonus - sum(amount * point[r] for r, amount in uses)
        for k, value, uses in options_of(market, i)
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("tau", [0.5, 3.0, 80.0])
def test_softened_bound_and_gradient(seed, tau):
    _, market, point = market_and_point(seed)
    n = len(market.capacity)
    value = point[:n] @ market.capacity - point[n:] @ market.floor
    gradient = np.concatenate((market.capacity, -market.floor)).astype(float)
    for i in range(market.n_people):
        net = nets(market, point, i)
        best = max([0.0, *net.values()])
        mass = np.exp(-best / tau) + sum(np.exp((v - best) / tau) for v in net.values())
        value += best + tau * np.log(mass)
        for k, _, uses in options_of(market, i):
            weight = np.exp((net[k] - best) / tau) / mass
            for r, amount in uses:
                gradient[r] -= weight * amount
            for g in groups_of(market, i):
                gradient[n + g] += weight
    found_value, found_gradient = prices._Dual(market, None).at(point, tau)
    # The kernel leaves out what weighs less than e^-14.
    assert found_value == pytest.approx(value, rel=1e-5)
    assert found_gradient == pytest.approx(gradient, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_is_the_slope_of_the_softened_bound(seed):
    _, market, point = market_and_point(seed)
    dual = prices._Dual(market, None)
    _, gradient = dual.at(point, 20.0)
    for r in range(0, len(point), 17):
        step = np.zeros(len(point))
        step[r] = 1e-4
        slope = (dual.at(point + step, 20.0)[0] - dual.at(point - step, 20.0)[0]) / 2e-4
        assert gradient[r] == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_near_options(seed):
    _, market, point = market_and_point(seed)
    kept = []
    for i in range(market.n_people):
        net = nets(market, point, i)
        best = max([0.0, *net.values()])
        kept += [k for k, v in net.items() if v >= best - 2.0]
    near = prices._near(market, point, 2.0)
    assert near.option.tolist() == market.option[kept].tolist()


@pytest.mark.parametrize("n_steps", [0, 1, 4, 9])
def test_two_loops_are_the_update_formula(n_steps):
    rng = np.random.default_rng(n_steps)
    n, depth = 6, 4
    root = rng.normal(size=(n, n))
    curved = root @ root.T + np.eye(n)
    first = rng.uniform(0.5, 2.0, n)
    moved, bend = np.zeros((depth, n)), np.zeros((depth, n))
    for step in range(n_steps):
        moved[step % depth] = rng.normal(size=n)
        bend[step % depth] = curved @ moved[step % depth]
    inverse = np.diag(first)
    if n_steps:
        s, y = moved[(n_steps - 1) % depth], bend[(n_steps - 1) % depth]
        inverse = inverse * (s @ y) / (y @ inverse @ y)
    for step in range(max(0, n_steps - depth), n_steps):
        s, y = moved[step % depth], bend[step % depth]
        left = np.eye(n) - np.outer(s, y) / (s @ y)
        inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
    slope = rng.normal(size=n)
    found = prices._two_loops(slope, moved, bend, n_steps, first)
    assert found == pytest.approx(inverse @ slope)


def ranked(problem, seed=0):
    """What the kernels of places get, at prices that are a little off."""
    market = market_of(problem)
    price = np.round(np.random.default_rng(seed).uniform(0, 300, problem.n_resources))
    net = bound_at(problem, price).net[market.option]
    order = np.lexsort((-net, market.owner))
    given = places._given(market.take(order), net[order], price)
    return given, places._empty_plan(given, seed), places._empty_search(problem.n_resources)


def objective(given, plan):
    """Value of a plan counted anew, after checking that its counts are what they should be."""
    used, filled = np.zeros_like(plan.used), np.zeros_like(plan.filled)
    holders = [set() for _ in plan.used]
    for i, k in enumerate(plan.pick.tolist()):
        if k >= 0:
            assert given.owner[k] == i
            for q in range(given.row[k], given.row[k + 1]):
                used[given.resource[q]] += given.amount[q]
                holders[given.resource[q]].add(i)
            np.add.at(filled, groups_of(given, i), 1)
    assert used.tolist() == plan.used.tolist()
    assert filled.tolist() == plan.filled.tolist()
    assert (used <= given.capacity).all()
    assert [listed(given, plan, r) for r in range(len(used))] == holders
    short = np.maximum(0, given.floor - filled)
    return int(given.value[plan.pick[plan.pick >= 0]].sum() - short @ given.penalty)


def listed(given, plan, r):
    people, node = set(), plan.head[r]
    while node >= 0:
        people.add(int(node // given.width))
        node = plan.following[node]
    return people


@pytest.fixture
def filled():
    given, plan, search = ranked(town(n_people=200, n_jobs=50))
    moves.fill(given, plan, places._surest_first(given))
    return given, plan, search


def test_fill_places_in_order_at_the_best_that_fits(filled):
    given, plan, _ = filled
    free, pick = given.capacity.copy(), np.full(len(plan.pick), -1)
    for i in places._surest_first(given):
        for k in range(given.start[i], given.start[i + 1]):
            resources = given.resource[given.row[k] : given.row[k + 1]]
            if (free[resources] > 0).all():
                free[resources] -= 1
                pick[i] = k
                break
    assert plan.pick.tolist() == pick.tolist()
    objective(given, plan)


def test_settle_leaves_nobody_with_a_better_free_option(filled):
    given, plan, _ = filled
    before = objective(given, plan)
    for _ in range(5):
        moves.settle(given, plan)
    assert objective(given, plan) >= before
    for i, now in enumerate(plan.pick.tolist()):
        own = given.resource[given.row[now] : given.row[now + 1]] if now >= 0 else []
        free = given.capacity - plan.used
        free[own] += 1
        for k in range(given.start[i], given.start[i + 1]):
            if (free[given.resource[given.row[k] : given.row[k + 1]]] > 0).all():
                assert now >= 0
                assert given.value[k] <= given.value[now]


def test_repair_adds_what_it_says(filled):
    given, plan, search = filled
    before = objective(given, plan)
    added = moves.repair(given, plan, search, np.arange(len(plan.pick)))
    assert added > 0
    assert objective(given, plan) == before + added


@pytest.mark.parametrize("least", [0, 1])
def test_transactions_add_what_they_say_and_undo_the_rest(filled, least):
    given, plan, search = filled
    before = objective(given, plan)
    added = moves.transactions(given, plan, search, np.arange(len(plan.pick)), 3000, least)
    assert added > 0
    assert objective(given, plan) == before + added


def test_chain_of_moves_is_found_by_repair():
    """Everyone has to move on by one seat, and only all together gain."""
    from planner.test_named import NAMED

    problem, _, value = NAMED["chain"]
    given, plan, search = ranked(problem)
    given = given._replace(price=np.zeros(4), net=given.worth)
    picks = np.array([k for k in range(7) if given.value[k] == 5 and given.owner[k] < 3] + [-1])
    moves.restore(given, plan, picks)
    assert moves.repair(given, plan, search, np.arange(4)) == value - 15
    assert objective(given, plan) == value


def test_restore_leaves_out_what_no_longer_fits():
    given, plan, _ = ranked(town(n_people=200, n_jobs=50))
    wanted = given.start[:-1].copy()
    moves.restore(given, plan, wanted)
    kept = plan.pick >= 0
    assert plan.pick[kept].tolist() == wanted[kept].tolist()
    objective(given, plan)
    for k in wanted[~kept]:
        resources = given.resource[given.row[k] : given.row[k + 1]]
        assert (plan.used[resources] >= given.capacity[resources]).any()
