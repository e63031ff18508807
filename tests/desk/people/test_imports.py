"""People from a file: every problem in place, all or nothing, the same file once."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook

from desk.factories.accounts import NOON, UserFactory
from desk.factories.people import TODAY, PersonFactory, VillageFactory
from desk.people.conftest import as_user
from koempel.desk.common.context import Relation, acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.sheet_plans import Outcome, mapped_by_name, wrong_rows
from koempel.desk.common.sheets import read_sheet
from koempel.desk.people import imports
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.imports import ALSO, TITLES, apply_import, plan_import
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.web.pages.exports import write_csv

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


def plan_of(by, *lines, header=HEADER, today=TODAY):
    sheet = read_sheet(BytesIO("\n".join([header, *lines]).encode()), "mensen.csv")
    mapping = mapped_by_name(sheet.header, TITLES, ALSO)
    return plan_import(sheet, mapping=mapping, by=by, today=today)


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def bring_in(plan, by, today=TODAY):
    """The case numbers that were made or changed."""
    done = apply_import(plan, by=by, at=NOON, today=today)
    return sorted(row.known for row in done.of(Outcome.NEW) + done.of(Outcome.CHANGED))


def everybody():
    with acting(system("proef")):
        return list(Person.objects.order_by("source_id"))


def test_sound_rows_become_people_of_the_office(office):
    numbers = bring_in(plan_of(office, GOOD, OTHER), office)
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


def test_import_writes_one_event_and_a_line_per_person(office):
    numbers = bring_in(plan_of(office, GOOD, OTHER), office)
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen) == ("people:import", sorted(numbers))
    with acting(system("proef")):
        assert TimelineEntry.objects.count() == 2


def test_same_file_twice_changes_nothing(office):
    bring_in(plan_of(office, GOOD, OTHER), office)
    before, events = everybody(), AuditEvent.objects.count()
    again = plan_of(office, GOOD, OTHER)
    assert outcomes(again) == [Outcome.SAME, Outcome.SAME]
    assert bring_in(again, office) == []
    assert [person.changed_at for person in everybody()] == [p.changed_at for p in before]
    assert AuditEvent.objects.count() == events


def test_changed_row_updates_the_same_case(office):
    (number,) = bring_in(plan_of(office, GOOD), office)
    changed = plan_of(office, GOOD.replace(";38;", ";32;"))
    assert outcomes(changed) == [Outcome.CHANGED]
    assert bring_in(changed, office) == [number]
    (milo,) = everybody()
    assert (milo.pk, milo.hours_max) == (number, 32)


@pytest.mark.parametrize(
    ("old", "new", "column", "told"),
    [
        ("Kolenberg", "Nergens", "village", "Dit dorp kennen we niet"),
        ("2027-01-04", "04/13/2027", "available_from", "kijk na of die dag bestaat"),
        ("Mo-Fr 06:00-19:00", "ooit", "away", "schrijf bijvoorbeeld ma-vr 6-14"),
        ("BIKE", "PAARD", "modes", "geen bekend woord"),
        ("A-1", "85.07.30-033.28", "source_id", "rijksregisternummer"),
        ("Draadtrekker", "Draad 85073003328", "last_name", "rijksregisternummer"),
        (";19;38;", ";39;38;", "hours_max", "minder dan"),
        (";Milo;", ";;", "first_name", "leeg"),
    ],
)
def test_problem_stands_at_its_cell(office, old, new, column, told):
    (row,) = plan_of(office, GOOD.replace(old, new, 1)).rows
    assert (row.outcome, list(row.problems)) == (Outcome.REFUSED, [column])
    assert told.lower() in row.problems[column].lower()


@pytest.mark.parametrize(
    ("old", "new"), [("2027-01-04", "4/1/2027"), ("Mo-Fr 06:00-19:00", "ma-vr 6-19")]
)
def test_days_and_hours_are_read_as_people_here_write_them(office, old, new):
    plain, here = (plan_of(office, row) for row in (GOOD, GOOD.replace(old, new)))
    assert here.rows[0].facts == plain.rows[0].facts


def test_problem_never_repeats_a_national_number(office):
    (row,) = plan_of(office, GOOD.replace("A-1", "85.07.30-033.28")).rows
    assert "033" not in "".join(row.problems.values())


def test_number_twice_in_a_file_is_refused_the_second_time(office):
    plan = plan_of(office, GOOD, OTHER.replace("A-2", "A-1"))
    assert outcomes(plan) == [Outcome.NEW, Outcome.REFUSED]
    assert plan.rows[1].problems == {"source_id": "Dit nummer staat ook op regel 2."}


def test_row_that_looks_like_a_known_person_is_refused(office):
    with acting(system("proef")):
        known = PersonFactory(first_name="Milo", last_name="Draadtrekker", caseworker=office)
    (row,) = plan_of(office, GOOD).rows
    assert row.problems == {"last_name": f"Lijkt op {known.pk}. Kijk dat dossier eerst na."}


def test_missing_column_stops_the_whole_file(office):
    plan = plan_of(office, "Milo", header="voornaam")
    assert plan.problem.startswith("Deze kolommen ontbreken: nummer, achternaam,")
    with pytest.raises(PeopleError):
        bring_in(plan, office)


def test_wrong_rows_come_back_alone_with_their_problem(office):
    wrong = wrong_rows(plan_of(office, GOOD, OTHER.replace("kolenberg", "Nergens")), TITLES)
    ((line, cells),) = wrong.rows
    assert (wrong.header[-1], line, cells[1]) == ("wat is er mis", 3, "Zohra")
    assert cells[-1].startswith("dorp: Dit dorp kennen we niet")


def test_mended_wrong_rows_can_be_read_again(office):
    wrong = wrong_rows(plan_of(office, OTHER.replace("kolenberg", "Nergens")), TITLES)
    file = BytesIO()
    write_csv(file, wrong.header, [cells for _, cells in wrong.rows])
    mended = file.getvalue().decode("utf-8-sig").replace("Nergens", "Kolenberg")
    assert ";'+32" in mended
    (row,) = plan_of(office, *mended.splitlines()[1:], header=mended.splitlines()[0]).rows
    assert (row.outcome, row.facts["phone"]) == (Outcome.NEW, "+32 470 00 00 02")


def test_caseworker_is_found_by_address_within_the_office(office):
    header = f"{HEADER};begeleider"
    mine, stranger = plan_of(
        office,
        f"{GOOD};{office.email.upper()}",
        f"{OTHER};iemand@elders.invalid",
        header=header,
    ).rows
    assert (mine.facts["caseworker"], list(stranger.problems)) == (office, ["caseworker"])


def test_nothing_is_written_when_one_write_fails(office, monkeypatch):
    plan = plan_of(office, GOOD, OTHER)

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(imports, "_tell", fail)
    with pytest.raises(RuntimeError):
        bring_in(plan, office)
    assert everybody() == []


def test_workbook_reads_like_the_same_csv(office):
    book, file = Workbook(), BytesIO()
    book.active.append(HEADER.split(";"))
    cells = GOOD.split(";")
    book.active.append([*cells[:5], datetime(2027, 1, 4), cells[6], 19, 38.0, *cells[9:]])  # noqa: DTZ001
    book.save(file)
    sheet = read_sheet(file, "mensen.xlsx")
    mapping = mapped_by_name(sheet.header, TITLES, ALSO)
    plan = plan_import(sheet, mapping=mapping, by=office, today=TODAY)
    assert plan.rows[0].facts == plan_of(office, GOOD).rows[0].facts


# ---- somebody we know -------------------------------------------------------------------------


def test_same_file_on_another_day_by_a_colleague_changes_nothing(office):
    bring_in(plan_of(office, GOOD), office)
    colleague = UserFactory(role=office.role, organisation=office.organisation)
    again = plan_of(colleague, GOOD, today=TODAY + timedelta(days=40))
    assert outcomes(again) == [Outcome.SAME]


def test_empty_cells_leave_what_stands_and_filled_ones_change_it(office):
    bring_in(plan_of(office, GOOD), office)
    with acting(system("proef")):
        Person.objects.update(phone="0470 00 00 09", dutch_speaking="B2", skills=["WELDING"])
    (row,) = plan_of(office, GOOD.replace(";BIKE;A2", ";;")).rows
    assert (row.outcome, row.facts["source_id"]) == (Outcome.SAME, "A-1")
    (row,) = plan_of(office, GOOD).rows
    assert row.outcome is Outcome.CHANGED
    bring_in(plan_of(office, GOOD), office)
    (milo,) = everybody()
    assert (milo.phone, milo.dutch_speaking, milo.skills) == ("0470 00 00 09", "A2", ["WELDING"])


def test_place_goes_along_only_when_the_village_changes(office):
    bring_in(plan_of(office, GOOD), office)
    VillageFactory(code="zandberg", name="Zandberg", lon=5.31, lat=51.05)
    with acting(system("proef")):
        Person.objects.update(lon=5.285, lat=51.04)
    assert outcomes(plan_of(office, GOOD)) == [Outcome.SAME]
    bring_in(plan_of(office, GOOD.replace("Kolenberg", "Zandberg")), office)
    (milo,) = everybody()
    assert (milo.village_id, milo.lon, milo.lat) == ("zandberg", 5.31, 51.05)


def test_plan_is_made_again_when_cases_changed_in_between(office):
    plan = plan_of(office, GOOD, OTHER)
    (number,) = bring_in(plan_of(office, GOOD), office)
    assert len(bring_in(plan, office)) == 1
    assert number in {person.pk for person in everybody()}
    assert len(everybody()) == 2


@pytest.mark.parametrize(
    ("old", "new", "column", "longest"),
    [("Milo", "M" * 81, "first_name", 80), (";;Kolenberg", f";{'0' * 31};Kolenberg", "phone", 30)],
)
def test_cell_longer_than_its_field_is_refused(office, old, new, column, longest):
    (row,) = plan_of(office, GOOD.replace(old, new)).rows
    assert list(row.problems) == [column]
    assert f"langer dan {longest} tekens" in row.problems[column]


def test_a_thousand_rows_are_written_many_at_a_time(office, django_assert_max_num_queries):
    rows = [GOOD.replace("A-1", f"A-{n}").replace("Milo", f"Milo{n}") for n in range(1000)]
    with django_assert_max_num_queries(80):
        bring_in(plan_of(office, *rows), office)
    changed = [row.replace(";38;", ";32;") for row in rows]
    with django_assert_max_num_queries(80):
        bring_in(plan_of(office, *changed), office)
    assert {person.hours_max for person in everybody()} == {32}
