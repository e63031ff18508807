"""An independent check of a result, in whole numbers and without the solver.

This module shares nothing with the solver but the two data types. Prices and bonuses are
multiples of 1/1024 by definition, so the bound that they prove is recomputed exactly; only the
claim "optimal" rests on the search that made it, and even then the bound may not lie above what
the prices prove.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from koempel.planner.errors import VerificationError
from koempel.planner.problem import Problem
from koempel.planner.result import STATUSES, Result

UNIT = 1024  # docs/planner.md: the grid of prices


@dataclass(frozen=True)
class Verified:
    """What the check recomputed.

    Attributes
    ----------
    value, bound : int
        Of the plan; and what its prices prove.
    n_placed : int
    shortfall : tuple of int
    """

    value: int
    bound: int
    n_placed: int
    shortfall: tuple[int, ...]


def verify(problem: Problem, result: Result) -> Verified:
    """Check that a result holds for a problem.

    Parameters
    ----------
    problem : Problem
    result : Result

    Returns
    -------
    Verified
        Value and bound as recomputed.

    Raises
    ------
    VerificationError
        With every violation.
    """
    violations = _shapes(problem, result)
    if violations:
        raise VerificationError(violations)
    violations = _choices(problem, result.choice)
    if violations:
        raise VerificationError(violations)
    placed = result.choice >= 0
    value, shortfall = _worth(problem, result.choice)
    violations = _capacities(problem, result.choice) + _prices(problem, result)
    violations += _equal("value", result.value, value)
    violations += _equal("shortfall", result.shortfall.tolist(), shortfall)
    bound = _bound(problem, result) if not _prices(problem, result) else result.price_bound
    violations += _equal("price_bound", result.price_bound, bound)
    violations += _claims(result, value)
    if violations:
        raise VerificationError(violations)
    return Verified(value, bound, int(placed.sum()), tuple(shortfall))


def _shapes(problem: Problem, result: Result) -> list[str]:
    expected = {
        "choice": (problem.n_people, "i"),
        "prices": (problem.n_resources, "f"),
        "bonuses": (problem.n_groups, "f"),
        "shortfall": (problem.n_groups, "i"),
    }
    violations = []
    for name, (length, kind) in expected.items():
        array = getattr(result, name)
        if array.shape != (length,):
            violations.append(f"{name} has shape {array.shape}, the problem asks ({length},)")
        elif array.dtype.kind != kind:
            violations.append(f"{name} has dtype {array.dtype}")
    return violations


def _choices(problem: Problem, choice: NDArray[np.int64]) -> list[str]:
    violations = []
    owner = problem.person.tolist()
    for i, option in enumerate(choice.tolist()):
        if not -1 <= option < len(owner):
            violations.append(f"person {i} has option {option}, which does not exist")
        elif option >= 0 and owner[option] != i:
            violations.append(f"person {i} has option {option} of person {owner[option]}")
    return violations


def _entries(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Option, resource and amount of every use."""
    options = np.repeat(np.arange(problem.n_options), np.diff(problem.usage.indptr))
    return options, problem.usage.indices.astype(np.int64), problem.usage.data


def _capacities(problem: Problem, choice: NDArray[np.int64]) -> list[str]:
    options, resources, amounts = _entries(problem)
    taken = np.isin(options, choice[choice >= 0])
    used = np.zeros(problem.n_resources, dtype=object)
    np.add.at(used, resources[taken], amounts[taken].astype(object))
    return [
        f"resource {r}: {used[r]} used of {problem.capacity[r]}"
        for r in np.flatnonzero((used > problem.capacity).astype(bool))
    ]


def _worth(problem: Problem, choice: NDArray[np.int64]) -> tuple[int, list[int]]:
    placed = choice >= 0
    counts = [0] * problem.n_groups
    members = problem.member.tocoo()
    for person, group in zip(members.row.tolist(), members.col.tolist(), strict=True):
        counts[group] += int(placed[person])
    floors = zip(problem.floor.tolist(), counts, strict=True)
    shortfall = [max(0, floor - count) for floor, count in floors]
    fines = sum(p * s for p, s in zip(problem.penalty.tolist(), shortfall, strict=True))
    return sum(problem.value[choice[placed]].tolist()) - fines, shortfall


def _prices(problem: Problem, result: Result) -> list[str]:
    violations = []
    highest: dict[str, Any] = {"prices": np.inf, "bonuses": problem.penalty}
    for name, limit in highest.items():
        array = getattr(result, name)
        with np.errstate(invalid="ignore"):
            good = np.isfinite(array) & (array >= 0) & (array <= limit)
            good &= np.floor(array * UNIT) == array * UNIT
        violations += [
            f"{name}, place {at}: {array[at]} is not a multiple of 1/{UNIT} within its limits"
            for at in np.flatnonzero(~good)
        ]
    return violations


def _bound(problem: Problem, result: Result) -> int:
    """Σ max(0, best net worth) + Σ price · capacity − Σ bonus · floor, rounded down."""
    options, resources, amounts = _entries(problem)
    price = [round(p * UNIT) for p in result.prices.tolist()]
    bonus = [round(b * UNIT) for b in result.bonuses.tolist()]
    largest = int(amounts.max(initial=0)) * max(price, default=0)
    longest = int(np.diff(problem.usage.indptr).max(initial=0))
    # 64 bits where nothing can overflow, else Python's own whole numbers.
    kind: Any = np.int64 if largest * (longest + 1) + sum(bonus) < 2**61 else object
    extra = [0] * problem.n_people
    members = problem.member.tocoo()
    for person, group in zip(members.row.tolist(), members.col.tolist(), strict=True):
        extra[person] += bonus[group]
    net = problem.value.astype(kind) * UNIT
    net += np.array(extra, dtype=kind)[problem.person]
    np.subtract.at(net, options, amounts.astype(kind) * np.array(price, dtype=kind)[resources])
    never = np.zeros(problem.n_options, dtype=bool)
    never[options[amounts > problem.capacity[resources]]] = True
    net[never] = 0
    best = np.zeros(problem.n_people, dtype=kind)
    np.maximum.at(best, problem.person, net)
    total = sum(best.tolist())
    total += sum(p * c for p, c in zip(price, problem.capacity.tolist(), strict=True))
    total -= sum(b * f for b, f in zip(bonus, problem.floor.tolist(), strict=True))
    return int(total // UNIT)


def _claims(result: Result, value: int) -> list[str]:
    violations = []
    if result.status not in STATUSES:
        violations.append(f"status {result.status!r} is none of {', '.join(STATUSES)}")
    if result.status == "optimal":
        violations += _equal("bound of an optimal plan", result.bound, value)
        if result.bound > result.price_bound:
            violations.append(f"bound {result.bound} lies above price_bound {result.price_bound}")
    else:
        violations += _equal("bound", result.bound, result.price_bound)
    if result.bound < value:
        violations.append(f"bound {result.bound} lies below the value {value}")
    return violations


def _equal(name: str, stated: object, recomputed: object) -> list[str]:
    return [] if stated == recomputed else [f"{name} is stated as {stated}, but is {recomputed}"]
