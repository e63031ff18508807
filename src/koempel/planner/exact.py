"""The exact mode: the whole problem, or what is left of it, as a program in whole numbers.

HiGHS (through scipy) searches; this module asks, rounds, and believes a proof only when the
bound of the search lies less than one whole unit above the plan found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from koempel.planner.market import Market

FloatArray = NDArray[np.float64]

INFEASIBLE = 2  # scipy's number for it: the corner holds no plan


@dataclass(frozen=True, eq=False)
class Search:
    """What a search through all plans found.

    Attributes
    ----------
    pick : int64 array of shape (n_people,), or None
        Place in the market of each person's option, -1 for none; None when nothing was found.
    bound : float
        No plan is worth more, but for the rounding of the library.
    """

    pick: NDArray[np.int64] | None
    bound: float


@dataclass(frozen=True, eq=False)
class Corner:
    """Where every plan better than the best so far must lie.

    With prices, a plan is worth the bound minus what it gives up: a person gives up the best net
    worth minus that of the option taken, an idle unit its price. A plan worth more than `value`
    gives up less than bound minus value in all, so also in each of these.

    Attributes
    ----------
    kept : int64 array
        Options of the market that such a plan can take.
    placed : bool array of shape (n_people,)
        People that it cannot leave out.
    used : int64 array of shape (n_resources,)
        How much of each resource it has to use.
    """

    kept: NDArray[np.int64]
    placed: NDArray[np.bool_]
    used: NDArray[np.int64]


def corner(market: Market, net: FloatArray, prices: FloatArray, slack: int, near: int) -> Corner:
    """Find where plans lie that give up at most `slack`, and at most `near` by any one option."""
    best = np.zeros(market.n_people)
    np.maximum.at(best, market.owner, net)
    idle = np.full(len(prices), np.inf)
    np.divide(slack, prices, out=idle, where=prices > 0)
    idle = np.minimum(np.floor(idle), market.capacity)
    return Corner(
        kept=np.flatnonzero(best[market.owner] - net <= near),
        placed=best > slack,
        used=market.capacity - idle.astype(np.int64),
    )


def search(
    market: Market,
    within: Corner,
    *,
    seconds: float | None = None,
    nodes: int | None = None,
) -> Search:
    """Look for the best plan of a market within a corner of it.

    Parameters
    ----------
    market : Market
    within : Corner
    seconds : float, optional
        Time limit.
    nodes : int, optional
        Limit on the nodes of the search tree: ends at the same place on every machine.
    """
    market = market.take(within.kept)
    n, n_groups = len(market.value), len(market.floor)
    options: dict[str, Any] = {"mip_rel_gap": 0.0}
    options |= {"time_limit": seconds} if seconds is not None else {}
    options |= {"node_limit": nodes} if nodes is not None else {}
    matrix, lower, upper = _rows(market)
    lower[: market.n_people] = within.placed
    lower[market.n_people : market.n_people + len(within.used)] = within.used
    found = milp(
        _costs(market),
        integrality=np.concatenate((np.ones(n), np.zeros(n_groups))),
        bounds=Bounds(0, np.concatenate((np.ones(n), market.floor))),
        constraints=LinearConstraint(matrix, lower, upper),
        options=options,
    )
    if found.status == INFEASIBLE:
        return Search(None, -np.inf)
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return Search(None, bound)
    pick = np.full(market.n_people, -1, dtype=np.int64)
    taken = np.flatnonzero(found.x[:n] > 0.5)
    pick[market.owner[taken]] = within.kept[taken]
    return Search(pick, bound)


def exact_prices(market: Market, *, seconds: float | None = None) -> FloatArray | None:
    """Prices and bonuses of the linear relaxation, or None when the library finds none.

    Returns
    -------
    float array of shape (n_resources + n_groups,), or None
    """
    n, n_groups = len(market.value), len(market.floor)
    matrix, lower, upper = _rows(market)
    sign = np.where(np.isinf(upper), -1.0, 1.0)
    found = linprog(
        _costs(market),
        A_ub=csr_array(matrix.multiply(sign[:, None])),
        b_ub=np.where(np.isinf(upper), -lower, upper),
        bounds=np.column_stack(
            (np.zeros(n + n_groups), np.concatenate((np.ones(n), market.floor)))
        ),
        method="highs",
        options={} if seconds is None else {"time_limit": seconds},
    )
    if found.status != 0:
        return None
    return np.asarray(np.maximum(0.0, -found.ineqlin.marginals[market.n_people :]))


def _costs(market: Market) -> FloatArray:
    return np.concatenate((-market.value, market.penalty)).astype(np.float64)


def _rows(market: Market) -> tuple[Any, FloatArray, FloatArray]:
    """One option a person, capacities, floors: matrix, lower and upper sides."""
    n, n_groups = len(market.value), len(market.floor)
    ones, columns = np.ones(n), np.arange(n)
    one_each = csr_array((ones, (market.owner, columns)), shape=(market.n_people, n))
    usage = csr_array(
        (market.amount, market.resource.astype(np.int32), market.row),
        shape=(n, len(market.capacity)),
    )
    member = csr_array(
        (np.ones(len(market.group)), market.group.astype(np.int32), market.group_row),
        shape=(market.n_people, n_groups),
    )
    left = vstack([one_each, usage.T, member.T @ one_each])
    right = vstack([csr_array((left.shape[0] - n_groups, n_groups)), eye_array(n_groups)])
    free = np.full(market.n_people + len(market.capacity), -np.inf)
    lower = np.concatenate((free, market.floor))
    upper = np.concatenate((np.ones(market.n_people), market.capacity, np.full(n_groups, np.inf)))
    return csr_array(hstack([left, right])), lower, upper
