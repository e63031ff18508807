"""Day trips: home, childcare, work and back, in every way that a person can go.

A *way* is a mode of travel with the levers it needs; own ways need none. A *stop* is a place
where children are left. All trips of one person are arrays over ways and jobs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from koempel.region.levers.shuttle import Shuttles
from koempel.region.outcome import TravelMode
from koempel.region.rows import Mode, Person
from koempel.region.rules import Rules
from koempel.region.setting import MODES, Flags, Place, Setting
from koempel.region.shifts import IntArray, Slack
from koempel.region.travel import FAR, Minutes

ON_FOOT = MODES.index(TravelMode.WALK)


@dataclass(frozen=True, slots=True)
class Way:
    """A mode with the item bundles that each make it possible; an own way has one empty bundle.

    For a shuttle the item depends on the job: `line` tells where to look it up.
    """

    mode: TravelMode
    bundles: tuple[tuple[int, ...], ...] = ((),)
    line: int = -1

    @property
    def is_own(self) -> bool:
        """Whether no lever is needed."""
        return self.line < 0 and self.bundles == ((),)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where children are left, with the room that their care leaves around each shift.

    Attributes
    ----------
    place : int
        Row of the place in the tables of minutes; 0 is home.
    slack : Slack
        Per job.
    """

    place: int
    slack: Slack


@dataclass(frozen=True, slots=True)
class Trips:
    """Trips of one person along some stops, for every way (row) and job (column).

    Attributes
    ----------
    out_min, back_min : ndarray of shape (n_ways, n_jobs), int32
        Minutes from home to the start of work and back, stops included.
    in_time : ndarray of bool
        Where the trip is no longer than the person accepts.
    fits : ndarray of bool
        Where it is in time and all hours along it fit.
    at_care : ndarray of shape (2, n_ways, n_jobs), int32
        Minutes that children are at the last listed stop before the shift and after it; 0
        without stops.
    """

    out_min: IntArray
    back_min: IntArray
    in_time: Flags
    fits: Flags
    at_care: IntArray

    @property
    def reached(self) -> Flags:
        """Jobs to which some way fits."""
        return in_some_way(self.fits)

    def at(self, jobs: IntArray) -> "Trips":
        """The trips to some jobs."""
        return Trips(
            self.out_min.take(jobs, axis=1),
            self.back_min.take(jobs, axis=1),
            self.in_time.take(jobs, axis=1),
            self.fits.take(jobs, axis=1),
            self.at_care.take(jobs, axis=2),
        )

    def by(self, ways: slice) -> "Trips":
        """The trips in some ways."""
        return Trips(
            self.out_min[ways],
            self.back_min[ways],
            self.in_time[ways],
            self.fits[ways],
            self.at_care[:, ways],
        )


@dataclass(frozen=True, slots=True)
class Legs:
    """Minutes of the parts of a trip.

    Attributes
    ----------
    from_home : ndarray of shape (n_ways, n_places)
        From home to each place.
    between : ndarray of shape (n_ways, n_places, n_places)
    to_work, to_home : ndarray of shape (n_ways, n_places, n_jobs)
        From each place to the start of work, and from the end of work to each place.
    """

    from_home: Minutes
    between: Minutes
    to_work: Minutes
    to_home: Minutes

    def to(self, jobs: IntArray) -> "Legs":
        """The legs of trips to some jobs."""
        return Legs(
            self.from_home,
            self.between,
            self.to_work.take(jobs, axis=2),
            self.to_home.take(jobs, axis=2),
        )


def in_some_way(flags: Flags) -> Flags:
    """Jobs with a flag in any way."""
    found: Flags = np.logical_or.reduce(flags, axis=0)
    return found


def own_ways(person: Person) -> list[Way]:
    """Ways that need no lever: walking, the bus, and what the person owns."""
    owned = {
        TravelMode.BIKE: Mode.BIKE in person.modes and person.cycling == "YES",
        TravelMode.EBIKE: Mode.EBIKE in person.modes and person.cycling == "YES",
        TravelMode.CAR: Mode.CAR in person.modes,
    }
    return [Way(mode) for mode in MODES if owned.get(mode, True)]


def measure_legs(
    setting: Setting,
    shuttles: Shuttles,
    ways: Sequence[Way],
    places: Sequence[Place],
    home_to_jobs: Minutes,
) -> Legs:
    """Minutes of all parts of the trips of one person.

    Parameters
    ----------
    places : sequence of (lon, lat)
        Home first, then the stops.
    home_to_jobs : ndarray of shape (n_modes, n_jobs)
        Minutes from home to every job.
    """
    to_jobs = np.stack([home_to_jobs, *map(setting.minutes_from, places[1:])], axis=1)
    among = setting.minutes_among(tuple(places))
    rows = [ON_FOOT if way.line >= 0 else MODES.index(way.mode) for way in ways]
    to_work = to_home = to_jobs[rows]
    if any(way.line >= 0 for way in ways):
        to_home = to_work.copy()
        _put_shuttles(setting, shuttles, ways, places, to_work, to_home)
    return Legs(among[rows, 0], among[rows], to_work, to_home)


def _put_shuttles(
    setting: Setting,
    shuttles: Shuttles,
    ways: Sequence[Way],
    places: Sequence[Place],
    to_work: Minutes,
    to_home: Minutes,
) -> None:
    walks = np.stack([shuttles.walks_from(place) for place in places])
    for row, way in enumerate(ways):
        if way.line >= 0:
            to_work[row] = np.minimum(walks[:, way.line, None] + shuttles.out_min[way.line], FAR)
            to_home[row] = np.minimum(walks[:, way.line, None] + shuttles.back_min[way.line], FAR)


class Traveller:
    """One person's ways and limits, ready to make trips.

    Parameters
    ----------
    accept_min : ndarray of shape (n_ways,)
        Longest trip accepted in each way.
    hours : Slack
        When the person can be away, per job.
    bus : Slack
        When the bus runs, per job.
    """

    def __init__(self, ways: Sequence[Way], accept_min: IntArray, hours: Slack, bus: Slack) -> None:
        self.ways = tuple(ways)
        self.accept_min = accept_min
        self.hours = hours
        self.bus = bus
        self._bus_rows = [row for row, way in enumerate(ways) if way.mode is TravelMode.BUS]

    def to(self, jobs: IntArray) -> "Traveller":
        """The same traveller, for some jobs only."""
        return Traveller(self.ways, self.accept_min, self.hours.at(jobs), self.bus.at(jobs))

    def trips(
        self, legs: Legs, stops: Sequence[Stop], stop_min: int, at_home: Sequence[Slack] = ()
    ) -> Trips:
        """Make the best trips along all stops, in whichever order suits each job.

        Parameters
        ----------
        stops : sequence of Stop
            Distinct places; the order does not matter.
        stop_min : int
            Minutes that one stop takes.
        at_home : sequence of Slack
            Hours of care at home: they must hold the whole time away.
        """
        best: Trips | None = None
        for order in permutations(stops):
            trips = self._along(legs, order, stop_min, at_home, stops)
            best = trips if best is None else better(best, trips)
        assert best is not None  # even no stops have one order
        return best

    def _along(
        self,
        legs: Legs,
        order: Sequence[Stop],
        stop_min: int,
        at_home: Sequence[Slack],
        stops: Sequence[Stop],
    ) -> Trips:
        last = order[-1].place if order else 0
        before, after = legs.to_work[:, last], legs.to_home[:, last]
        fits = np.ones(before.shape, bool)
        at_care = np.zeros((2, *before.shape), np.int32)
        for index in range(len(order) - 1, -1, -1):
            stop = order[index]
            before, after = before + stop_min, after + stop_min
            fits &= stop.slack.fits(before, after)
            if stop is stops[-1]:
                at_care = np.stack([before, after])
            step = self._leg_before(legs, order, index)
            before, after = before + step, after + step
        fits &= self.hours.fits(before, after)
        for slack in at_home:
            fits &= slack.fits(before, after)
        for row in self._bus_rows:
            fits[row] &= self.bus.fits(before[row], after[row])
        in_time = np.maximum(before, after) <= self.accept_min[:, None]
        return Trips(before, after, in_time, in_time & fits, at_care)

    def _leg_before(self, legs: Legs, order: Sequence[Stop], index: int) -> Minutes:
        here = order[index].place
        if index == 0:
            return legs.from_home[:, here, None]
        return legs.between[:, order[index - 1].place, here, None]


def better(one: Trips, other: Trips) -> Trips:
    """Take each trip from whichever fits, and among fitting ones the shorter."""
    cost_one = np.where(one.fits, 0, FAR) + np.maximum(one.out_min, one.back_min)
    cost_other = np.where(other.fits, 0, FAR) + np.maximum(other.out_min, other.back_min)
    take = cost_other < cost_one
    return Trips(
        np.where(take, other.out_min, one.out_min),
        np.where(take, other.back_min, one.back_min),
        one.in_time | other.in_time,
        one.fits | other.fits,
        np.where(take[None], other.at_care, one.at_care),
    )


def accepted(person: Person, ways: Sequence[Way], rules: Rules) -> IntArray:
    """Longest trip that a person accepts in each way, minutes; the own limit wins."""
    limits = [person.max_travel_min or rules.accept_min[way.mode] for way in ways]
    return np.array(limits, np.int32)
