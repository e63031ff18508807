"""The geography that Koempel carries: Flemish municipalities of 2025 and their villages.

Small tables made by `tools/build_geography.py`, with the villages of the partnership's three
municipalities by hand; `docs/data-credits.md` tells what comes from where.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from koempel.errors import KoempelError

CREDIT = "Gemeenten en postcodes: Statbel (CC BY 4.0). Plaatspunten: GeoNames (CC BY 4.0)."
"""To be shown with every map or table of these places."""

T = TypeVar("T")


class UnknownMunicipalityError(KoempelError):
    """No Flemish municipality has this code or name; the message is in Dutch."""


@dataclass(frozen=True, slots=True)
class Town:
    """A Flemish municipality of 2025.

    Attributes
    ----------
    nis, name, province : str
        NIS code, name and province.
    postcodes : tuple of str
        Postal codes, lowest first.
    lon, lat : float
        Its centre, degrees (WGS84).
    inhabitants : int
        Of 2020 for the partnership's three; an estimate for the others, within a third for most.
    """

    nis: str
    name: str
    province: str
    postcodes: tuple[str, ...]
    lon: float
    lat: float
    inhabitants: int


@dataclass(frozen=True, slots=True)
class Place:
    """A village or quarter.

    Attributes
    ----------
    id, name, nis, postcode : str
        Own code, name, municipality and postal code. Where a municipality has several postal
        codes, the lowest, except in the partnership's three.
    lon, lat : float
        Its centre, degrees (WGS84).
    weight : int
        Its share of the municipality's jobseekers, in no unit.
    is_guess : bool
        Whether the point is a guess, wrong by up to 1.5 km.
    """

    id: str
    name: str
    nis: str
    postcode: str
    lon: float
    lat: float
    weight: int
    is_guess: bool


@cache
def towns() -> dict[str, Town]:
    """All Flemish municipalities by NIS code."""
    return {each.nis: each for each in _rows("municipalities.csv", _town)}


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """Villages of each municipality, largest first."""
    found: dict[str, list[Place]] = {nis: [] for nis in towns()}
    for name in ("home_villages.csv", "villages.csv"):
        for place in _rows(name, _place):
            found[place.nis].append(place)
    return {nis: tuple(sorted(those, key=_largest_first)) for nis, those in found.items()}


def jobseekers_per_village(towns: Iterable[Town]) -> tuple[tuple[Place, float], ...]:
    """Villages of some municipalities with their expected number of jobseekers, in no unit.

    A municipality counts by its inhabitants, its villages by their weights.
    """
    return tuple(
        (place, town.inhabitants * place.weight / sum(each.weight for each in places()[town.nis]))
        for town in towns
        for place in places()[town.nis]
    )


@cache
def outlines() -> dict[str, Any]:
    """Coarse outlines of the partnership's three municipalities, as GeoJSON."""
    found = json.loads(_text("outlines.geojson"))
    assert isinstance(found, dict)
    return found


def find_towns(names: Iterable[str]) -> tuple[Town, ...]:
    """Municipalities by NIS code or name, in the order asked, each once.

    Codes and names from before the fusions of 2025 lead to the municipality of today.

    Parameters
    ----------
    names : iterable of str
        Such as ``"71070"``, ``"Genk"`` or ``"73032"`` (Hoeselt, now Bilzen-Hoeselt).

    Raises
    ------
    UnknownMunicipalityError
        When a code or name is none of them.

    Examples
    --------
    >>> [town.nis for town in find_towns(["genk", "71022", "Hasselt"])]
    ['71016', '71072']
    """
    return tuple({town.nis: town for town in map(_find, names)}.values())


def _find(name: str) -> Town:
    nis = _nis_of().get(name.strip().casefold())
    if nis is None:
        raise UnknownMunicipalityError(
            f"«{name}» is geen Vlaamse gemeente. Geef een naam, zoals Genk, of een NIS-code, "
            "zoals 71016."
        )
    return towns()[nis]


@cache
def _nis_of() -> dict[str, str]:
    known: dict[str, str] = {}
    for old, name, nis in _rows("fusions.csv", lambda row: tuple(row.values())):
        known |= {old: nis, name.casefold(): nis}
    for town in towns().values():
        known |= {town.nis: town.nis, town.name.casefold(): town.nis}
    return known


def _largest_first(place: Place) -> tuple[int, str]:
    return -place.weight, place.id


def _town(row: dict[str, str]) -> Town:
    return Town(
        nis=row["nis"],
        name=row["name"],
        province=row["province"],
        postcodes=tuple(row["postcodes"].split()),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        inhabitants=int(row["inhabitants"]),
    )


def _place(row: dict[str, str]) -> Place:
    return Place(
        id=row["id"],
        name=row["name"],
        nis=row["nis"],
        postcode=row["postcode"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        weight=int(row["weight"]),
        is_guess=row["source"] == "guess",
    )


def _rows(name: str, make: Callable[[dict[str, str]], T]) -> Iterator[T]:
    lines = [line for line in _text(name).splitlines() if not line.startswith("#")]
    return map(make, csv.DictReader(lines, delimiter=";"))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
