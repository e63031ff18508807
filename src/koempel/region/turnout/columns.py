"""Columns of people in which few values come back."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from koempel.region.setting import Flags
from koempel.region.shifts import IntArray, Patterns, Slack
from koempel.region.windows import Windows

Indices = npt.NDArray[np.int64]
Value = TypeVar("Value", bound=Hashable)


class Shared(Generic[Value]):
    """A column as its distinct values, and which of them each row has.

    Thousands of people have some dozens of weeks: a question is asked once per week.

    Examples
    --------
    >>> column = Shared(["early", "late", "early"])
    >>> column.values, column.numbers(len).tolist()
    (('early', 'late'), [5, 4, 5])
    """

    def __init__(self, rows: Iterable[Value]) -> None:
        number: dict[Value, int] = {}
        of_row = [number.setdefault(row, len(number)) for row in rows]
        self.of_row: Indices = np.array(of_row, np.int64)
        self.values: tuple[Value, ...] = tuple(number)

    def numbers(self, answer: Callable[[Value], int]) -> IntArray:
        """A whole number for each row, asked once per value."""
        return self._spread([answer(value) for value in self.values], np.int32)

    def flags(self, answer: Callable[[Value], bool]) -> Flags:
        """True or false for each row, asked once per value."""
        return self._spread([answer(value) for value in self.values], bool)

    def _spread(self, answers: list[Any], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        spread: npt.NDArray[Any] = np.array(answers, dtype)[self.of_row]
        return spread


def slack_of(hours: Shared[Windows], patterns: Patterns, pattern: int) -> Slack:
    """Room that the hours of each row leave around the shifts of one pattern."""
    slacks = {each: patterns.slack(each) for each in hours.values}
    return Slack(
        hours.numbers(lambda each: int(slacks[each].before[pattern])),
        hours.numbers(lambda each: int(slacks[each].after[pattern])),
    )
