"""The invented firms: names after the mine, and where they stand.

Every name is plainly made up and after coal: a lamp, a shaft, a wagon. None has an enterprise
number, since any valid number might be a real firm's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from koempel.region.geography import Place, Town, places
from koempel.region.rows import Employer, EmployerKind
from koempel.region.synthetic.draw import LON_PER_LAT, near, pick, pick_one, stream
from koempel.region.synthetic.occupations import OCCUPATIONS, Occupation

MINE_WORDS = (
    "Kolenvink",
    "Blauwput",
    "Mijnlamp",
    "Tweede Schacht",
    "De Wissel",
    "Terril",
    "Staalbuur",
    "Stutmuur",
    "Losvloer",
    "Kolenkar",
    "Lampist",
    "Zwartgoud",
    "Houwer",
    "Mijnpaard",
    "Derde Laag",
    "Schachtbok",
    "Badzaal",
    "Ophaler",
    "Steengang",
    "Laagkool",
    "Dubbele Galerij",
    "Spoorbiels",
    "Kettingbaan",
    "Nachtploeg",
    "Roetmus",
    "Wolfsklem",
    "Zeefhuis",
    "Eierkool",
    "Gruisberg",
    "Luchtsluis",
    "Pikeur",
    "Vlamkool",
    "Magere Kool",
    "Koelput",
    "Cokesbloem",
    "Kompelhuis",
    "Opzichter",
    "Bovengrond",
    "Zeven Verdiepen",
    "Glück Auf",
)

SECTOR_NAMES = {
    "9112": ("Poetshulp", "Schoonwerk", "Dweil en Emmer"),
    "9333": ("Logis", "Laadkade", "Vrachtpunt"),
    "9321": ("Pakhuis", "Verpakking", "Maatwerk"),
    "9329": ("Draadwerk", "Montage", "Maatwerk", "Staalwerk"),
    "9214": ("Groendienst", "Natuurploeg"),
    "9412": ("Keuken", "Eethuis", "Grootkeuken"),
    "9612": ("Sorteerhal", "Kringloop"),
    "9334": ("Buurtwinkel", "Voorraad"),
    "6113": ("Tuinen", "Groenwerk"),
    "7234": ("Fietspunt", "Rijwiel"),
    "7212": ("Laswerk", "Constructie"),
    "8153": ("Naaiatelier", "Textiel"),
    "5223": ("Winkel", "Kringwinkel"),
    "5311": ("Kinderhuis", "Opvang"),
    "5322": ("Thuiszorg", "Zorghuis"),
    "8322": ("Koerier", "Rit"),
    "8332": ("Transport", "Vervoer"),
    "4321": ("Depot", "Voorraadhuis"),
}

FIRST_FIRMS = (
    ("De Kolenvink", "9321", EmployerKind.SOCIAL),
    ("Draadwerk Blauwput", "9329", EmployerKind.REGULAR),
    ("Tweede Schacht", "5223", EmployerKind.SOCIAL),
    ("Poetshulp De Wissel", "9112", EmployerKind.SOCIAL),
    ("Maatwerk Terril", "9329", EmployerKind.SOCIAL),
    ("Groendienst Lamp", "9214", EmployerKind.SOCIAL),
    ("Logis Noord", "9333", EmployerKind.REGULAR),
    ("Staalbuur", "7212", EmployerKind.REGULAR),
    ("Zorghuis Linde Zwart", "5322", EmployerKind.REGULAR),
    ("Wasbak Zeven", "9412", EmployerKind.SOCIAL),
)
"""Firms that every region has: name, ISCO code of their first kind of work, kind."""

JOBS_PER_FIRM = 6


@dataclass(frozen=True, slots=True)
class Zone:
    """An industrial zone; the point is a guess within half a kilometre."""

    name: str
    nis: str
    village: str
    lon: float
    lat: float
    weight: float


HOME_ZONES = (
    Zone("Ravenshout", "71004", "71004-paal", 5.150, 51.052, 9),
    Zone("Albertkanaal", "71004", "71004-beringen", 5.198, 51.034, 7),
    Zone("Beringen-Noord", "71004", "71004-beringen", 5.232, 51.058, 4),
    Zone("Koolmijn Beringen", "71004", "71004-beringen-mijn", 5.222, 51.072, 2),
    Zone("Lummen-Zolder", "71070", "71070-viversel", 5.246, 50.994, 10),
    Zone("De Schacht Zolder", "71070", "71070-lindeman", 5.322, 51.046, 4),
    Zone("Centrum-Zuid", "72039", "72039-meulenberg", 5.370, 51.016, 9),
    Zone("Europark", "72039", "72039-houthalen-oost", 5.460, 51.012, 4),
)

ZONE_DISTANCE_KM = 1.8


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer with its place and its kinds of work."""

    row: Employer
    village: str
    lon: float
    lat: float
    work: tuple[Occupation, ...]
    weight: float


def zones_of(towns: tuple[Town, ...], *, seed: int) -> tuple[Zone, ...]:
    """Industrial zones: the known ones, and one by the main village of each other municipality."""
    known = {zone.nis for zone in HOME_ZONES}
    rng = stream(seed, "zones")
    return tuple(
        zone
        for town in towns
        for zone in (
            [each for each in HOME_ZONES if each.nis == town.nis]
            if town.nis in known
            else [_zone_beside(places()[town.nis][0], rng)]
        )
    )


def _zone_beside(place: Place, rng: np.random.Generator) -> Zone:
    angle = rng.random() * 2 * np.pi
    away = ZONE_DISTANCE_KM / 111.2
    lon = round(place.lon + away * np.cos(angle) / LON_PER_LAT, 5)
    lat = round(place.lat + away * np.sin(angle), 5)
    return Zone(f"Bedrijvenzone {place.name}", place.nis, place.id, lon, lat, 10)


def draw_firms(towns: tuple[Town, ...], jobs: int, *, seed: int) -> tuple[Firm, ...]:
    """Draw the firms that offer the jobs."""
    rng = stream(seed, "firms")
    zones = zones_of(towns, seed=seed)
    n = max(len(FIRST_FIRMS), jobs // JOBS_PER_FIRM)
    at = pick(rng, [(town, town.inhabitants) for town in towns], n)
    rows = _rows(rng)
    return tuple(_firm(rng, *next(rows), town=town, zones=zones) for town in at)


def _rows(rng: np.random.Generator) -> Iterator[tuple[Employer, Occupation]]:
    for number, (name, occupation, kind) in enumerate(_names(rng), start=1):
        yield Employer(f"F-{number:04}", name, kind, None), occupation


def _names(rng: np.random.Generator) -> Iterator[tuple[str, Occupation, EmployerKind]]:
    of_isco = {each.isco: each for each in OCCUPATIONS}
    for name, isco, kind in FIRST_FIRMS:
        yield name, of_isco[isco], kind
    taken = {name: 1 for name, _, _ in FIRST_FIRMS}
    table = [(each, each.weight) for each in OCCUPATIONS]
    while True:
        occupation = pick_one(rng, table)
        sector = SECTOR_NAMES[occupation.isco]
        name = f"{sector[rng.integers(len(sector))]} {MINE_WORDS[rng.integers(len(MINE_WORDS))]}"
        taken[name] = taken.get(name, 0) + 1
        kind = EmployerKind.SOCIAL if rng.random() < occupation.social else EmployerKind.REGULAR
        yield name if taken[name] == 1 else f"{name} {taken[name]}", occupation, kind


def _firm(
    rng: np.random.Generator,
    row: Employer,
    occupation: Occupation,
    *,
    town: Town,
    zones: tuple[Zone, ...],
) -> Firm:
    village, lon, lat = _site(rng, occupation, town, zones)
    social = row.kind is EmployerKind.SOCIAL
    return Firm(
        row=row,
        village=village,
        lon=lon,
        lat=lat,
        work=_work(rng, occupation, social=social),
        weight=rng.lognormal(0, 0.7),
    )


def _work(rng: np.random.Generator, first: Occupation, *, social: bool) -> tuple[Occupation, ...]:
    """The firm's first kind of work, and for most one or two more in the same sort of place."""
    table = [
        (each, each.weight * (each.social if social else 1 - each.social))
        for each in OCCUPATIONS
        if each.in_zone == first.in_zone
    ]
    more = [pick_one(rng, table) for _ in range(rng.integers(0, 3))]
    return tuple(dict.fromkeys([first, *more]))


def _site(
    rng: np.random.Generator, occupation: Occupation, town: Town, zones: tuple[Zone, ...]
) -> tuple[str, float, float]:
    if occupation.in_zone:
        zone = pick_one(rng, [(zone, zone.weight) for zone in zones if zone.nis == town.nis])
        village, centre, spread = zone.village, (zone.lon, zone.lat), 0.3
    else:
        place = pick_one(rng, [(place, place.weight) for place in places()[town.nis]])
        village, centre, spread = place.id, (place.lon, place.lat), 0.4
    lon, lat = near(rng, np.array([centre]), spread_km=spread).round(5)[0]
    return village, float(lon), float(lat)
