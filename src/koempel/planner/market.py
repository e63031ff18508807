"""The options that can ever be taken, packed for the kernels.

An option that alone exceeds a capacity is never taken, and one that does not pay even with every
bonus at its height neither: both are left out, which keeps bound and optimum as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from koempel.planner.problem import Problem


@dataclass(frozen=True, eq=False)
class Market:
    """Options of each person, with what they use; rows and columns of usage in CSR form.

    Attributes
    ----------
    start : int64 array of shape (n_people + 1,)
        Options of person i stand at ``start[i]:start[i + 1]``.
    option : int64 array of shape (n,)
        Place of each kept option in the problem.
    value : int64 array of shape (n,)
    row : int64 array of shape (n + 1,)
        Usage of option k stands at ``row[k]:row[k + 1]``.
    resource, amount : uint32 and int32 arrays
        Numba looks up an unsigned place without asking whether it counts from the end.
    capacity : int64 array of shape (n_resources,)
    group_row, group : int64 and uint32 arrays
        Groups of person i stand at ``group[group_row[i]:group_row[i + 1]]``.
    floor, penalty : int64 arrays of shape (n_groups,)
    """

    start: NDArray[np.int64]
    option: NDArray[np.int64]
    value: NDArray[np.int64]
    row: NDArray[np.int64]
    resource: NDArray[np.uint32]
    amount: NDArray[np.int32]
    capacity: NDArray[np.int64]
    group_row: NDArray[np.int64]
    group: NDArray[np.uint32]
    floor: NDArray[np.int64]
    penalty: NDArray[np.int64]

    @property
    def n_people(self) -> int:
        """Number of people."""
        return len(self.start) - 1

    @property
    def owner(self) -> NDArray[np.int64]:
        """Person of each option."""
        return np.repeat(np.arange(self.n_people), np.diff(self.start))

    def take(self, kept: NDArray[np.int64]) -> Market:
        """Return the market with only these options, in this order; people stay in theirs."""
        lengths = np.diff(self.row)[kept]
        row = np.concatenate(([0], np.cumsum(lengths)))
        entries = np.arange(row[-1]) + np.repeat(self.row[kept] - row[:-1], lengths)
        options_each = np.bincount(self.owner[kept], minlength=self.n_people)
        return replace(
            self,
            start=np.concatenate(([0], np.cumsum(options_each))),
            option=self.option[kept],
            value=self.value[kept],
            row=row,
            resource=self.resource[entries],
            amount=self.amount[entries],
        )


def market_of(problem: Problem) -> Market:
    """Pack the options of a problem that can ever be taken."""
    usage, member = problem.usage, problem.member
    people = np.arange(problem.n_people + 1)
    whole = Market(
        start=np.searchsorted(problem.person, people).astype(np.int64),
        option=np.arange(problem.n_options, dtype=np.int64),
        value=problem.value.copy(),
        row=usage.indptr.astype(np.int64),
        resource=usage.indices.astype(np.uint32),
        amount=usage.data.astype(np.int32),
        capacity=problem.capacity.copy(),
        group_row=member.indptr.astype(np.int64),
        group=member.indices.astype(np.uint32),
        floor=problem.floor.copy(),
        penalty=problem.penalty.copy(),
    )
    return whole.take(np.flatnonzero(fits_alone(problem) & can_pay(problem)))


def fits_alone(problem: Problem) -> NDArray[np.bool_]:
    """Mark the options that no capacity forbids by itself."""
    usage = problem.usage
    over = np.concatenate(([0], np.cumsum(usage.data > problem.capacity[usage.indices])))
    return np.asarray(over[usage.indptr[1:]] == over[usage.indptr[:-1]])


def can_pay(problem: Problem) -> NDArray[np.bool_]:
    """Mark the options that are worth something with every bonus of their person at its height."""
    highest = problem.member @ problem.penalty
    return np.asarray(problem.value + highest[problem.person] > 0)
