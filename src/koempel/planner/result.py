"""The plan, what it is worth, what was proved about it and what scarce things are worth."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from koempel.planner.errors import InputError
from koempel.planner.problem import Problem
from koempel.planner.reasons import Explanation, Reasons

Status = Literal["optimal", "feasible", "stopped"]
STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, eq=False)
class Result:
    """A plan with its proofs.

    Attributes
    ----------
    choice : int64 array of shape (n_people,)
        Option of each person, -1 for none.
    status : str
        ``"optimal"``: nothing is worth more; ``"feasible"``: the run came to its end;
        ``"stopped"``: it was ended before.
    value : int
        Value of the chosen options minus the penalties of the shortfalls.
    bound : int
        No plan is worth more. Equals `price_bound`, unless a search through all plans
        (`status` optimal) proved a lower one.
    price_bound : int
        What prices and bonuses prove by themselves; anyone can recompute it.
    prices : float array of shape (n_resources,)
        What one more of each is worth at the margin; multiples of 1/1024.
    bonuses : float array of shape (n_groups,)
        What one more placed member is worth because of the floor; multiples of 1/1024.
    shortfall : int64 array of shape (n_groups,)
        How many placements each floor is short.
    seed : int
    versions : mapping of str to str
        Of Koempel and of the libraries that can change the answer.
    seconds : float
        How long the run took; not written to disk, so that the same plan has the same bytes.
    """

    choice: NDArray[np.int64]
    status: Status
    value: int
    bound: int
    price_bound: int
    prices: NDArray[np.float64]
    bonuses: NDArray[np.float64]
    shortfall: NDArray[np.int64]
    seed: int
    versions: Mapping[str, str]
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """How far the plan can at most be from the best one, as a part of its value."""
        if self.bound == self.value:
            return 0.0
        return self.bound / self.value - 1 if self.value > 0 else math.inf

    @property
    def n_placed(self) -> int:
        """Number of people with an option."""
        return int(np.count_nonzero(self.choice >= 0))

    def summary(self) -> str:
        """Say the main figures in one paragraph."""
        words = {
            "optimal": "No plan is worth more.",
            "feasible": f"No plan is worth more than {self.bound} (gap {self.gap:.3%}).",
            "stopped": f"Stopped early. No plan is worth more than {self.bound} "
            f"(gap {self.gap:.3%}).",
        }
        short = int(self.shortfall.sum())
        floors = f" Floors are {short} placements short." if short else ""
        return (
            f"{self.n_placed} of {len(self.choice)} people placed, worth {self.value}. "
            f"{words[self.status]}{floors}"
        )

    def explain(self, problem: Problem, person: int) -> Explanation:
        """Say why a person got this option and not another.

        For many people make one :class:`~koempel.planner.Reasons` and ask it.
        """
        return Reasons(problem, self.choice, self.prices, self.bonuses).of(person)

    def save(self, path: str | Path) -> None:
        """Write the plan as JSON; the same plan gives the same bytes."""
        fields = {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in vars(self).items()
            if name != "seconds"
        }
        fields["versions"] = dict(self.versions)
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
        Path(path).write_text(text + "\n", encoding="utf-8")

    @staticmethod
    def load(path: str | Path) -> Result:
        """Read a plan that :meth:`save` wrote.

        Raises
        ------
        InputError
            When the file holds no plan.
        """
        try:
            fields = json.loads(Path(path).read_text(encoding="utf-8"))
            return _from_fields(fields)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            expected = "a plan as written by Result.save"
            raise InputError(str(path), "", found=str(error), expected=expected) from error


def _from_fields(fields: dict[str, Any]) -> Result:
    if fields["status"] not in STATUSES:
        raise ValueError(f"status {fields['status']!r}")
    dtypes = {"choice": np.int64, "prices": np.float64, "bonuses": np.float64}
    dtypes["shortfall"] = np.int64
    arrays = {name: np.array(fields[name], dtype=dtype) for name, dtype in dtypes.items()}
    return Result(**fields | arrays)
