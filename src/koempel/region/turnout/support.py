"""Who could come to one job with levers; see `koempel.region.reach` for one person."""

import numpy as np

from koempel.region.levers.shuttle import NOBODY
from koempel.region.levers.stock import FOREVER
from koempel.region.obstacles.registry import HARD
from koempel.region.reach import Levers
from koempel.region.setting import MODES, Flags
from koempel.region.shifts import IntArray
from koempel.region.travel import FAR
from koempel.region.trips import in_some_way
from koempel.region.turnout.columns import Indices
from koempel.region.turnout.days import (
    ALONE,
    N_ROWS,
    NO_DAY,
    columns_of,
    days_of,
    together,
)
from koempel.region.turnout.families import NOWHERE
from koempel.region.turnout.own import N_MODES, Means
from koempel.region.turnout.sites import SiteRoads, Visits

_OWN = np.array([[0], [0], *[[NO_DAY]] * len(ALONE)], np.int32)
"""The days of a way that needs no lever."""


def lever_days(means: Means, levers: Levers, people: Indices) -> IntArray:
    """Days of the ways that levers give some people: bikes by the kind of rider, shuttles for all.

    Shape (n_ways, N_ROWS, n_people); rows are ways, as in `trips.Roads`.
    """
    riders = means.crowd.riders
    rider = riders.of_row[people]
    bikes = [
        levers.bikes.ways(person, town)
        for person, (_, _, town) in zip(means.crowd.rider_rows, riders.values, strict=True)
    ]
    rows = [
        columns_of([days_of(ways.get(mode, ()), levers.stock) for ways in bikes], rider)
        for mode in MODES
    ]
    anybody = np.zeros(len(people), np.int64)
    for item in levers.shuttles.item[:, means.job].tolist():
        bundles = [(item,)] if item != NOBODY else []
        rows.append(columns_of([days_of(bundles, levers.stock)], anybody))
    return np.stack(rows)


def course_days(means: Means, levers: Levers, people: Indices) -> IntArray:
    """Days of the courses that some people need; shape (N_ROWS, n_people)."""
    crowd, demand, setting = means.crowd, means.demand, means.setting
    has = (
        crowd.levels.of_row,
        crowd.skills.numbers(lambda words: demand.skills & setting.skills.mask(words)),
        crowd.licences.numbers(lambda words: demand.licences & setting.licences.mask(words)),
    )
    known, of_person = np.unique(np.stack(has)[:, people], axis=1, return_inverse=True)
    bundles = [
        levers.courses.bundles(crowd.levels.values[level], skills, licences, demand)
        for level, skills, licences in known.T.tolist()
    ]
    return columns_of([days_of(each, levers.stock) for each in bundles], of_person.reshape(-1))


class Support:
    """Which levers, or none, bring everybody to one job.

    A larger bundle never starts sooner than a part of it that does: unlike `reach`, nothing need be
    said here of which bundles are minimal.

    Attributes
    ----------
    can : ndarray of bool, shape (N_ROWS, n_people)
        Whether somebody can start in time, by the rows of `days`. Only who wants the work and is
        not barred for good is looked at; the others cannot.
    """

    def __init__(self, means: Means, levers: Levers) -> None:
        self._means, self._levers = means, levers
        people = np.flatnonzero((means.obstacles & np.uint16(HARD)) == 0)
        self._first = means.first_day[people]
        self._last = means.last_start[people]
        self._courses = course_days(means, levers, people)
        self._ways = lever_days(means, levers, people)
        self._owns = means.crowd.owns[:, people]
        self._fits = means.chained_fits[:, people]
        self._own = in_some_way(self._fits[:N_MODES] & self._owns)
        self._can = np.zeros((N_ROWS, len(people)), bool)
        parent = means.crowd.families.parent_of[people]
        self._by_present_care(parent)
        if levers.care.sites:
            self._by_sites(parent, SiteRoads(means, levers.care.sites))
        self.can: Flags = np.zeros((N_ROWS, len(means.first_day)), bool)
        self.can[:, people] = self._can

    def _by_present_care(self, parent: Indices) -> None:
        """Ways along the present care of the children, and of who has none."""
        families = self._means.crowd.families
        until = np.full(len(parent), FOREVER, np.int32)
        at = np.flatnonzero(parent != NOWHERE)
        until[at] = families.until[parent[at]].min(axis=1, initial=FOREVER)
        everybody = np.arange(len(parent))
        self._add(everybody, self._own, _OWN, until)
        for fits, days in zip(self._fits, self._ways, strict=True):
            self._add(everybody, fits & ~self._own, days, until)

    def _by_sites(self, parent: Indices, roads: SiteRoads) -> None:
        """Ways past each of the sites near home, for parents who cannot come without."""
        at = np.flatnonzero((parent != NOWHERE) & ~self._own)
        for site in self._means.crowd.families.near[parent[at]].T:
            here = np.flatnonzero(site != NOWHERE)
            if len(here):
                self._past(at[here], roads.past(parent[at[here]], site[here]))

    def _past(self, people: Indices, visits: Visits) -> None:
        own = visits.fits[:N_MODES] & self._owns[:, people]
        by_site = in_some_way(own)
        # The day is planned for the quickest own way.
        quickest = np.where(own, visits.out_min[:N_MODES], FAR).argmin(axis=0)
        self._add(people, by_site, visits.days, visits.until[quickest, np.arange(len(people))])
        found = visits.fits & ~by_site & ~self._fits[:, people]
        for row, days in enumerate(self._ways[:, :, people]):
            self._add(people, found[row], together(days, visits.days), visits.until[row])

    def _add(self, people: Indices, found: Flags, days: IntArray, until: IntArray) -> None:
        """Count a way for who has it; courses come beside it."""
        if not found.any():
            return
        start = np.maximum(together(days, self._courses[:, people]), self._first[people])
        self._can[:, people] |= found & (start <= np.minimum(self._last[people], until))
