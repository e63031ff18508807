"""Places: from prices to a plan in whole numbers.

The surest people first at their best option; then transactions, each kept only if the true
objective does not fall: forced moves (a person takes a better option, who stands in the way is
put out and enters elsewhere, who stands in *their* way is put out, ...), pulls into priced
things that lie idle, and ruin and recreate around a scarce thing. Whatever is not kept is undone
from the list of touched people.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from koempel.planner.market import Market
from koempel.planner.stop import Stop

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class _Given(NamedTuple):
    """What stays: options of each person, the highest net worth first."""

    start: IntArray
    value: IntArray
    net: FloatArray
    row: IntArray
    resource: NDArray[np.int32]
    amount: NDArray[np.int32]
    capacity: IntArray
    group_row: IntArray
    group: NDArray[np.int32]
    floor: IntArray
    penalty: IntArray
    owner: IntArray
    want_row: IntArray  # options that use resource r: want[want_row[r]:want_row[r + 1]]
    want: IntArray


class _Plan(NamedTuple):
    """What changes. Holders of a resource stand in a linked list of nodes (person, use)."""

    pick: IntArray
    used: IntArray
    filled: IntArray
    head: IntArray
    following: IntArray
    preceding: IntArray
    touched: IntArray  # people of the present transaction
    before: IntArray  # their picks before it
    mark: IntArray  # number of the last transaction that touched a person
    tally: IntArray  # [transactions so far, people touched, random state]


@njit(cache=True, nogil=True)
def _random(p: _Plan, n: int) -> int:
    """Return a number from 0 to n - 1 (xorshift; Marsaglia 2003)."""
    x = np.uint64(p.tally[2])
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    p.tally[2] = np.int64(x)
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@njit(cache=True, nogil=True)
def _fits(g: _Given, p: _Plan, k: int) -> bool:
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        if p.used[r] + g.amount[q] > g.capacity[r]:
            return False
    return True


@njit(cache=True, nogil=True)
def _gain(g: _Given, p: _Plan, i: int, k: int) -> int:
    """Return what placing an unplaced person adds to the objective."""
    gain = g.value[k]
    for q in range(g.group_row[i], g.group_row[i + 1]):
        if p.filled[g.group[q]] < g.floor[g.group[q]]:
            gain += g.penalty[g.group[q]]
    return gain


@njit(cache=True, nogil=True)
def _put(g: _Given, p: _Plan, i: int, k: int, width: int) -> int:
    """Place person i at option k and return what that adds."""
    gain = _gain(g, p, i, k)
    p.pick[i] = k
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        node = i * width + q - g.row[k]
        p.used[r] += g.amount[q]
        p.following[node] = p.head[r]
        p.preceding[node] = -1
        if p.head[r] >= 0:
            p.preceding[p.head[r]] = node
        p.head[r] = node
    for q in range(g.group_row[i], g.group_row[i + 1]):
        p.filled[g.group[q]] += 1
    return gain


@njit(cache=True, nogil=True)
def _out(g: _Given, p: _Plan, i: int, width: int) -> int:
    """Take person i out of the plan and return what that costs."""
    k = p.pick[i]
    p.pick[i] = -1
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        node = i * width + q - g.row[k]
        p.used[r] -= g.amount[q]
        if p.preceding[node] >= 0:
            p.following[p.preceding[node]] = p.following[node]
        else:
            p.head[r] = p.following[node]
        if p.following[node] >= 0:
            p.preceding[p.following[node]] = p.preceding[node]
    for q in range(g.group_row[i], g.group_row[i + 1]):
        p.filled[g.group[q]] -= 1
    return _gain(g, p, i, k)


@njit(cache=True, nogil=True)
def _touch(p: _Plan, i: int) -> None:
    if p.mark[i] != p.tally[0]:
        p.mark[i] = p.tally[0]
        p.touched[p.tally[1]] = i
        p.before[p.tally[1]] = p.pick[i]
        p.tally[1] += 1


@njit(cache=True, nogil=True)
def _enter(g: _Given, p: _Plan, i: int, width: int, blink: bool) -> int:
    """Place an unplaced person at the best option that fits; return what that adds."""
    for k in range(g.start[i], g.start[i + 1]):
        if _fits(g, p, k) and _gain(g, p, i, k) > 0 and not (blink and _random(p, 16) == 0):
            return _put(g, p, i, k, width)
    return 0


@njit(cache=True, nogil=True)
def _fill(g: _Given, p: _Plan, order: IntArray, width: int) -> None:
    """Place people in this order, then let everyone move to what is worth more and free."""
    for i in order:
        if p.pick[i] < 0:
            _enter(g, p, i, width, False)


@njit(cache=True, nogil=True)
def _settle(g: _Given, p: _Plan, width: int) -> None:
    """Let everyone move to what is free and worth more in truth, prices aside."""
    for i in range(len(p.pick)):
        now = p.pick[i]
        if now >= 0:
            _out(g, p, i, width)
        best = now
        for k in range(g.start[i], g.start[i + 1]):
            if _fits(g, p, k) and (best < 0 or g.value[k] > g.value[best]):
                best = k
        if best >= 0 and (best == now or _gain(g, p, i, best) > 0):
            _put(g, p, i, best, width)


@njit(cache=True, nogil=True)
def _holder(g: _Given, p: _Plan, r: int, width: int) -> int:
    """Return one of the first holders of a resource, by chance; -1 when there is none."""
    node = p.head[r]
    if node < 0:
        return -1
    for _ in range(_random(p, 24)):
        node = p.following[node]
        if node < 0:
            node = p.head[r]
    return node // width


@njit(cache=True, nogil=True)
def _force(g: _Given, p: _Plan, i: int, k: int, width: int) -> int:
    """Place a person at an option, putting out who is in the way; return the change."""
    change = 0
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        while p.used[r] + g.amount[q] > g.capacity[r]:
            j = _holder(g, p, r, width)
            _touch(p, j)
            change -= _out(g, p, j, width)
    return change + _put(g, p, i, k, width)


@njit(cache=True, nogil=True)
def _near(g: _Given, i: int, at_most: int, p: _Plan) -> int:
    """Return one of the first options of a person, by chance."""
    return g.start[i] + _random(p, min(at_most, g.start[i + 1] - g.start[i]))


@njit(cache=True, nogil=True)
def _move(g: _Given, p: _Plan, i: int, k: int, width: int, depth: int) -> int:
    """Force person i into option k; who is put out enters elsewhere, some by force again."""
    change = 0
    _touch(p, i)
    if p.pick[i] >= 0:
        change -= _out(g, p, i, width)
    first = p.tally[1]
    change += _force(g, p, i, k, width)
    at = first
    while at < p.tally[1]:
        j = p.touched[at]
        if depth > 0 and p.pick[j] < 0 and _random(p, 3) > 0:
            other = _near(g, j, 5, p)
            if g.net[other] > -1.0 and _gain(g, p, j, other) > 0:
                change += _force(g, p, j, other, width)
                depth -= 1
        at += 1
    return change


@njit(cache=True, nogil=True)
def _ruin(g: _Given, p: _Plan, i: int, size: int, width: int) -> int:
    """Take out a person and others around the things they want; return the change."""
    change = 0
    _touch(p, i)
    for _ in range(3 * size):
        if p.tally[1] >= size:
            break
        j = p.touched[_random(p, p.tally[1])]
        k = _near(g, j, 8, p)
        length = g.row[k + 1] - g.row[k]
        if length > 0:
            other = _holder(g, p, g.resource[g.row[k] + _random(p, length)], width)
            if other >= 0:
                _touch(p, other)
    for at in range(p.tally[1]):
        if p.pick[p.touched[at]] >= 0:
            change -= _out(g, p, p.touched[at], width)
    return change


@njit(cache=True, nogil=True)
def _reenter(g: _Given, p: _Plan, width: int) -> int:
    """Let everyone touched who is out enter, in an order by chance; return the change."""
    change = 0
    n = p.tally[1]
    offset = _random(p, n)
    for at in range(n):
        i = p.touched[(at + offset) % n]
        if p.pick[i] < 0:
            change += _enter(g, p, i, width, True)
    return change


@njit(cache=True, nogil=True)
def _undo(g: _Given, p: _Plan, width: int) -> None:
    for at in range(p.tally[1]):
        i = p.touched[at]
        if p.pick[i] >= 0:
            _out(g, p, i, width)
    for at in range(p.tally[1]):
        if p.before[at] >= 0:
            _put(g, p, p.touched[at], p.before[at], width)


@njit(cache=True, nogil=True)
def _transactions(
    g: _Given, p: _Plan, count: int, people: IntArray, idle: IntArray, width: int
) -> int:
    """Try a number of transactions and return what they added."""
    total = 0
    for _ in range(count):
        p.tally[0] += 1
        p.tally[1] = 0
        kind = _random(p, 4)
        i = people[_random(p, len(people))]
        if kind == 0 and len(idle) > 0:
            r = idle[_random(p, len(idle))]
            if g.want_row[r + 1] == g.want_row[r]:
                continue
            k = g.want[g.want_row[r] + _random(p, g.want_row[r + 1] - g.want_row[r])]
            change = _move(g, p, g.owner[k], k, width, 3)
        elif kind <= 2:
            k = _near(g, i, 6, p)
            if k == p.pick[i]:
                continue
            change = _move(g, p, i, k, width, 3)
        else:
            change = _ruin(g, p, i, 2 + _random(p, 8), width)
        change += _reenter(g, p, width)
        if change < 0:
            _undo(g, p, width)
        else:
            total += change
    return total


WANT_WINDOW = 0.05  # of the middle value: how far below the best an option may be pulled in
BATCHES = 40
TRANSACTIONS_PER_PERSON = 5  # in one batch


def find_places(
    market: Market,
    net: FloatArray,
    prices: FloatArray,
    *,
    seed: int,
    stop: Stop,
    standing: IntArray | None = None,
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
        Place in the market of everyone's standing option, -1 for none.

    Returns
    -------
    int64 array of shape (n_people,)
        Place in the market of everyone's option, -1 for none.
    """
    order = np.lexsort((-net, market.owner))
    ranked = market.take(order)
    given = _given(ranked, net[order])
    width = int(np.diff(market.row).max(initial=1))
    plan = _empty_plan(given, width, seed)
    if standing is not None:
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        _restore(given, plan, np.where(standing >= 0, rank[standing], -1), width)
    _fill(given, plan, _surest_first(given), width)
    people = np.flatnonzero(np.diff(given.start))
    if len(people):
        _batches(given, plan, people, prices, stop, width)
    _settle(given, plan, width)
    _settle(given, plan, width)
    return np.where(plan.pick >= 0, order[plan.pick], -1) if len(order) else plan.pick


def _batches(
    given: _Given, plan: _Plan, people: IntArray, prices: FloatArray, stop: Stop, width: int
) -> None:
    for batch in range(BATCHES):
        if stop.asked("places", batch / BATCHES):
            break
        idle = np.flatnonzero((prices > 0) & (plan.used < given.capacity))
        _transactions(given, plan, TRANSACTIONS_PER_PERSON * len(people), people, idle, width)


def _given(market: Market, net: FloatArray) -> _Given:
    owner = market.owner
    best = np.zeros(market.n_people)
    np.maximum.at(best, owner, net)
    window = WANT_WINDOW * float(np.median(np.abs(market.value))) if len(net) else 0.0
    near = np.repeat(net >= best[owner] - window, np.diff(market.row))
    entry_option = np.repeat(np.arange(len(net)), np.diff(market.row))[near]
    resource = market.resource[near]
    by_resource = np.argsort(resource, kind="stable")
    wants = np.bincount(resource, minlength=len(market.capacity))
    return _Given(
        market.start, market.value, net, market.row, market.resource, market.amount,
        market.capacity, market.group_row, market.group, market.floor, market.penalty, owner,
        np.concatenate(([0], np.cumsum(wants))), entry_option[by_resource],
    )  # fmt: skip


def _empty_plan(given: _Given, width: int, seed: int) -> _Plan:
    n_people, n_resources = len(given.start) - 1, len(given.capacity)
    state = int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0]) >> 1
    return _Plan(
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


def _surest_first(given: _Given) -> IntArray:
    """People by how much their best option is worth above their second, nothing being worth 0."""
    start = given.start
    padded = np.concatenate((given.net, [0.0, 0.0]))
    n_options = np.diff(start)
    first = np.where(n_options > 0, padded[start[:-1]], 0.0)
    second = np.where(n_options > 1, padded[np.minimum(start[:-1] + 1, len(given.net))], 0.0)
    return np.argsort(-(first - np.maximum(second, 0.0)), kind="stable")


@njit(cache=True, nogil=True)
def _restore(g: _Given, p: _Plan, picks: IntArray, width: int) -> None:
    """Give everyone the standing option where it still fits."""
    for i in range(len(picks)):
        if picks[i] >= 0 and _fits(g, p, picks[i]) and _gain(g, p, i, picks[i]) > 0:
            _put(g, p, i, picks[i], width)
