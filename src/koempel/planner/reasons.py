"""Why a person got this option: the prices say it.

Value plus bonus minus the price of everything the option takes is its net worth. The planner
gives everyone the option with the highest net worth, unless something in it was full.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from koempel.planner.problem import Problem


@dataclass(frozen=True)
class Charge:
    """What an option takes of one resource.

    Attributes
    ----------
    resource, amount : int
    price : float
        Of one unit.
    free : int
        Units that everyone else leaves.
    """

    resource: int
    amount: int
    price: float
    free: int

    @property
    def total(self) -> float:
        """Price of the amount."""
        return self.amount * self.price

    @property
    def lacking(self) -> int:
        """Units that are missing; 0 when it fits."""
        return max(0, self.amount - self.free)


@dataclass(frozen=True)
class OptionReason:
    """What one option is worth to the plan and what stands in its way.

    Attributes
    ----------
    option, value : int
    bonus : float
        For the floors of the person's groups.
    charges : tuple of Charge
    chosen : bool
    """

    option: int
    value: int
    bonus: float
    charges: tuple[Charge, ...]
    chosen: bool

    @property
    def net(self) -> float:
        """Value plus bonus minus prices."""
        return self.value + self.bonus - sum(charge.total for charge in self.charges)

    @property
    def full(self) -> tuple[Charge, ...]:
        """Resources that others leave too little of."""
        return tuple(charge for charge in self.charges if charge.lacking)


@dataclass(frozen=True)
class Explanation:
    """All options of a person, the highest net worth first.

    Attributes
    ----------
    person : int
    options : tuple of OptionReason
    """

    person: int
    options: tuple[OptionReason, ...]

    @property
    def chosen(self) -> OptionReason | None:
        """The option in the plan."""
        return next((reason for reason in self.options if reason.chosen), None)

    @property
    def next_best(self) -> OptionReason | None:
        """The best option that was not chosen, whether or not it fits."""
        return next((reason for reason in self.options if not reason.chosen), None)

    @property
    def in_the_way(self) -> tuple[Charge, ...]:
        """Full resources of options with a higher net worth than the chosen one, each once."""
        floor = self.chosen.net if self.chosen else 0.0
        better = [reason for reason in self.options if reason.net > floor]
        charges = [charge for reason in better for charge in reason.full]
        return tuple({charge.resource: charge for charge in reversed(charges)}.values())[::-1]


class Reasons:
    """Answers for every person of one plan.

    Parameters
    ----------
    problem : Problem
    choice, prices, bonuses : arrays
        As in the result.
    """

    def __init__(
        self,
        problem: Problem,
        choice: NDArray[np.int64],
        prices: NDArray[np.float64],
        bonuses: NDArray[np.float64],
    ) -> None:
        self._problem = problem
        self._choice = choice
        self._prices = prices
        self._bonus = problem.member @ bonuses
        taken = np.zeros(problem.n_options, dtype=np.int64)
        taken[choice[choice >= 0]] = 1
        self._free = problem.capacity - problem.usage.T @ taken

    def of(self, person: int) -> Explanation:
        """Explain one person."""
        first, last = np.searchsorted(self._problem.person, [person, person + 1]).tolist()
        chosen = int(self._choice[person])
        own = dict(self._uses(chosen)) if chosen >= 0 else {}
        reasons = [self._option(option, own, chosen) for option in range(first, last)]
        return Explanation(person, tuple(sorted(reasons, key=lambda r: (-r.net, r.option))))

    def _uses(self, option: int) -> list[tuple[int, int]]:
        usage = self._problem.usage
        at = slice(usage.indptr[option], usage.indptr[option + 1])
        return list(zip(usage.indices[at].tolist(), usage.data[at].tolist(), strict=True))

    def _option(self, option: int, own: dict[int, int], chosen: int) -> OptionReason:
        charges = tuple(
            Charge(r, amount, float(self._prices[r]), int(self._free[r]) + own.get(r, 0))
            for r, amount in self._uses(option)
        )
        problem = self._problem
        bonus = float(self._bonus[problem.person[option]])
        return OptionReason(option, int(problem.value[option]), bonus, charges, option == chosen)
