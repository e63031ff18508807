"""When to end a run: the only place of the planner that looks at a clock.

A run ends by count, which gives the same bytes every time, or earlier: by the seconds it was
given or because whoever follows its progress says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[str, float], bool | None]
"""Called as ``progress(stage, done)`` with ``done`` from 0 to 1; returning True ends the run."""


class Stop:
    """Watches the clock and the listener of one run.

    Parameters
    ----------
    seconds : float, optional
        How long the run may take.
    progress : callable, optional
        Told of every step; ends the run by returning True.

    Examples
    --------
    >>> stop = Stop(progress=lambda stage, done: done > 0.5)
    >>> stop.asked("prices", 0.2), stop.asked("prices", 0.8), stop.asked("places", 0.0)
    (False, True, True)
    """

    def __init__(self, seconds: float | None = None, progress: Progress | None = None) -> None:
        self._begin = time.perf_counter()
        self._seconds = seconds
        self._progress = progress
        self.early = False

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self._begin

    @property
    def left(self) -> float | None:
        """Seconds that are left, or None when there is no limit."""
        return None if self._seconds is None else max(0.0, self._seconds - self.elapsed)

    def asked(self, stage: str, done: float) -> bool:
        """Report a step and return whether the run has to end; once True, always True."""
        told = self._progress is not None and bool(self._progress(stage, done))
        self.early = self.early or told or self.left == 0.0
        return self.early
