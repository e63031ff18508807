"""From a problem to a plan: prices, places, and an exact search where that is within reach."""

from __future__ import annotations

import logging
import math
from functools import cache
from importlib import metadata

import numpy as np
from numpy.typing import NDArray

from koempel import __version__
from koempel.planner.errors import InputError
from koempel.planner.exact import Corner, corner, exact_prices, search
from koempel.planner.market import market_of
from koempel.planner.places import GONE, NONE, find_places
from koempel.planner.prices import Bound, bound_at, find_prices, snap
from koempel.planner.problem import Problem
from koempel.planner.result import Result, Status
from koempel.planner.stop import Progress, Stop

logger = logging.getLogger(__name__)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

EXACT_OPTIONS = 30_000  # up to here the exact search is tried without being asked
AGAIN_GAP = 0.002  # a re-plan that is proved this well is not searched further
EXACT_NODES = 100
PARTS = (20, 1)  # of the slack between plan and bound: first the nearly tied options, then all
NEAR = 0.3  # of the middle value: options this far below the best matter when re-planning


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
        point, bound = self._prices(start)
        pick = self._places(point, bound) if start is None else self._replan(point, bound, start)
        # A re-plan has to be quick and to leave people where they are: it is searched further when
        # little was proved, or when asked.
        if start is not None and not self._is_close(pick, bound):
            pick = self._replan(point, bound, start, thorough=True)
        proved = self._value(pick) == bound.bound
        done = start is not None and self._is_close(pick, bound)
        small = len(self.market.value) <= EXACT_OPTIONS and not done
        if not proved and (exact or small):
            nodes = None if exact else EXACT_NODES
            pick, point, bound, proved = self._search(pick, point, bound, nodes)
        return self._result(pick, point, bound, proved)

    def _is_close(self, pick: IntArray, bound: Bound) -> bool:
        return bound.bound - self._value(pick) <= AGAIN_GAP * bound.bound

    def _corner(self, pick: IntArray, point: FloatArray, bound: Bound, part: int = 1) -> Corner:
        """Where better plans lie; or, with a part of the slack, where they lie most likely."""
        net, prices = bound.net[self.market.option], point[: self.problem.n_resources]
        slack = bound.bound - self._value(pick)
        return corner(self.market, net, prices, slack, -(-slack // part))

    def _prices(self, start: Result | None) -> tuple[FloatArray, Bound]:
        standing = None if start is None else np.concatenate((start.prices, start.bonuses))
        return find_prices(self.market, self.stop, start=standing, evaluate=self._bound)

    def _bound(self, point: FloatArray) -> Bound:
        n = self.problem.n_resources
        return bound_at(self.problem, point[:n], point[n:])

    def _places(self, point: FloatArray, bound: Bound) -> IntArray:
        net, prices = bound.net[self.market.option], point[: self.problem.n_resources]
        return find_places(self.market, net, prices, seed=self.seed, stop=self.stop)

    def _replan(
        self, point: FloatArray, bound: Bound, start: Result, *, thorough: bool = False
    ) -> IntArray:
        """Make a plan from the standing one, with the options that may matter to it."""
        market = self.market
        net = bound.net[market.option]
        best = np.zeros(market.n_people)
        np.maximum.at(best, market.owner, net)
        stands = start.choice[market.owner] == market.option
        slack = NEAR * float(np.median(np.abs(market.value))) if len(net) else 0.0
        kept = np.flatnonzero(stands | (net >= best[market.owner] - slack))
        standing = np.where(start.choice >= 0, GONE, NONE)
        at = np.flatnonzero(stands[kept])
        standing[market.owner[kept[at]]] = at
        pick = find_places(
            market.take(kept),
            net[kept],
            point[: self.problem.n_resources],
            seed=self.seed,
            stop=self.stop,
            standing=standing,
            thorough=thorough,
        )
        return np.where(pick >= 0, kept[pick], -1) if len(kept) else pick

    def _search(
        self, pick: IntArray, point: FloatArray, bound: Bound, nodes: int | None
    ) -> tuple[IntArray, FloatArray, Bound, bool]:
        """Search first among nearly tied options, then wherever a better plan can be."""
        proved = False
        for number, part in enumerate(PARTS):
            if proved or self.stop.asked("exact", number / len(PARTS)):
                break
            within = self._corner(pick, point, bound, part)
            point, bound = self._better_prices(within, point, bound)
            if part == 1:
                within = self._corner(pick, point, bound)
            found = search(self.market, within, seconds=self.stop.left, nodes=nodes)
            pick = self._better_plan(found.pick, pick)
            value = self._value(pick)
            # The library counts in floating point: less than one whole unit above is no room.
            complete = part == 1 and found.bound < value + 1 - min(1e-6 * max(1, abs(value)), 0.5)
            proved = complete or value == bound.bound
        self.stop.asked("exact", 1.0)
        return pick, point, bound, proved

    def _better_prices(
        self, within: Corner, point: FloatArray, bound: Bound
    ) -> tuple[FloatArray, Bound]:
        """Take the prices of the linear program if they prove more."""
        found = exact_prices(self.market.take(within.kept), seconds=self.stop.left)
        if found is None:
            return point, bound
        highest = np.concatenate((np.full(self.problem.n_resources, np.inf), self.problem.penalty))
        found = np.minimum(snap(found), highest)
        found_bound = self._bound(found)
        return (found, found_bound) if found_bound.bound < bound.bound else (point, bound)

    def _better_plan(self, found: IntArray | None, pick: IntArray) -> IntArray:
        if found is None or not self._fits(found) or self._value(found) <= self._value(pick):
            return pick
        return found

    def _value(self, pick: IntArray) -> int:
        # Penalties times shortfalls may add up to more than 64 bits.
        fines = zip(self.problem.penalty.tolist(), self._shortfall(pick).tolist(), strict=True)
        fine = sum(int(p * s) for p, s in fines)
        return int(self.market.value[pick[pick >= 0]].sum()) - fine

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
            versions=dict(_versions()),
            seconds=self.stop.elapsed,
        )
        logger.info("%s", result.summary())
        return result


@cache  # reading what is installed takes as long as a small change
def _versions() -> dict[str, str]:
    libraries = {name: metadata.version(name) for name in ("numba", "numpy", "scipy")}
    return {"koempel": __version__} | libraries
