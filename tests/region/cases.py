"""Tiny regions for named cases: rows with sensible defaults, one call per situation.

The land is one straight road. Places lie so many minutes by bike from An's home; on foot a trip
takes three times as long, by e-bike two thirds, by car a third, by bus twenty minutes and half.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar

import numpy as np

from koempel.region.obstacles.registry import describe, kinds_of
from koempel.region.outcome import LeverKind, Obstacle, ObstacleKind, TravelMode
from koempel.region.parameters import Parameters
from koempel.region.reach import Explorer, Reach
from koempel.region.rows import (
    Bike,
    BikeKind,
    CareKind,
    Child,
    Childcare,
    ChildcareDay,
    ChildcareMode,
    Contract,
    Course,
    CourseKind,
    Cycling,
    Day,
    Direction,
    Employer,
    EmployerKind,
    Grantor,
    Job,
    Level,
    Measure,
    Mode,
    Municipality,
    Person,
    Right,
    RightState,
    Sex,
    ShuttleLine,
    ShuttleRun,
    Trait,
    Village,
)
from koempel.region.setting import Setting
from koempel.region.tables import Region
from koempel.region.travel import Minutes, Points
from koempel.region.windows import Windows, parse_rotation, parse_windows

TODAY = date(2026, 11, 23)
START = date(2026, 12, 7)
LAST_START = date(2027, 3, 1)

DEGREES_A_MINUTE = 0.001
HOME_LON, ROAD_LAT = 5.2, 51.03


def place(minutes: float) -> tuple[float, float]:
    """A place on the road, so many minutes by bike from An's home."""
    return HOME_LON + minutes * DEGREES_A_MINUTE, ROAD_LAT


class OneRoad:
    """Travel times on one straight road; a `TravelTimes`."""

    _PACE: ClassVar[dict[TravelMode, Callable[[Any], Any]]] = {
        TravelMode.WALK: lambda by_bike: 3 * by_bike,
        TravelMode.BIKE: lambda by_bike: by_bike,
        TravelMode.EBIKE: lambda by_bike: 2 * by_bike / 3,
        TravelMode.CAR: lambda by_bike: by_bike / 3,
        TravelMode.BUS: lambda by_bike: 20 + by_bike / 2,
    }

    def minutes(self, modes: tuple[TravelMode, ...], origins: Points, sites: Points) -> Minutes:
        by_bike = abs(np.subtract.outer(origins[:, 0], sites[:, 0])) / DEGREES_A_MINUTE
        rows = [self._PACE[mode](by_bike) for mode in modes]
        return np.ceil(np.stack(rows) - 1e-6).astype(np.int32)


# ---- rows -------------------------------------------------------------------------------------


def person(name: str = "An", *, at: float = 0, **changes: Any) -> Person:
    """Somebody on foot without a wish, with good Dutch and all the time of the world."""
    lon, lat = place(at)
    facts: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "village": "heusden",
        "registered_on": date(2026, 5, 23),
        "available_from": TODAY,
        "permit_until": None,
        "modes": (),
        "cycling": Cycling.YES,
        "max_travel_min": None,
        "skills": (),
        "licences": (),
        "needs": (),
        "away": "24/7",
        "hours_min": 0,
        "hours_max": 40,
        "wants": (),
    } | _dutch(changes, Level.B2)
    facts |= changes
    facts["away"] = parse_windows(facts["away"])
    return Person(id=name, **facts)


def cyclist(name: str = "An", **changes: Any) -> Person:
    """Somebody with a bike."""
    return person(name, **{"modes": (Mode.BIKE,)} | changes)


def driver(name: str = "An", **changes: Any) -> Person:
    """Somebody with a car."""
    return person(name, **{"modes": (Mode.CAR,)} | changes)


def job(name: str = "packer", *, at: float = 5, shifts: str = "Mo-Fr 08:00-16:00", **changes: Any):
    """A job that asks nothing but to be there."""
    lon, lat = place(at)
    facts: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "employer": "kolenvink",
        "title": "Inpakker",
        "isco": "9321",
        "village": "heusden",
        "seats": 1,
        "start_from": START,
        "start_to": LAST_START,
        "hours_per_week": 38,
        "contract": Contract.INDEFINITE,
        "skills": (),
        "licences": (),
        "strains": (),
        "measures": (),
    } | _dutch(changes, Level.ALPHA)
    return Job(id=name, shifts=parse_rotation(shifts), **facts | changes)


def _dutch(changes: dict[str, Any], level: Level) -> dict[str, Level]:
    level = changes.pop("dutch", level)
    return {f"dutch_{skill}": level for skill in ("listening", "speaking", "reading", "writing")}


def right(of: str = "An", **changes: Any) -> Right:
    """A granted right to work in the local service economy."""
    facts: dict[str, Any] = {
        "measure": Measure.LDE,
        "granted_by": Grantor.VDAB,
        "granted_on": date(2026, 1, 12),
        "valid_until": None,
        "state": RightState.GRANTED,
    }
    return Right(person=of, **facts | changes)


def child(of: str = "An", name: str = "kid", *, born: date = date(2025, 1, 1), **changes: Any):
    """A child without any care."""
    facts: dict[str, Any] = {
        "care": CareKind.NONE,
        "care_lon": None,
        "care_lat": None,
        "care_hours": Windows(()),
        "care_until": None,
    }
    return Child(id=name, person=of, birth_month=born, **facts | changes)


def child_in_care(
    of: str = "An",
    name: str = "kid",
    *,
    at: float,
    hours: str = "Mo-Fr 07:00-18:00",
    kind: CareKind = CareKind.CHILDCARE,
    **changes: Any,
) -> Child:
    """A child that is brought to a place."""
    lon, lat = place(at)
    facts = {"care_lon": lon, "care_lat": lat, "care_hours": parse_windows(hours)}
    return child(of, name, care=kind, **facts | changes)


def child_at_home(of: str = "An", name: str = "kid", *, hours: str, **changes: Any) -> Child:
    """A child that somebody looks after at home."""
    return child(of, name, care=CareKind.HOME, care_hours=parse_windows(hours), **changes)


def bikes(name: str = "depot", kind: BikeKind = BikeKind.BIKE, **changes: Any) -> Bike:
    """A depot that serves everybody at once."""
    facts: dict[str, Any] = {
        "name": f"Depot {name}",
        "serves": (),
        "capacity": 5,
        "wait_days": 0,
        "cost_eur": 80.0,
    }
    return Bike(id=name, kind=kind, **facts | changes)


def site(
    name: str = "nest",
    *,
    at: float = 2,
    hours: str = "Mo-Fr 06:30-18:30",
    mode: ChildcareMode = ChildcareMode.REGULAR,
    **changes: Any,
) -> Childcare:
    """A childcare site with places at once, for any age."""
    lon, lat = place(at)
    facts: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "name": f"Opvang {name}",
        "age_from": 0,
        "age_to": 144,
        "early": 4,
        "morning": 4,
        "afternoon": 4,
        "evening": 4,
        "wait_days": 0,
        "valid_until": None,
        "cost_eur": 300.0,
    }
    return Childcare(id=name, mode=mode, hours=parse_windows(hours), **facts | changes)


def course(
    name: str = "class",
    kind: CourseKind = CourseKind.DUTCH_COURSE,
    teaches: str = "A2",
    **changes: Any,
) -> Course:
    """A course of a week that starts tomorrow."""
    facts: dict[str, Any] = {
        "name": f"Les {name}",
        "from_level": Level.A1 if kind is CourseKind.DUTCH_COURSE else None,
        "capacity": 5,
        "starts_on": date(2026, 11, 24),
        "weeks": 1,
        "cost_eur": 100.0,
    }
    return Course(id=name, kind=kind, teaches=teaches, **facts | changes)


def shuttle(name: str = "line", *, start: float = 0, end: float, **changes: Any) -> ShuttleLine:
    """A line along the road."""
    (from_lon, from_lat), (to_lon, to_lat) = place(start), place(end)
    facts: dict[str, Any] = {
        "name": "Pendel",
        "from_lon": from_lon,
        "from_lat": from_lat,
        "to_lon": to_lon,
        "to_lat": to_lat,
        "ride_min": 20,
        "wait_days": 0,
        "cost_eur": 90.0,
    }
    return ShuttleLine(name, **facts | changes)


def run(
    time: str,
    direction: Direction = Direction.TO_WORK,
    *,
    line: str = "line",
    days: tuple[Day, ...] = tuple(Day)[:5],
    seats: int = 8,
) -> ShuttleRun:
    """A run on weekdays."""
    hour, minute = map(int, time.split(":"))
    key = f"{line}-{direction}-{time}"
    return ShuttleRun(key, line, direction, hour * 60 + minute, days, seats)


def there_and_back(to_work: str, home: str, *, line: str = "line") -> tuple[ShuttleRun, ShuttleRun]:
    """A run to work and one home."""
    return run(to_work, line=line), run(home, Direction.HOME, line=line)


def trait(of: str, sex: Sex = Sex.F, birth_year: int = 1990) -> Trait:
    """Protected traits of somebody."""
    return Trait(of, sex, birth_year)


# ---- regions ----------------------------------------------------------------------------------

TOWNS = (
    Municipality("71070", "Heusden-Zolder", *place(0)),
    Municipality("71004", "Beringen", *place(60)),
)
VILLAGES = (
    Village("heusden", "Heusden", "71070", "3550", *place(0)),
    Village("beringen", "Beringen", "71004", "3580", *place(60)),
)
EMPLOYERS = (Employer("kolenvink", "De Kolenvink", EmployerKind.REGULAR, None),)

_TABLE_OF = {
    Person: "people",
    Job: "jobs",
    Right: "rights",
    Child: "children",
    Bike: "bikes",
    Childcare: "childcare",
    ChildcareDay: "childcare_days",
    Course: "courses",
    ShuttleLine: "shuttle_lines",
    ShuttleRun: "shuttle_runs",
    Trait: "traits",
}


def region(*rows: Any, **changes: Any) -> Region:
    """A region of some rows, whatever table they belong to."""
    tables: dict[str, list[Any]] = {"people": [], "jobs": []}
    for row in rows:
        tables.setdefault(_TABLE_OF[type(row)], []).append(row)
    facts: dict[str, Any] = {
        "name": "Klein Kolenland",
        "date": TODAY,
        "invented": True,
        "credit": "",
        "municipalities": TOWNS,
        "villages": VILLAGES,
        "employers": EMPLOYERS,
    }
    return Region(
        **facts | {name: tuple(found) for name, found in tables.items()} | changes,
    )


def parameter(key: str, value: Any) -> Parameters:
    """Koempel's parameters with one of them changed."""
    row = {"key": key, "value": value, "unit": "", "source": "test", "status": "DRAFT"}
    return Parameters.read([row | {"valid_from": date(2020, 1, 1)}])


# ---- answers ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """What reach says of one person and one job on the one road."""

    explorer: Explorer
    reach: Reach
    job: int

    @property
    def rows(self) -> list[int]:
        return np.flatnonzero(self.reach.ways.job == self.job).tolist()

    @property
    def bundles(self) -> set[frozenset[str]]:
        """Minimal bundles as sets of ids of lever rows."""
        return {frozenset(item.lever for item in self.items(row)) for row in self.rows}

    @property
    def kinds(self) -> set[frozenset[LeverKind]]:
        """Minimal bundles as sets of kinds of levers."""
        return {frozenset(item.kind for item in self.items(row)) for row in self.rows}

    @property
    def own(self) -> set[ObstacleKind]:
        """Obstacles with own means."""
        return set(kinds_of(int(self.reach.own[self.job])))

    @property
    def ties(self) -> set[ObstacleKind]:
        """Obstacles that no lever of today removes."""
        return set(kinds_of(int(self.reach.ties[self.job])))

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """The obstacles with their facts."""
        return describe(self.reach.seeker, self.job, int(self.reach.own[self.job]))

    @property
    def tied(self) -> tuple[Obstacle, ...]:
        """What ties, with its facts."""
        return describe(self.reach.seeker, self.job, int(self.reach.ties[self.job]))

    @property
    def mode(self) -> TravelMode:
        """Mode of the only option."""
        (row,) = self.rows
        return tuple(TravelMode)[self.reach.ways.mode[row]]

    @property
    def minutes(self) -> tuple[int, int]:
        """Minutes out and back of the only option."""
        (row,) = self.rows
        return int(self.reach.ways.out_min[row]), int(self.reach.ways.back_min[row])

    @property
    def start(self) -> date:
        """First day of work of the only option."""
        (row,) = self.rows
        return date.fromordinal(int(self.reach.ways.start[row]))

    def items(self, row: int) -> tuple[Any, ...]:
        return self.explorer.levers.stock.items_of(int(self.reach.ways.bundle[row]))

    def usage(self, lever: str) -> dict[str, int]:
        """Places that the only option takes of a lever, per part."""
        (row,) = self.rows
        (item,) = [item for item in self.items(row) if item.lever == lever]
        resources = self.explorer.levers.stock.resources
        return {resources[number].part: amount for number, amount in item.usage}


def pair(whole: Region, who: str = "An", what: str = "packer") -> Pair:
    """Reach of one person and one job."""
    explorer = Explorer(Setting(whole, OneRoad()))
    setting = explorer.setting
    return Pair(explorer, explorer.reach(setting.person_index[who]), setting.job_index[what])


def tables_of(whole: Region) -> dict[str, tuple[Any, ...]]:
    """The tables of a region that hold rows with an order."""
    names = set(_TABLE_OF.values())
    return {each.name: getattr(whole, each.name) for each in fields(whole) if each.name in names}
