import csv
from math import hypot
from pathlib import Path

import pytest

from koempel.region.geography import (
    UnknownMunicipalityError,
    find_towns,
    jobseekers_per_village,
    outlines,
    places,
    towns,
)

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "geo"

reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference tables of ../shared/data/geo are not here"
)

# Villages that share their name with a place elsewhere; the reference lists only the other one.
NAMESAKES = {
    ("Ledeberg", "23097"),
    ("Beveren", "38002"),
    ("Beveren", "46030"),
    ("Moerbeke", "46029"),
    ("Sint-Joris", "73001"),
}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    return 111.2 * hypot(0.63 * (lon_a - lon_b), lat_a - lat_b)


def test_every_municipality_has_villages_inside_flanders():
    everywhere = [place for those in places().values() for place in those]

    assert len(towns()) == 285
    assert {place.nis for place in everywhere} == set(towns())
    assert all(2.5 < place.lon < 6 and 50.6 < place.lat < 51.6 for place in everywhere)
    assert len({place.id for place in everywhere}) == len(everywhere)


def test_villages_have_a_postcode_of_their_municipality():
    assert all(
        place.postcode in town.postcodes
        for town in towns().values()
        for place in places()[town.nis]
    )


def test_the_partnership_has_its_public_figures():
    home = [(town.name, town.inhabitants) for town in find_towns(["71070", "71004", "72039"])]
    weights = {place.name: place.weight for place in places()["71070"]}

    assert home == [
        ("Heusden-Zolder", 33_892),
        ("Beringen", 46_598),
        ("Houthalen-Helchteren", 30_550),
    ]
    assert [weights[name] for name in ("Berkenbos", "Heusden", "Halvijvers")] == [129, 125, 98]
    assert sum(weights.values()) == 968


def test_quarters_of_the_partnership_are_marked_as_guesses():
    guessed = {place.name for place in places()["72039"] if place.is_guess}

    assert guessed == {"Meulenberg", "Laak", "Lillo", "Houthalen-Oost", "Sonnis"}


def test_outlines_are_closed_rings_round_the_villages():
    for area in outlines()["features"]:
        (ring,) = area["geometry"]["coordinates"]
        lons, lats = zip(*ring, strict=True)
        inside = [
            min(lons) < place.lon < max(lons) and min(lats) < place.lat < max(lats)
            for place in places()[area["id"]]
        ]
        assert ring[0] == ring[-1]
        assert all(inside)
    assert [area["id"] for area in outlines()["features"]] == ["71004", "71070", "72039"]


@pytest.mark.parametrize(
    ("asked", "nis"),
    [
        ("71016", "71016"),
        ("genk", "71016"),
        (" Houthalen-Helchteren ", "72039"),
        ("73032", "73110"),
        ("Hoeselt", "73110"),
        ("71022", "71072"),
        ("Hasselt", "71072"),
        ("11007", "11002"),
    ],
)
def test_find_towns_knows_names_and_codes_of_today_and_before_2025(asked: str, nis: str):
    assert [town.nis for town in find_towns([asked])] == [nis]


def test_find_towns_names_each_once_in_the_order_asked():
    found = find_towns(["Genk", "Bilzen", "Hoeselt", "71016"])

    assert [town.name for town in found] == ["Genk", "Bilzen-Hoeselt"]


def test_find_towns_refuses_what_is_not_flemish():
    with pytest.raises(UnknownMunicipalityError, match="«Namur» is geen Vlaamse gemeente"):
        find_towns(["Genk", "Namur"])


def test_a_municipality_weighs_by_its_inhabitants():
    weighed = jobseekers_per_village(find_towns(["71070", "71004"]))

    total = dict.fromkeys(("71070", "71004"), 0.0)
    for place, weight in weighed:
        total[place.nis] += weight
    assert total == pytest.approx({"71070": 33_892, "71004": 46_598})


@reference
def test_municipalities_equal_the_reference():
    known = {
        row["nis"]: (row["naam"], row["provincie"], row["postcodes"])
        for row in rows("boundaries/gemeenten_vlaanderen_2025.csv")
    }

    assert {
        town.nis: (town.name, town.province, " ".join(town.postcodes)) for town in towns().values()
    } == known


@reference
def test_centres_lie_near_those_of_the_reference():
    known = {row["nis"]: row for row in rows("boundaries/gemeenten_vlaanderen_2025.csv")}
    away = [
        km(town.lon, town.lat, float(row["lon"]), float(row["lat"]))
        for town in towns().values()
        for row in (known[town.nis],)
    ]

    assert max(away) < 5.5
    assert sorted(away)[len(away) // 2] < 1.5


@reference
def test_estimated_inhabitants_are_mostly_within_a_third_of_the_register():
    known = {
        row["nis"]: int(row["inwoners_2020"])
        for row in rows("boundaries/gemeenten_vlaanderen_2025.csv")
    }
    ratios = [town.inhabitants / known[town.nis] for town in towns().values()]

    assert sum(0.67 < ratio < 1.34 for ratio in ratios) > 0.85 * len(ratios)


@reference
def test_villages_lie_in_the_municipality_of_the_reference():
    known: dict[str, set[str]] = {}
    for row in rows("postcodes/postcodes_vlaanderen.csv"):
        known.setdefault(row["plaats"].casefold(), set()).add(row["nis"])
    elsewhere = {
        (place.name, place.nis)
        for those in places().values()
        for place in those
        if not place.is_guess and place.nis not in known.get(place.name.casefold(), {place.nis})
    }

    assert elsewhere == NAMESAKES
