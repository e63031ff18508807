"""Where people live, with small numbers hidden.

Whoever reads the totals must not be able to work out a figure of one to four people. So a village
with such a figure has no row of its own: it goes together with others of its municipality in one
row "Andere dorpen", and so many join it, the smallest first, until that row holds two villages or
more and has no small figure itself. Municipalities go together in the same way. Whatever is left
out of the list is also left off the map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from koempel.region.names import Names
from koempel.region.outcome import Flow, PlaceCount

OTHER_VILLAGES = "Andere dorpen"
OTHER_MUNICIPALITIES = "Andere gemeenten"
MOST_FLOWS = 7
"""Arrows on the map; more would hide the villages."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Figures of one or more places."""

    name: str
    villages: tuple[str, ...]
    looking: int
    today: int
    extra: int
    proposed: int

    @property
    def no_way(self) -> int:
        """People who reach no job yet."""
        return self.looking - self.today - self.extra

    @property
    def has_small_figure(self) -> bool:
        """Whether any figure, or what remains when it is taken off, is of one to four people."""
        figures = (
            self.looking,
            self.today,
            self.extra,
            self.no_way,
            self.proposed,
            self.looking - self.proposed,
        )
        return any(0 < each < 5 for each in figures)


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, or several that go together, with the rows of its villages."""

    total: PlaceRow
    rows: tuple[PlaceRow, ...]


def areas(places: Iterable[PlaceCount], names: Names) -> tuple[Area, ...]:
    """Rows that may be shown, per municipality; none when even a municipality is too small."""
    villages: dict[str, list[PlaceRow]] = {}
    for place in places:
        village = names.villages[place.village]
        villages.setdefault(village.municipality, []).append(_row(village.name, place))
    totals = {nis: together(rows, names.municipality(nis)) for nis, rows in villages.items()}
    nis_of = {total.villages: nis for nis, total in totals.items()}
    return tuple(
        Area(total, fold(villages[nis_of[total.villages]], OTHER_VILLAGES))
        if total.villages in nis_of
        else Area(total, ())
        for total in fold(list(totals.values()), OTHER_MUNICIPALITIES)
    )


def top_flows(flows: Iterable[Flow], shown: Sequence[Area]) -> tuple[Flow, ...]:
    """The largest flows between villages that have a row of their own, none of one to four."""
    visible = {row.villages[0] for area in shown for row in area.rows if len(row.villages) == 1}
    found = [
        each
        for each in flows
        if each.people >= 5
        and each.from_village != each.to_village
        and {each.from_village, each.to_village} <= visible
    ]
    found.sort(key=lambda each: (-each.people, each.from_village, each.to_village))
    return tuple(found[:MOST_FLOWS])


def fold(rows: Sequence[PlaceRow], rest_name: str) -> tuple[PlaceRow, ...]:
    """Put rows with small figures together; nothing is left when all of them would be.

    The rows must add up to a total that readers also see.
    """
    kept = sorted(
        (each for each in rows if not each.has_small_figure), key=lambda each: -each.looking
    )
    folded = [each for each in rows if each.has_small_figure]
    if not folded:
        return tuple(kept)
    while kept and (len(folded) < 2 or together(folded, rest_name).has_small_figure):
        folded.append(kept.pop())
    return (*kept, together(folded, rest_name)) if kept else ()


def together(rows: Sequence[PlaceRow], name: str) -> PlaceRow:
    """The sum of some rows."""
    total = PlaceRow(name, (), 0, 0, 0, 0)
    for each in rows:
        total = replace(
            total,
            villages=(*total.villages, *each.villages),
            looking=total.looking + each.looking,
            today=total.today + each.today,
            extra=total.extra + each.extra,
            proposed=total.proposed + each.proposed,
        )
    return total


def _row(name: str, place: PlaceCount) -> PlaceRow:
    return PlaceRow(name, (place.village,), place.looking, place.today, place.extra, place.proposed)
