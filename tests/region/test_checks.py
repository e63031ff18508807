import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koempel.region.checks import Issue, check_region

ChangeCells = Callable[..., None]


def problems(folder: Path) -> list[tuple[str, int, str, str]]:
    return [(issue.file, issue.line, issue.column, issue.problem) for issue in check_region(folder)]


def test_small_region_has_no_faults(small_region_folder: Path) -> None:
    assert problems(small_region_folder) == []


def test_issue_is_one_dutch_line_that_says_what_to_do(
    small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells("people", 3, available_from="14/01/2027")
    assert [str(issue) for issue in check_region(small_region_folder)] == [
        "people.csv, regel 3, kolom available_from: «14/01/2027» is geen datum. "
        "Verwacht: jjjj-mm-dd, zoals 2027-01-04. "
        "Doe: schrijf 2027-01-14; zet de kolom in het rekenblad op tekst."
    ]


def test_issue_of_region_toml_speaks_of_keys() -> None:
    issue = Issue("region.toml", 2, "name", "ontbreekt", "tekst", "zet de sleutel erbij")
    assert str(issue) == (
        "region.toml, regel 2, sleutel name: ontbreekt. Verwacht: tekst. Doe: zet de sleutel erbij."
    )


CELLS = {
    "empty required cell": ("people", {"village": " "}, "village", "is leeg"),
    "day that does not exist": (
        "people",
        {"registered_on": "2027-02-30"},
        "registered_on",
        "«2027-02-30» is geen datum",
    ),
    "year out of this age": (
        "people",
        {"registered_on": "0026-02-03"},
        "registered_on",
        "«0026-02-03» is geen datum",
    ),
    "month with a day": (
        "children",
        {"birth_month": "2024-09-01"},
        "birth_month",
        "«2024-09-01» is geen maand",
    ),
    "time past midnight": ("shuttle_runs", {"time": "24:10"}, "time", "«24:10» is geen uur"),
    "text where a number stands": (
        "people",
        {"hours_min": "veel"},
        "hours_min",
        "«veel» is geen getal",
    ),
    "thousands with a point": (
        "bikes",
        {"cost_eur": "1.200,50"},
        "cost_eur",
        "«1.200,50» is geen getal",
    ),
    "half a seat": ("jobs", {"seats": "1,5"}, "seats", "«1,5» is geen geheel getal"),
    "negative seats": ("jobs", {"seats": "-2"}, "seats", "«-2» is negatief"),
    "negative bikes": ("bikes", {"capacity": "-1"}, "capacity", "«-1» is negatief"),
    "negative care places": ("childcare", {"early": "-1"}, "early", "«-1» is negatief"),
    "negative course seats": ("courses", {"capacity": "-15"}, "capacity", "«-15» is negatief"),
    "negative shuttle seats": ("shuttle_runs", {"seats": "-8"}, "seats", "«-8» is negatief"),
    "too many hours": (
        "jobs",
        {"hours_per_week": "380"},
        "hours_per_week",
        "«380» is te klein of te groot",
    ),
    "unknown word": ("jobs", {"contract": "VAST"}, "contract", "«VAST» is hier geen bekend woord"),
    "unknown word in a list": (
        "people",
        {"modes": "BIKE SCOOTER"},
        "modes",
        "«SCOOTER» is hier geen bekend woord",
    ),
    "word twice in a list": (
        "people",
        {"modes": "BIKE BIKE"},
        "modes",
        "«BIKE BIKE» noemt iets twee keer",
    ),
    "id with a space": ("employers", {"id": "E 1"}, "id", "«E 1» is geen geldige code"),
    "skill in small letters": (
        "jobs",
        {"skills": "welding"},
        "skills",
        "«welding» is geen geldige code",
    ),
    "text with a control sign": (
        "jobs",
        {"title": "In\x07pakker"},
        "title",
        "«In\N{REPLACEMENT CHARACTER}pakker» is te lang of heeft vreemde tekens",
    ),
    "text too long": (
        "jobs",
        {"title": "Inpakker " * 30},
        "title",
        "«Inpakker Inpakker Inpakker Inpakker Inp…» is te lang of heeft vreemde tekens",
    ),
    "postal code of five digits": (
        "villages",
        {"postcode": "35500"},
        "postcode",
        "«35500» is geen postcode",
    ),
    "occupation of five digits": (
        "people",
        {"wants": "93331"},
        "wants",
        "«93331» is geen ISCO-code",
    ),
    "job with half an occupation": ("jobs", {"isco": "93"}, "isco", "«93» is geen ISCO-code"),
    "enterprise number with a wrong check": (
        "employers",
        {"enterprise_number": "0431.150.351"},
        "enterprise_number",
        "«0431.150.351» is geen ondernemingsnummer",
    ),
    "windows in Dutch": (
        "people",
        {"away": "ma-vr 7 tot 17"},
        "away",
        "«ma-vr 7 tot 17» is niet te lezen",
    ),
    "windows by the calendar": (
        "childcare",
        {"hours": "Mo-Fr 07:00-18:00; PH off"},
        "hours",
        "«Mo-Fr 07:00-18:00; PH off» hangt af van feestdagen of vakanties",
    ),
    "window without length": (
        "people",
        {"away": "Mo 07:00-07:00"},
        "away",
        "«Mo 07:00-07:00» heeft een venster zonder lengte",
    ),
    "no hours at all": ("people", {"away": "off"}, "away", "«off» heeft geen enkel uur"),
    "rotation without a shift": (
        "jobs",
        {"shifts": "off | off"},
        "shifts",
        "«off | off» heeft geen enkele dienst",
    ),
    "rotation with an empty week": (
        "jobs",
        {"shifts": "Mo 06:00-14:00 |"},
        "shifts",
        "«Mo 06:00-14:00 |» is niet te lezen",
    ),
    "shift over sixteen hours": (
        "jobs",
        {"shifts": "Mo 06:00-14:00,14:00-22:30"},
        "shifts",
        "«Mo 06:00-14:00,14:00-22:30» heeft een dienst van meer dan 16 uur",
    ),
    "coordinate outside Belgium": ("people", {"lat": "40,5"}, "lat", "«40,5» ligt buiten België"),
    "coordinate that is no number": ("people", {"lat": "51° 2'"}, "lat", "«51° 2'» is geen getal"),
    "home far from its village": (
        "people",
        {"lon": "4,4", "lat": "51,2"},
        "lon",
        "de plaats ligt 66 km van dorp «zolder»",
    ),
    "workplace far from its village": (
        "jobs",
        {"lon": "5,6"},
        "lon",
        "de plaats ligt 20 km van dorp «zolder»",
    ),
    "village far from its municipality": (
        "villages",
        {"lon": "5,9"},
        "lon",
        "de plaats ligt 43 km van gemeente «71070»",
    ),
    "care outside the region": (
        "children",
        {"care_lon": "3,7"},
        "care_lon",
        "de plaats ligt meer dan 40 km van elk dorp van de regio",
    ),
    "care site outside the region": (
        "childcare",
        {"lon": "3,7"},
        "lon",
        "de plaats ligt meer dan 40 km van elk dorp van de regio",
    ),
    "shuttle from outside the region": (
        "shuttle_lines",
        {"from_lon": "3,7"},
        "from_lon",
        "de plaats ligt meer dan 40 km van elk dorp van de regio",
    ),
    "shuttle to outside the region": (
        "shuttle_lines",
        {"to_lat": "50,1"},
        "to_lon",
        "de plaats ligt meer dan 40 km van elk dorp van de regio",
    ),
    "childcare without its place": (
        "children",
        {"care_lon": "", "care_lat": ""},
        "care_lon",
        "de opvang CHILDCARE heeft geen volledige plaats",
    ),
    "school without its place": (
        "children",
        {"care": "SCHOOL", "care_lon": "", "care_lat": ""},
        "care_lon",
        "de opvang SCHOOL heeft geen volledige plaats",
    ),
    "half a place at home": (
        "children",
        {"care": "HOME", "care_lat": ""},
        "care_lon",
        "de opvang HOME heeft geen volledige plaats",
    ),
    "more hours at least than at most": (
        "people",
        {"hours_min": "38,5"},
        "hours_max",
        "«38» is minder dan hours_min «38,5»",
    ),
    "start window backwards": (
        "jobs",
        {"start_to": "2027-01-17"},
        "start_to",
        "«2027-01-17» ligt vóór start_from «2027-01-18»",
    ),
    "right that ends before it begins": (
        "rights",
        {"valid_until": "2026-01-09"},
        "valid_until",
        "«2026-01-09» ligt vóór granted_on «2026-01-10»",
    ),
    "ages backwards": (
        "childcare",
        {"age_from": "36"},
        "age_to",
        "«36» is niet meer dan age_from «36»",
    ),
    "Dutch course that teaches a skill": (
        "courses",
        {"teaches": "FORKLIFT"},
        "teaches",
        "«FORKLIFT» is geen niveau van het Nederlands",
    ),
    "Dutch course that teaches nothing new": (
        "courses",
        {"from_level": "A2"},
        "from_level",
        "het startniveau «A2» ligt niet onder «A2»",
    ),
    "Dutch course for nobody": (
        "courses",
        {"from_level": ""},
        "from_level",
        "het startniveau «» ligt niet onder «A2»",
    ),
    "unknown municipality": (
        "villages",
        {"municipality": "71099"},
        "municipality",
        "«71099» staat niet in municipalities.csv",
    ),
    "unknown village": (
        "people",
        {"village": "genk"},
        "village",
        "«genk» staat niet in villages.csv",
    ),
    "unknown employer": (
        "jobs",
        {"employer": "E9"},
        "employer",
        "«E9» staat niet in employers.csv",
    ),
    "unknown person": ("children", {"person": "P9"}, "person", "«P9» staat niet in people.csv"),
    "unknown line": (
        "shuttle_runs",
        {"line": "L9"},
        "line",
        "«L9» staat niet in shuttle_lines.csv",
    ),
    "unknown municipality in a list": (
        "bikes",
        {"serves": "71070 71004"},
        "serves",
        "«71004» staat niet in municipalities.csv",
    ),
}

LAST_LINE = {"villages": 3, "people": 3}


@pytest.mark.parametrize("case", CELLS)
def test_check_reports_the_cell_that_is_wrong(
    case: str, small_region_folder: Path, change_cells: ChangeCells
) -> None:
    table, cells, column, problem = CELLS[case]
    line = LAST_LINE.get(table, 2)
    change_cells(table, line, **cells)
    reported = [issue for issue in problems(small_region_folder) if issue[0] == f"{table}.csv"]
    assert reported == [(f"{table}.csv", line, column, problem)]


def test_check_hints_at_swapped_coordinates(
    small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells("people", 2, lon="51,04", lat="5,28")
    remedies = {issue.column: issue.remedy for issue in check_region(small_region_folder)}
    swap = "wissel lengte en breedte om: de lengte is hier rond 5, de breedte rond 51"
    assert remedies == {"lon": swap, "lat": swap}


def test_check_suggests_the_word_that_was_meant(
    small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells("people", 2, modes="Bike")
    assert [issue.remedy for issue in check_region(small_region_folder)] == [
        "bedoel je «BIKE»? Schrijf dat dan"
    ]


def test_check_names_the_first_line_of_a_duplicate(
    small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells("people", 3, id="P1")
    change_cells("traits", 3, person="P1")
    assert problems(small_region_folder) == [
        ("people.csv", 3, "id", "«P1» staat ook op regel 2"),
        ("traits.csv", 3, "person", "«P1» staat ook op regel 2"),
    ]


def test_check_reports_all_cells_of_all_rows(
    small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells("people", 2, village="genk", hours_min="x", dutch_reading="C9")
    change_cells("people", 3, id="", away="altijd")
    change_cells("jobs", 2, seats="-1", employer="")
    found = [(issue.file, issue.line, issue.column) for issue in check_region(small_region_folder)]
    assert found == [
        ("people.csv", 2, "dutch_reading"),
        ("people.csv", 2, "hours_min"),
        ("people.csv", 2, "village"),
        ("people.csv", 3, "id"),
        ("people.csv", 3, "away"),
        ("jobs.csv", 2, "employer"),
        ("jobs.csv", 2, "seats"),
        ("traits.csv", 3, "person"),
    ]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("people", "id"),
        ("people", "skills"),
        ("people", "village"),
        ("people", "max_travel_min"),
        ("jobs", "title"),
        ("childcare", "name"),
        ("courses", "teaches"),
        ("employers", "enterprise_number"),
    ],
)
@pytest.mark.parametrize("number", ["85.07.30-033.28", "85073003328", "98.47.28-997.65"])
def test_check_finds_national_numbers_and_never_repeats_them(
    table: str, column: str, number: str, small_region_folder: Path, change_cells: ChangeCells
) -> None:
    change_cells(table, 2, **{column: number})
    issues = [issue for issue in check_region(small_region_folder) if issue.file == f"{table}.csv"]
    assert [(issue.column, issue.problem) for issue in issues] == [
        (column, "hier staat een rijksregisternummer")
    ]
    assert not any(number in str(issue) for issue in issues)


def replace(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


HEADERS = {
    "missing column": ("sex;", "", [("sex", "de kolom «sex» ontbreekt")]),
    "unknown column": ("birth_year", "birth_year;notes", [("", "de kolom «notes» is onbekend")]),
    "misspelt column": (
        "birth_year",
        "birthyear",
        [
            ("", "de kolom «birthyear» is onbekend"),
            ("birth_year", "de kolom «birth_year» ontbreekt"),
        ],
    ),
    "double column": ("sex;", "sex;sex;", [("sex", "de kolom «sex» staat er twee keer")]),
    "national number as a column": (
        "birth_year",
        "birth_year;85.07.30-033.28",
        [("", "de kolom «(verborgen)» is onbekend")],
    ),
    "no header at all": ("person;sex;birth_year\n", "", [("", "er is geen bekende kolom")]),
}


@pytest.mark.parametrize("case", HEADERS)
def test_check_reports_a_header_that_is_wrong(case: str, small_region_folder: Path) -> None:
    old, new, expected = HEADERS[case]
    replace(small_region_folder, "traits.csv", old, new)
    assert [each[2:] for each in problems(small_region_folder) if each[1] == 1] == expected


def test_check_suggests_the_column_that_was_meant(small_region_folder: Path) -> None:
    replace(small_region_folder, "traits.csv", "birth_year", "birthyear")
    first = next(check_region(small_region_folder))
    assert first.remedy == "bedoel je «birth_year»? Schrijf dat dan"


def test_check_reads_on_below_a_header_that_is_wrong(small_region_folder: Path) -> None:
    replace(small_region_folder, "traits.csv", "birth_year", "year")
    replace(small_region_folder, "traits.csv", "P2;X", "P2;Q")
    assert problems(small_region_folder)[-1] == (
        "traits.csv",
        3,
        "sex",
        "«Q» is hier geen bekend woord",
    )


@pytest.mark.parametrize(
    ("row", "count"), [("P2;X", 2), ("P2;X;1978;", 4), ("P2;X;1978;;;extra", 6)]
)
def test_check_reports_short_and_long_rows(row: str, count: int, small_region_folder: Path) -> None:
    replace(small_region_folder, "traits.csv", "P2;X;1978", row)
    assert problems(small_region_folder) == [
        ("traits.csv", 3, "", f"de rij heeft {count} cellen en de kopregel 3")
    ]


def test_check_reports_a_line_that_is_not_utf8_and_its_other_faults(
    small_region_folder: Path,
) -> None:
    path = small_region_folder / "employers.csv"
    path.write_bytes("id;name;kind;enterprise_number\nE1;Café Houw;SOCIAAL;\n".encode("cp1252"))
    assert problems(small_region_folder) == [
        ("employers.csv", 2, "", "de regel heeft tekens die geen UTF-8 zijn"),
        ("employers.csv", 2, "kind", "«SOCIAAL» is hier geen bekend woord"),
    ]


def test_check_reports_a_quote_that_does_not_close_and_reads_on(
    small_region_folder: Path,
) -> None:
    replace(small_region_folder, "traits.csv", "P1;F", '"P1;F')
    replace(small_region_folder, "traits.csv", "1978", "1878")
    assert problems(small_region_folder) == [
        (
            "traits.csv",
            2,
            "",
            "de aanhalingstekens kloppen niet of er staat een regeleinde midden in de rij",
        ),
        ("traits.csv", 3, "birth_year", "«1878» is te klein of te groot"),
    ]


def test_check_stops_at_a_line_without_end(small_region_folder: Path) -> None:
    with (small_region_folder / "traits.csv").open("a") as stream:
        stream.write("x" * 200_000)
    assert problems(small_region_folder) == [
        (
            "traits.csv",
            4,
            "",
            "de regel is langer dan 100000 tekens; het bestand is niet verder gelezen",
        )
    ]


def test_check_reports_missing_and_empty_files(small_region_folder: Path) -> None:
    (small_region_folder / "municipalities.csv").unlink()
    (small_region_folder / "jobs.csv").write_bytes(b"")
    (small_region_folder / "bikes.csv").unlink()
    assert problems(small_region_folder) == [
        ("municipalities.csv", 0, "", "ontbreekt"),
        ("jobs.csv", 0, "", "is leeg"),
    ]


def test_check_reports_a_folder_in_place_of_a_file(small_region_folder: Path) -> None:
    for name in ("jobs.csv", "region.toml"):
        (small_region_folder / name).unlink()
        (small_region_folder / name).mkdir()
    assert problems(small_region_folder) == [
        ("region.toml", 0, "", "kan niet gelezen worden"),
        ("jobs.csv", 0, "", "kan niet gelezen worden"),
    ]


def test_check_reports_a_misspelt_file(small_region_folder: Path) -> None:
    (small_region_folder / "children.csv").rename(small_region_folder / "childs.csv")
    issues = [(issue.problem, issue.remedy) for issue in check_region(small_region_folder)]
    assert issues == [
        ("het bestand «childs.csv» is onbekend", "bedoel je «children.csv»? Schrijf dat dan")
    ]


def test_check_reports_a_folder_that_is_not_there(tmp_path: Path) -> None:
    absent = tmp_path / "weg"
    assert problems(absent) == [(str(absent), 0, "", "is geen map")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("geen json", "is niet te lezen als GeoJSON"),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point"}}]}',
            "bevat geen vlakken",
        ),
        ("[1]", "bevat geen vlakken"),
        ("[" * 100_000, "is niet te lezen als GeoJSON"),
    ],
)
def test_check_reports_outlines_that_are_no_areas(
    text: str, problem: str, small_region_folder: Path
) -> None:
    (small_region_folder / "outlines.geojson").write_text(text)
    assert problems(small_region_folder) == [("outlines.geojson", 0, "", problem)]


HEADS = {
    "broken TOML": ('name = "Klein', 'name = "Klein" "', [(2, "", "is niet te lezen als TOML")]),
    "missing key": ("invented = true\n", "", [(0, "invented", "ontbreekt")]),
    "unknown key": ("invented", "verzonnen = true\ninvented", [(4, "", "«verzonnen» is onbekend")]),
    "other format": ("format = 1", "format = 2", [(1, "format", "«2» kan hier niet")]),
    "format as text": ("format = 1", 'format = "1"', [(1, "format", "«1» kan hier niet")]),
    "empty name": ("Klein Kolenland", " ", [(2, "name", "« » kan hier niet")]),
    "date as text": ("2027-01-04", '"2027-01-04"', [(3, "date", "«2027-01-04» kan hier niet")]),
    "date with a time": (
        "2027-01-04",
        "2027-01-04T08:00:00",
        [(3, "date", "«2027-01-04 08:00:00» kan hier niet")],
    ),
    "yes for true": ("invented = true", 'invented = "ja"', [(4, "invented", "«ja» kan hier niet")]),
    "floors that are no rows": (
        "[[floors]]",
        "[floors]",
        [(7, "floors", "«{'of': '71070', 'at_least': 1}» kan hier niet")],
    ),
    "floor without a place": ('of = "71070"\n', "", [(7, "of", "ontbreekt")]),
    "floor of a number": ('"71070"', "71070", [(7, "of", "«71070» kan hier niet")]),
    "floor below zero": ("at_least = 1", "at_least = -1", [(7, "at_least", "«-1» kan hier niet")]),
    "floor with a misspelt key": (
        "at_least = 1",
        "at_least = 1\npenalty = 2",
        [(7, "floors", "«penalty» is onbekend")],
    ),
    "floor with a huge number": (
        "at_least = 1",
        f"at_least = 0x1{'0' * 5000}",
        [(7, "at_least", "«een veel te groot getal» kan hier niet")],
    ),
    "floor of an unknown place": (
        "71070",
        "genk",
        [(0, "floors", "«genk» is geen gemeente of dorp van deze regio")],
    ),
    "national number in the name": (
        "Klein Kolenland",
        "Regio 85.07.30-033.28",
        [(2, "name", "hier staat een rijksregisternummer")],
    ),
    "national number as a place": (
        "71070",
        "85.07.30-033.28",
        [
            (8, "of", "hier staat een rijksregisternummer"),
            (0, "floors", "«(verborgen)» is geen gemeente of dorp van deze regio"),
        ],
    ),
}


@pytest.mark.parametrize("case", HEADS)
def test_check_reports_what_is_wrong_in_region_toml(case: str, small_region_folder: Path) -> None:
    old, new, expected = HEADS[case]
    replace(small_region_folder, "region.toml", old, new)
    assert problems(small_region_folder) == [("region.toml", *each) for each in expected]


def test_check_reports_region_toml_that_is_not_utf8(small_region_folder: Path) -> None:
    (small_region_folder / "region.toml").write_bytes("format = 1\nname = 'Café'".encode("cp1252"))
    assert problems(small_region_folder) == [("region.toml", 2, "", "is geen UTF-8")]


PARAMETERS = """
[[parameters]]
key = "plan.unknown"
value = 3
unit = "km"
valid_from = 2026-01-01
source = "eigen meting"
status = "CONFIRMED"

[[parameters]]
key = "travel.walk"
"""


def test_check_reports_every_parameter_that_is_wrong(small_region_folder: Path) -> None:
    with (small_region_folder / "region.toml").open("a") as stream:
        stream.write(PARAMETERS)
    assert problems(small_region_folder) == [
        ("region.toml", 11, "parameters", "onbekende sleutel «plan.unknown»"),
        ("region.toml", 19, "parameters", "het veld «unit» ontbreekt"),
    ]


def test_check_writes_nothing(small_region_folder: Path, change_cells: ChangeCells) -> None:
    change_cells("people", 2, village="genk")
    before = {path.name: path.read_bytes() for path in small_region_folder.iterdir()}
    assert list(check_region(small_region_folder))
    after = {path.name: path.read_bytes() for path in small_region_folder.iterdir()}
    assert after == before


@pytest.mark.slow
def test_check_of_100_000_faulty_rows_stays_small(small_region_folder: Path) -> None:
    with (small_region_folder / "traits.csv").open("w") as stream:
        stream.write("person;sex;birth_year\n")
        stream.writelines(f"Q{number};F;1990\n" for number in range(1, 100_001))
    tracemalloc.start()
    count = sum(1 for _ in check_region(small_region_folder))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    # The ids take some 13 MB; kept issues would take over 40.
    assert peak < 30_000_000


some_cells = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e9",
        "9" * 30,
        "Mo-Fr 06:00-14:00",
        "2027-01-04",
        "P1",
        "71070",
        '"',
        "é",
        ";",
    ]
) | st.text(max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_check_survives_mutated_tables(data: st.DataObject, small_region_folder: Path) -> None:
    path = data.draw(st.sampled_from(sorted(small_region_folder.glob("*.csv"))))
    good = path.read_bytes()
    rows = [line.split(";") for line in good.decode().splitlines()]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    change = data.draw(st.sampled_from(["cell", "drop column", "drop row", "double", "separator"]))
    if change == "cell":
        rows[row][column] = data.draw(some_cells)
    elif change == "drop column":
        rows = [cells[:column] + cells[column + 1 :] for cells in rows]
    elif change == "drop row":
        del rows[row]
    elif change == "double":
        rows.append(rows[row])
    separator = "," if change == "separator" else ";"
    path.write_bytes("\n".join(map(separator.join, rows)).encode("utf-8", "surrogatepass"))
    assert_sound(small_region_folder)
    path.write_bytes(good)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_check_survives_random_bytes(data: st.DataObject, small_region_folder: Path) -> None:
    path = data.draw(st.sampled_from(sorted(small_region_folder.iterdir())))
    good = path.read_bytes()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(good))] * 2)))
    path.write_bytes(good[:start] + data.draw(st.binary(max_size=80)) + good[end:])
    assert_sound(small_region_folder)
    path.write_bytes(good)


def assert_sound(folder: Path) -> None:
    for issue in check_region(folder):
        path = folder / issue.file
        assert issue.line <= (path.read_bytes().count(b"\n") + 1 if path.is_file() else 0)
        assert str(issue).isprintable()
