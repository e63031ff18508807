"""From a problem to a plan: prices, places, and an exact search where that is within reach."""

from __future__ import annotations

import logging
import math
from importlib import metadata

import numpy as np
from numpy.typing import NDArray

from koempel import __version__
from koempel.planner.errors import InputError
from koempel.planner.exact import exact_prices, search
from koempel.planner.market import market_of
from koempel.planner.places import find_places
from koempel.planner.prices import Bound, bound_at, find_prices, snap
from koempel.planner.problem import Problem
from koempel.planner.result import Result, Status
from koempel.planner.stop import Progress, Stop

logger = logging.getLogger(__name__)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

EXACT_OPTIONS = 20_000  # up to here the exact search is tried without being asked
EXACT_NODES = 500


def solve(
    problem: Problem,
    seconds: float | None = None,
    seed: int = 0,
    exact: bool = False,
    start: Result | None = None,
    progress: Progress | None = None,
) -> Result:
    """Find a plan, its prices and a proof of how good it is.

    Parameters
    ----------
    problem : Problem
    seconds : float, optional
        Stop in time; without it the run ends by count and is the same every time.
    seed : int
        For the transactions that are tried by chance.
    exact : bool
        Search until the plan is proved the best, however long that takes. Small problems are
        tried without asking.
    start : Result, optional
        Standing plan of the same people, resources and groups: prices start there, and people
        keep their option unless a change is worth something. Its options must still be options
        of the same people; when options were added or removed, renumber `choice` first.
    progress : callable, optional
        Called as ``progress(stage, done)``; returning True ends the run with the best plan so
        far. A running exact search cannot be interrupted, only limited by `seconds`.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        When `seconds`, `seed` or `start` does not suit the problem.

    Examples
    --------
    Two people want the same seat; one also reaches another.

    >>> from scipy.sparse import csr_array
    >>> problem = Problem([0, 0, 1], [5, 3, 4], csr_array([[1, 0], [0, 1], [1, 0]]), [1, 1])
    >>> result = solve(problem)
    >>> result.choice.tolist(), result.value, result.status
    ([1, 2], 7, 'optimal')
    """
    _check(problem, seconds, seed, start)
    stop = Stop(seconds, progress)
    return _Run(problem, stop, seed).result(exact=exact, start=start)


def _check(problem: Problem, seconds: float | None, seed: int, start: Result | None) -> None:
    if seconds is not None and not 0 <= seconds < math.inf:
        raise InputError("seconds", "", found=str(seconds), expected="a number from 0, or None")
    if not 0 <= seed < 2**63:
        raise InputError("seed", "", found=str(seed), expected="a whole number from 0 to 2^63 - 1")
    if start is not None:
        _check_start(problem, start)


def _check_start(problem: Problem, start: Result) -> None:
    lengths = {"choice": problem.n_people, "prices": problem.n_resources}
    for name, length in (lengths | {"bonuses": problem.n_groups}).items():
        given = len(getattr(start, name))
        if given != length:
            found, expected = f"length {given}", f"length {length}"
            raise InputError(f"start.{name}", "", found=found, expected=expected)
    placed = np.flatnonzero(start.choice >= 0)
    choice = start.choice[placed]
    owner = np.append(problem.person, -1)[np.minimum(choice, problem.n_options)]
    wrong = placed[owner != placed]
    if len(wrong):
        found = f"option {start.choice[wrong[0]]}"
        expected = "an option of that person in this problem"
        raise InputError("start.choice", f"person {wrong[0]}", found=found, expected=expected)


class _Run:
    """One run: the best plan and the best prices so far."""

    def __init__(self, problem: Problem, stop: Stop, seed: int) -> None:
        self.problem = problem
        self.market = market_of(problem)
        self.stop = stop
        self.seed = seed

    def result(self, *, exact: bool, start: Result | None) -> Result:
        point = self._prices(start)
        bound = self._bound(point)
        pick = self._places(point, bound, start)
        value = self._value(pick)
        proved = value == bound.bound
        small = len(self.market.value) <= EXACT_OPTIONS and start is None
        if not proved and (exact or small) and not self.stop.asked("exact", 0.0):
            point, bound = self._better_prices(point, bound)
            pick, proved = self._search(pick, bound, None if exact else EXACT_NODES)
        return self._result(pick, point, bound, proved)

    def _prices(self, start: Result | None) -> FloatArray:
        standing = None if start is None else np.concatenate((start.prices, start.bonuses))
        return find_prices(
            self.market, self.stop, start=standing, evaluate=lambda point: self._bound(point).bound
        )

    def _bound(self, point: FloatArray) -> Bound:
        n = self.problem.n_resources
        return bound_at(self.problem, point[:n], point[n:])

    def _places(self, point: FloatArray, bound: Bound, start: Result | None) -> IntArray:
        market = self.market
        standing = None
        if start is not None:
            where = np.full(self.problem.n_options + 1, -1, dtype=np.int64)
            where[market.option] = np.arange(len(market.option))
            standing = where[start.choice]
        return find_places(
            market,
            bound.net[market.option],
            point[: self.problem.n_resources],
            seed=self.seed,
            stop=self.stop,
            standing=standing,
        )

    def _better_prices(self, point: FloatArray, bound: Bound) -> tuple[FloatArray, Bound]:
        """Take the prices of the linear program if they prove more."""
        found = exact_prices(self.market)
        if found is None:
            return point, bound
        highest = np.concatenate((np.full(self.problem.n_resources, np.inf), self.problem.penalty))
        found = np.minimum(snap(found), highest)
        found_bound = self._bound(found)
        return (found, found_bound) if found_bound.bound < bound.bound else (point, bound)

    def _search(self, pick: IntArray, bound: Bound, nodes: int | None) -> tuple[IntArray, bool]:
        """Search all plans; return the better plan and whether it is proved the best."""
        found = search(self.market, seconds=self.stop.left, nodes=nodes)
        value = self._value(pick)
        if found.pick is not None and self._fits(found.pick) and self._value(found.pick) > value:
            pick, value = found.pick, self._value(found.pick)
        rounding = 1e-6 * max(1.0, abs(value))
        proved = value == bound.bound or (found.bound < value + 1 - min(rounding, 0.5))
        self.stop.asked("exact", 1.0)
        return pick, proved

    def _value(self, pick: IntArray) -> int:
        return int(self.market.value[pick[pick >= 0]].sum()) - int(
            (self.problem.penalty * self._shortfall(pick)).sum()
        )

    def _shortfall(self, pick: IntArray) -> IntArray:
        counts = self.problem.member.T @ (pick >= 0).astype(np.int64)
        return np.asarray(np.maximum(0, self.problem.floor - counts))

    def _fits(self, pick: IntArray) -> bool:
        chosen = self.market.option[pick[pick >= 0]]
        used = self.problem.usage[chosen].sum(axis=0)
        return bool((used <= self.problem.capacity).all())

    def _result(self, pick: IntArray, point: FloatArray, bound: Bound, proved: bool) -> Result:
        n = self.problem.n_resources
        value = self._value(pick)
        status: Status = "stopped" if self.stop.early else "feasible"
        choice = np.full(self.problem.n_people, -1, dtype=np.int64)
        choice[pick >= 0] = self.market.option[pick[pick >= 0]]
        result = Result(
            choice=choice,
            status="optimal" if proved else status,
            value=value,
            bound=value if proved else bound.bound,
            price_bound=bound.bound,
            prices=point[:n].copy(),
            bonuses=point[n:].copy(),
            shortfall=self._shortfall(pick),
            seed=self.seed,
            versions=_versions(),
            seconds=self.stop.elapsed,
        )
        logger.info("%s", result.summary())
        return result


def _versions() -> dict[str, str]:
    libraries = {name: metadata.version(name) for name in ("numba", "numpy", "scipy")}
    return {"koempel": __version__} | libraries
