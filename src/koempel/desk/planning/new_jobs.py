"""Jobs that are only tried out: nothing of them is written to the vacancies.

They are tried on the people, levers and places that the plan was made of, so that the same question
has the same answer whatever has changed in the tables since. A new job is told in a text: that is
how it stands in an address and how a scenario keeps it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import timedelta
from functools import cached_property, lru_cache

import numpy as np
from cattrs import BaseValidationError
from scipy.sparse import csr_array

from koempel.desk.common.context import acting, system
from koempel.desk.common.text import plain
from koempel.desk.jobs.enums import LICENCES, SKILL_WORDS
from koempel.desk.jobs.reach import FEW, Headcount
from koempel.desk.jobs.weeks import LEAST_HOURS, MOST_HOURS, WEEKS, hours_per_week
from koempel.desk.planning.enums import FileKind
from koempel.desk.planning.facts import from_json
from koempel.desk.planning.models import PlanFile, PlanRun
from koempel.desk.planning.small_numbers import in_fives
from koempel.planner import Result
from koempel.region.national_number import looks_like_insz
from koempel.region.new_jobs import NewOptions, options_to, with_new_jobs
from koempel.region.outcome import LeverKind
from koempel.region.packing import unpack_region
from koempel.region.rows import Contract, Job, Level, Measure, Strain
from koempel.region.standing import Ids, StandingPlan
from koempel.region.tables import Region
from koempel.region.turnout import Crowd
from koempel.region.what_if import ChangeError
from koempel.region.windows import parse_rotation

MOST_NEW_JOBS = 5
MOST_SEATS = 999
MOST_LETTERS = 60
"""Of the title."""

_PURPOSE = "plan"
_LONGEST_TEXT = 2000
_OPEN_DAYS = 365
"""How long a new job can begin: long enough to keep nobody out."""

_MOST_NAMES = 6
_KEPT_OPTIONS = 50


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that somebody tries out.

    Attributes
    ----------
    isco : str
        ISCO-08 unit group.
    where : str
        Key of a `Workplace`.
    shifts : str
        Weekly hours in the notation of a rotation.
    hours_per_week : float
        Paid hours, when breaks are not; 0 counts those of the shifts.
    """

    title: str
    isco: str
    where: str
    seats: int
    shifts: str
    hours_per_week: float = 0.0
    dutch_listening: Level = Level.ALPHA
    dutch_speaking: Level = Level.ALPHA
    dutch_reading: Level = Level.ALPHA
    dutch_writing: Level = Level.ALPHA
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    strains: tuple[Strain, ...] = ()
    measures: tuple[Measure, ...] = ()


NewJobs = tuple[NewJob, ...]


def id_of(number: int) -> str:
    """What a new job is called among the things of a plan; the first has number 0."""
    return f"nieuw-{number + 1}"


# ---- as a text ----------------------------------------------------------------------------------


def in_text(job: NewJob) -> str:
    """A new job as it stands in an address; what nobody asked is left out."""
    told = {each.name: getattr(job, each.name) for each in fields(job)}
    unasked = {each.name: each.default for each in fields(job) if each.default is not MISSING}
    kept = {name: value for name, value in told.items() if value != unasked.get(name)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> NewJob:
    """The new job behind `in_text`; whoever can type an address can write such a text.

    Raises
    ------
    ChangeError
        When it tells no job.
    """
    try:
        job = from_json(json.loads(text[:_LONGEST_TEXT]), NewJob)
        faults = list(_faults(job))
    except (ValueError, TypeError, RecursionError, BaseValidationError) as error:
        raise ChangeError(_UNREADABLE) from error
    if faults:
        raise ChangeError(_UNREADABLE)
    return job


_UNREADABLE = "Een nieuwe job in dit adres is niet leesbaar. Vul de job opnieuw in."


def _faults(job: NewJob) -> Iterator[str]:
    """What the form of a new job would not let through."""
    if not 0 < len(job.title) <= MOST_LETTERS or looks_like_insz(job.title):
        yield "title"
    if not (len(job.isco) == 4 and job.isco.isascii() and job.isco.isdigit()):
        yield "isco"
    if not 1 <= job.seats <= MOST_SEATS:
        yield "seats"
    weeks = parse_rotation(job.shifts)
    if not (len(weeks) <= len(WEEKS) and all(week.spans for week in weeks)):
        yield "weeks"
    elif not LEAST_HOURS <= (job.hours_per_week or hours_per_week(weeks)) <= MOST_HOURS:
        yield "hours"
    known = {"skills": dict(SKILL_WORDS), "licences": dict(LICENCES)}
    yield from (name for name, codes in known.items() if set(getattr(job, name)) - set(codes))


# ---- where and who ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a new job can lie: a village, or the site of an employer with a job in the plan."""

    key: str
    name: str
    village: str
    lon: float
    lat: float
    employer: str = ""


class Ground:
    """What new jobs of one plan are tried on: its people, levers and places, as they were."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._crowd = Crowd(region)
        self._found: dict[NewJob, NewOptions] = {}

    @cached_property
    def workplaces(self) -> tuple[Workplace, ...]:
        """Where a new job can lie: villages first, then the sites of employers, by name."""
        name_of = {each.id: each.name for each in self._region.villages}
        employers = {each.id: each.name for each in self._region.employers}
        villages = [
            Workplace(each.id, each.name, each.id, each.lon, each.lat)
            for each in self._region.villages
        ]
        sites = [
            Workplace(
                f"{job.employer}@{job.village}",
                f"{employers[job.employer]}, {name_of[job.village]}",
                job.village,
                job.lon,
                job.lat,
                job.employer,
            )
            # Of several sites of one employer in one village the first has to do.
            for job in {
                (job.employer, job.village): job for job in self._region.jobs[::-1]
            }.values()
        ]
        return (*sorted(villages, key=_by_name), *sorted(sites, key=_by_name))

    def workplace_named(self, text: str) -> Workplace:
        """The place that somebody means with its name, or with words that only it has.

        Raises
        ------
        ChangeError
            When there is none of that name, or more than one.
        """
        words = plain(text).split()
        found = [
            each for each in self.workplaces if all(word in plain(each.name) for word in words)
        ]
        exact = [each for each in found if plain(each.name) == plain(text)]
        if exact or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise ChangeError(
                f"We kennen geen plaats «{text[:40]}» in dit plan. Typ een dorp, of een werkgever "
                "die nu een job heeft."
            )
        names = "; ".join(each.name for each in found[:_MOST_NAMES])
        raise ChangeError(f"«{text[:40]}» kan meer dan één plaats zijn. Kies er een: {names}.")

    def places_of(self, jobs: NewJobs) -> tuple[Workplace, ...]:
        """Where some new jobs lie.

        Raises
        ------
        ChangeError
            When the plan does not know a place: an older plan may have.
        """
        return tuple(map(self._place_of, jobs))

    def _place_of(self, job: NewJob) -> Workplace:
        place = next((each for each in self.workplaces if each.key == job.where), None)
        if place is None:
            raise ChangeError(
                f"De plaats van de nieuwe job «{job.title}» staat niet in het laatste plan. Pas de "
                "job aan en kies een andere plaats."
            )
        return place

    def widened(self, standing: StandingPlan, jobs: NewJobs) -> StandingPlan:
        """The standing plan with some new jobs beside its own, nobody placed in them yet."""
        rows = [self._row(job, number) for number, job in enumerate(jobs)]
        found = [self._options(job, row) for job, row in zip(jobs, rows, strict=True)]
        return with_new_jobs(standing, rows, found)

    def _options(self, job: NewJob, row: Job) -> NewOptions:
        # Seats and title change nothing of who can come.
        key = replace(job, seats=0, title="")
        if key not in self._found:
            if len(self._found) >= _KEPT_OPTIONS:
                self._found.clear()
            self._found[key] = options_to(row, self._region, self._crowd)
        return self._found[key]

    def _row(self, job: NewJob, number: int) -> Job:
        """A new job as the planner knows jobs."""
        place, weeks = self._place_of(job), parse_rotation(job.shifts)
        return Job(
            id=id_of(number),
            employer=place.employer,
            title=job.title,
            isco=job.isco,
            village=place.village,
            lon=place.lon,
            lat=place.lat,
            seats=job.seats,
            start_from=self._region.date,
            start_to=self._region.date + timedelta(days=_OPEN_DAYS),
            shifts=weeks,
            hours_per_week=job.hours_per_week or hours_per_week(weeks),
            contract=Contract.INDEFINITE,
            dutch_listening=job.dutch_listening,
            dutch_speaking=job.dutch_speaking,
            dutch_reading=job.dutch_reading,
            dutch_writing=job.dutch_writing,
            skills=job.skills,
            licences=job.licences,
            strains=job.strains,
            measures=job.measures,
        )


def _by_name(place: Workplace) -> str:
    return plain(place.name)


def ground_of(run: PlanRun) -> Ground | None:
    """What new jobs of a plan are tried on; None when its people are no longer kept."""
    with acting(system(_PURPOSE)):
        is_kept = PlanFile.objects.filter(run=run, kind=FileKind.INPUTS).exists()
    if not is_kept:
        # Whoever was erased leaves the memory too.
        _ground.cache_clear()
        return None
    return _ground(run.pk, run.inputs_digest)


# The digest as well as the key: after a restore another run may bear the same number.
@lru_cache(maxsize=1)
def _ground(run: int, digest: str) -> Ground:
    with acting(system(_PURPOSE)):
        content = PlanFile.objects.get(run=run, kind=FileKind.INPUTS).content
    return Ground(unpack_region(bytes(content)))


# ---- what comes of it ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coming:
    """Who would come to a job, in counts that may be shown and kept.

    Attributes
    ----------
    today, with_levers : Headcount
        Who could come without levers, and who only with levers.
    placed, gained : Headcount
        Who would have a proposal for it, and who of them has none at all now.
    levers : tuple of (LeverKind, Headcount)
        How many of who is placed use each kind.
    homes : tuple of (str, Headcount)
        In which municipalities they live.
    """

    today: Headcount
    with_levers: Headcount
    placed: Headcount
    gained: Headcount
    levers: tuple[tuple[LeverKind, Headcount], ...]
    homes: tuple[tuple[str, Headcount], ...]


def coming_to(number: int, standing: StandingPlan, result: Result, towns: Sequence[str]) -> Coming:
    """Who would come to a new job.

    Parameters
    ----------
    number : int
        Which of the new jobs, from 0.
    standing : StandingPlan
        The plan with the new jobs beside its own.
    result : Result
        What was planned on from it.
    towns : sequence of str
        What each group of the plan is called.
    """
    problem = standing.problem
    seat = [lever for _, lever, _ in standing.ids.resources].index(id_of(number))
    ways = np.flatnonzero(problem.usage[:, [seat]].toarray()[:, 0])
    # One seat and nothing else: by own means.
    alone = np.diff(problem.usage[ways].indptr) == 1
    today = np.unique(problem.person[ways[alone]])
    able = np.unique(problem.person[ways])
    placed = np.flatnonzero(np.isin(result.choice, ways))
    return Coming(
        today=_head_count(len(today)),
        with_levers=_head_count(len(able) - len(today)),
        placed=_head_count(len(placed)),
        gained=_head_count(int((standing.result.choice[placed] < 0).sum())),
        levers=_levers(problem.usage[result.choice[placed]], standing.ids),
        homes=_homes(problem.member[placed], towns),
    )


def _head_count(people: int) -> Headcount:
    """A count as it may be kept: one for one to four, in fives when there are more."""
    return Headcount(min(people, 1) if people < FEW else in_fives(people))


def _levers(used: csr_array, ids: Ids) -> tuple[tuple[LeverKind, Headcount], ...]:
    """How many of some options use each kind of lever, the most frequent first."""
    found = []
    for kind in LeverKind:
        of_kind = np.array([each == kind for _, _, each in ids.resources], np.int64)
        found.append((kind, int(np.count_nonzero(used @ of_kind))))
    found.sort(key=lambda each: -each[1])
    return tuple((kind, _head_count(n)) for kind, n in found if n)


def _homes(member: csr_array, towns: Sequence[str]) -> tuple[tuple[str, Headcount], ...]:
    counts = np.asarray(member.sum(axis=0)).reshape(-1).tolist()
    return tuple((town, _head_count(n)) for town, n in zip(towns, counts, strict=True) if n)
