"""A slow, plain twin of reach: one person, one job, every subset of lever rows.

It shares the rows, the windows, the rules and the travel times with the engine, and nothing else:
no arrays, no patterns, no slacks. A day is walked through shift by shift, in minutes of the week.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, permutations
from typing import Any

import numpy as np

from koempel.region.outcome import TravelMode
from koempel.region.rows import (
    BikeKind,
    CareKind,
    Child,
    Childcare,
    ChildcareMode,
    Course,
    CourseKind,
    Cycling,
    Day,
    Direction,
    Job,
    Level,
    Mode,
    Need,
    Person,
    RightState,
    ShuttleLine,
    Strain,
)
from koempel.region.rules import Rules
from koempel.region.tables import Region
from koempel.region.travel import CrowFly, TravelTimes
from koempel.region.windows import Windows

WEEK = 7 * 24 * 60
IMPOSSIBLE = 10**6
LEVELS = tuple(Level)
SKILLS = ("listening", "speaking", "reading", "writing")
STRAIN_OF = {
    Need.NO_HEAVY_LIFTING: Strain.HEAVY_LIFTING,
    Need.STEP_FREE: Strain.STEPS,
    Need.SEATED_WORK: Strain.STANDING,
    Need.QUIET_PLACE: Strain.NOISE,
}

Place = tuple[float, float]


@dataclass(frozen=True)
class Way:
    """A mode, or a shuttle line on foot to its pick-up."""

    mode: TravelMode
    line: ShuttleLine | None = None


@dataclass(frozen=True)
class Family:
    """Where the children go: stops with their hours, hours at home, and until when it holds."""

    stops: dict[Place, tuple[Windows, ...]]
    at_home: tuple[Windows, ...]
    until: date


class SlowReach:
    """Answers for one pair at a time."""

    def __init__(self, region: Region, times: TravelTimes | None = None) -> None:
        self.region = region
        self.rules = Rules.on(region.parameters, region.date)
        self._times = times or CrowFly(self.rules)
        self._minutes: dict[tuple[TravelMode, Place, Place], int] = {}
        self._bits: dict[Windows, int] = {}
        self._rows: dict[str, Any] = {
            row.id: row
            for table in (region.bikes, region.childcare, region.courses, region.shuttle_lines)
            for row in table
        }

    def bundles(self, who: Person, what: Job) -> set[frozenset[str]]:
        """Minimal bundles that remove every obstacle, as ids of lever rows."""
        if not self._is_possible(who, what):
            return set()
        minimal: dict[frozenset[str], date] = {}
        for size in range(len(self._rows) + 1):
            for rows in map(frozenset, combinations(self._rows, size)):
                if not any(smaller < rows for smaller in minimal):
                    until = self._until(who, what, [self._rows[row] for row in sorted(rows)])
                    if until is not None:
                        minimal[rows] = until
        return {rows for rows, until in minimal.items() if self._starts(who, what, rows, until)}

    # ---- what no lever changes ----------------------------------------------------------------

    def _is_possible(self, who: Person, what: Job) -> bool:
        first = self.first_day(who, what)
        return (
            self._is_wanted(who, what)
            and first <= what.start_to
            and first <= self._may_start_until(who, what)
            and not self._strained(who, what)
            and who.hours_min <= what.hours_per_week <= who.hours_max
            and all(self._holds(who.away, s - 1, s + n + 1) for s, n in _shifts(what))
        )

    def first_day(self, who: Person, what: Job) -> date:
        """First day of work without levers: never before the day of the plan."""
        return max(who.available_from, what.start_from, self.region.date)

    @staticmethod
    def _is_wanted(who: Person, what: Job) -> bool:
        return not who.wants or any(what.isco[:2] == want[:2] or what.isco.startswith(want)
                                    for want in who.wants)  # fmt: skip

    def _may_start_until(self, who: Person, what: Job) -> date:
        rights = [
            each.valid_until or date.max
            for each in self.region.rights
            if each.person == who.id
            and each.measure in what.measures
            and each.state is RightState.GRANTED
            and each.granted_on <= self.region.date
        ]
        by_right = max(rights, default=date.min) if what.measures else date.max
        return min(by_right, who.permit_until or date.max)

    def _strained(self, who: Person, what: Job) -> bool:
        at_night = any(self._touches(self.rules.night, s, s + n) for s, n in _shifts(what))
        return any(STRAIN_OF.get(need) in what.strains for need in who.needs) or (
            Need.NO_NIGHT in who.needs and at_night
        )

    # ---- one bundle ---------------------------------------------------------------------------

    def _until(self, who: Person, what: Job, rows: Sequence[Any]) -> date | None:
        """Until when the day of a bundle can begin; None when the bundle is not enough."""
        courses = [row for row in rows if isinstance(row, Course)]
        sites = [row for row in rows if isinstance(row, Childcare)]
        if len(sites) > 1 or not self._knows(who, what, courses):
            return None
        days = [
            (out, index, family.until)
            for index, way in enumerate(self._ways(who, rows))
            for out, family in [self._best_day(who, what, way, sites)]
            if family is not None
        ]
        return min(days)[2] if days else None

    def _knows(self, who: Person, what: Job, courses: Sequence[Course]) -> bool:
        taught = {(row.kind, row.teaches) for row in courses}
        skills = {code for kind, code in taught if kind is CourseKind.SKILL_COURSE}
        licences = {code for kind, code in taught if kind is CourseKind.DRIVING_LICENCE}
        return (
            set(what.skills) <= {*who.skills, *skills}
            and set(what.licences) <= {*who.licences, *licences}
            and any(self._speaks(who, what, row) for row in [None, *courses])
        )

    @staticmethod
    def _speaks(who: Person, what: Job, row: Course | None) -> bool:
        reached = LEVELS[0]
        if row is not None:
            entry = row.from_level
            if row.kind is not CourseKind.DUTCH_COURSE or entry is None:
                return False
            if LEVELS.index(who.dutch_speaking) < LEVELS.index(entry):
                return False
            reached = Level(row.teaches)
        return all(
            LEVELS.index(getattr(what, f"dutch_{skill}"))
            <= max(LEVELS.index(getattr(who, f"dutch_{skill}")), LEVELS.index(reached))
            for skill in SKILLS
        )

    def _ways(self, who: Person, rows: Sequence[Any]) -> Iterator[Way]:
        kinds = {row.kind for row in rows if self._serves(row, who)}
        cycles = who.cycling is Cycling.YES or (
            who.cycling is Cycling.LEARN and BikeKind.BIKE_LESSON in kinds
        )
        yield Way(TravelMode.WALK)
        if cycles and (Mode.BIKE in who.modes or BikeKind.BIKE in kinds):
            yield Way(TravelMode.BIKE)
        if cycles and (Mode.EBIKE in who.modes or BikeKind.EBIKE_LOAN in kinds):
            yield Way(TravelMode.EBIKE)
        if Mode.CAR in who.modes:
            yield Way(TravelMode.CAR)
        yield Way(TravelMode.BUS)
        for row in rows:
            if isinstance(row, ShuttleLine):
                yield Way(TravelMode.SHUTTLE, row)

    def _serves(self, row: Any, who: Person) -> bool:
        if not hasattr(row, "serves"):
            return False
        town = next(each.municipality for each in self.region.villages if each.id == who.village)
        return not row.serves or town in row.serves

    # ---- children -----------------------------------------------------------------------------

    def _children(self, who: Person) -> list[Child]:
        limit = self.rules.care_until_months
        return [
            each for each in self.region.children
            if each.person == who.id and self._age(each) < limit
        ]  # fmt: skip

    def _age(self, each: Child) -> int:
        day, born = self.region.date, each.birth_month
        return (day.year - born.year) * 12 + day.month - born.month

    def _families(self, who: Person, what: Job, sites: Sequence[Childcare]) -> Iterator[Family]:
        """With a site: first only the children without care there, then all of them."""
        children = self._children(who)
        first = self.first_day(who, what)
        if not sites:
            if all(_has_care(each, first) for each in children):
                yield self._family(children, (), None, first)
            return
        row = sites[0]
        if row not in self._near_sites(who, children):
            return
        bare = [each for each in children if not self._covers(each, what, first)]
        for brought in [bare, children] if bare else [children]:
            if all(row.age_from <= self._age(each) < row.age_to for each in brought):
                yield self._family(children, brought, row, first)

    def _near_sites(self, who: Person, children: Sequence[Child]) -> list[Childcare]:
        fitting = [
            row
            for row in self.region.childcare
            if any(row.age_from <= self._age(each) < row.age_to for each in children)
        ]
        fitting.sort(key=lambda row: _km((who.lon, who.lat), (row.lon, row.lat)))
        return fitting[: self.rules.nearest_sites]

    def _covers(self, each: Child, what: Job, first: date) -> bool:
        room = self.rules.stop_min if _is_brought(each) else 0
        return _has_care(each, first) and all(
            self._holds(each.care_hours, s - room, s + n + room) for s, n in _shifts(what)
        )

    def _family(
        self, children: Sequence[Child], brought: Sequence[Child], row: Childcare | None,
        first: date,
    ) -> Family:  # fmt: skip
        stops: dict[Place, tuple[Windows, ...]] = {}
        at_home, until = [], [date.max]
        for each in children:
            place, hours = _care_place(each), each.care_hours
            if each in brought and row is not None:
                place, hours = (row.lon, row.lat), row.hours
                if _is_brought(each) and _has_care(each, max(first, self._care_from(row))):
                    hours = hours.union(each.care_hours)
                    until.append(each.care_until or date.max)
            elif _has_care(each, first):
                until.append(each.care_until or date.max)
            else:
                hours = Windows(())
            if place is None:
                at_home.append(hours)
            else:
                stops[place] = (*stops.get(place, ()), hours)
        return Family(stops, tuple(at_home), min(until))

    # ---- one day ------------------------------------------------------------------------------

    def _best_day(
        self, who: Person, what: Job, way: Way, sites: Sequence[Childcare]
    ) -> tuple[int, Family | None]:
        """Minutes out of the shortest day that fits, and the family of that day."""
        for family in self._families(who, what, sites):
            days = [
                self._day(who, what, way, family, order) for order in permutations(family.stops)
            ]
            fitting = [day for day in days if day is not None]
            if fitting:
                return min(fitting), family
        return IMPOSSIBLE, None

    def _day(
        self, who: Person, what: Job, way: Way, family: Family, order: Sequence[Place]
    ) -> int | None:
        """Minutes out, or None when something does not fit on some shift."""
        home = (who.lon, who.lat)
        there = self._at_work(way, what, (home, *order)[-1], out=True)
        back = self._at_work(way, what, (home, *order)[-1], out=False)
        on_foot = TravelMode.WALK if way.line else way.mode
        road = [self._trip(on_foot, a, b) for a, b in zip((home, *order), order, strict=False)]
        fixed = sum(road) + self.rules.stop_min * len(order)
        if max(there, back) + fixed > self._accepts(who, way.mode):
            return None
        for start, length in _shifts(what):
            leave, home_again = start - there - fixed, start + length + back + fixed
            needs = [(who.away, leave, home_again)]
            needs += [(hours, leave, home_again) for hours in family.at_home]
            if way.mode is TravelMode.BUS:
                needs.append((self.rules.bus_hours, leave, home_again))
            clock, clock_back = leave, home_again
            for stop, minutes in zip(order, road, strict=True):
                clock, clock_back = clock + minutes, clock_back - minutes
                needs += [(hours, clock, clock_back) for hours in family.stops[stop]]
                clock += self.rules.stop_min
                clock_back -= self.rules.stop_min
            if not all(self._holds(*need) for need in needs):
                return None
        return there + fixed

    def _accepts(self, who: Person, mode: TravelMode) -> int:
        return who.max_travel_min or self.rules.accept_min[mode]

    def _at_work(self, way: Way, what: Job, place: Place, *, out: bool) -> int:
        if way.line is None:
            return self._trip(way.mode, place, (what.lon, what.lat))
        line = way.line
        walk = self._trip(TravelMode.WALK, place, (line.from_lon, line.from_lat))
        if walk > self.rules.shuttle_walk_min:
            return IMPOSSIBLE
        waits = [self._wait(line, what, shift, out=out) for shift in _shifts(what)]
        return walk + line.ride_min + max(waits)

    def _wait(self, line: ShuttleLine, what: Job, shift: tuple[int, int], *, out: bool) -> int:
        """Minutes between the stop at work and a shift, by the run with the least wait."""
        stop = (line.to_lon, line.to_lat)
        walk = self._trip(TravelMode.WALK, stop, (what.lon, what.lat))
        if walk > self.rules.shuttle_walk_min:
            return IMPOSSIBLE
        start, end = shift[0], sum(shift)
        wanted = Direction.TO_WORK if out else Direction.HOME
        moments = [
            list(Day).index(day) * 24 * 60 + each.time
            for each in self.region.shuttle_runs
            if each.line == line.id and each.direction is wanted
            for day in each.days
        ]
        waits = [(start - at if out else at - end) % WEEK for at in moments]
        return min(
            (each for each in waits if walk <= each <= walk + self.rules.shuttle_wait_min),
            default=IMPOSSIBLE,
        )

    def _trip(self, mode: TravelMode, one: Place, other: Place) -> int:
        key = (mode, one, other)
        if key not in self._minutes:
            found = self._times.minutes((mode,), np.array([one]), np.array([other]))
            self._minutes[key] = int(found[0, 0, 0])
        return self._minutes[key]

    # ---- dates --------------------------------------------------------------------------------

    def _starts(self, who: Person, what: Job, rows: Iterable[str], until: date) -> bool:
        start, last = self.first_day(who, what), min(until, what.start_to)
        for row in (self._rows[name] for name in rows):
            if isinstance(row, Course):
                start = max(start, row.starts_on + timedelta(weeks=row.weeks))
            elif isinstance(row, Childcare):
                start = max(start, self._care_from(row))
                last = min(last, self._care_until(row))
            else:
                start = max(start, self.region.date + timedelta(days=row.wait_days))
        return start <= min(last, self._may_start_until(who, what))

    def _care_from(self, row: Childcare) -> date:
        return self.region.date + timedelta(days=row.wait_days + self.rules.settling_days)

    def _care_until(self, row: Childcare) -> date:
        first = self.region.date + timedelta(days=row.wait_days)
        terms = {
            ChildcareMode.FLEX: timedelta(weeks=self.rules.flex_weeks),
            ChildcareMode.URGENT: timedelta(days=round(30.44 * self.rules.urgent_months)),
        }
        by_term = first + terms[row.mode] if row.mode in terms else date.max
        return min(by_term, row.valid_until or date.max)

    # ---- the week -----------------------------------------------------------------------------

    def _holds(self, hours: Windows, first: int, end: int) -> bool:
        """Whether every minute of a stretch lies within some hours."""
        needed = _stretch(first, end - first)
        return needed & self._open(hours) == needed

    def _touches(self, hours: Windows, first: int, end: int) -> bool:
        return bool(_stretch(first, end - first) & self._open(hours))

    def _open(self, hours: Windows) -> int:
        if hours not in self._bits:
            bits = 0
            for start, length in hours.spans:
                bits |= _stretch(start, length)
            self._bits[hours] = bits
        return self._bits[hours]


def _stretch(first: int, length: int) -> int:
    """A stretch of the week, one bit per minute."""
    bits = ((1 << min(length, WEEK)) - 1) << (first % WEEK)
    return (bits | bits >> WEEK) & ((1 << WEEK) - 1)


def _shifts(what: Job) -> list[tuple[int, int]]:
    return sorted({span for week in what.shifts for span in week.spans})


def _is_brought(each: Child) -> bool:
    return each.care in (CareKind.CHILDCARE, CareKind.SCHOOL)


def _has_care(each: Child, day: date) -> bool:
    return each.care is not CareKind.NONE and (each.care_until is None or day <= each.care_until)


def _care_place(each: Child) -> Place | None:
    if _is_brought(each) and each.care_lon is not None and each.care_lat is not None:
        return each.care_lon, each.care_lat
    return None


def _km(one: Place, other: Place) -> float:
    """Good enough to tell which of two sites is nearer."""
    return ((one[0] - other[0]) * 0.629) ** 2 + (one[1] - other[1]) ** 2
