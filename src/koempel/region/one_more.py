"""What one more of each scarce thing would bring: its price, or what the first of it would do.

A thing of which there is none has no price, since no option with it can be taken. There the first
unit is worth what the best option gains by it over what its person has now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from koempel.planner import Problem, Result, bound_at

Numbers = npt.NDArray[np.int64]
Worths = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OneMore:
    """Worth in points of one more.

    Attributes
    ----------
    of_resource : ndarray of float64
        Of each resource by itself.
    of_lever : dict
        Of all parts of each lever together.
    """

    of_resource: Worths
    of_lever: dict[str, float]


def worth_of_one_more(problem: Problem, result: Result, levers: Sequence[str]) -> OneMore:
    """Work out what one more brings.

    Parameters
    ----------
    levers : sequence of str
        Of each resource the lever that it is a part of.
    """
    names, lever_of = np.unique(np.array(levers, str), return_inverse=True)
    worth, first = result.prices.copy(), np.zeros(len(names))
    gains = _gains_of_a_first(problem, result)
    alone = gains.alone
    np.maximum.at(worth, gains.missing[alone], gains.gain[gains.row[alone]])
    lever, paid = _paid_for_the_rest(gains, lever_of, result.prices)
    np.maximum.at(first, lever[lever >= 0], (gains.gain + paid)[lever >= 0])
    together = np.maximum(np.bincount(lever_of, worth, len(names)), first)
    return OneMore(worth, dict(zip(names.tolist(), together.tolist(), strict=True)))


@dataclass(frozen=True, slots=True)
class _Gains:
    """Options that lack things of which there are none, and would gain by them.

    `row` and `missing` run parallel: which option lacks which resource.
    """

    gain: Worths
    usage_row: Numbers
    usage_of: Numbers
    row: Numbers
    missing: Numbers

    @property
    def alone(self) -> npt.NDArray[np.bool_]:
        """Where nothing else is missing."""
        lacks = np.bincount(self.row, minlength=len(self.gain))
        return np.asarray(lacks[self.row] == 1)


def _gains_of_a_first(problem: Problem, result: Result) -> _Gains:
    none = problem.capacity == 0
    lacking = np.flatnonzero(problem.usage @ none.astype(np.int64))
    person, bonus = problem.person[lacking], problem.member @ result.bonuses
    best = np.zeros(problem.n_people)
    np.maximum.at(best, problem.person, bound_at(problem, result.prices, result.bonuses).net)
    cost = problem.usage[lacking] @ result.prices
    gain = problem.value[lacking] + bonus[person] - cost - best[person]
    usage = problem.usage[lacking[gain > 0]]
    rows = np.repeat(np.arange(usage.shape[0]), np.diff(usage.indptr))
    lacks = none[usage.indices]
    return _Gains(gain[gain > 0], rows, usage.indices, rows[lacks], usage.indices[lacks])


def _paid_for_the_rest(gains: _Gains, lever_of: Numbers, prices: Worths) -> tuple[Numbers, Worths]:
    """Per option the one lever that it lacks parts of (-1 for several), and what its parts cost."""
    n = len(gains.gain)
    lowest, highest = np.full(n, len(prices)), np.full(n, -1)
    np.minimum.at(lowest, gains.row, lever_of[gains.missing])
    np.maximum.at(highest, gains.row, lever_of[gains.missing])
    lever: Numbers = np.where(lowest == highest, lowest, -1)
    own = lever_of[gains.usage_of] == lever[gains.usage_row]
    return lever, np.bincount(gains.usage_row[own], prices[gains.usage_of[own]], n).astype(float)
