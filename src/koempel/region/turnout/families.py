"""Children who need care and the places of care, apart from any job.

Rows are parents, columns their children; who has fewer children than others has columns to spare.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from koempel.region.levers.stock import FOREVER
from koempel.region.rows import CareKind, Child
from koempel.region.rules import Rules
from koempel.region.seeker import PLACES, age_months
from koempel.region.setting import MODES, Flags, Place
from koempel.region.shifts import IntArray
from koempel.region.tables import Region
from koempel.region.travel import Minutes, Points, TravelTimes, distance_km
from koempel.region.turnout.columns import Indices, Shared
from koempel.region.windows import Windows

NOWHERE = -1
_NOT_OPEN = Windows(())


class Families:
    """Parents of young children.

    Attributes
    ----------
    person : ndarray of shape (n_parents,)
        Row of each parent among all people.
    parent_of : ndarray of shape (n_people,)
        Row of each person among the parents; `NOWHERE` for who is none.
    exists, is_placed, has_none : ndarray of bool, shape (n_parents, n_children)
        Which columns hold a child; which children are brought somewhere; which have nobody.
    until : ndarray of int32
        Last day of the present care, `FOREVER` when it stays.
    hours : Shared of Windows
        Hours of the present care, row by row.
    site_hours : tuple of Windows
        Hours of each site of the region.
    with_site : tuple of tuple of Windows
        Hours of each site together with each of the `hours`.
    spot : ndarray of int
        Where a child is brought, as a row of `spots`; `NOWHERE` for who stays at home.
    spots : Points
        Places where some child is brought, and sites.
    site_spot : ndarray of int
        Spot of each site of the region.
    takes : ndarray of bool, shape (n_parents, n_children, n_sites)
        Whether a site takes a child of that age.
    near : ndarray of shape (n_parents, n_near)
        Sites that are looked at, the nearest first; `NOWHERE` where there are no more.
    from_home, between : ndarray of int32
        Minutes per mode from each home to each spot, and from spot to spot.
    """

    def __init__(
        self, region: Region, row_of: dict[str, int], rules: Rules, times: TravelTimes
    ) -> None:
        families = _families(region, row_of, rules)
        width = max(map(len, families.values()), default=0)
        self._shape = (len(families), width)
        cells = [cell for kids in families.values() for cell in _filled(kids, width)]
        self.person: Indices = np.array(list(families), np.int64)
        self.parent_of: Indices = np.full(len(region.people), NOWHERE, np.int64)
        self.parent_of[self.person] = np.arange(len(families))
        self.exists: Flags = self._column(cells, lambda child: True, False)
        self.is_placed: Flags = self._column(cells, lambda child: child.care in PLACES, False)
        self.has_none: Flags = self._column(cells, lambda child: child.care is CareKind.NONE, False)
        self.until: IntArray = self._column(cells, _last_day, FOREVER).astype(np.int32)
        self.hours = Shared(_NOT_OPEN if child is None else child.care_hours for child in cells)
        self.site_hours = tuple(site.hours for site in region.childcare)
        self.with_site = tuple(
            tuple(site.hours.union(hours) for hours in self.hours.values)
            for site in region.childcare
        )
        self._find_spots(region, cells)
        parents = [region.people[row] for row in families]
        homes = np.array([(each.lon, each.lat) for each in parents]).reshape(-1, 2)
        self._find_near(region, homes, cells, rules)
        self.from_home: Minutes = times.minutes(MODES, homes, self.spots)
        self.between: Minutes = times.minutes(MODES, self.spots, self.spots)

    def __len__(self) -> int:
        return len(self.person)

    def _column(
        self, cells: list[Child | None], answer: Callable[[Child], Any], filler: Any
    ) -> npt.NDArray[Any]:
        values = [filler if child is None else answer(child) for child in cells]
        return np.array(values, type(filler)).reshape(self._shape)

    def _find_spots(self, region: Region, cells: list[Child | None]) -> None:
        number: dict[Place, int] = {}

        def spot(place: Place) -> int:
            return number.setdefault(place, len(number))

        self.spot: Indices = self._column(
            cells, lambda child: spot(_place(child)) if child.care in PLACES else NOWHERE, NOWHERE
        )
        sites = [spot((site.lon, site.lat)) for site in region.childcare]
        self.site_spot: Indices = np.array(sites, np.int64)
        self.spots: Points = np.array(list(number), float).reshape(-1, 2)

    def _find_near(
        self, region: Region, homes: Points, cells: list[Child | None], rules: Rules
    ) -> None:
        sites = region.childcare
        ages = self._column(cells, lambda child: age_months(child, region.date), 0)[:, :, None]
        first = np.array([site.age_from for site in sites], np.int64)
        last = np.array([site.age_to for site in sites], np.int64)
        self.takes: Flags = self.exists[:, :, None] & (ages >= first) & (ages < last)
        points = self.spots[self.site_spot]
        order = np.argsort(distance_km(homes, points), axis=1, kind="stable")
        fits = np.take_along_axis(self.takes.any(axis=1), order, axis=1)
        # Sites that take no child of the parent move to the back and are nowhere.
        back = np.argsort(~fits, axis=1, kind="stable")
        nearest = np.where(fits, order, NOWHERE)
        self.near: Indices = np.take_along_axis(nearest, back, axis=1)[:, : rules.nearest_sites]


def _families(region: Region, row_of: dict[str, int], rules: Rules) -> dict[int, list[Child]]:
    families: dict[int, list[Child]] = {}
    for child in region.children:
        if child.person in row_of and age_months(child, region.date) < rules.care_until_months:
            families.setdefault(row_of[child.person], []).append(child)
    return families


def _filled(children: list[Child], width: int) -> list[Child | None]:
    return [*children, *[None] * (width - len(children))]


def _last_day(child: Child) -> int:
    return child.care_until.toordinal() if child.care_until else FOREVER


def _place(child: Child) -> Place:
    return child.care_lon or 0.0, child.care_lat or 0.0
