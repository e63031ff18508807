"""How many people could come to a job: today, with levers, and with a start half an hour later.

Only counts leave this module, and coarse ones: one to four people stay hidden and more are rounded
to fives, so that nobody can be found by changing a form a little at a time.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from koempel.desk.jobs.weeks import later
from koempel.region import dutch
from koempel.region.obstacles.registry import kinds_of
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.reach import Explorer, Reach
from koempel.region.rows import Job, Person
from koempel.region.setting import Setting
from koempel.region.tables import Region
from koempel.region.wishes import OUTSIDE, wish_of

LATER_MIN = 30
FEW = 5
"""Fewer people than this are not counted out."""

_NOW, _LATER = 0, 1


@dataclass(frozen=True, slots=True)
class Crowd:
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

    today: Crowd
    with_levers: Crowd
    """Those who come only with support."""

    @property
    def together(self) -> int:
        """All who could come, coarse."""
        return Crowd(self.today.people + self.with_levers.people).coarse


@dataclass(frozen=True, slots=True)
class ReachCount:
    """Who could come to a job.

    Attributes
    ----------
    wanting : Crowd
        People who look for this kind of work.
    now, later : Way
        With the hours as they are, and with a start half an hour later.
    obstacles : tuple of (ObstacleKind, Crowd)
        For those who look for this work and cannot come today, how often each obstacle stands
        between, the most frequent first; one person can have several.
    levers : tuple of (LeverKind, Crowd)
        For how many people one lever of this kind is enough, the most first.
    """

    wanting: Crowd
    now: Way
    later: Way
    obstacles: tuple[tuple[ObstacleKind, Crowd], ...]
    levers: tuple[tuple[LeverKind, Crowd], ...]

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
    people = tuple(person for person in region.people if _wants(person, job))
    jobs = (job, replace(job, id=f"{job.id}+", shifts=later(job.shifts, LATER_MIN)))
    explorer = Explorer(Setting(replace(region, people=people, jobs=jobs)))
    tally = _Tally(explorer)
    for reach in explorer.everybody():
        tally.add(reach)
    return tally.counts(len(people))


def _wants(person: Person, job: Job) -> bool:
    return wish_of(job.isco, person.wants) != OUTSIDE


class _Tally:
    """Counts, person by person."""

    def __init__(self, explorer: Explorer) -> None:
        self._stock = explorer.levers.stock
        self._today = [0, 0]
        self._helped = [0, 0]
        self._obstacles: Counter[ObstacleKind] = Counter()
        self._levers: Counter[LeverKind] = Counter()

    def add(self, reach: Reach) -> None:
        """Count one person."""
        own, ties = reach.own.tolist(), reach.ties.tolist()
        for hour in (_NOW, _LATER):
            self._today[hour] += own[hour] == 0
            self._helped[hour] += own[hour] != 0 and ties[hour] == 0
        if own[_NOW]:
            self._obstacles.update(kinds_of(own[_NOW]))
            self._levers.update(set(self._single_levers(reach)))

    def _single_levers(self, reach: Reach) -> Iterator[LeverKind]:
        """Kinds of lever of which one is enough for the job as it is."""
        ways = reach.ways
        for bundle in ways.bundle[ways.job == _NOW].tolist():
            items = self._stock.items_of(bundle)
            if len(items) == 1:
                yield items[0].kind

    def counts(self, wanting: int) -> ReachCount:
        """What was counted."""
        ways = [
            Way(Crowd(today), Crowd(helped))
            for today, helped in zip(self._today, self._helped, strict=True)
        ]
        return ReachCount(
            wanting=Crowd(wanting),
            now=ways[_NOW],
            later=ways[_LATER],
            obstacles=tuple((kind, Crowd(n)) for kind, n in self._obstacles.most_common()),
            levers=tuple((kind, Crowd(n)) for kind, n in self._levers.most_common()),
        )
