"""Who can reach which job: with own means, with which levers, or what ties.

For one person at a time, over all jobs. The result lists the *minimal* bundles of levers: a bundle
stands in it only when no part of it would do. Ways of travel and childcare places are weighed
together, since the stop at the childcare lengthens the trip; courses are independent of both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from itertools import islice

import numpy as np
import numpy.typing as npt

from koempel.region.levers.bike import Bikes
from koempel.region.levers.childcare import CareSites, Site
from koempel.region.levers.course import Courses
from koempel.region.levers.shuttle import Shuttles
from koempel.region.levers.stock import FOREVER, Stock
from koempel.region.obstacles.registry import (
    BIT,
    CARE,
    COURSES,
    HARD,
    MOBILITY,
    Masks,
    own_obstacles,
)
from koempel.region.outcome import ObstacleKind, TravelMode
from koempel.region.rows import Childcare, CourseKind, Person
from koempel.region.seeker import PLACES, ChildFacts, Seeker, tighter
from koempel.region.setting import Flags, Setting
from koempel.region.shifts import IntArray, Slack
from koempel.region.travel import FAR, Minutes, distance_km
from koempel.region.trips import Stop, Trips, Way, in_some_way
from koempel.region.windows import Windows

ALL_MODES = tuple(TravelMode)

CARE_STEP_MIN = 15
"""Time at the childcare is counted in steps of so many minutes, rounded up."""

NO_ITEM = -1

Combos = dict[int, tuple[tuple[int, ...], ...]]
"""Sets of courses by number of a demand."""

TAUGHT = {
    CourseKind.DUTCH_COURSE: ObstacleKind.LANGUAGE,
    CourseKind.SKILL_COURSE: ObstacleKind.SKILL,
    CourseKind.DRIVING_LICENCE: ObstacleKind.LICENCE,
}
"""Which obstacle each kind of course removes."""


class Levers:
    """All levers of a region, with the stock that they take from."""

    def __init__(self, setting: Setting) -> None:
        self.stock = Stock()
        self.seats = [self.stock.add_resource(seat) for seat in setting.seats()]
        self.bikes = Bikes(setting.region, self.stock)
        self.care = CareSites(setting, self.stock)
        self.courses = Courses(setting, self.stock)
        self.shuttles = Shuttles(setting, self.stock)


@dataclass(frozen=True, slots=True)
class Ways:
    """Options of one person: parallel arrays, one entry per job and bundle.

    `mode` is an index into `ALL_MODES`; `start` the first day of work as an ordinal.
    """

    job: IntArray
    bundle: IntArray
    mode: IntArray
    out_min: IntArray
    back_min: IntArray
    start: IntArray


@dataclass(frozen=True, slots=True)
class Reach:
    """What stands between one person and every job, and the ways there.

    Attributes
    ----------
    own : ndarray of shape (n_jobs,), uint16
        Obstacles with own means, as bits (`obstacles.registry.BIT`); 0 where the job is reached.
    ties : ndarray of shape (n_jobs,), uint16
        Obstacles that no lever of today removes; 0 where there is a way. Where one obstacle bars
        a job for good, what lies behind it is looked at only for a person without any way.
    """

    seeker: Seeker
    own: Masks
    ties: Masks
    ways: Ways


class Explorer:
    """Finds the reach of any person of a region.

    Parameters
    ----------
    setting : Setting
    own : ndarray of uint16, shape (n_people, n_jobs), optional
        Obstacles with own means where they are known already, as `own_obstacles` finds them.
    """

    def __init__(self, setting: Setting, own: Masks | None = None) -> None:
        self.setting = setting
        self._own = own
        self.levers = Levers(setting)
        self._site_points = np.array(
            [(site.row.lon, site.row.lat) for site in self.levers.care.sites]
        ).reshape(-1, 2)

    def reach(self, person: int) -> Reach:
        """Reach of one person."""
        return self._reach(person)

    def everybody(self, chunk: int = 200) -> Iterator[Reach]:
        """Reach of each person in turn; travel times are made for so many homes at once."""
        n_people = len(self.setting.region.people)
        for first in range(0, n_people, chunk):
            minutes = self.setting.homes_to_jobs(first, first + chunk)
            for offset in range(minutes.shape[1]):
                yield self._reach(first + offset, minutes[:, offset])

    def own_obstacles(self, seeker: Seeker) -> Masks:
        """Obstacles of a person with own means, for every job."""
        return own_obstacles(seeker) if self._own is None else self._own[seeker.index]

    def seeker(self, person: int) -> Seeker:
        """One person, without the search for ways."""
        return self._seeker(person)

    def _reach(self, person: int, to_jobs: Minutes | None = None) -> Reach:
        return _Search(self, self._seeker(person, to_jobs)).run()

    def _seeker(self, person: int, to_jobs: Minutes | None = None) -> Seeker:
        ways = self._lever_ways(self.setting.region.people[person])
        shuttles = self.levers.shuttles
        return Seeker(self.setting, shuttles, person, to_jobs=to_jobs, lever_ways=ways)

    def _lever_ways(self, person: Person) -> list[Way]:
        municipality = self.setting.municipality_of[person.village]
        rides = self.levers.bikes.ways(person, municipality)
        ways = [Way(mode, bundles) for mode, bundles in rides.items() if bundles]
        return ways + [Way(TravelMode.SHUTTLE, line=line) for line in self._lines(person)]

    def _lines(self, person: Person) -> list[int]:
        """Shuttle lines with a pick-up within a walk of home, or of a place of care."""
        if not len(self.levers.shuttles.pick_ups):
            return []
        children = self.setting.children_of.get(person.id, ())
        if children:
            return list(range(len(self.levers.shuttles.pick_ups)))
        walks = self.levers.shuttles.walks_from((person.lon, person.lat))
        return np.flatnonzero(walks < FAR).tolist()

    def near_sites(self, seeker: Seeker) -> list[int]:
        """The nearest sites that take the age of some child of the person."""
        if not len(self._site_points):
            return []
        km = distance_km(np.array([seeker.home]), self._site_points)[0]
        fitting = (
            site
            for site in np.argsort(km, kind="stable").tolist()
            if any(_takes(self.levers.care.sites[site].row, child) for child in seeker.children)
        )
        return list(islice(fitting, self.setting.rules.nearest_sites))


def _takes(row: Childcare, child: ChildFacts) -> bool:
    return row.age_from <= child.age_months < row.age_to


@dataclass(slots=True)
class _Piece:
    """Options found together: some jobs, one way, and a care item per job.

    `until` is the last day of the present care that each option counts on.
    """

    job: IntArray
    way: Way
    mode: IntArray
    care: IntArray
    until: IntArray
    out_min: IntArray
    back_min: IntArray


class _Search:
    """The search for the ways of one person."""

    def __init__(self, explorer: Explorer, seeker: Seeker) -> None:
        self._explorer = explorer
        self._levers = explorer.levers
        self._setting = explorer.setting
        self._seeker = seeker
        self._ways = seeker.traveller.ways
        self._n_own = seeker.own_ways.stop
        self._modes = np.array([ALL_MODES.index(way.mode) for way in self._ways], np.int32)
        self._smaller = [_smaller(way, self._ways) for way in self._ways]

    def run(self) -> Reach:
        own = self._explorer.own_obstacles(self._seeker)
        combos = self._course_combos(own)
        ties = self._first_ties(own)
        alive = np.flatnonzero((ties & (HARD | COURSES)) == 0).astype(np.int32)
        pieces = list(self._pieces(alive))
        ways = self._options(pieces, combos, self._seeker.last_start)
        ties[alive] = self._last_ties(own, ties, pieces, ways)[alive]
        if not len(ways.job):
            ties = self._behind(own, ties)
        return Reach(self._seeker, own, ties, ways)

    # ---- courses ------------------------------------------------------------------------------

    def _course_combos(self, own: Masks) -> Combos:
        """Sets of courses for each demand that the person misses."""
        seeker = self._seeker
        open_but_for_courses = ((own & COURSES) != 0) & ((own & HARD) == 0)
        missed = np.unique(self._setting.jobs.demand[open_but_for_courses])
        return {
            int(number): self._levers.courses.bundles(
                seeker.levels, seeker.skills, seeker.licences, self._setting.demands[number]
            )
            for number in missed
        }

    # ---- what ties ----------------------------------------------------------------------------

    def _first_ties(self, own: Masks) -> Masks:
        ties = own & np.uint16(HARD)
        ties |= own & self._untaught()
        by_lever = self._seeker.direct.reached
        ties |= ~by_lever * (own & np.uint16(MOBILITY))
        return ties

    def _untaught(self) -> Masks:
        """What no course teaches, per job."""
        seeker = self._seeker
        bits = np.zeros(len(self._setting.demands), np.uint16)
        untaught = self._levers.courses.untaught(seeker.levels, seeker.skills, seeker.licences)
        for kind, flags in untaught.items():
            bits |= flags * BIT[TAUGHT[kind]]
        return bits[self._setting.jobs.demand]

    def _last_ties(self, own: Masks, ties: Masks, pieces: list[_Piece], ways: Ways) -> Masks:
        """What still ties jobs that nothing hard and no course bars."""
        reached = np.zeros(self._setting.n_jobs, bool)
        reached[ways.job] = True
        travelled = np.zeros(self._setting.n_jobs, bool)
        for piece in pieces:
            travelled[piece.job] = True
        stuck = np.where(ties == 0, own & np.uint16(MOBILITY | CARE), ties)
        blocked = np.where(travelled, BIT[ObstacleKind.START_DATE], stuck)
        return ~reached * blocked

    def _behind(self, own: Masks, ties: Masks) -> Masks:
        """What would still tie if the one thing that ties were lifted.

        Without this, lifting it would promise jobs that the road, the care or a date shuts.
        """
        found = ties.copy()
        alone = np.bitwise_count(ties) == 1
        last_start = self._last_start_without(ties)
        for group in (HARD, *(int(BIT[kind]) for kind in TAUGHT.values())):
            jobs = np.flatnonzero(alone & ((ties & group) != 0)).astype(np.int32)
            if len(jobs):
                pieces = list(self._pieces(jobs))
                ways = self._options(pieces, self._combos_without(group, jobs), last_start)
                lifted = ties & ~np.uint16(group)
                found[jobs] |= self._last_ties(own, lifted, pieces, ways)[jobs]
        return found

    def _combos_without(self, lifted: int, jobs: IntArray) -> Combos:
        """Sets of courses for some jobs if some obstacles were lifted."""
        seeker = self._seeker
        language, skill, licence = (lifted & int(BIT[kind]) for kind in TAUGHT.values())
        combos: Combos = {}
        for number in np.unique(self._setting.jobs.demand[jobs]).tolist():
            demand = self._setting.demands[number]
            combos[number] = self._levers.courses.bundles(
                demand.levels if language else seeker.levels,
                demand.skills if skill else seeker.skills,
                demand.licences if licence else seeker.licences,
                demand,
            )
        return combos

    def _last_start_without(self, ties: Masks) -> IntArray:
        """Last day on which each job can start, but for the dates that tie it."""
        seeker = self._seeker
        limits = {
            ObstacleKind.START_DATE: self._setting.jobs.start_to,
            ObstacleKind.RIGHT: seeker.right_until,
            ObstacleKind.WORK_PERMIT: np.full(len(ties), seeker.permit_until, np.int32),
        }
        last = np.full(len(ties), FOREVER, np.int32)
        for kind, limit in limits.items():
            last = np.where((ties & BIT[kind]) != 0, last, np.minimum(last, limit))
        # Who is too late today would start on another day: no date can be said.
        return np.where((ties & BIT[ObstacleKind.START_DATE]) != 0, np.int32(FOREVER), last)

    # ---- travel and childcare together --------------------------------------------------------

    def _pieces(self, alive: IntArray) -> Iterator[_Piece]:
        """Options by travel and care, minimal ones only."""
        if not len(alive):
            return
        plain = self._seeker.chained.at(alive)
        own = in_some_way(plain.fits[: self._n_own])
        yield self._own_piece(alive, plain, own, None)
        for row in range(self._n_own, len(self._ways)):
            found = plain.fits[row] & ~own & ~self._by_less(plain, row)
            if found.any():
                yield self._way_piece(alive, plain, row, found, None)
        # A site helps with what own means do not reach; often that is nothing.
        if self._seeker.children and not own.all():
            for site in self._explorer.near_sites(self._seeker):
                yield from self._site_pieces(alive, site, own, plain)

    def _by_less(self, trips: Trips, row: int) -> Flags:
        """Jobs that a way reaches with only a part of the levers of another way."""
        return in_some_way(trips.fits[self._smaller[row]])

    def _site_pieces(
        self, alive: IntArray, site: int, own: Flags, plain: Trips
    ) -> Iterator[_Piece]:
        """Options that leave some children at a site, where no part of them would do."""
        trips, brought = self._site_trips(alive, site, ~own)
        by_site = in_some_way(trips.fits[: self._n_own]) & ~own
        yield self._own_piece(alive, trips, by_site, (site, brought))
        for row in range(self._n_own, len(self._ways)):
            by_less = plain.fits[row] | self._by_less(plain, row) | self._by_less(trips, row)
            found = trips.fits[row] & ~own & ~by_site & ~by_less
            if found.any():
                yield self._way_piece(alive, trips, row, found, (site, brought))

    def _site_trips(self, alive: IntArray, site: int, wanted: Flags) -> tuple[Trips, IntArray]:
        """Best trips past a site, and the children brought there as bits."""
        shape = (len(self._ways), len(alive))
        minutes, fits = np.zeros((4, *shape), np.int32), np.zeros(shape, bool)
        brought = np.zeros(shape, np.int32)
        for mask, group in self._groups(alive, site, wanted):
            trips = self._bring(site, mask, alive[group])
            take = trips.fits & ~fits[:, group]
            new = np.stack([trips.out_min, trips.back_min, *trips.at_care])
            minutes[:, :, group] = np.where(take, new, minutes[:, :, group])
            brought[:, group] = np.where(take, mask, brought[:, group])
            fits[:, group] |= take
        return Trips(minutes[0], minutes[1], fits, fits, minutes[2:]), brought

    def _groups(self, alive: IntArray, site: int, wanted: Flags) -> Iterator[tuple[int, IntArray]]:
        """Which children to bring for which jobs: those without care, else all of them.

        A child that its present care covers may still go along, when that shortens the trip.
        """
        children = self._seeker.children
        row = self._levers.care.sites[site].row
        code = np.zeros(len(alive), np.int64)
        for bit, child in enumerate(children):
            code |= np.where(child.covered[alive], 0, 1 << bit)
        everyone = (1 << len(children)) - 1
        for mask in [*(m for m in np.unique(code).tolist() if 0 < m < everyone), everyone]:
            if all(_takes(row, child) for child in self._children(mask)):
                group = np.flatnonzero(wanted & ((code == mask) | (mask == everyone)))
                if len(group):
                    yield mask, group.astype(np.int32)

    def _children(self, mask: int) -> tuple[ChildFacts, ...]:
        return tuple(c for bit, c in enumerate(self._seeker.children) if mask >> bit & 1)

    def _bring(self, site: int, mask: int, jobs: IntArray) -> Trips:
        """Trips that bring some children to a site and the others to their present care."""
        seeker = self._seeker
        brought = self._children(mask)
        others = tuple(child for child in seeker.children if child not in brought)
        places, stops, at_home = seeker.present_stops(others)
        site_row = self._levers.care.sites[site]
        spot, slack = (site_row.row.lon, site_row.row.lat), self._site_slack(site_row, brought)
        if spot in places[1:]:
            known = stops.pop(places.index(spot, 1) - 1)
            # The stop at the site comes last: its time at the care is asked for.
            stops.append(Stop(known.place, tighter(known.slack, slack)))
        else:
            stops.append(Stop(len(places), slack))
            places.append(spot)
        legs = seeker.legs(places)
        return seeker.traveller.to(jobs).trips(
            legs.to(jobs),
            [Stop(stop.place, stop.slack.at(jobs)) for stop in stops],
            self._setting.rules.stop_min,
            [slack.at(jobs) for slack in at_home],
        )

    def _site_slack(self, site: Site, brought: tuple[ChildFacts, ...]) -> Slack:
        """Room that the site leaves, together with the school or care that a child has."""
        return reduce(tighter, (self._child_slack(site, child) for child in brought))

    def _child_slack(self, site: Site, child: ChildFacts) -> Slack:
        patterns, pattern = self._setting.patterns, self._setting.jobs.pattern
        bare = patterns.slack(site.row.hours).at(pattern)
        more = patterns.slack(site.row.hours.union(child.row.care_hours)).at(pattern)
        has_both = self._has_elsewhere(site, child)
        return Slack(
            np.where(has_both, more.before, bare.before),
            np.where(has_both, more.after, bare.after),
        )

    def _has_elsewhere(self, site: Site, child: ChildFacts) -> Flags:
        """Jobs for which a child still has its school or care when the site begins."""
        if child.row.care not in PLACES:
            return np.zeros(self._setting.n_jobs, bool)
        begins: Flags = np.maximum(self._seeker.first_day, site.ready) <= child.until
        return begins

    # ---- from trips to pieces -----------------------------------------------------------------

    def _own_piece(
        self, alive: IntArray, trips: Trips, found: Flags, care: "_Care | None"
    ) -> _Piece:
        """A piece by own means: the quickest own mode for each job."""
        at = np.flatnonzero(found)
        rows = slice(0, self._n_own)
        minutes = np.where(trips.fits[rows, at], trips.out_min[rows, at], 10**6)
        best = minutes.argmin(axis=0)
        return self._piece(alive, trips, best, at, Way(TravelMode.WALK), self._modes[best], care)

    def _way_piece(
        self, alive: IntArray, trips: Trips, row: int, found: Flags, care: "_Care | None"
    ) -> _Piece:
        """A piece by a lever."""
        at = np.flatnonzero(found)
        mode = np.full(len(at), self._modes[row])
        return self._piece(alive, trips, np.full(len(at), row), at, self._ways[row], mode, care)

    def _piece(
        self,
        alive: IntArray,
        trips: Trips,
        rows: npt.NDArray[np.int64],
        at: npt.NDArray[np.int64],
        way: Way,
        mode: IntArray,
        care: "_Care | None",
    ) -> _Piece:
        jobs = alive[at]
        return _Piece(
            jobs,
            way,
            mode,
            self._care_items(jobs, trips, rows, at, care),
            self._care_until(jobs, rows, at, care),
            trips.out_min[rows, at],
            trips.back_min[rows, at],
        )

    def _care_items(
        self,
        jobs: IntArray,
        trips: Trips,
        rows: npt.NDArray[np.int64],
        at: npt.NDArray[np.int64],
        care: "_Care | None",
    ) -> IntArray:
        """Item of the places at the site, for each option; -1 without a site."""
        if care is None or not len(at):
            return np.full(len(at), NO_ITEM, np.int32)
        site, brought = care
        steps = -(-trips.at_care[:, rows, at] // CARE_STEP_MIN)
        elsewhere = self._with_elsewhere(site, jobs)
        keys = np.stack([self._setting.jobs.pattern[jobs], *steps, brought[rows, at], elsewhere])
        items = [self._care_item(site, *key) for key in keys.T.tolist()]
        return np.array(items, np.int32)

    def _care_item(
        self, site: int, pattern: int, before: int, after: int, mask: int, with_elsewhere: int
    ) -> int:
        elsewhere = tuple(
            child.row.care_hours if with_elsewhere >> bit & 1 else Windows(())
            for bit, child in enumerate(self._seeker.children)
            if mask >> bit & 1
        )
        return self._levers.care.item(
            site, pattern, before * CARE_STEP_MIN, after * CARE_STEP_MIN, elsewhere
        )

    def _with_elsewhere(self, site: int, jobs: IntArray) -> IntArray:
        """Children that keep their school or care beside a site, as bits, for some jobs."""
        bits = np.zeros(len(jobs), np.int32)
        for bit, child in enumerate(self._seeker.children):
            has_both = self._has_elsewhere(self._levers.care.sites[site], child)[jobs]
            bits |= np.where(has_both, np.int32(1 << bit), np.int32(0))
        return bits

    def _care_until(
        self,
        jobs: IntArray,
        rows: npt.NDArray[np.int64],
        at: npt.NDArray[np.int64],
        care: "_Care | None",
    ) -> IntArray:
        """Last day of the present care that each option counts on, since levers take time."""
        site, brought = care or (NO_ITEM, None)
        mask = np.zeros(len(jobs), np.int32) if brought is None else brought[rows, at]
        kept = ~mask if brought is None else ~mask | self._with_elsewhere(site, jobs)
        until = np.full(len(jobs), FOREVER, np.int32)
        for bit, child in enumerate(self._seeker.children):
            counts = (kept >> bit & 1) == 1
            until = np.where(counts, np.minimum(until, np.int32(child.until)), until)
        return until

    # ---- from pieces to options ---------------------------------------------------------------

    def _options(self, pieces: list[_Piece], combos: Combos, last_start: IntArray) -> Ways:
        """Options with their bundles, courses included, that can start in time."""
        parts = [part for piece in pieces for part in self._bundled(piece)]
        if not parts:
            empty = np.zeros(0, np.int32)
            return Ways(*[empty] * len(fields(Ways)))
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        job, bundle, until, mode, out_min, back_min = self._with_courses(columns, combos)
        ready, ends = self._levers.stock.terms(bundle)
        start = np.maximum(self._seeker.first_day[job], ready)
        ok = start <= np.minimum(np.minimum(last_start[job], ends), until)
        return Ways(job[ok], bundle[ok], mode[ok], out_min[ok], back_min[ok], start[ok])

    def _bundled(self, piece: _Piece) -> Iterator[tuple[IntArray, ...]]:
        """Columns of the options of a piece, for each of the bundles of its way."""
        if not len(piece.job):
            return
        rides = [NO_ITEM] * len(piece.job)
        if piece.way.line >= 0:
            rides = self._levers.shuttles.item[piece.way.line, piece.job].tolist()
        pairs = list(zip(rides, piece.care.tolist(), strict=True))
        for items in piece.way.bundles:
            number = {
                pair: self._levers.stock.bundle((*items, *(i for i in pair if i != NO_ITEM)))
                for pair in dict.fromkeys(pairs)
            }
            bundle = np.array([number[pair] for pair in pairs], np.int32)
            yield piece.job, bundle, piece.until, piece.mode, piece.out_min, piece.back_min

    def _with_courses(self, columns: list[IntArray], combos: Combos) -> list[IntArray]:
        """Repeat each option for every set of courses that its job needs."""
        job, bundle = columns[0], columns[1]
        demand = self._setting.jobs.demand[job]
        is_missed = np.zeros(len(self._setting.demands), bool)
        is_missed[list(combos)] = True
        plain = np.flatnonzero(~is_missed[demand])
        rows, wider = [], []
        for number, at in _grouped(demand, np.flatnonzero(is_missed[demand])):
            numbers = bundle[at].tolist()
            for courses in combos[number]:
                rows += at
                wider += self._levers.stock.extended(numbers, courses)
        order = np.concatenate([plain, np.array(rows, np.int64)])
        bundles = np.concatenate([bundle[plain], np.array(wider, np.int32)])
        return [job[order], bundles, *(column[order] for column in columns[2:])]


def _grouped(keys: IntArray, rows: npt.NDArray[np.int64]) -> Iterator[tuple[int, list[int]]]:
    """Some rows by their key, keys and rows rising."""
    groups: dict[int, list[int]] = {}
    for row, key in zip(rows.tolist(), keys[rows].tolist(), strict=True):
        groups.setdefault(key, []).append(row)
    yield from sorted(groups.items())


_Care = tuple[int, IntArray]
"""A site, and the children brought there by way and job, as bits."""


def _smaller(way: Way, ways: Sequence[Way]) -> list[int]:
    """Rows of the ways that need only a part of the levers of this one.

    Who learns to cycle and owns a bike needs the lesson only, where the bike is quick enough.
    """
    if len(way.bundles[0]) < 2:
        return []
    return [
        row
        for row, other in enumerate(ways)
        if 0 < len(other.bundles[0]) < len(way.bundles[0])
        and all(any(set(part) < set(whole) for part in other.bundles) for whole in way.bundles)
    ]
