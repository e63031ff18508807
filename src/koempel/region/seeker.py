"""One person, with everything that the obstacles look at.

A `Seeker` answers what the person knows, may and has today. Ways of travel come in one list, own
means first, so that each trip is worked out once; the obstacles look at the own ones only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from koempel.region.levers.shuttle import Shuttles
from koempel.region.levers.stock import FOREVER
from koempel.region.outcome import TravelMode
from koempel.region.rows import CareKind, Child, Cycling, Person
from koempel.region.setting import (
    MODES,
    Demand,
    Flags,
    Place,
    Setting,
    forbidden_strains,
    is_granted,
    levels_of,
    measure_bit,
)
from koempel.region.shifts import CLOSED, IntArray, Slack
from koempel.region.travel import Minutes
from koempel.region.trips import (
    Legs,
    Stop,
    Traveller,
    Trips,
    Way,
    accepted,
    measure_legs,
    own_ways,
)
from koempel.region.windows import WEEK_MIN, Windows

NEVER = 0
"""A last day that has long gone, as an ordinal."""

PLACES = (CareKind.CHILDCARE, CareKind.SCHOOL)
"""Kinds of care that a child is brought to."""


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A child that needs care, with its present care per job.

    Attributes
    ----------
    slack : Slack
        Room that the present care leaves around the shifts of each job; `CLOSED` where it has
        ended before the job begins.
    covered : ndarray of shape (n_jobs,), bool
        Where the present care holds the shifts with time for one stop.
    until : int
        Last day of the present care, as an ordinal; `FOREVER` when it stays.
    """

    row: Child
    age_months: int
    slack: Slack
    covered: Flags
    until: int


class Seeker:
    """A person with own means; arrays run over all jobs.

    Parameters
    ----------
    setting : Setting
    shuttles : Shuttles
    index : int
        Row of the person.
    to_jobs : ndarray of shape (n_modes, n_jobs), int32, optional
        Minutes from home to every job; worked out when they are needed if left out.
    lever_ways : sequence of Way
        Ways of travel that levers would give.
    """

    def __init__(
        self,
        setting: Setting,
        shuttles: Shuttles,
        index: int,
        *,
        to_jobs: Minutes | None = None,
        lever_ways: Sequence[Way],
    ) -> None:
        self.setting = setting
        self.shuttles = shuttles
        self.index = index
        self.row: Person = setting.region.people[index]
        self._to_jobs = to_jobs
        self._to_job: dict[int, Minutes] = {}
        self.levels = levels_of(self.row)
        self.skills = setting.skills.mask(self.row.skills)
        self.licences = setting.licences.mask(self.row.licences)
        self.municipality = setting.municipality_of[self.row.village]
        jobs = setting.jobs
        self.away = setting.patterns.slack(self.row.away).at(jobs.pattern)
        self.has_time: Flags = (self.away.before >= 1) & (self.away.after >= 1)
        self.bus = setting.patterns.slack(setting.rules.bus_hours).at(jobs.pattern)
        self.home: Place = (self.row.lon, self.row.lat)
        self._legs: dict[tuple[Place, ...], Legs] = {}
        own = own_ways(self.row)
        self.own_ways = slice(0, len(own))
        self.traveller = self._traveller([*own, *lever_ways])
        # A job may wait since last month and a person too: nobody starts before today.
        self.first_day: IntArray = np.maximum(
            jobs.start_from, np.int32(max(self.row.available_from.toordinal(), setting.today))
        )

    # ---- rights, permits, needs ---------------------------------------------------------------

    @cached_property
    def forbidden(self) -> np.uint64:
        """Bits of the strains that the person's needs rule out."""
        return np.uint64(forbidden_strains(self.row))

    @cached_property
    def right_until(self) -> IntArray:
        """Last day on which a recorded right opens each job; far away where none is asked."""
        measures = self.setting.jobs.measures
        until = np.where(measures == 0, np.int32(10**6), np.int32(NEVER))
        for right in self.setting.rights_of.get(self.row.id, ()):
            if is_granted(right.state) and right.granted_on <= self.setting.region.date:
                last = right.valid_until.toordinal() if right.valid_until else 10**6
                helps = (measures & np.uint64(measure_bit(right.measure))) != 0
                until = np.where(helps, np.maximum(until, last), until)
        return until.astype(np.int32)

    @cached_property
    def permit_until(self) -> int:
        """Last day on which the person may work."""
        return self.row.permit_until.toordinal() if self.row.permit_until else 10**6

    @cached_property
    def last_start(self) -> IntArray:
        """Last day on which each job can start for this person."""
        jobs = self.setting.jobs
        return np.minimum(np.minimum(jobs.start_to, self.right_until), self.permit_until)

    # ---- Dutch, skills, licences --------------------------------------------------------------

    def demand(self, job: int) -> Demand:
        """What a job asks."""
        return self.setting.demands[int(self.setting.jobs.demand[job])]

    def shifts(self, job: int) -> tuple[tuple[int, int], ...]:
        """Shifts of a job, minutes of the week."""
        return self.setting.patterns.shifts[self.setting.jobs.pattern[job]]

    def over_demands(self, missed: Flags) -> Flags:
        """Spread a flag per demand over the jobs."""
        return missed[self.setting.jobs.demand]

    # ---- children -----------------------------------------------------------------------------

    @cached_property
    def children(self) -> tuple[ChildFacts, ...]:
        """Children young enough to need care."""
        rows = self.setting.children_of.get(self.row.id, ())
        facts = [self._facts_of(row) for row in rows]
        return tuple(
            each for each in facts if each.age_months < self.setting.rules.care_until_months
        )

    def _facts_of(self, row: Child) -> ChildFacts:
        setting = self.setting
        age = age_months(row, setting.region.date)
        slack = setting.patterns.slack(row.care_hours).at(setting.jobs.pattern)
        if row.care is CareKind.NONE:
            slack = setting.patterns.slack(Windows(())).at(setting.jobs.pattern)
        elif row.care_until is not None:
            ended = self.first_day > row.care_until.toordinal()
            slack = Slack(
                np.where(ended, CLOSED, slack.before), np.where(ended, CLOSED, slack.after)
            )
        room = setting.rules.stop_min if row.care in PLACES else 0
        covered = (slack.before >= room) & (slack.after >= room)
        until = row.care_until.toordinal() if row.care_until else FOREVER
        return ChildFacts(row, age, slack, covered, until)

    @cached_property
    def all_covered(self) -> Flags:
        """Jobs whose shifts the present care of every child holds."""
        covered = np.ones(self.setting.n_jobs, bool)
        for child in self.children:
            covered &= child.covered
        return covered

    # ---- travel -------------------------------------------------------------------------------

    @cached_property
    def to_jobs(self) -> Minutes:
        """Minutes from home to every job, shape (n_modes, n_jobs)."""
        if self._to_jobs is None:
            return self.setting.homes_to_jobs(self.index, self.index + 1)[:, 0]
        return self._to_jobs

    def to_job(self, job: int) -> Minutes:
        """Minutes from home to one job, shape (n_modes,)."""
        if job not in self._to_job:
            site = self.setting.jobs.sites[job : job + 1]
            minutes = self.setting.times.minutes(MODES, np.array([self.home]), site)
            self._to_job[job] = minutes[:, 0, 0]
        return self._to_job[job]

    @cached_property
    def direct(self) -> Trips:
        """Trips in every way that leave no child anywhere."""
        return self._direct_by(self.traveller)

    @cached_property
    def chained(self) -> Trips:
        """Trips in every way along the present care of the children."""
        if not self.children:
            return self.direct
        places, stops, at_home = self.present_stops(self.children)
        return self.traveller.trips(self.legs(places), stops, self.setting.rules.stop_min, at_home)

    @cached_property
    def own_direct(self) -> Trips:
        """Trips with own means that leave no child anywhere."""
        return self.direct.by(self.own_ways)

    @cached_property
    def own_chained(self) -> Trips:
        """Trips with own means along the present care of the children."""
        return self.chained.by(self.own_ways)

    @cached_property
    def reaches_directly(self) -> Flags:
        """Jobs within reach by own means, children left aside.

        A trip in legs past the childcare can be within the longest trip of a mode where the
        straight one is not.
        """
        if not self.children:
            return self.own_direct.reached
        return self.own_direct.reached | self.own_chained.reached

    @property
    def bus_row(self) -> int:
        """Row of the bus among the ways; everybody can take it."""
        return [way.mode for way in self.traveller.ways].index(TravelMode.BUS)

    @cached_property
    def bus_is_not_there(self) -> Flags:
        """Jobs out of reach to which the bus is quick enough, but not at those hours."""
        out_min, back_min = self.direct.out_min[self.bus_row], self.direct.back_min[self.bus_row]
        late: Flags = self.direct.in_time[self.bus_row] & ~self.bus.fits(out_min, back_min)
        return late & ~self.reaches_directly

    @cached_property
    def could_cycle_there(self) -> Flags:
        """Jobs that a bike or e-bike would bring within reach, if only the person cycled."""
        if self.row.cycling is Cycling.YES:
            return np.zeros(self.setting.n_jobs, bool)
        cyclist = self._traveller([Way(TravelMode.BIKE), Way(TravelMode.EBIKE)])
        return self._direct_by(cyclist).reached

    def legs(self, places: Sequence[Place]) -> Legs:
        """Parts of the trips in every way; home comes first among the places."""
        key = tuple(places)
        if key not in self._legs:
            self._legs[key] = measure_legs(
                self.setting, self.shuttles, self.traveller.ways, places, self.to_jobs
            )
        return self._legs[key]

    def _direct_by(self, traveller: Traveller) -> Trips:
        legs = measure_legs(self.setting, self.shuttles, traveller.ways, [self.home], self.to_jobs)
        return traveller.trips(legs, (), 0)

    def _traveller(self, ways: Sequence[Way]) -> Traveller:
        limits = accepted(self.row, ways, self.setting.rules)
        # Where there is no minute for any trip, the shift is to blame and not the road: the
        # obstacle "shift conflict" bars those jobs for good.
        hours = Slack(
            np.where(self.has_time, self.away.before, WEEK_MIN),
            np.where(self.has_time, self.away.after, WEEK_MIN),
        )
        return Traveller(ways, limits, hours, self.bus)

    def present_stops(
        self, children: tuple[ChildFacts, ...]
    ) -> tuple[list[Place], list[Stop], list[Slack]]:
        """Home and places of present care, the stops at them, and the care at home."""
        slacks: dict[Place, Slack] = {}
        at_home: list[Slack] = []
        for child in children:
            if child.row.care not in PLACES:
                at_home.append(child.slack)
                continue
            place = (child.row.care_lon or 0.0, child.row.care_lat or 0.0)
            slacks[place] = tighter(slacks[place], child.slack) if place in slacks else child.slack
        stops = [Stop(1 + number, slack) for number, slack in enumerate(slacks.values())]
        return [self.home, *slacks], stops, at_home


def age_months(child: Child, today: date) -> int:
    """Age of a child in whole months."""
    born = child.birth_month
    return (today.year - born.year) * 12 + today.month - born.month


def tighter(one: Slack, other: Slack) -> Slack:
    """What is left of two rooms where both must hold."""
    return Slack(np.minimum(one.before, other.before), np.minimum(one.after, other.after))
