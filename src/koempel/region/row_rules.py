"""What the cells of one row must be together, and where on the map they may lie.

Each rule names its table and columns, the blamed one first, and runs when those cells could
be read. It gets their values and the places known so far.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from math import cos, hypot, radians
from typing import Any

from koempel.region.cells import CellError, decimal, quoted
from koempel.region.rows import CareKind, CourseKind, Level

Point = tuple[float, float]

VILLAGE_KM = 15
MUNICIPALITY_KM = 30
REGION_KM = 40


@dataclass(slots=True)
class Places:
    """Points (longitude, latitude) of the municipalities and villages read so far."""

    municipalities: dict[str, Point] = field(default_factory=dict)
    villages: dict[str, Point] = field(default_factory=dict)

    def remember(self, table: str, values: dict[str, Any]) -> None:
        """Keep the point of a row that is a place, if it could be read."""
        if table == "municipalities":
            key, points = "nis", self.municipalities
        elif table == "villages":
            key, points = "id", self.villages
        else:
            return
        if {key, "lon", "lat"} <= values.keys():
            points[values[key]] = (values["lon"], values["lat"])


@dataclass(frozen=True, slots=True)
class RowRule:
    """One rule for the rows of one table.

    Attributes
    ----------
    table : str
        For which table.
    columns : tuple of str
        What it looks at; a fault is shown at the first.
    refuse : callable
        Gets the places and then the values of the columns; raises `CellError`.
    """

    table: str
    columns: tuple[str, ...]
    refuse: Callable[..., None]


def distance_km(one: Point, other: Point) -> float:
    """Distance as the crow flies; on the scale of a region the earth is flat enough."""
    per_degree = 111.2
    width = cos(radians((one[1] + other[1]) / 2))
    return per_degree * hypot((one[0] - other[0]) * width, one[1] - other[1])


def _refuse_far_from_village(places: Places, lon: float, lat: float, village: str) -> None:
    _refuse_far((lon, lat), places.villages.get(village), VILLAGE_KM, f"dorp {quoted(village)}")


def _refuse_far_from_municipality(places: Places, lon: float, lat: float, nis: str) -> None:
    centre = places.municipalities.get(nis)
    _refuse_far((lon, lat), centre, MUNICIPALITY_KM, f"gemeente {quoted(nis)}")


def _refuse_far(point: Point, centre: Point | None, limit_km: int, place: str) -> None:
    if centre is None or distance_km(point, centre) <= limit_km:
        return
    raise CellError(
        f"de plaats ligt {distance_km(point, centre):.0f} km van {place}",
        expected=f"hoogstens {limit_km} km",
        remedy="kijk lengte en breedte na, of de code van de plaats",
    )


def _refuse_outside_region(places: Places, lon: float | None, lat: float | None) -> None:
    if lon is None or lat is None or not places.villages:
        return
    if any(distance_km((lon, lat), village) <= REGION_KM for village in places.villages.values()):
        return
    raise CellError(
        f"de plaats ligt meer dan {REGION_KM} km van elk dorp van de regio",
        expected="een plaats in of bij de regio",
        remedy="kijk lengte en breedte na",
    )


def _refuse_care_without_place(
    places: Places, lon: float | None, lat: float | None, care: CareKind
) -> None:
    needed = care in (CareKind.CHILDCARE, CareKind.SCHOOL)
    if (lon is None) != (lat is None) or (needed and lon is None):
        raise CellError(
            f"de opvang {care} heeft geen volledige plaats",
            expected="lengte én breedte van de opvang of de school",
            remedy="vul care_lon en care_lat in",
        )


def _refuse_later(first_name: str) -> Callable[[Places, date | None, date], None]:
    def refuse(places: Places, last: date | None, first: date) -> None:
        if last is not None and last < first:
            raise CellError(
                f"{quoted(last.isoformat())} ligt vóór {first_name} {quoted(first.isoformat())}",
                expected=f"een dag op of na {first_name}",
                remedy="kijk de twee datums na",
            )

    return refuse


def _refuse_hours(places: Places, most: float, fewest: float) -> None:
    if most < fewest:
        raise CellError(
            f"{quoted(decimal(most))} is minder dan hours_min {quoted(decimal(fewest))}",
            expected="hours_max is minstens hours_min",
            remedy="wissel de twee getallen om of verbeter er een",
        )


def _refuse_ages(places: Places, age_to: int, age_from: int) -> None:
    if age_to <= age_from:
        raise CellError(
            f"{quoted(str(age_to))} is niet meer dan age_from {quoted(str(age_from))}",
            expected="age_to is groter dan age_from, in maanden",
            remedy="kijk de twee leeftijden na",
        )


def _refuse_taught_level(places: Places, teaches: str, kind: CourseKind) -> None:
    if kind is CourseKind.DUTCH_COURSE and teaches not in Level.__members__:
        raise CellError(
            f"{quoted(teaches)} is geen niveau van het Nederlands",
            expected="een van " + ", ".join(Level),
            remedy="vul het niveau in dat de cursus bereikt",
        )


def _refuse_entry_level(
    places: Places, from_level: Level | None, teaches: str, kind: CourseKind
) -> None:
    if kind is not CourseKind.DUTCH_COURSE or teaches not in Level.__members__:
        return
    if from_level is None or not _is_below(from_level, Level(teaches)):
        shown = quoted(from_level or "")
        raise CellError(
            f"het startniveau {shown} ligt niet onder {quoted(teaches)}",
            expected=f"een niveau onder {teaches}",
            remedy="vul het niveau in dat men nodig heeft om te starten",
        )


def _is_below(one: Level, other: Level) -> bool:
    levels = list(Level)
    return levels.index(one) < levels.index(other)


RULES: tuple[RowRule, ...] = (
    RowRule("villages", ("lon", "lat", "municipality"), _refuse_far_from_municipality),
    RowRule("people", ("lon", "lat", "village"), _refuse_far_from_village),
    RowRule("people", ("hours_max", "hours_min"), _refuse_hours),
    RowRule("rights", ("valid_until", "granted_on"), _refuse_later("granted_on")),
    RowRule("children", ("care_lon", "care_lat", "care"), _refuse_care_without_place),
    RowRule("children", ("care_lon", "care_lat"), _refuse_outside_region),
    RowRule("jobs", ("lon", "lat", "village"), _refuse_far_from_village),
    RowRule("jobs", ("start_to", "start_from"), _refuse_later("start_from")),
    RowRule("childcare", ("lon", "lat"), _refuse_outside_region),
    RowRule("childcare", ("age_to", "age_from"), _refuse_ages),
    RowRule("courses", ("teaches", "kind"), _refuse_taught_level),
    RowRule("courses", ("from_level", "teaches", "kind"), _refuse_entry_level),
    RowRule("shuttle_lines", ("from_lon", "from_lat"), _refuse_outside_region),
    RowRule("shuttle_lines", ("to_lon", "to_lat"), _refuse_outside_region),
)


def rules_for(table: str) -> tuple[RowRule, ...]:
    """The rules of one table."""
    return tuple(rule for rule in RULES if rule.table == table)
