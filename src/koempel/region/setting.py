"""A region laid out in arrays, ready for the questions of reach.

Built once per plan. It holds facts only: no person is weighed here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from koempel.region.levers.stock import Resource
from koempel.region.outcome import SEAT, TravelMode
from koempel.region.rows import (
    Child,
    Job,
    Level,
    Measure,
    Need,
    Person,
    Right,
    RightState,
    Strain,
)
from koempel.region.rules import Rules
from koempel.region.shifts import IntArray, Patterns
from koempel.region.tables import Region
from koempel.region.travel import CrowFly, Minutes, Points, TravelTimes
from koempel.region.wishes import WishTable

Bits = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

Place = tuple[float, float]
"""Longitude and latitude."""

MODES = (TravelMode.WALK, TravelMode.BIKE, TravelMode.EBIKE, TravelMode.CAR, TravelMode.BUS)
"""Modes with travel times of their own, in the order of the rows of a table of minutes."""

LEVELS = tuple(Level)
FORBIDS = {
    Need.NO_HEAVY_LIFTING: Strain.HEAVY_LIFTING,
    Need.STEP_FREE: Strain.STEPS,
    Need.SEATED_WORK: Strain.STANDING,
    Need.QUIET_PLACE: Strain.NOISE,
}
"""Which strain each functional need rules out; `NO_NIGHT` follows from the shifts."""

NIGHT_BIT = len(Strain)


class Codes:
    """Codes as bits of one whole number.

    Only codes that some job asks get a bit: what nobody asks cannot matter.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._bit = {word: index for index, word in enumerate(sorted(set(words)))}
        self.words = tuple(self._bit)

    def mask(self, words: Iterable[str]) -> int:
        """Bits of the words that are known."""
        return sum(1 << self._bit[word] for word in set(words) if word in self._bit)

    def table(self, masks: Sequence[int]) -> Flags:
        """Masks as rows of flags, shape (n_masks, n_words)."""
        rows = [[bool(mask >> bit & 1) for bit in range(len(self.words))] for mask in masks]
        return np.array(rows, bool).reshape(len(masks), len(self.words))

    def words_of(self, mask: int) -> tuple[str, ...]:
        """Words of a mask, sorted."""
        return tuple(word for word, bit in self._bit.items() if mask >> bit & 1)


class Missing:
    """Which demands ask a code that somebody lacks; the same set of codes is looked up once."""

    def __init__(self, codes: Codes, asked: Sequence[int]) -> None:
        self._codes = codes
        self._asked = codes.table(asked)
        self._of: dict[int, Flags] = {}

    def of(self, mask: int) -> Flags:
        """One flag per demand, for who has the codes of a mask."""
        if mask not in self._of:
            lacks = ~self._codes.table([mask])[0]
            self._of[mask] = (self._asked & lacks).any(axis=1)
        return self._of[mask]


@dataclass(frozen=True, slots=True)
class JobColumns:
    """Facts of all jobs, one array per fact; days are ordinals (`date.toordinal`)."""

    sites: Points
    pattern: IntArray
    start_from: IntArray
    start_to: IntArray
    hours: npt.NDArray[np.float64]
    strains: Bits
    measures: Bits
    demand: IntArray
    """Index into `Demands`: what the job asks in Dutch, skills and licences."""
    indefinite: Flags


@dataclass(frozen=True, slots=True)
class Demand:
    """What some jobs ask a person to know: levels of Dutch, skills, licences."""

    levels: tuple[int, int, int, int]
    skills: int
    licences: int


class Setting:
    """A region, the rules of its day, and its jobs in arrays.

    Parameters
    ----------
    region : Region
    times : TravelTimes, optional
        Source of travel times; the straight-line estimate when left out.
    """

    def __init__(self, region: Region, times: TravelTimes | None = None) -> None:
        self.region = region
        self.rules = Rules.on(region.parameters, region.date)
        self.times: TravelTimes = times or CrowFly(self.rules)
        self.today = region.date.toordinal()
        self.patterns = Patterns([job.shifts for job in region.jobs])
        self.skills = Codes(code for job in region.jobs for code in job.skills)
        self.licences = Codes(code for job in region.jobs for code in job.licences)
        self.demands, self.jobs = self._job_columns(region.jobs)
        self.asked_levels = np.array([each.levels for each in self.demands], int).reshape(-1, 4)
        self.missing_skills = Missing(self.skills, [each.skills for each in self.demands])
        self.missing_licences = Missing(self.licences, [each.licences for each in self.demands])
        # Schools and childcare sites: many families share them.
        self._from_place: dict[Place, Minutes] = {}
        self.wishes = WishTable([job.isco for job in region.jobs])
        self.municipality_of = {each.id: each.municipality for each in region.villages}
        self.rights_of = _by_person(region.rights)
        self.children_of = _by_person(region.children)
        self.employer = {each.id: each for each in region.employers}
        self.job_index = {job.id: index for index, job in enumerate(region.jobs)}
        self.person_index = {person.id: index for index, person in enumerate(region.people)}

    @property
    def n_jobs(self) -> int:
        """Number of jobs."""
        return len(self.region.jobs)

    def homes_to_jobs(self, first: int, last: int) -> Minutes:
        """Minutes from the homes of some people to all jobs, shape (n_modes, n_homes, n_jobs)."""
        homes = [(person.lon, person.lat) for person in self.region.people[first:last]]
        return self.times.minutes(MODES, np.array(homes), self.jobs.sites)

    def minutes_from(self, place: Place) -> Minutes:
        """Minutes from a place to every job, shape (n_modes, n_jobs)."""
        if place not in self._from_place:
            found = self.times.minutes(MODES, np.array([place]), self.jobs.sites)
            self._from_place[place] = found[:, 0]
        return self._from_place[place]

    def minutes_among(self, places: tuple[Place, ...]) -> Minutes:
        """Minutes between some places, shape (n_modes, n_places, n_places)."""
        if len(places) == 1:
            return np.zeros((len(MODES), 1, 1), np.int32)
        points = np.array(places)
        return self.times.minutes(MODES, points, points)

    def seats(self) -> list[Resource]:
        """Seats of each job as a resource."""
        return [
            Resource(job.id, SEAT, job.id, job.title, "", job.seats) for job in self.region.jobs
        ]

    def _job_columns(self, jobs: tuple[Job, ...]) -> tuple[tuple[Demand, ...], JobColumns]:
        night = self.patterns.touching(self.rules.night)[self.patterns.of_job]
        asked = [self._demand(job) for job in jobs]
        demands = tuple(dict.fromkeys(asked))
        number = {demand: index for index, demand in enumerate(demands)}
        columns = JobColumns(
            sites=np.array([(job.lon, job.lat) for job in jobs], float).reshape(-1, 2),
            pattern=self.patterns.of_job,
            start_from=_days(job.start_from for job in jobs),
            start_to=_days(job.start_to for job in jobs),
            hours=np.array([job.hours_per_week for job in jobs], float),
            strains=np.array(
                [
                    _mask(Strain, job.strains) | (int(at_night) << NIGHT_BIT)
                    for job, at_night in zip(jobs, night, strict=True)
                ],
                np.uint64,
            ),
            measures=np.array([_mask(Measure, job.measures) for job in jobs], np.uint64),
            demand=np.array([number[demand] for demand in asked], np.int32),
            indefinite=np.array([job.contract == "INDEFINITE" for job in jobs], bool),
        )
        return demands, columns

    def _demand(self, job: Job) -> Demand:
        return Demand(
            levels_of(job), self.skills.mask(job.skills), self.licences.mask(job.licences)
        )


def levels_of(row: Person | Job) -> tuple[int, int, int, int]:
    """Levels of Dutch as numbers: listening, speaking, reading, writing."""
    return (
        LEVELS.index(row.dutch_listening),
        LEVELS.index(row.dutch_speaking),
        LEVELS.index(row.dutch_reading),
        LEVELS.index(row.dutch_writing),
    )


def forbidden_strains(person: Person) -> int:
    """Bits of the strains that a person's functional needs rule out."""
    night = int(Need.NO_NIGHT in person.needs) << NIGHT_BIT
    return night | _mask(Strain, [FORBIDS[need] for need in person.needs if need in FORBIDS])


def measure_bit(measure: Measure) -> int:
    """Bit of a measure."""
    return _mask(Measure, [measure])


def strain_bit(strain: Strain) -> int:
    """Bit of a strain."""
    return _mask(Strain, [strain])


def _mask(words: type[StrEnum], given: Iterable[StrEnum]) -> int:
    known = list(words)
    return sum(1 << known.index(word) for word in set(given))


def _days(days: Iterable[date]) -> IntArray:
    return np.array([day.toordinal() for day in days], np.int32)


Owned = TypeVar("Owned", Right, Child)


def _by_person(rows: Iterable[Owned]) -> dict[str, list[Owned]]:
    groups: dict[str, list[Owned]] = {}
    for row in rows:
        groups.setdefault(row.person, []).append(row)
    return groups


def is_granted(state: RightState) -> bool:
    """Whether a right counts: only a decision that was granted does."""
    return state is RightState.GRANTED
