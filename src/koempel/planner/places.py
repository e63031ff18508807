"""Places: from prices to a plan in whole numbers.

The surest people first at their best option; then cheapest paths of moves (who is in the way
moves on, and so forth) and transactions by chance (a forced move, or a ruin around a scarce
thing, mended by such paths), each kept only if the true objective does not fall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from koempel.planner.market import Market
from koempel.planner.moves import Given, Plan, Search, fill, repair, restore, settle, transactions
from koempel.planner.stop import Stop

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

NONE, GONE = -1, -2  # no standing option; one that can no longer be taken
WANT_WINDOW = 0.05  # of the middle value: how far below the best an option may be pulled in
BATCHES = 12
REPAIRS = 4  # passes over a standing plan
TRIES_FOR_LOST = 100  # transactions around each person whose standing option is gone
TRANSACTIONS_PER_PERSON = 0.2  # in one batch


def find_places(
    market: Market,
    net: FloatArray,
    prices: FloatArray,
    *,
    seed: int,
    stop: Stop,
    standing: IntArray | None = None,
    thorough: bool = False,
) -> IntArray:
    """Make a plan near the bound.

    Parameters
    ----------
    market : Market
    net : float array of shape (n_options,)
        Net worth of each option of the market.
    prices : float array of shape (n_resources,)
    seed : int
    stop : Stop
        Asked after every batch of transactions.
    standing : int64 array of shape (n_people,), optional
        Place in the market of everyone's standing option, NONE or GONE.
    thorough : bool
        Try as much from a standing plan as for a first one, and keep what adds something.

    Returns
    -------
    int64 array of shape (n_people,)
        Place in the market of everyone's option, -1 for none.
    """
    order = np.lexsort((-net, market.owner))
    given = _given(market.take(order), net[order], prices)
    plan = _empty_plan(given, seed)
    search = _empty_search(len(prices))
    if standing is None:
        fill(given, plan, _surest_first(given))
        _batches(given, plan, search, stop, least=0)
    else:
        _replan(given, plan, search, _ranks(order, standing), stop)
        if thorough:
            _batches(given, plan, search, stop, least=1)
    settle(given, plan)
    settle(given, plan)
    return np.where(plan.pick >= 0, order[plan.pick], -1) if len(order) else plan.pick


def _ranks(order: IntArray, standing: IntArray) -> IntArray:
    """Place of the standing options after ranking."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ranks = standing.copy()
    ranks[standing >= 0] = rank[standing[standing >= 0]]
    return ranks


def _replan(given: Given, plan: Plan, search: Search, ranks: IntArray, stop: Stop) -> None:
    """Only moves that are worth something: people keep their place otherwise."""
    restore(given, plan, ranks)
    people = np.flatnonzero(np.diff(given.start))
    lost = people[(ranks[people] != NONE) & (plan.pick[people] < 0)]
    for number in range(REPAIRS):
        if stop.asked("places", number / REPAIRS):
            break
        added = repair(given, plan, search, people)
        if len(lost):
            added += transactions(given, plan, search, lost, TRIES_FOR_LOST * len(lost), 1)
        if not added:
            break


def _batches(given: Given, plan: Plan, search: Search, stop: Stop, *, least: int) -> None:
    """Transactions around everybody; each is kept that adds `least`."""
    people = np.flatnonzero(np.diff(given.start))
    count = int(TRANSACTIONS_PER_PERSON * len(people)) + 1
    for batch in range(BATCHES if len(people) else 0):
        if stop.asked("places", batch / BATCHES):
            break
        repair(given, plan, search, people)
        transactions(given, plan, search, people, count, least)


def _given(market: Market, net: FloatArray, prices: FloatArray) -> Given:
    owner = market.owner
    best = np.zeros(market.n_people)
    np.maximum.at(best, owner, net)
    entry_option = np.repeat(np.arange(len(net)), np.diff(market.row))
    rent = np.bincount(entry_option, market.amount * prices[market.resource], len(net))
    window = WANT_WINDOW * float(np.median(np.abs(market.value))) if len(net) else 0.0
    near = (net >= best[owner] - window)[entry_option]
    resource = market.resource[near]
    by_resource = np.argsort(resource, kind="stable")
    wants = np.bincount(resource, minlength=len(market.capacity))
    return Given(
        market.start, market.value, net, net + rent, prices, market.row, market.resource,
        market.amount, market.capacity, market.group_row, market.group, market.floor,
        market.penalty, owner, np.concatenate(([0], np.cumsum(wants))),
        entry_option[near][by_resource], int(np.diff(market.row).max(initial=1)),
    )  # fmt: skip


def _empty_search(n_resources: int) -> Search:
    return Search(
        cost=np.zeros(n_resources),
        key=np.zeros(n_resources),
        by=np.zeros(n_resources, dtype=np.int64),
        origin=np.zeros(n_resources, dtype=np.int64),
        state=np.zeros(n_resources, dtype=np.int64),
        open=np.zeros(n_resources, dtype=np.int64),
        person=np.zeros(n_resources + 1, dtype=np.int64),
        after=np.zeros(n_resources + 1, dtype=np.int64),
        before=np.zeros(n_resources + 1, dtype=np.int64),
        tally=np.zeros(5, dtype=np.int64),
        best=np.zeros(1),
    )


def _empty_plan(given: Given, seed: int) -> Plan:
    n_people, n_resources, width = len(given.start) - 1, len(given.capacity), given.width
    state = int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0]) >> 1
    return Plan(
        pick=np.full(n_people, -1, dtype=np.int64),
        used=np.zeros(n_resources, dtype=np.int64),
        filled=np.zeros(len(given.floor), dtype=np.int64),
        head=np.full(n_resources, -1, dtype=np.int64),
        following=np.full(n_people * width, -1, dtype=np.int64),
        preceding=np.full(n_people * width, -1, dtype=np.int64),
        touched=np.zeros(n_people, dtype=np.int64),
        before=np.zeros(n_people, dtype=np.int64),
        mark=np.zeros(n_people, dtype=np.int64),
        tally=np.array([0, 0, state | 1], dtype=np.int64),
    )


def _surest_first(given: Given) -> IntArray:
    """People by how much their best option is worth above their second, nothing being worth 0."""
    start = given.start
    padded = np.concatenate((given.net, [0.0, 0.0]))
    n_options = np.diff(start)
    first = np.where(n_options > 0, padded[start[:-1]], 0.0)
    second = np.where(n_options > 1, padded[np.minimum(start[:-1] + 1, len(given.net))], 0.0)
    return np.argsort(-(first - np.maximum(second, 0.0)), kind="stable")
