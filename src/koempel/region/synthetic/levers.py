"""The invented levers: bikes, childcare places, courses and shuttles, and how many there are.

They are meant to bind: `STOCK` holds all quantities, per thousand people, so that a region of
another size is as short of them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from koempel.region.geography import Place, Town, jobseekers_per_village, places
from koempel.region.rows import (
    Bike,
    BikeKind,
    Childcare,
    ChildcareMode,
    Course,
    CourseKind,
    Day,
    Direction,
    Job,
    Level,
    ShuttleLine,
    ShuttleRun,
)
from koempel.region.synthetic.draw import KM_PER_DEGREE, LON_PER_LAT, near, pick_one, stream
from koempel.region.synthetic.firms import Zone
from koempel.region.windows import parse_windows


@dataclass(frozen=True, slots=True)
class LeverStock:
    """How many there are of each lever, per thousand people.

    The default region of 4,000 people has four times as many.
    """

    bikes: float = 13.5
    """Over the three months that a plan looks ahead: 18 a month in the default region."""
    ebikes: float = 3.75
    bike_lessons: float = 3
    flex_places: float = 5.25
    """21 places in the default region; `SiteKind.parts` tells how many of them are free when."""
    regular_places: float = 1.5
    urgent_places: float = 0.75
    out_of_school_places: float = 3
    dutch_seats: float = 2.5
    """Per level and start date."""
    short_course_seats: float = 3
    """Per skill and start date, of courses of at most `SHORT_WEEKS`."""
    long_course_seats: float = 1.5
    """Likewise, of longer courses."""
    licence_seats: float = 2
    shuttle_lines: float = 0.5
    shuttle_seats: int = 16
    """Per run, whatever the size of the region: a minibus."""


STOCK = LeverStock()

PEOPLE_PER_FLEX_SITE = 4_000
PLACES_PER_SITE = 4
SHORT_WEEKS = 2
NEAREST_KM, FARTHEST_KM = 6.5, 14
"""Of a shuttle, as the crow flies."""
ZONE_RADIUS_KM = 1
BUS_HOURS = parse_windows("Mo-Su 06:30-20:00")
"""Shifts that lie in them have a bus."""
STOPS_MIN, MIN_PER_KM = 4, 1.6
"""On the road with a shuttle."""

SITE_NAMES = (
    "De Lampenboom",
    "Klein Schachtje",
    "Het Kolenmuisje",
    "De Wagonnetjes",
    "Vonkje",
    "De Glimworm",
    "Zwartvoetje",
    "De Kruiwagen",
    "Het Pikhouweeltje",
    "De Stofwolk",
    "Mijnhaasje",
    "De Zeefbeer",
)

SHIFT_RUNS = (
    ("early", Direction.TO_WORK, "05:45"),
    ("late", Direction.TO_WORK, "13:45"),
    ("night", Direction.TO_WORK, "21:45"),
    ("after-night", Direction.HOME, "06:15"),
    ("after-early", Direction.HOME, "14:15"),
    ("after-late", Direction.HOME, "22:15"),
)
"""Arrival at work, or departure for home."""


@dataclass(frozen=True, slots=True)
class SiteKind:
    """Childcare sites of one kind: hours, ages and how the free places fall over the day."""

    mode: ChildcareMode
    word: str
    hours: str
    age_from: int
    age_to: int
    parts: tuple[float, float, float, float]
    """Share of the places that is free early, in the morning, afternoon and evening."""
    wait_days: int
    cost_eur: float
    lasts_days: int | None = None
    """Days from the plan until the places end, such as with a subsidy."""


FLEX = SiteKind(
    ChildcareMode.FLEX, "Opvang", "Mo-Fr 05:30-20:00", 0, 150, (0.19, 0.5, 0.6, 0.29), 10, 1200, 730
)
REGULAR = SiteKind(
    ChildcareMode.REGULAR, "Crèche", "Mo-Fr 07:00-18:30", 0, 36, (0, 1.0, 1.0, 0.5), 45, 900
)
URGENT = SiteKind(
    ChildcareMode.URGENT, "Crèche", "Mo-Fr 06:30-18:30", 0, 36, (0.34, 1.0, 1.0, 0.34), 14, 700
)
OUT_OF_SCHOOL = SiteKind(
    ChildcareMode.OUT_OF_SCHOOL,
    "Schoolopvang",
    "Mo,Tu,Th,Fr 06:30-08:45,15:15-18:30; We 06:30-08:45,11:45-18:30",
    30,
    150,
    (0.5, 1.0, 1.0, 0.5),
    14,
    350,
)


@dataclass(frozen=True, slots=True)
class CourseKindRow:
    """One course as it is given at several dates."""

    key: str
    name: str
    kind: CourseKind
    teaches: str
    from_level: Level | None
    first_lessons: tuple[int, ...]
    """Days from the plan."""
    weeks: int
    cost_eur: float


def _dutch(start: Level, goal: Level, weeks: int, *first_lessons: int) -> CourseKindRow:
    name = f"Nederlands, {'alfabetisering' if start is Level.ALPHA else start} naar {goal}"
    key = f"nt2-{start}-{goal}".lower()
    return CourseKindRow(
        key, name, CourseKind.DUTCH_COURSE, goal, start, first_lessons, weeks, 8.0 * weeks * 2
    )


def _skill(code: str, name: str, weeks: int, cost_eur: float, *first_lessons: int) -> CourseKindRow:
    key = code.lower().replace("_", "-")
    return CourseKindRow(
        key, name, CourseKind.SKILL_COURSE, code, None, first_lessons, weeks, cost_eur
    )


def _licence(code: str, weeks: int, cost_eur: float, *first_lessons: int) -> CourseKindRow:
    return CourseKindRow(
        f"rijbewijs-{code.lower()}",
        f"Rijbewijs {code}",
        CourseKind.DRIVING_LICENCE,
        code,
        None,
        first_lessons,
        weeks,
        cost_eur,
    )


COURSES = (
    _dutch(Level.ALPHA, Level.A1, 16, 7, 35),
    _dutch(Level.A0, Level.A1, 10, 7, 28),
    _dutch(Level.A1, Level.A2, 10, 7, 28),
    _dutch(Level.A2, Level.B1, 12, 7, 35),
    _skill("FORKLIFT", "Heftruck rijden", 2, 450, 21, 56),
    _skill("VCA", "Veilig werken (VCA)", 1, 180, 14, 42, 70),
    _skill("WELDING", "Lassen", 10, 900, 14),
    _skill("HYGIENE", "Hygiëne in de keuken (HACCP)", 1, 120, 14, 49),
    _skill("DIGITAL", "Werken met de computer", 4, 150, 14, 49),
    _skill("CARE", "Basis van zorg en begeleiding", 10, 400, 14),
    _skill("CASH", "Kassa en klanten", 1, 120, 21, 63),
    _skill("ORDER_PICKING", "Orders verzamelen met de scanner", 2, 220, 28),
    _skill("GARDEN", "Groenonderhoud", 3, 260, 28),
    _skill("SEWING", "Industrieel naaien", 6, 340, 21),
    _licence("B", 14, 1400, 7),
    _licence("C", 10, 2200, 14),
)


class _Located(Protocol):
    @property
    def lon(self) -> float: ...

    @property
    def lat(self) -> float: ...


def scaled(per_1000: float, people: int) -> int:
    """How many for so many people; at least one."""
    return max(1, round(per_1000 * people / 1000))


def draw_bikes(towns: tuple[Town, ...], people: int) -> tuple[Bike, ...]:
    """One depot per municipality, and the e-bikes on loan in the first, for all."""
    first = towns[0]
    counts = _split(scaled(STOCK.bikes, people), len(towns))
    lessons = _split(scaled(STOCK.bike_lessons, people), len(towns))
    depots = [
        bike
        for town, bikes, seats in zip(towns, counts, lessons, strict=True)
        for bike in (
            Bike(
                id=f"fietsen-{town.nis}",
                name=f"Kringwinkel De Kettingbaan, {town.name}",
                kind=BikeKind.BIKE,
                serves=(town.nis,),
                capacity=bikes,
                wait_days=7,
                cost_eur=85,
            ),
            Bike(
                id=f"fietsles-{town.nis}",
                name=f"Fietsschool Het Mijnpaard, {town.name}",
                kind=BikeKind.BIKE_LESSON,
                serves=(town.nis,),
                capacity=seats,
                wait_days=28,
                cost_eur=60,
            ),
        )
    ]
    loan = Bike(
        id=f"e-fietsen-{first.nis}",
        name=f"Fietsbieb De Dynamo, {first.name}",
        kind=BikeKind.EBIKE_LOAN,
        serves=(),
        capacity=scaled(STOCK.ebikes, people),
        wait_days=3,
        cost_eur=240,
    )
    return (*depots, loan)


def _split(total: int, parts: int) -> list[int]:
    return [total // parts + (index < total % parts) for index in range(parts)]


def draw_childcare(
    towns: tuple[Town, ...], people: int, *, seed: int, today: date
) -> tuple[Childcare, ...]:
    """Flexible sites, and more sites of the other kinds with a few free places each."""
    rng = stream(seed, "childcare")
    flex_sites = _split(scaled(STOCK.flex_places, people), -(-people // PEOPLE_PER_FLEX_SITE) or 1)
    sizes = {
        FLEX: flex_sites,
        REGULAR: _site_sizes(scaled(STOCK.regular_places, people)),
        URGENT: _site_sizes(scaled(STOCK.urgent_places, people)),
        OUT_OF_SCHOOL: _site_sizes(scaled(STOCK.out_of_school_places, people)),
    }
    return tuple(
        _site(
            rng,
            kind,
            number,
            free,
            place=_place_of_site(rng, kind, number, towns),
            today=today,
        )
        for kind, free_places in sizes.items()
        for number, free in enumerate(free_places)
    )


def _site_sizes(free: int) -> list[int]:
    return _split(free, -(-free // PLACES_PER_SITE))


def _place_of_site(
    rng: np.random.Generator, kind: SiteKind, number: int, towns: tuple[Town, ...]
) -> Place:
    if kind is FLEX:
        # The first municipality already has the e-bikes.
        return places()[towns[(number + 1) % len(towns)].nis][0]
    villages = places()[towns[number % len(towns)].nis]
    return pick_one(rng, [(place, place.weight) for place in villages])


def _site(
    rng: np.random.Generator, kind: SiteKind, number: int, free: int, *, place: Place, today: date
) -> Childcare:
    lon, lat = near(rng, np.array([[place.lon, place.lat]]), spread_km=0.4).round(5)[0]
    early, morning, afternoon, evening = (round(free * share) for share in kind.parts)
    name = "Het Mijnlampje" if kind is FLEX else SITE_NAMES[rng.integers(len(SITE_NAMES))]
    until = None if kind.lasts_days is None else today + timedelta(days=kind.lasts_days)
    return Childcare(
        id=f"{kind.mode.lower().replace('_', '-')}-{number + 1}",
        name=f"{kind.word} {name}, {place.name}",
        mode=kind.mode,
        lon=float(lon),
        lat=float(lat),
        hours=parse_windows(kind.hours),
        age_from=kind.age_from,
        age_to=kind.age_to,
        early=early,
        morning=morning,
        afternoon=afternoon,
        evening=evening,
        wait_days=kind.wait_days,
        valid_until=until,
        cost_eur=kind.cost_eur,
    )


def draw_courses(people: int, *, today: date) -> tuple[Course, ...]:
    """Every course at each of its dates."""
    return tuple(
        Course(
            id=f"{row.key}-{number}",
            name=row.name,
            kind=row.kind,
            teaches=row.teaches,
            from_level=row.from_level,
            capacity=scaled(_seats_per_1000(row), people),
            starts_on=today + timedelta(days=days),
            weeks=row.weeks,
            cost_eur=row.cost_eur,
        )
        for row in COURSES
        for number, days in enumerate(row.first_lessons, start=1)
    )


def _seats_per_1000(row: CourseKindRow) -> float:
    if row.kind is CourseKind.DUTCH_COURSE:
        return STOCK.dutch_seats
    if row.kind is CourseKind.DRIVING_LICENCE:
        return STOCK.licence_seats
    return STOCK.short_course_seats if row.weeks <= SHORT_WEEKS else STOCK.long_course_seats


def draw_shuttles(
    towns: tuple[Town, ...], zones: tuple[Zone, ...], jobs: tuple[Job, ...], people: int
) -> tuple[tuple[ShuttleLine, ...], tuple[ShuttleRun, ...]]:
    """Lines from villages to the industrial zones that are too far to walk, and their runs."""
    seats = {zone: _shift_seats(zone, jobs) for zone in zones}
    pairs = _busiest_pairs(towns, seats)[: scaled(STOCK.shuttle_lines, people)]
    lines = tuple(_line(f"pendel-{n}", *pair) for n, pair in enumerate(pairs, start=1))
    return lines, tuple(run for line in lines for run in _runs(line))


def _shift_seats(zone: Zone, jobs: tuple[Job, ...]) -> int:
    """Open seats in a zone that begin too early or end too late for the bus."""
    return sum(
        job.seats
        for job in jobs
        if _km(zone, job) < ZONE_RADIUS_KM
        and any(week.minus(BUS_HOURS).spans for week in job.shifts)
    )


def _busiest_pairs(towns: tuple[Town, ...], seats: dict[Zone, int]) -> list[tuple[Place, Zone]]:
    """Pairs of village and zone, first those that join many people to many seats.

    A village comes back only after every other village had its turn.
    """
    pairs = [
        (weight * seats[zone], place, zone)
        for place, weight in jobseekers_per_village(towns)
        for zone in seats
        if NEAREST_KM <= _km(place, zone) <= FARTHEST_KM
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1].id, pair[2].name))
    turns: Counter[str] = Counter()
    ranked = []
    for order, (_, place, zone) in enumerate(pairs):
        ranked.append((turns[place.id], order, place, zone))
        turns[place.id] += 1
    return [(place, zone) for _, _, place, zone in sorted(ranked, key=lambda each: each[:2])]


def _line(key: str, place: Place, zone: Zone) -> ShuttleLine:
    return ShuttleLine(
        id=key,
        name=f"Pendelbus {place.name} – {zone.name}",
        from_lon=place.lon,
        from_lat=place.lat,
        to_lon=zone.lon,
        to_lat=zone.lat,
        ride_min=round(STOPS_MIN + MIN_PER_KM * _km(place, zone)),
        wait_days=14,
        cost_eur=600,
    )


def _runs(line: ShuttleLine) -> Iterator[ShuttleRun]:
    for name, direction, clock in SHIFT_RUNS:
        hour, minute = clock.split(":")
        yield ShuttleRun(
            id=f"{line.id}-{name}",
            line=line.id,
            direction=direction,
            time=int(hour) * 60 + int(minute),
            days=tuple(Day)[:5],
            seats=STOCK.shuttle_seats,
        )


def _km(one: _Located, other: _Located) -> float:
    east = (one.lon - other.lon) * LON_PER_LAT
    return float(np.hypot(east, one.lat - other.lat)) * KM_PER_DEGREE
