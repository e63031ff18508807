"""Childcare places: free places of a site, counted per day and part of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from koempel.region.levers.stock import FOREVER, Item, Resource, Stock
from koempel.region.outcome import LeverKind
from koempel.region.rows import Childcare, ChildcareDay, ChildcareMode, Day
from koempel.region.rules import PARTS
from koempel.region.setting import Setting
from koempel.region.windows import DAY_MIN, Windows

CARE_KIND = {
    ChildcareMode.FLEX: LeverKind.FLEX_CHILDCARE,
    ChildcareMode.URGENT: LeverKind.URGENT_CHILDCARE,
    ChildcareMode.REGULAR: LeverKind.REGULAR_CHILDCARE,
    ChildcareMode.OUT_OF_SCHOOL: LeverKind.OUT_OF_SCHOOL_CARE,
}

DAYS_A_MONTH = 30.44
_DAYS = tuple(Day)


@dataclass(frozen=True, slots=True)
class Site:
    """A site and the number of its resource on each day and part of the day."""

    row: Childcare
    resources: dict[tuple[int, str], int]
    ready: int
    ends: int
    temporary: bool


class CareSites:
    """Every childcare site."""

    def __init__(self, setting: Setting, stock: Stock) -> None:
        self._setting, self._stock = setting, stock
        self._on_days = _places_on_days(setting.region.childcare_days)
        self.sites = tuple(self._register(row) for row in setting.region.childcare)
        self._cache: dict[tuple[object, ...], int] = {}
        self._blocks_of: dict[tuple[int, int, int, Windows], list[tuple[int, str]]] = {}

    def item(
        self, site: int, pattern: int, before: int, after: int, cared: tuple[Windows, ...]
    ) -> int:
        """Item for the places that children need with some shifts.

        Parameters
        ----------
        site : int
            Number of the site.
        pattern : int
            Number of the shift pattern.
        before, after : int
            Minutes that the children are there before each shift and after it.
        cared : tuple of Windows
            Per child, the hours in which it is cared for elsewhere: those take no place.
        """
        key = (site, pattern, before, after, cared)
        if key not in self._cache:
            self._cache[key] = self._make(self.sites[site], pattern, before, after, cared)
        return self._cache[key]

    def _make(
        self, site: Site, pattern: int, before: int, after: int, cared: tuple[Windows, ...]
    ) -> int:
        usage: dict[int, int] = {}
        for elsewhere in cared:
            key = pattern, before, after, elsewhere
            if key not in self._blocks_of:
                self._blocks_of[key] = self._blocks(*key)
            for block in self._blocks_of[key]:
                resource = site.resources[block]
                usage[resource] = usage.get(resource, 0) + 1
        return self._stock.item(
            Item(
                CARE_KIND[site.row.mode],
                site.row.id,
                site.row.name,
                tuple(sorted(usage.items())),
                site.ready,
                site.row.cost_eur * len(cared),
                " ".join(self._stock.resources[number].part for number in sorted(usage)),
                site.ends,
                site.temporary,
            )
        )

    def _blocks(
        self, pattern: int, before: int, after: int, elsewhere: Windows
    ) -> list[tuple[int, str]]:
        shifts = self._setting.patterns.shifts[pattern]
        wanted = Windows(tuple((s - before, before + length + after) for s, length in shifts))
        needed = wanted.minus(elsewhere) if elsewhere.spans else wanted
        return [
            (day, name)
            for day in range(7)
            for name, first, end in self._setting.rules.parts
            if needed.overlaps(day * DAY_MIN + first, end - first)
        ]

    def _register(self, row: Childcare) -> Site:
        resources = {
            (day, part): self._stock.add_resource(
                _block(row, day, part, self._on_days.get((row.id, _DAYS[day], part)))
            )
            for day in range(7)
            for part in PARTS
        }
        first = self._setting.region.date + timedelta(days=row.wait_days)
        return Site(
            row,
            resources,
            (first + timedelta(days=self._setting.rules.settling_days)).toordinal(),
            min(_last_day(row), self._term(row, first)),
            row.mode in (ChildcareMode.FLEX, ChildcareMode.URGENT),
        )

    def _term(self, row: Childcare, first: date) -> int:
        if row.mode is ChildcareMode.FLEX:
            return first.toordinal() + 7 * self._setting.rules.flex_weeks
        if row.mode is ChildcareMode.URGENT:
            return first.toordinal() + round(DAYS_A_MONTH * self._setting.rules.urgent_months)
        return FOREVER


def _last_day(row: Childcare) -> int:
    return row.valid_until.toordinal() if row.valid_until else FOREVER


def _places_on_days(rows: Iterable[ChildcareDay]) -> dict[tuple[str, Day, str], int]:
    """Places of sites on days of their own; of a day that is named twice, the fewest."""
    found: dict[tuple[str, Day, str], int] = {}
    for row in rows:
        for day, part in product(row.days, PARTS):
            key, places = (row.site, day, part), getattr(row, part)
            found[key] = min(found.get(key, places), places)
    return found


def _block(row: Childcare, day: int, part: str, on_day: int | None) -> Resource:
    name = _DAYS[day].value
    places: int = getattr(row, part) if on_day is None else on_day
    return Resource(
        f"{row.id}/{name}/{part}", CARE_KIND[row.mode], row.id, row.name, f"{name}/{part}", places
    )
