"""People from a file: every problem in place, all or nothing, the same file once."""

import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from desk.factories.accounts import NOON
from desk.factories.people import TODAY, PersonFactory, VillageFactory
from desk.people.conftest import as_user
from koempel.desk.common.context import Relation, acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people import imports
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.imports import (
    Outcome,
    apply_import,
    mapped_by_name,
    plan_import,
    read_table,
    wrong_rows,
)
from koempel.desk.people.models import Person, TimelineEntry

pytestmark = pytest.mark.django_db

HEADER = (
    "nummer;voornaam;achternaam;telefoon;dorp;kan starten;uren van huis;uren minstens;"
    "uren hoogstens;vervoer;spreken"
)
GOOD = "A-1;Milo;Draadtrekker;;Kolenberg;2027-01-04;Mo-Fr 06:00-19:00;19;38;BIKE;A2"
OTHER = "A-2;Zohra;Zandberg;+32 470 00 00 02;kolenberg;2027-01-04;Mo-Fr 06:00-19:00;19;38;;B1"


@pytest.fixture
def office(bram):
    VillageFactory()
    with as_user(bram, Relation.OWN, "inschrijving"):
        yield bram


def plan_of(tmp_path, by, *lines, header=HEADER):
    path = tmp_path / "mensen.csv"
    path.write_text("\n".join([header, *lines]), "utf-8")
    head, rows = read_table(path, path.name)
    return plan_import(head, rows, mapping=mapped_by_name(head), by=by, today=TODAY)


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def bring_in(plan, by):
    return apply_import(plan, by=by, at=NOON, today=TODAY)


def everybody():
    with acting(system("proef")):
        return list(Person.objects.order_by("source_id"))


def test_sound_rows_become_people_of_the_office(tmp_path, office):
    numbers = bring_in(plan_of(tmp_path, office, GOOD, OTHER), office)
    milo, zohra = everybody()
    assert {milo.pk, zohra.pk} == set(numbers)
    assert (milo.organisation, milo.caseworker, milo.modes, milo.dutch_speaking) == (
        office.organisation,
        office,
        ["BIKE"],
        "A2",
    )
    assert (milo.lon, milo.lat, milo.last_contact_on) == (5.28, 51.035, TODAY)
    assert zohra.name_key == "zandberg zohra"


def test_import_writes_one_event_and_a_line_per_person(tmp_path, office):
    numbers = bring_in(plan_of(tmp_path, office, GOOD, OTHER), office)
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen) == ("people:import", sorted(numbers))
    with acting(system("proef")):
        assert TimelineEntry.objects.count() == 2


def test_same_file_twice_changes_nothing(tmp_path, office):
    bring_in(plan_of(tmp_path, office, GOOD, OTHER), office)
    before, events = everybody(), AuditEvent.objects.count()
    again = plan_of(tmp_path, office, GOOD, OTHER)
    assert outcomes(again) == [Outcome.SAME, Outcome.SAME]
    assert bring_in(again, office) == []
    assert [person.changed_at for person in everybody()] == [p.changed_at for p in before]
    assert AuditEvent.objects.count() == events


def test_changed_row_updates_the_same_case(tmp_path, office):
    (number,) = bring_in(plan_of(tmp_path, office, GOOD), office)
    changed = plan_of(tmp_path, office, GOOD.replace(";38;", ";32;"))
    assert outcomes(changed) == [Outcome.CHANGED]
    assert bring_in(changed, office) == [number]
    (milo,) = everybody()
    assert (milo.pk, milo.hours_max) == (number, 32)


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("Kolenberg", "Nergens", "village", "Dit dorp kennen we niet"),
        ("2027-01-04", "04/13/2027", "available_from", "kijk na of die dag bestaat"),
        ("Mo-Fr 06:00-19:00", "ooit", "away", "schrijf de dagen"),
        ("BIKE", "PAARD", "modes", "geen bekend woord"),
        ("A-1", "85.07.30-033.28", "source_id", "rijksregisternummer"),
        ("Draadtrekker", "Draad 85073003328", "last_name", "rijksregisternummer"),
        (";19;38;", ";39;38;", "hours_max", "minder dan"),
        (";Milo;", ";;", "first_name", "leeg"),
    ],
)
def test_problem_stands_at_its_cell(tmp_path, office, old, new, column, told):
    (row,) = plan_of(tmp_path, office, GOOD.replace(old, new, 1)).rows
    assert (row.outcome, list(row.problems)) == (Outcome.REFUSED, [column])
    assert told.lower() in row.problems[column].lower()


@pytest.mark.parametrize(
    ("old", "new"), [("2027-01-04", "4/1/2027"), ("Mo-Fr 06:00-19:00", "ma-vr 6-19")]
)
def test_days_and_hours_are_read_as_people_here_write_them(tmp_path, office, old, new):
    plain, here = (plan_of(tmp_path, office, row) for row in (GOOD, GOOD.replace(old, new)))
    assert here.rows[0].facts == plain.rows[0].facts


def test_problem_never_repeats_a_national_number(tmp_path, office):
    (row,) = plan_of(tmp_path, office, GOOD.replace("A-1", "85.07.30-033.28")).rows
    assert "033" not in "".join(row.problems.values())


def test_number_twice_in_a_file_is_refused_the_second_time(tmp_path, office):
    plan = plan_of(tmp_path, office, GOOD, OTHER.replace("A-2", "A-1"))
    assert outcomes(plan) == [Outcome.NEW, Outcome.REFUSED]
    assert plan.rows[1].problems == {"source_id": "Dit nummer staat ook op regel 2."}


def test_row_that_looks_like_a_known_person_is_refused(tmp_path, office):
    with acting(system("proef")):
        known = PersonFactory(first_name="Milo", last_name="Draadtrekker", caseworker=office)
    (row,) = plan_of(tmp_path, office, GOOD).rows
    assert row.problems == {"last_name": f"Lijkt op {known.pk}. Kijk dat dossier eerst na."}


def test_missing_column_stops_the_whole_file(tmp_path, office):
    plan = plan_of(tmp_path, office, "Milo", header="voornaam")
    assert plan.problem.startswith("Deze kolommen ontbreken: nummer, achternaam,")
    with pytest.raises(PeopleError):
        bring_in(plan, office)


def test_wrong_rows_come_back_alone_with_their_problem(tmp_path, office):
    plan = plan_of(tmp_path, office, GOOD, OTHER.replace("kolenberg", "Nergens"))
    head, lines = wrong_rows(plan)
    assert (head[-1], len(lines), lines[0][1]) == ("wat is er mis", 1, "Zohra")
    assert lines[0][-1].startswith("dorp: Dit dorp kennen we niet")


def test_mended_wrong_rows_can_be_read_again(tmp_path, office):
    head, lines = wrong_rows(plan_of(tmp_path, office, OTHER.replace("kolenberg", "Nergens")))
    mended = ";".join(lines[0]).replace("Nergens", "Kolenberg").replace(";+32", ";'+32")
    (row,) = plan_of(tmp_path, office, mended, header=";".join(head)).rows
    assert (row.outcome, row.facts["phone"]) == (Outcome.NEW, "+32 470 00 00 02")


def test_caseworker_is_found_by_address_within_the_office(tmp_path, office):
    header = f"{HEADER};begeleider"
    mine, stranger = plan_of(
        tmp_path,
        office,
        f"{GOOD};{office.email.upper()}",
        f"{OTHER};iemand@elders.invalid",
        header=header,
    ).rows
    assert (mine.facts["caseworker"], list(stranger.problems)) == (office, ["caseworker"])


def test_nothing_is_written_when_one_write_fails(tmp_path, office, monkeypatch):
    plan = plan_of(tmp_path, office, GOOD, OTHER)

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(imports, "_tell", fail)
    with pytest.raises(RuntimeError):
        bring_in(plan, office)
    assert everybody() == []


def test_workbook_reads_like_the_same_csv(tmp_path, office):
    book = Workbook()
    book.active.append(HEADER.split(";"))
    cells = GOOD.split(";")
    book.active.append([*cells[:5], datetime(2027, 1, 4), cells[6], 19, 38.0, *cells[9:]])  # noqa: DTZ001
    path = tmp_path / "mensen.xlsx"
    book.save(path)
    head, rows = read_table(path, path.name)
    plan = plan_import(head, rows, mapping=mapped_by_name(head), by=office, today=TODAY)
    assert (outcomes(plan), plan.rows[0].facts["available_from"]) == (
        [Outcome.NEW],
        date(2027, 1, 4),
    )
    assert plan.rows[0].facts["hours_max"] == 38


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (imports.MOST_UNPACKED + 1))


def _text(content):
    return lambda path: path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "write", "told"),
    [
        ("leeg.csv", _text(b""), "leeg"),
        ("veel.csv", _text(b"voornaam\n" + b"Milo\n" * (imports.MOST_ROWS + 1)), "20000 rijen"),
        ("breed.csv", _text(b";".join([b"x"] * 61) + b"\n"), "60 kolommen"),
        ("nep.xlsx", _text(b"geen zip"), "geen rekenblad"),
        ("bom.xlsx", _bomb, "te groot"),
    ],
)
def test_file_that_is_too_large_or_no_table_is_refused(tmp_path, name, write, told):
    path = tmp_path / name
    write(path)
    with pytest.raises(PeopleError, match=told):
        read_table(path, name)


def test_broken_workbook_is_refused_in_words(tmp_path):
    path = tmp_path / "half.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<half")
    with pytest.raises(PeopleError, match="niet te lezen"):
        read_table(path, path.name)
