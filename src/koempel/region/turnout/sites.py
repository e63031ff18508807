"""Trips of parents past a childcare site that has places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from koempel.region.levers.childcare import CARE_KIND, Site
from koempel.region.levers.stock import FOREVER
from koempel.region.setting import Flags
from koempel.region.shifts import IntArray
from koempel.region.turnout.columns import Indices
from koempel.region.turnout.days import ALONE, ANY, N_ROWS, NO_DAY
from koempel.region.turnout.own import Means


@dataclass(frozen=True, slots=True)
class Visits:
    """Trips of some parents in every way, each parent past a site of its own.

    Attributes
    ----------
    fits, out_min : ndarray of shape (n_ways, n_parents)
        Where the day fits, and the minutes to work.
    until : ndarray of int32, shape (n_ways, n_parents)
        Last day of the present care that the day counts on.
    days : ndarray of int32, shape (N_ROWS, n_parents)
        First day that the site allows.
    """

    fits: Flags
    out_min: IntArray
    until: IntArray
    days: IntArray


class SiteRoads:
    """The way past each site for each parent who is near."""

    def __init__(self, means: Means, sites: tuple[Site, ...]) -> None:
        self._means = means
        self._families = means.crowd.families
        self._ready = np.array([site.ready for site in sites], np.int32)
        self._ends = np.array([site.ends for site in sites], np.int32)
        self._kind = np.array([ALONE[CARE_KIND[site.row.mode]] for site in sites], np.int64)

    def past(self, parents: Indices, site: Indices) -> Visits:
        """Trips of parents, each past one site."""
        n_ways = len(self._means.roads.mode)
        fits = np.zeros((n_ways, len(parents)), bool)
        out_min, until = np.zeros((2, *fits.shape), np.int32)
        elsewhere = self._means.care.keeps_elsewhere(parents, self._ready[site])
        for at, brought in self._groups(parents, site):
            who, where, keeps = parents[at], site[at], elsewhere[at]
            room = self._means.care.site_room(who, where, brought, keeps)
            stops = self._means.care.stops_with(who, where, brought, room)
            trips = self._means.roads.past(who, stops)
            take = trips.fits & ~fits[:, at]
            out_min[:, at] = np.where(take, trips.out_min, out_min[:, at])
            until[:, at] = np.where(take, self._until(who, ~brought | keeps), until[:, at])
            fits[:, at] |= take
        return Visits(fits, out_min, np.minimum(until, self._ends[site]), self._days(site))

    def _groups(self, parents: Indices, site: Indices) -> Iterator[tuple[Indices, Flags]]:
        """Which children to bring: those without care that holds, else all of them.

        A child that its present care covers may still go along, when that shortens the trip.
        """
        exists = self._families.exists[parents]
        takes = self._families.takes[parents, :, site]
        uncovered = ~self._means.care.covered[parents]
        is_some = uncovered.any(axis=1) & (uncovered != exists).any(axis=1)
        everyone = np.ones(len(parents), bool)
        for children, wanted in ((uncovered, is_some), (exists, everyone)):
            at = np.flatnonzero(wanted & (takes | ~children).all(axis=1))
            if len(at):
                yield at, children[at]

    def _until(self, parents: Indices, kept: Flags) -> IntArray:
        """Last day of the present care of the children who keep it."""
        until = np.where(kept, self._families.until[parents], FOREVER)
        last: IntArray = until.min(axis=1, initial=FOREVER).astype(np.int32)
        return last

    def _days(self, site: Indices) -> IntArray:
        days = np.full((N_ROWS, len(site)), NO_DAY, np.int32)
        days[ANY] = self._ready[site]
        days[self._kind[site], np.arange(len(site))] = self._ready[site]
        return days
