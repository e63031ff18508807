"""Everybody of a region in arrays, apart from any job: made once and kept."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from koempel.region.outcome import TravelMode
from koempel.region.rows import Cycling, Mode, Person
from koempel.region.rules import Rules
from koempel.region.setting import (
    MODES,
    Bits,
    Flags,
    forbidden_strains,
    is_granted,
    levels_of,
    measure_bit,
)
from koempel.region.shifts import IntArray
from koempel.region.tables import Region
from koempel.region.travel import CrowFly, Points, TravelTimes
from koempel.region.trips import Way, accepted, own_ways
from koempel.region.turnout.columns import Shared
from koempel.region.turnout.families import Families

NO_END = 10**6
"""The last day of what has none, as an ordinal."""

Rider = tuple[Cycling, tuple[Mode, ...], str]
"""What a depot looks at: whether somebody cycles, what somebody has, the municipality."""


class Rights:
    """Granted rights: whose, on which measure, and its last day."""

    def __init__(self, region: Region, row_of: dict[str, int]) -> None:
        granted = [
            right
            for right in region.rights
            if is_granted(right.state) and right.granted_on <= region.date
            if right.person in row_of
        ]
        self.person = np.array([row_of[right.person] for right in granted], np.int64)
        self.measure: Bits = np.array([measure_bit(right.measure) for right in granted], np.uint64)
        ends = [right.valid_until.toordinal() if right.valid_until else NO_END for right in granted]
        self.until: IntArray = np.array(ends, np.int32)


class Crowd:
    """People with their rights and children; arrays run over people.

    Parameters
    ----------
    region : Region
        Its jobs and levers are left aside, but for the places of childcare.
    times : TravelTimes, optional
        Source of travel times; the straight-line estimate when left out.
    """

    def __init__(self, region: Region, times: TravelTimes | None = None) -> None:
        people = region.people
        row_of = {person.id: row for row, person in enumerate(people)}
        self.region = region
        self.rules = Rules.on(region.parameters, region.date)
        self.times: TravelTimes = times or CrowFly(self.rules)
        self.homes: Points = np.array([(each.lon, each.lat) for each in people]).reshape(-1, 2)
        self.first_day = _first_days(people, region.date.toordinal())
        self.permit_until = _permits(people)
        self.forbidden: Bits = np.array([forbidden_strains(each) for each in people], np.uint64)
        self.hours_min = np.array([person.hours_min for person in people], float)
        self.hours_max = np.array([person.hours_max for person in people], float)
        self.away = Shared(person.away for person in people)
        self.wants = Shared(person.wants for person in people)
        self.cycling = Shared(person.cycling for person in people)
        self.levels = Shared(levels_of(person) for person in people)
        self.skills = Shared(person.skills for person in people)
        self.licences = Shared(person.licences for person in people)
        self.owns = _owned(people)
        self.accepts = _accepted(people, self.rules)
        self.riders, self.rider_rows = _riders(region)
        self.rights = Rights(region, row_of)
        self.families = Families(region, row_of, self.rules, self.times)

    def is_of(self, region: Region) -> bool:
        """Whether a region has the same people, rights, children and sites on the same day."""
        mine = self.region
        return mine is region or (
            mine.date == region.date
            and mine.people == region.people
            and mine.rights == region.rights
            and mine.children == region.children
            and mine.childcare == region.childcare
            and mine.villages == region.villages
            and mine.parameters == region.parameters
        )


def _first_days(people: Sequence[Person], today: int) -> IntArray:
    # Somebody may be free since last month: nobody starts before today.
    return np.array([max(each.available_from.toordinal(), today) for each in people], np.int32)


def _permits(people: Sequence[Person]) -> IntArray:
    ends = [each.permit_until.toordinal() if each.permit_until else NO_END for each in people]
    return np.array(ends, np.int32)


def _owned(people: Sequence[Person]) -> Flags:
    """Modes that need no lever, shape (n_modes, n_people)."""
    owned = np.zeros((len(MODES), len(people)), bool)
    for row, person in enumerate(people):
        for way in own_ways(person):
            owned[MODES.index(way.mode), row] = True
    return owned


def _accepted(people: Sequence[Person], rules: Rules) -> npt.NDArray[np.int32]:
    """Longest trip per mode, the shuttle last, shape (n_modes + 1, n_people)."""
    ways = [Way(mode) for mode in (*MODES, TravelMode.SHUTTLE)]
    limits = [accepted(person, ways, rules) for person in people]
    return np.array(limits, np.int32).reshape(-1, len(ways)).T


def _riders(region: Region) -> tuple[Shared[Rider], tuple[Person, ...]]:
    """What a depot looks at, and for each kind of rider one person of that kind."""
    town_of = {village.id: village.municipality for village in region.villages}
    bikes = (Mode.BIKE, Mode.EBIKE)
    keys = [
        (each.cycling, tuple(mode for mode in bikes if mode in each.modes), town_of[each.village])
        for each in region.people
    ]
    example = dict(zip(reversed(keys), reversed(region.people), strict=True))
    riders = Shared(keys)
    return riders, tuple(example[key] for key in riders.values)
