"""A small, whole region on disk for the tests of tables and checks: two villages, two people."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL_REGION = {
    "region.toml": """\
format = 1
name = "Klein Kolenland"
date = 2027-01-04
invented = true
credit = ""

[[floors]]
of = "71070"
at_least = 1
""",
    "municipalities.csv": """\
nis;name;lon;lat
71070;Heusden-Zolder;5,2890;51,0290
""",
    "villages.csv": """\
id;name;municipality;postcode;lon;lat
heusden;Heusden;71070;3550;5,2801;51,0366
zolder;Zolder;71070;3550;5,3098;51,0246
""",
    "people.csv": """\
id;village;lon;lat;registered_on;available_from;permit_until;modes;cycling;max_travel_min;\
dutch_listening;dutch_speaking;dutch_reading;dutch_writing;skills;licences;needs;away;\
hours_min;hours_max;wants
P1;heusden;5,28;51,04;2026-03-02;2027-01-11;;BIKE CAR;;45;\
B1;A2;A2;A1;FORKLIFT WELDING;B;NO_NIGHT;Mo-Fr 07:00-17:30;19;38;9333 93
P2;zolder;5,31;51,02;2026-10-05;2027-01-04;2028-06-30;;LEARN;;\
A1;A1;ALPHA;ALPHA;;;;24/7;19,5;38;
""",
    "rights.csv": """\
person;measure;granted_by;granted_on;valid_until;state
P1;LDE;VDAB;2026-01-10;2031-01-09;GRANTED
""",
    "children.csv": """\
id;person;birth_month;care;care_lon;care_lat;care_hours;care_until
C1;P1;2024-09;CHILDCARE;5,29;51,03;Mo-Fr 07:00-18:00;2027-08-31
C2;P1;2025-11;NONE;;;;
""",
    "employers.csv": """\
id;name;kind;enterprise_number
E1;De Kolenvink;SOCIAL;0403.019.261
""",
    "jobs.csv": """\
id;employer;title;isco;village;lon;lat;seats;start_from;start_to;shifts;hours_per_week;contract;\
dutch_listening;dutch_speaking;dutch_reading;dutch_writing;skills;licences;strains;measures
J1;E1;Inpakker;9321;zolder;5,32;51,03;2;2027-01-18;2027-03-01;\
Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00;38;INDEFINITE;\
A2;A2;;;;;STANDING;LDE
""",
    "bikes.csv": """\
id;name;kind;serves;capacity;wait_days;cost_eur
F1;Fietspunt Lampenist;BIKE;71070;12;3;85,5
""",
    "childcare.csv": """\
id;name;mode;lon;lat;hours;age_from;age_to;early;morning;afternoon;evening;wait_days;\
valid_until;cost_eur
O1;Het Mijnlampje;FLEX;5,29;51,04;Mo-Fr 05:00-22:00;0;36;2;6;6;2;14;2027-12-31;300
""",
    "childcare_days.csv": """\
site;days;early;morning;afternoon;evening
O1;We Fr;2;4;4;0
""",
    "courses.csv": """\
id;name;kind;teaches;from_level;capacity;starts_on;weeks;cost_eur
T1;Nederlands A2;DUTCH_COURSE;A2;A1;15;2027-02-01;12;120
T2;Heftruck;SKILL_COURSE;FORKLIFT;;6;2027-01-18;1;450
""",
    "shuttle_lines.csv": """\
id;name;from_lon;from_lat;to_lon;to_lat;ride_min;wait_days;cost_eur
L1;Mijnpendel;5,28;51,04;5,33;51,02;15;7;90
""",
    "shuttle_runs.csv": """\
id;line;direction;time;days;seats
R1;L1;TO_WORK;05:45;Mo Tu We Th Fr;8
""",
    "traits.csv": """\
person;sex;birth_year
P1;F;1990
P2;X;1978
""",
}

ChangeCells = Callable[..., None]


@pytest.fixture
def small_region_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kolenland"
    folder.mkdir()
    for name, text in SMALL_REGION.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def change_cells(small_region_folder: Path) -> ChangeCells:
    """Change cells of one line of one table of the small region."""

    def change(table: str, line: int, /, **cells: str) -> None:
        path = small_region_folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8")), delimiter=";"))
        rows[line - 2].update(cells)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter=";", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return change
