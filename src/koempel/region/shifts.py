"""Shift patterns, and how much room the hours of something leave around them.

Thousands of jobs share some dozens of shift patterns. All questions about hours — may the person
be away, is the care open, does the bus run — are the same question per pattern: how many minutes
are there before each shift starts and after it ends? The answer is a *slack*, and a trip of so
many minutes fits when it is no longer than the slack.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from koempel.region.windows import WEEK_MIN, Windows

IntArray = npt.NDArray[np.int32]

CLOSED = -1
"""Slack where the hours do not even hold the shift itself."""


@dataclass(frozen=True, slots=True)
class Slack:
    """Room around the shifts of each pattern, minutes; `CLOSED` where there is none.

    Attributes
    ----------
    before, after : ndarray of shape (n_patterns,), int32
        The least room over all shifts of the pattern.
    """

    before: IntArray
    after: IntArray

    def fits(self, out_min: IntArray, back_min: IntArray) -> npt.NDArray[np.bool_]:
        """Where trips of so many minutes fit, pattern by pattern."""
        return (out_min <= self.before) & (back_min <= self.after)

    def at(self, pattern: npt.NDArray[np.integer[Any]]) -> "Slack":
        """The slack of each of a list of patterns."""
        return Slack(self.before.take(pattern), self.after.take(pattern))


class Patterns:
    """The distinct shift patterns of a region.

    Parameters
    ----------
    rotations : sequence of tuple of Windows
        The rotation of every job; a pattern is a distinct one.

    Attributes
    ----------
    of_job : ndarray of shape (n_jobs,), int32
        Pattern of each job.
    shifts : tuple of tuple of (start, length)
        Every shift of every week of each pattern, minutes of the week.
    """

    def __init__(self, rotations: Sequence[tuple[Windows, ...]]) -> None:
        distinct = list(dict.fromkeys(rotations))
        number = {rotation: index for index, rotation in enumerate(distinct)}
        self.of_job: IntArray = np.array([number[each] for each in rotations], np.int32)
        self.shifts = tuple(_shifts_of(rotation) for rotation in distinct)
        self._slacks: dict[Windows, Slack] = {}

    def slack(self, hours: Windows) -> Slack:
        """Room that some hours leave around the shifts of every pattern."""
        if hours not in self._slacks:
            rooms = [_room(hours, shifts) for shifts in self.shifts]
            table = np.array(rooms, np.int32).reshape(-1, 2)
            self._slacks[hours] = Slack(table[:, 0].copy(), table[:, 1].copy())
        return self._slacks[hours]

    def touching(self, hours: Windows) -> npt.NDArray[np.bool_]:
        """Patterns with a shift that overlaps some hours."""
        found = [any(hours.overlaps(*shift) for shift in shifts) for shifts in self.shifts]
        return np.array(found, bool)


def _shifts_of(rotation: tuple[Windows, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(span for week in rotation for span in week.spans))


def _room(hours: Windows, shifts: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    around = [hours.around(start, length) for start, length in shifts]
    if any(room is None for room in around):
        return CLOSED, CLOSED
    rooms = [room for room in around if room is not None]
    return (
        min((before for before, _ in rooms), default=WEEK_MIN),
        min((after for _, after in rooms), default=WEEK_MIN),
    )
