"""The moves by which places are settled, as kernels.

All of them stand in this file, since numba does not notice changes in a kernel of another one.
They work on a plan that counts what is used and lists who holds each resource, so that every
move costs what it touches and no more. A move returns what it adds to the true objective.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SEARCH = 60  # resources that one path search closes at most

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def _inner(kernel: Kernel) -> Kernel:
    # Called by kernels only: without the wrappers for Python and C they compile in half the time.
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(Kernel, njit(cache=True, nogil=True, **options)(kernel))


class Given(NamedTuple):
    """What stays: options of each person, the highest net worth first."""

    start: IntArray
    value: IntArray
    net: FloatArray
    worth: FloatArray  # value plus bonuses
    price: FloatArray
    row: IntArray
    resource: NDArray[np.uint32]
    amount: NDArray[np.int32]
    capacity: IntArray
    group_row: IntArray
    group: NDArray[np.uint32]
    floor: IntArray
    penalty: IntArray
    owner: IntArray
    want_row: IntArray  # options that use resource r: want[want_row[r]:want_row[r + 1]]
    want: IntArray
    width: int  # most resources that one option uses


class Plan(NamedTuple):
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


@_inner
def _random(p: Plan, n: int) -> int:
    """Return a number from 0 to n - 1 (xorshift; Marsaglia 2003)."""
    x = np.uint64(p.tally[2])
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    p.tally[2] = np.int64(x)
    return int(np.int64((x >> np.uint64(11)) % np.uint64(n)))


@_inner
def _fits(g: Given, p: Plan, k: int) -> bool:
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        if p.used[r] + g.amount[q] > g.capacity[r]:
            return False
    return True


@_inner
def _gain(g: Given, p: Plan, i: int, k: int) -> int:
    """Return what placing an unplaced person adds to the objective."""
    gain = int(g.value[k])
    for q in range(g.group_row[i], g.group_row[i + 1]):
        if p.filled[g.group[q]] < g.floor[g.group[q]]:
            gain += g.penalty[g.group[q]]
    return gain


@_inner
def _put(g: Given, p: Plan, i: int, k: int) -> int:
    """Place person i at option k and return what that adds."""
    gain = _gain(g, p, i, k)
    p.pick[i] = k
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        node = i * g.width + q - g.row[k]
        p.used[r] += g.amount[q]
        p.following[node] = p.head[r]
        p.preceding[node] = -1
        if p.head[r] >= 0:
            p.preceding[p.head[r]] = node
        p.head[r] = node
    for q in range(g.group_row[i], g.group_row[i + 1]):
        p.filled[g.group[q]] += 1
    return gain


@_inner
def _out(g: Given, p: Plan, i: int) -> int:
    """Take person i out of the plan and return what that costs."""
    k = p.pick[i]
    p.pick[i] = -1
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        node = i * g.width + q - g.row[k]
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


@_inner
def _touch(p: Plan, i: int) -> None:
    if p.mark[i] != p.tally[0]:
        p.mark[i] = p.tally[0]
        p.touched[p.tally[1]] = i
        p.before[p.tally[1]] = p.pick[i]
        p.tally[1] += 1


@njit(cache=True, nogil=True)
def fill(g: Given, p: Plan, order: IntArray) -> None:
    """Place people in this order, each at the best option that fits and adds something."""
    for i in order:
        for k in range(g.start[i], g.start[i + 1]):
            if _fits(g, p, k) and _gain(g, p, i, k) > 0:
                _put(g, p, i, k)
                break


@njit(cache=True, nogil=True)
def settle(g: Given, p: Plan) -> None:
    """Let everyone move to what is free and worth more in truth, prices aside."""
    for i in range(len(p.pick)):
        now = p.pick[i]
        if now >= 0:
            _out(g, p, i)
        best = now
        for k in range(g.start[i], g.start[i + 1]):
            if _fits(g, p, k) and (best < 0 or g.value[k] > g.value[best]):
                best = k
        if best >= 0 and (best == now or _gain(g, p, i, best) > 0):
            _put(g, p, i, best)


@_inner
def _holder(g: Given, p: Plan, r: int) -> int:
    """Return one of the first holders of a resource, by chance; -1 when there is none."""
    node = p.head[r]
    if node < 0:
        return -1
    for _ in range(_random(p, 24)):
        node = p.following[node]
        if node < 0:
            node = p.head[r]
    return int(node // g.width)


@_inner
def _force(g: Given, p: Plan, i: int, k: int) -> int:
    """Place a person at an option, putting out who is in the way; return the change."""
    change = 0
    for q in range(g.row[k], g.row[k + 1]):
        r = g.resource[q]
        while p.used[r] + g.amount[q] > g.capacity[r]:
            j = _holder(g, p, r)
            _touch(p, j)
            change -= _out(g, p, j)
    return change + _put(g, p, i, k)


@_inner
def _near(g: Given, i: int, at_most: int, p: Plan) -> int:
    """Return one of the first options of a person, by chance."""
    return int(g.start[i]) + _random(p, min(at_most, g.start[i + 1] - g.start[i]))


@_inner
def _ruin(g: Given, p: Plan, i: int, size: int) -> int:
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
            other = _holder(g, p, g.resource[g.row[k] + _random(p, length)])
            if other >= 0:
                _touch(p, other)
    for at in range(p.tally[1]):
        if p.pick[p.touched[at]] >= 0:
            change -= _out(g, p, p.touched[at])
    return change


@_inner
def _undo(g: Given, p: Plan) -> None:
    for at in range(p.tally[1]):
        i = p.touched[at]
        if p.pick[i] >= 0:
            _out(g, p, i)
    for at in range(p.tally[1]):
        if p.before[at] >= 0:
            _put(g, p, p.touched[at], p.before[at])


class Search(NamedTuple):
    """Labels of a cheapest path over resources: one search at a time."""

    cost: FloatArray  # what the moves up to here lose
    key: FloatArray  # the same, were the thing in question bought or sold at its price
    by: IntArray  # option that needs (chain) or frees (pull) the resource
    origin: IntArray  # resource before it on the path, -1 at the beginning
    state: IntArray  # number of the last search that opened (2n) or closed (2n + 1) it
    open: IntArray
    person: IntArray  # who moves on the path found, from the end
    after: IntArray  # to which option
    before: IntArray  # from which
    tally: IntArray  # [searches, open resources, end option, end person, end origin]
    best: FloatArray  # [cost of the best end]


@_inner
def _begin(s: Search) -> None:
    s.tally[0] += 1
    s.tally[1] = 0
    s.tally[3] = -1
    s.best[0] = -1e-6


@_inner
def _label(s: Search, r: int, cost: float, key: float, k: int, origin: int) -> None:
    opened = 2 * s.tally[0]
    if s.state[r] > opened or (s.state[r] == opened and s.key[r] <= key):
        return
    if s.state[r] != opened:
        s.open[s.tally[1]] = r
        s.tally[1] += 1
        s.state[r] = opened
    s.cost[r], s.key[r], s.by[r], s.origin[r] = cost, key, k, origin


@_inner
def _end(s: Search, cost: float, j: int, k: int, origin: int) -> None:
    if cost < s.best[0]:
        s.best[0] = cost
        s.tally[2], s.tally[3], s.tally[4] = k, j, origin


@_inner
def _cheapest(s: Search) -> int:
    """Close and return the open resource with the lowest key; -1 when none can help."""
    at = -1
    for n in range(s.tally[1]):
        if at < 0 or s.key[s.open[n]] < s.key[s.open[at]]:
            at = n
    if at < 0 or s.key[s.open[at]] >= s.best[0]:
        return -1
    r = int(s.open[at])
    s.tally[1] -= 1
    s.open[at] = s.open[s.tally[1]]
    s.state[r] = 2 * s.tally[0] + 1
    return r


@_inner
def _shift(g: Given, p: Plan, k: int, sign: int) -> None:
    """Count an option in or out for a moment, without its holder."""
    if k >= 0:
        for q in range(g.row[k], g.row[k + 1]):
            p.used[g.resource[q]] += sign * g.amount[q]


@_inner
def _overfull(g: Given, p: Plan, k: int) -> bool:
    for q in range(g.row[k], g.row[k + 1]):
        if p.used[g.resource[q]] > g.capacity[g.resource[q]]:
            return True
    return False


@_inner
def _offer(g: Given, p: Plan, s: Search, j: int, origin: int) -> None:
    """Try the other options of a person whose present one has been counted out."""
    now = p.pick[j]
    cost, key = 0.0, 0.0
    if origin >= 0:
        cost, key = s.cost[origin], s.key[origin]
    if now >= 0:
        cost += g.worth[now]
        key += g.net[now]
    if origin >= 0:
        _end(s, cost, j, -1, origin)
    for k in range(g.start[j], g.start[j + 1]):
        if key - g.net[k] >= s.best[0]:
            break
        if k == now:
            continue
        dearest, lacking, rent = -1, 0.0, -1.0
        for q in range(g.row[k], g.row[k + 1]):
            r = g.resource[q]
            short = p.used[r] + g.amount[q] - g.capacity[r]
            if short > 0:
                lacking += short * g.price[r]
                if short * g.price[r] > rent:
                    dearest, rent = int(r), short * g.price[r]
        if dearest < 0:
            _end(s, cost - g.worth[k], j, k, origin)
        elif cost - g.worth[k] + lacking < s.best[0]:
            _label(s, dearest, cost - g.worth[k], cost - g.worth[k] + lacking, k, origin)


@_inner
def _chain(g: Given, p: Plan, s: Search, i: int) -> int:
    """Find room for a person at something better: who is in the way moves on, and so forth."""
    _begin(s)
    _shift(g, p, p.pick[i], -1)
    _offer(g, p, s, i, -1)
    _shift(g, p, p.pick[i], 1)
    for _ in range(SEARCH):
        r = _cheapest(s)
        if r < 0:
            break
        k = s.by[r]
        first = g.owner[k]
        _shift(g, p, p.pick[first], -1)
        _shift(g, p, k, 1)
        node = p.head[r]
        while node >= 0:
            j = node // g.width
            node = p.following[node]
            if j != i and j != first:  # noqa: PLR1714 (compiles to two comparisons)
                _shift(g, p, p.pick[j], -1)
                if not _overfull(g, p, k):
                    _offer(g, p, s, j, r)
                _shift(g, p, p.pick[j], 1)
        _shift(g, p, k, -1)
        _shift(g, p, p.pick[first], 1)
    return _walk(g, p, s)


@_inner
def _pull(g: Given, p: Plan, s: Search, idle: int) -> int:
    """Find someone for an idle thing, someone for what that person leaves, and so forth."""
    _begin(s)
    _label(s, idle, 0.0, -g.price[idle], -1, -1)
    for _ in range(SEARCH):
        r = _cheapest(s)
        if r < 0:
            break
        first = -1
        if s.by[r] >= 0:
            first = g.owner[s.by[r]]
            _shift(g, p, p.pick[first], -1)
            _shift(g, p, s.by[r], 1)
        for w in range(g.want_row[r], g.want_row[r + 1]):
            k = g.want[w]
            j = g.owner[k]
            now = p.pick[j]
            if j == first or now == k:
                continue
            _shift(g, p, now, -1)
            if _fits(g, p, k):
                _follow(g, s, now, k, r)
            _shift(g, p, now, 1)
        if first >= 0:
            _shift(g, p, s.by[r], -1)
            _shift(g, p, p.pick[first], 1)
    return _walk(g, p, s)


@_inner
def _follow(g: Given, s: Search, now: int, k: int, origin: int) -> None:
    """Note that moving from one option to another is possible and what it leaves behind."""
    cost = s.cost[origin] - g.worth[k]
    if now >= 0:
        cost += g.worth[now]
    _end(s, cost, g.owner[k], k, origin)
    if now >= 0:
        dearest, freed, rent = -1, 0.0, 0.0
        for q in range(g.row[now], g.row[now + 1]):
            worth = g.amount[q] * g.price[g.resource[q]]
            freed += worth
            if worth > rent:
                dearest, rent = int(g.resource[q]), worth
        if dearest >= 0 and cost - freed < s.best[0]:
            _label(s, dearest, cost, cost - freed, k, origin)


@_inner
def _walk(g: Given, p: Plan, s: Search) -> int:
    """Make the moves of the best path if they hold together; return what they add."""
    n = _trace(g, s)
    change = 0
    for at in range(n):
        j = s.person[at]
        _touch(p, j)
        s.before[at] = p.pick[j]
        if p.pick[j] >= 0:
            change -= _out(g, p, j)
    for at in range(n):
        if s.after[at] >= 0 and _fits(g, p, s.after[at]):
            change += _put(g, p, s.person[at], s.after[at])
    if change > 0:
        return change
    for at in range(n):
        if p.pick[s.person[at]] >= 0:
            _out(g, p, s.person[at])
    for at in range(n):
        if s.before[at] >= 0:
            _put(g, p, s.person[at], s.before[at])
    return 0


@_inner
def _trace(g: Given, s: Search) -> int:
    """List who moves where on the best path; return how many, 0 when someone would move twice."""
    j, k, origin = s.tally[3], s.tally[2], s.tally[4]
    n = 0
    while j >= 0:
        for at in range(n):
            if s.person[at] == j:
                return 0
        s.person[n], s.after[n] = j, k
        n += 1
        j = -1
        if origin >= 0 and s.by[origin] >= 0:
            k, origin = s.by[origin], s.origin[origin]
            j = g.owner[k]
    return n


@njit(cache=True, nogil=True)
def repair(g: Given, p: Plan, s: Search, people: IntArray) -> int:
    """Search a path for everyone below their best and for every priced thing that lies idle."""
    total = 0
    _new_transaction(p)
    for i in people:
        now = p.pick[i]
        if now < 0 or g.net[now] < g.net[g.start[i]]:
            total += _chain(g, p, s, i)
    for r in range(len(p.used)):
        if g.price[r] > 0 and p.used[r] < g.capacity[r]:
            total += _pull(g, p, s, r)
    return total


@_inner
def _new_transaction(p: Plan) -> None:
    p.tally[0] += 1
    p.tally[1] = 0


@_inner
def _mend(g: Given, p: Plan, s: Search) -> int:
    """Find a path for who is out, then someone for what was left behind; return the change."""
    change = 0
    n = p.tally[1]
    offset = _random(p, n)
    for at in range(n):
        i = p.touched[(at + offset) % n]
        if p.pick[i] < 0:
            change += _chain(g, p, s, i)
    for at in range(n):
        k = p.before[at]
        if k >= 0:
            for q in range(g.row[k], g.row[k + 1]):
                r = g.resource[q]
                if g.price[r] > 0 and p.used[r] < g.capacity[r]:
                    change += _pull(g, p, s, int(r))
    return change


@_inner
def _wish(g: Given, p: Plan, i: int, idle: IntArray) -> int:
    """Choose by chance an option to force: one of a person's best or one that fills idle room."""
    if len(idle) > 0 and _random(p, 2) == 0:
        r = idle[_random(p, len(idle))]
        if g.want_row[r + 1] > g.want_row[r]:
            return int(g.want[g.want_row[r] + _random(p, g.want_row[r + 1] - g.want_row[r])])
    return _near(g, i, 6, p)


@njit(cache=True, nogil=True)
def transactions(g: Given, p: Plan, s: Search, people: IntArray, count: int, least: int) -> int:
    """Try a number of ruins and forced moves, each mended; keep those that add `least`."""
    total = 0
    idle = np.flatnonzero((g.price > 0) & (p.used < g.capacity))
    for _ in range(count):
        _new_transaction(p)
        i = people[_random(p, len(people))]
        change = 0
        if _random(p, 2) == 0:
            k = _wish(g, p, i, idle)
            i = g.owner[k]
            if k == p.pick[i]:
                continue
            _touch(p, i)
            if p.pick[i] >= 0:
                change -= _out(g, p, i)
            change += _force(g, p, i, k)
        else:
            change = _ruin(g, p, i, 2 + _random(p, 8))
        change += _mend(g, p, s)
        if change < least:
            _undo(g, p)
        else:
            total += change
    return total


@njit(cache=True, nogil=True)
def restore(g: Given, p: Plan, picks: IntArray) -> None:
    """Give everyone the standing option where it still fits."""
    for i in range(len(picks)):
        if picks[i] >= 0 and _fits(g, p, picks[i]) and _gain(g, p, i, picks[i]) > 0:
            _put(g, p, i, picks[i])
