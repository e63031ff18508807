"""How many people could come to a job: today, with levers, and with a start half an hour later.

Only counts leave this module, and coarse ones: one to four people stay hidden and more are rounded
to fives, so that nobody can be found by changing a form a little at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from koempel.desk.jobs.weeks import later
from koempel.region import dutch
from koempel.region.obstacles.registry import BIT
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.rows import Job
from koempel.region.tables import Region
from koempel.region.turnout import Crowd, Turnout, turnouts

LATER_MIN = 30
FEW = 5
"""Fewer people than this are not counted out."""

Counted = TypeVar("Counted", ObstacleKind, LeverKind)


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of people as it may be shown."""

    people: int

    @property
    def coarse(self) -> int:
        """The number, rounded to fives; 0 when it is too small to tell."""
        return 0 if self.people < FEW else FEW * round(self.people / FEW)

    def __str__(self) -> str:
        if not self.people:
            return "niemand"
        return f"minder dan {FEW}" if self.people < FEW else dutch.number(self.coarse)


@dataclass(frozen=True, slots=True)
class Way:
    """How many people could come with the job at some hour."""

    today: Headcount
    with_levers: Headcount
    """Those who come only with support."""

    @property
    def together(self) -> int:
        """All who could come, coarse."""
        return Headcount(self.today.people + self.with_levers.people).coarse


@dataclass(frozen=True, slots=True)
class ReachCount:
    """Who could come to a job.

    Attributes
    ----------
    wanting : Headcount
        People who look for this kind of work.
    now, later : Way
        With the hours as they are, and with a start half an hour later.
    obstacles : tuple of (ObstacleKind, Headcount)
        For those who look for this work and cannot come today, how often each obstacle stands
        between, the most frequent first; one person can have several.
    levers : tuple of (LeverKind, Headcount)
        For how many people one lever of this kind is enough, the most first.
    """

    wanting: Headcount
    now: Way
    later: Way
    obstacles: tuple[tuple[ObstacleKind, Headcount], ...]
    levers: tuple[tuple[LeverKind, Headcount], ...]

    @property
    def gain(self) -> int:
        """How many more could come with the later start, coarse; negative when fewer."""
        return self.later.together - self.now.together


def reach_count(job: Job, region: Region) -> ReachCount:
    """Count who of a region could come to a job.

    Parameters
    ----------
    job : Job
        The vacancy, stored or still being typed.
    region : Region
        The people and levers of today; its own jobs are left aside.
    """
    jobs = (job, replace(job, id=f"{job.id}+", shifts=later(job.shifts, LATER_MIN)))
    now, then = turnouts(_crowd_of(region), region, jobs)
    return ReachCount(
        wanting=Headcount(int(now.wanting.sum())),
        now=_way(now),
        later=_way(then),
        obstacles=_obstacles(now),
        levers=_most({kind: int(flags.sum()) for kind, flags in now.alone.items()}),
    )


_kept: list[Crowd] = []
"""The people as they were laid out last: whoever types asks about the same ones."""


def _crowd_of(region: Region) -> Crowd:
    crowd = _kept[0] if _kept else None
    if crowd is None or not crowd.is_of(region):
        crowd = Crowd(region)
        _kept[:] = [crowd]
    return crowd


def _way(found: Turnout) -> Way:
    today = found.wanting & (found.obstacles == 0)
    return Way(Headcount(int(today.sum())), Headcount(int(found.with_levers.sum())))


def _obstacles(found: Turnout) -> tuple[tuple[ObstacleKind, Headcount], ...]:
    masks = found.obstacles[found.wanting]
    return _most({kind: int(((masks & bit) != 0).sum()) for kind, bit in BIT.items()})


def _most(counts: Mapping[Counted, int]) -> tuple[tuple[Counted, Headcount], ...]:
    """What is counted at all, the most frequent first."""
    kinds = sorted((kind for kind, n in counts.items() if n), key=lambda kind: -counts[kind])
    return tuple((kind, Headcount(counts[kind])) for kind in kinds)
