"""What the things of a plan are called: ids in, Dutch names out.

The records of a plan hold ids only. A name that is not found is the id itself: the reader still
sees which row is meant.
"""

from dataclasses import dataclass
from functools import cached_property

from koempel.region.levers.childcare import CARE_KIND
from koempel.region.outcome import LeverKind
from koempel.region.rows import (
    Bike,
    Childcare,
    Course,
    Job,
    Municipality,
    ShuttleRun,
    Village,
)
from koempel.region.tables import Region


@dataclass(frozen=True, slots=True)
class Scarce:
    """A thing that can run out: a kind of lever or a seat, its name, and which part of it."""

    kind: LeverKind | None  # None for a seat
    name: str
    part: str = ""


class Names:
    """Names of the rows of a region."""

    def __init__(self, region: Region) -> None:
        self._region = region

    @cached_property
    def jobs(self) -> dict[str, Job]:
        """Jobs by id."""
        return {each.id: each for each in self._region.jobs}

    @cached_property
    def villages(self) -> dict[str, Village]:
        """Villages by id."""
        return {each.id: each for each in self._region.villages}

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        """Municipalities by NIS code."""
        return {each.nis: each for each in self._region.municipalities}

    @cached_property
    def home(self) -> dict[str, str]:
        """Village of each person."""
        return {each.id: each.village for each in self._region.people}

    @cached_property
    def _employers(self) -> dict[str, str]:
        return {each.id: each.name for each in self._region.employers}

    @cached_property
    def _levers(self) -> dict[str, Bike | Childcare | Course]:
        rows: list[Bike | Childcare | Course] = []
        rows += [*self._region.bikes, *self._region.childcare, *self._region.courses]
        return {each.id: each for each in rows}

    @cached_property
    def _runs(self) -> dict[str, ShuttleRun]:
        return {each.id: each for each in self._region.shuttle_runs}

    @cached_property
    def _lines(self) -> dict[str, str]:
        return {each.id: each.name for each in self._region.shuttle_lines}

    def title(self, job: str) -> str:
        """Title of a job."""
        return self.jobs[job].title if job in self.jobs else job

    def employer(self, job: str) -> str:
        """Who offers a job."""
        if job not in self.jobs:
            return ""
        employer = self.jobs[job].employer
        return self._employers.get(employer, employer)

    def workplace(self, job: str) -> str:
        """Village of the workplace."""
        return self.village(self.jobs[job].village) if job in self.jobs else ""

    def job(self, job: str) -> str:
        """Title of a job and who offers it."""
        employer = self.employer(job)
        return f"{self.title(job)} bij {employer}" if employer else job

    def village(self, village: str) -> str:
        """Name of a village."""
        return self.villages[village].name if village in self.villages else village

    def municipality(self, nis: str) -> str:
        """Name of a municipality."""
        return self.municipalities[nis].name if nis in self.municipalities else nis

    def scarce(self, thing: str) -> Scarce:
        """What an id of a scarce thing stands for (`Price.id`).

        A lever, a job for its seats, ``site/Mo/early`` for childcare, ``line/run`` for a shuttle.
        """
        lever, _, part = thing.partition("/")
        if lever in self._lines:
            return Scarce(LeverKind.SHUTTLE_SEAT, self._lines[lever], self._ride(part))
        if lever in self._levers:
            row = self._levers[lever]
            return Scarce(_kind_of(row), row.name, part)
        return Scarce(None, self.job(thing))

    def _ride(self, run: str) -> str:
        if run not in self._runs:
            return run
        row = self._runs[run]
        return f"{row.direction}@{row.time // 60:02}:{row.time % 60:02}"


def _kind_of(row: Bike | Childcare | Course) -> LeverKind:
    if isinstance(row, Childcare):
        return CARE_KIND[row.mode]
    return LeverKind(row.kind)
