"""Prices: what one more of each scarce thing is worth, and the bound they prove.

For prices p ≥ 0 and bonuses 0 ≤ b ≤ penalty every plan is worth at most::

    L(p, b) = Σ_i max(0, max_{o of i} v_o + Σ_{g of i} b_g − Σ_r u_or p_r)
              + Σ_r p_r c_r − Σ_g b_g f_g

The inner maximum is softened (softmax at temperature τ), so that L gets a gradient: capacity
minus expected demand. τ falls in stages; each stage is minimised by projected L-BFGS. What makes
it converge is the first Hessian τ / capacity and, once τ is low, a trust region: only options
near a person's best are looked at, and prices may not leave the region for which that is safe.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from koempel.planner.errors import InputError
from koempel.planner.market import Market, fits_alone
from koempel.planner.problem import Problem
from koempel.planner.stop import Stop

GRID = 1024
"""Prices and bonuses are whole multiples of 1/GRID, so that the bound is exact."""

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
PlaceArray = NDArray[np.uint32]
ShortArray = NDArray[np.int32]


@dataclass(frozen=True)
class Stage:
    """One temperature, how many steps and trust regions it gets, and when it is done.

    Attributes
    ----------
    temperature : float
    steps : int
        At most so many; in each trust region.
    regions : int
        At most so many; 0 for none.
    tolerance : float
        Done when a step lowers L by less than this part, on average over the last few.
    """

    temperature: float
    steps: int
    regions: int
    tolerance: float


STAGES = (
    Stage(80.0, 40, 0, 1e-4),
    Stage(25.0, 60, 0, 3e-5),
    Stage(8.0, 100, 0, 5e-6),
    Stage(2.5, 40, 6, 2e-6),
    Stage(0.8, 60, 6, 5e-7),
)
AGAIN = Stage(0.8, 60, 16, 1e-7)  # from standing prices, which may have to go some way
LAST_STEPS = 4
MIDDLE_VALUE = 600.0  # the temperatures suit values around this one; others are scaled to it
REACH = 14.0  # e^-14 is less than one in a million
SINKHORN_STEPS = 10
CHUNK_OPTIONS = 200_000  # options per chunk; the number of chunks never follows the threads
MEMORY = 10


@njit(cache=True, nogil=True)
def _soft_people(
    first: int, last: int, start: IntArray, value: IntArray, row: IntArray, resource: PlaceArray,
    amount: ShortArray, group_row: IntArray, group: PlaceArray, price: FloatArray,
    bonus: FloatArray, tau: float, net: FloatArray, demand: FloatArray, placed: FloatArray,
) -> float:  # fmt: skip
    """Add expected demand and placements of people first .. last - 1; return their part of L."""
    total = 0.0
    for i in range(first, last):
        extra = 0.0
        for q in range(group_row[i], group_row[i + 1]):
            extra += bonus[group[q]]
        best = 0.0
        low, high = start[i], start[i + 1]
        for k in range(low, high):
            worth = value[k] + extra
            for q in range(row[k], row[k + 1]):
                worth -= amount[q] * price[resource[q]]
            net[k] = worth
            best = max(best, worth)
        mass = np.exp(-best / tau)
        nothing = mass
        cut = best - 14.0 * tau
        for k in range(low, high):
            if net[k] > cut:
                net[k] = np.exp((net[k] - best) / tau)
                mass += net[k]
            else:
                net[k] = 0.0
        total += best + tau * np.log(mass)
        for k in range(low, high):
            if net[k] > 0.0:
                weight = net[k] / mass
                for q in range(row[k], row[k + 1]):
                    demand[resource[q]] += weight * amount[q]
        for q in range(group_row[i], group_row[i + 1]):
            placed[group[q]] += 1.0 - nothing / mass
    return total


@njit(cache=True, nogil=True)
def _mark_near(
    start: IntArray, value: IntArray, row: IntArray, resource: PlaceArray, amount: ShortArray,
    group_row: IntArray, group: PlaceArray, price: FloatArray, bonus: FloatArray, slack: float,
    near: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Mark the options whose net worth is within `slack` of their person's best."""
    net = np.zeros(len(value))
    for i in range(len(start) - 1):
        extra = 0.0
        for q in range(group_row[i], group_row[i + 1]):
            extra += bonus[group[q]]
        best = 0.0
        for k in range(start[i], start[i + 1]):
            worth = value[k] + extra
            for q in range(row[k], row[k + 1]):
                worth -= amount[q] * price[resource[q]]
            net[k] = worth
            best = max(best, worth)
        for k in range(start[i], start[i + 1]):
            near[k] = net[k] >= best - slack


class _Dual:
    """The softened L of a market as a function of prices and bonuses in one vector."""

    def __init__(self, market: Market, pool: ThreadPoolExecutor | None) -> None:
        self.market = market
        self._pool = pool
        self._net = np.empty(len(market.value))
        n_chunks = max(1, -(-len(market.value) // CHUNK_OPTIONS))
        targets = np.linspace(0, len(market.value), n_chunks + 1)
        self._cuts = np.searchsorted(market.start, targets[1:-1]).tolist()
        self._constant = np.concatenate((market.capacity, -market.floor)).astype(np.float64)

    def at(self, point: FloatArray, tau: float) -> tuple[float, FloatArray]:
        """Value and gradient at a point."""
        n_resources = len(self.market.capacity)
        price, bonus = point[:n_resources].copy(), point[n_resources:].copy()
        edges = [0, *self._cuts, self.market.n_people]

        def part(chunk: int) -> tuple[float, FloatArray, FloatArray]:
            m = self.market
            demand, placed = np.zeros(n_resources), np.zeros(len(bonus))
            total = _soft_people(
                edges[chunk], edges[chunk + 1], m.start, m.value, m.row, m.resource, m.amount,
                m.group_row, m.group, price, bonus, tau, self._net, demand, placed,
            )  # fmt: skip
            return total, demand, placed

        run = map if self._pool is None else self._pool.map
        value = float(np.sum(self._constant * point))
        gradient = self._constant.copy()
        # In the order of the chunks, whichever thread was first: sums must not depend on it.
        for total, demand, placed in run(part, range(len(edges) - 1)):
            value += total
            gradient[:n_resources] -= demand
            gradient[n_resources:] += placed
        return value, gradient


@dataclass(frozen=True)
class Bound:
    """What prices prove about a problem.

    Attributes
    ----------
    bound : int
        No plan is worth more.
    net : float array of shape (n_options,)
        Value plus bonuses minus prices of each option, exact; -inf where it never fits.
    """

    bound: int
    net: FloatArray

    @property
    def wanted(self) -> NDArray[np.int64]:
        """Options with a positive net worth: only these can bring a plan nearer to the bound."""
        return np.flatnonzero(self.net > 0)


def bound_at(problem: Problem, prices: FloatArray, bonuses: FloatArray | None = None) -> Bound:
    """Evaluate the proved bound of any problem at given prices, in whole numbers.

    With it a plan over some of the options is certified over all of them: the bound of the full
    problem at the prices of the pruned one holds for every plan of the full one, and `wanted`
    lists the options that a second solve may add.

    Parameters
    ----------
    problem : Problem
        May have more options than the one that the prices were made for.
    prices : float array of shape (n_resources,)
        Rounded to multiples of 1/1024 first.
    bonuses : float array of shape (n_groups,), optional
        Zero by default.

    Returns
    -------
    Bound

    Raises
    ------
    InputError
        When a length does not match or a price is negative, too large or not a number.
    """
    price = _on_grid("prices", prices, np.full(problem.n_resources, PRICE_LIMIT))
    given = np.zeros(problem.n_groups) if bonuses is None else bonuses
    bonus = _on_grid("bonuses", given, problem.penalty)
    net = _exact_net(problem, price, bonus)
    best = np.zeros(problem.n_people, dtype=np.int64)
    np.maximum.at(best, problem.person, net)
    constant = _dot(price, problem.capacity) - _dot(bonus, problem.floor)
    total = sum(best.tolist()) + constant
    return Bound(total // GRID, np.where(net > _NEVER, net / GRID, -np.inf))


PRICE_LIMIT = 2**32
_NEVER = -(2**61)


def _on_grid(name: str, given: FloatArray, highest: NDArray[np.int64]) -> NDArray[np.int64]:
    array = np.asarray(given, dtype=np.float64)
    if array.shape != highest.shape:
        expected = f"shape {highest.shape}"
        raise InputError(name, "", found=f"shape {array.shape}", expected=expected)
    good = (array >= 0) & (array <= highest)
    if not good.all():
        at = int(np.argmin(good))
        expected = f"a number from 0 to {highest[at]}"
        raise InputError(name, f"place {at}", found=str(array[at]), expected=expected)
    return np.rint(array * GRID).astype(np.int64)


def _exact_net(
    problem: Problem, price: NDArray[np.int64], bonus: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Net worth of each option in units of 1/GRID."""
    usage = problem.usage
    extra = problem.member @ bonus
    net = GRID * problem.value + extra[problem.person] - usage @ price
    # Sums of prices above 2^60 may have wrapped round; such an option is far below zero anyway.
    beyond = usage.astype(np.float64) @ price.astype(np.float64) > 2.0**60
    net[beyond | ~fits_alone(problem)] = _NEVER
    return np.asarray(net)


def _dot(price: NDArray[np.int64], count: NDArray[np.int64]) -> int:
    """Multiply and add as Python's whole numbers, which do not overflow."""
    return sum(p * c for p, c in zip(price.tolist(), count.tolist(), strict=True) if p)


def find_prices(
    market: Market,
    stop: Stop,
    *,
    start: FloatArray | None = None,
    evaluate: Callable[[FloatArray], Bound],
) -> tuple[FloatArray, Bound]:
    """Find prices and bonuses that prove a low bound.

    Parameters
    ----------
    market : Market
    stop : Stop
        Asked after every stage.
    start : float array of shape (n_resources + n_groups,), optional
        Standing prices and bonuses; the descent then starts at a low temperature, and goes on
        through all stages only when the prices still want to go further after it.
    evaluate : callable
        The proved bound at a point, to choose between the ends of the stages.

    Returns
    -------
    point : float array of shape (n_resources + n_groups,)
        Multiples of 1/GRID.
    bound : Bound
        What they prove.
    """
    scale = _scale(market)
    with _pool(market) as pool:
        point = _sinkhorn(_Dual(market, pool), scale) if start is None else start
        best = snap(np.clip(point, *_limits(market)))
        bound = evaluate(best)
        stages = STAGES if start is None else (AGAIN, *STAGES)
        for number, stage in enumerate(stages):
            if stop.asked("prices", number / len(stages)):
                break
            point, is_inside = _stage(market, pool, point, stage=stage, scale=scale)
            found = evaluate(snap(point))
            if found.bound < bound.bound:
                best, bound = snap(point), found
            if stage is AGAIN and is_inside:
                break
    return best, bound


def _radius(stage: Stage, scale: float) -> float:
    """How far prices may move before all options are looked at again."""
    return scale * (5.0 * stage.temperature + 20.0)


def _pool(market: Market) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(os.cpu_count() or 1, 1 + len(market.value) // CHUNK_OPTIONS))


def snap(point: FloatArray) -> FloatArray:
    """Round to the grid."""
    return np.asarray(np.rint(point * GRID) / GRID)


def _scale(market: Market) -> float:
    """Size of this market's values beside those for which the temperatures were chosen."""
    middle = float(np.median(np.abs(market.value))) if len(market.value) else 0.0
    return max(middle, 1.0) / MIDDLE_VALUE


def _limits(market: Market) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest prices and bonuses; no price needs to exceed the best option."""
    top = float(market.value.max(initial=0)) + float(market.penalty.sum())
    high = np.concatenate((np.full(len(market.capacity), min(top, PRICE_LIMIT)), market.penalty))
    return np.zeros(len(high)), high


def _sinkhorn(dual: _Dual, scale: float) -> FloatArray:
    """Damped steps that raise the price of what is asked for more than there is."""
    tau = scale * STAGES[0].temperature
    market = dual.market
    n_resources = len(market.capacity)
    supply = np.maximum(market.capacity, 0.5)
    low, high = _limits(market)
    point = np.zeros(len(high))
    for _ in range(SINKHORN_STEPS):
        _, gradient = dual.at(point, tau)
        demand = np.maximum(market.capacity - gradient[:n_resources], 1e-9)
        point[:n_resources] += 0.7 * tau * np.clip(np.log(demand / supply), -4.0, 4.0)
        placed = gradient[n_resources:] + market.floor
        short = np.log(np.maximum(market.floor, 0.5) / np.maximum(placed, 1e-9))
        point[n_resources:] += 0.5 * tau * np.clip(short, -4.0, 4.0)
        point = np.clip(point, low, high)
    return point


def _stage(
    market: Market, pool: ThreadPoolExecutor, point: FloatArray, *, stage: Stage, scale: float
) -> tuple[FloatArray, bool]:
    """Minimise at one temperature, in trust regions when only near options are looked at.

    Also tells whether it ended inside its last region: at the edge, prices want to go further.
    """
    tau = scale * stage.temperature
    low, high = _limits(market)
    if not stage.regions:
        return _descend(_Dual(market, pool), tau, point, box=(low, high), stage=stage), True
    radius = _radius(stage, scale)
    for _ in range(stage.regions):
        near = _near(market, point, REACH * tau + 3.0 * radius)
        box = np.maximum(low, point - radius), np.minimum(high, point + radius)
        before = point
        point = _descend(_Dual(near, pool), tau, point, box=box, stage=stage)
        if np.abs(point - before).max(initial=0.0) < 0.5 * radius:
            return point, True
    return point, False


def _near(market: Market, point: FloatArray, slack: float) -> Market:
    n = len(market.capacity)
    near = np.empty(len(market.value), dtype=np.bool_)
    _mark_near(
        market.start, market.value, market.row, market.resource, market.amount,
        market.group_row, market.group, point[:n].copy(), point[n:].copy(), slack, near,
    )  # fmt: skip
    return market.take(np.flatnonzero(near))


def _thickness(market: Market) -> FloatArray:
    """How much of each resource and floor can be in play: divides the first Hessian."""
    most = np.bincount(market.resource, weights=market.amount, minlength=len(market.capacity))
    supply = np.minimum(market.capacity, most)
    return np.asarray(np.maximum(np.concatenate((supply, market.floor)), 1.0))


def _descend(
    dual: _Dual, tau: float, point: FloatArray, *, box: tuple[FloatArray, FloatArray], stage: Stage
) -> FloatArray:
    """Projected L-BFGS within a box."""
    low, high = box
    hessian = tau / _thickness(dual.market)
    memory = _Memory(len(point))
    point = np.clip(point, low, high)
    value, gradient = dual.at(point, tau)
    length = 1.0
    values = [value]
    for _ in range(stage.steps):
        direction = memory.direction(point, gradient, box, hessian)
        trial = np.clip(point + length * direction, low, high)
        expected = _dot_floats(trial - point, gradient)
        if expected >= 0 or _is_done(values, stage.tolerance):
            break
        trial_value, trial_gradient = dual.at(trial, tau)
        if trial_value > value + 1e-4 * expected:
            length *= 0.35
            continue
        memory.add(trial - point, trial_gradient - gradient)
        values.append(trial_value)
        point, value, gradient, length = trial, trial_value, trial_gradient, 1.0
    return point


def _is_done(values: list[float], tolerance: float) -> bool:
    if len(values) <= LAST_STEPS:
        return False
    return values[-1 - LAST_STEPS] - values[-1] < LAST_STEPS * tolerance * abs(values[-1])


class _Memory:
    """The last steps of a descent and how the gradient changed along them."""

    def __init__(self, n: int) -> None:
        self._moved = np.zeros((MEMORY, n))
        self._bend = np.zeros((MEMORY, n))
        self._n_steps = 0

    def add(self, moved: FloatArray, bend: FloatArray) -> None:
        """Remember a step, unless the function did not bend upwards along it."""
        if _dot_floats(moved, bend) > 1e-12 * _dot_floats(moved, moved):
            at = self._n_steps % MEMORY
            self._moved[at], self._bend[at] = moved, bend
            self._n_steps += 1

    def direction(
        self,
        point: FloatArray,
        gradient: FloatArray,
        box: tuple[FloatArray, FloatArray],
        hessian: FloatArray,
    ) -> FloatArray:
        """Where to go, leaving alone what presses against the box."""
        low, high = box
        held = ((point <= low) & (gradient > 0)) | ((point >= high) & (gradient < 0))
        slope = np.where(held, 0.0, gradient)
        direction = np.where(
            held, 0.0, -_two_loops(slope, self._moved, self._bend, self._n_steps, hessian)
        )
        if _dot_floats(direction, slope) < 0:
            return direction
        self._n_steps = 0
        return -hessian * slope


@njit(cache=True, nogil=True)
def _two_loops(
    slope: FloatArray, moved: FloatArray, bend: FloatArray, n_steps: int, hessian: FloatArray
) -> FloatArray:
    """Multiply by the inverse Hessian as the remembered steps describe it (Nocedal 1980)."""
    depth = len(moved)
    first = max(0, n_steps - depth)
    share = np.zeros(depth)
    q = slope.copy()
    for step in range(n_steps - 1, first - 1, -1):
        s, y = moved[step % depth], bend[step % depth]
        share[step % depth] = np.sum(s * q) / np.sum(s * y)
        q -= share[step % depth] * y
    q *= hessian
    if n_steps > 0:
        s, y = moved[(n_steps - 1) % depth], bend[(n_steps - 1) % depth]
        q *= np.sum(s * y) / np.sum(hessian * y * y)
    for step in range(first, n_steps):
        s, y = moved[step % depth], bend[step % depth]
        q += s * (share[step % depth] - np.sum(y * q) / np.sum(s * y))
    return q


def _dot_floats(left: FloatArray, right: FloatArray) -> float:
    # np.dot goes to a threaded BLAS, which is slower on short vectors and sums in another order.
    return float(np.sum(left * right))
