"""Terms, the sweep, everything about one person, the declarations of the fields."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from desk.factories.accounts import NOON, UserFactory
from desk.factories.people import (
    TODAY,
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import SentForm
from koempel.desk.common.uploads import UploadStore
from koempel.desk.people import fields
from koempel.desk.people.checks import every_field_is_declared
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.exports import as_data, everything_about
from koempel.desk.people.models import ConfidentialNote, Person, TimelineEntry, Tombstone
from koempel.desk.people.retention import Going, going_by, months_before, sweep, terms
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.region.parameters import ParameterMissingError

pytestmark = pytest.mark.django_db
LONG_AGO = date(2024, 11, 23)


@pytest.fixture(autouse=True)
def _as_system():
    with acting(system("proef")):
        yield


def test_every_field_has_its_declaration():
    assert every_field_is_declared(None) == []


def test_field_without_declaration_fails_the_check(monkeypatch):
    person = {k: v for k, v in fields.DECLARED["Person"].items() if k != "phone"}
    declared = {**fields.DECLARED, "Person": {**person, "shoe_size": person["email"]}}
    monkeypatch.setattr("koempel.desk.people.checks.DECLARED", declared)
    assert [found.id for found in every_field_is_declared(None)] == ["koempel.E010", "koempel.E011"]


def test_every_term_of_a_field_has_a_value_today():
    used = {each.term for table in fields.DECLARED.values() for each in table.values()}
    missing = [
        term for term in used - {fields.Term.NONE} if not terms().on(term.value, TODAY).value
    ]
    assert missing == []


def test_day_without_a_term_stops_the_sweep():
    PersonFactory(last_contact_on=date(2000, 1, 1))
    with pytest.raises(ParameterMissingError):
        sweep(date(2019, 1, 1))
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("situation", "goes"),
    [
        ({"last_contact_on": LONG_AGO}, True),
        ({"last_contact_on": LONG_AGO + timedelta(days=1)}, False),
        ({"last_contact_on": LONG_AGO, "status": CaseStatus.CLOSED}, True),
        ({"status": CaseStatus.PLACED, "status_since": date(2025, 11, 23)}, True),
        ({"status": CaseStatus.PLACED, "status_since": date(2025, 11, 24)}, False),
        (
            {
                "status": CaseStatus.PLACED,
                "status_since": TODAY,
                "last_contact_on": LONG_AGO,
            },
            False,
        ),
    ],
)
def test_sweep_erases_exactly_what_is_past_its_term(situation, goes):
    person = PersonFactory(**situation)
    assert sweep(TODAY).people == goes
    assert Tombstone.objects.filter(pk=person.pk).exists() == goes


def test_sweep_removes_old_notes_and_leaves_the_case():
    old = datetime(2024, 11, 23, 20, tzinfo=UTC)
    person = PersonFactory()
    TimelineEntryFactory(person=person, at=old)
    TimelineEntryFactory(person=person, at=old, kind=EntryKind.RIGHT)
    TimelineEntryFactory(person=person, at=old + timedelta(days=1))
    ConfidentialNoteFactory(person=person, at=old)
    assert sweep(TODAY).notes == 2
    assert (TimelineEntry.objects.count(), ConfidentialNote.objects.count()) == (2, 0)


def test_preview_names_what_goes_and_when():
    person = PersonFactory(last_contact_on=LONG_AGO + timedelta(days=10))
    on = TODAY + timedelta(days=10)
    assert going_by(TODAY + timedelta(days=30), today=TODAY) == [
        Going(person.pk, "het hele dossier", "geen contact meer sinds 03/12/2024", on)
    ]


def test_what_the_preview_says_is_what_the_sweep_does():
    for days in range(-3, 4):
        PersonFactory(last_contact_on=LONG_AGO + timedelta(days=days))
    seen = {each.case_number for each in going_by(TODAY, today=TODAY)}
    sweep(TODAY)
    assert set(Tombstone.objects.values_list("pk", flat=True)) == seen


def test_command_looks_without_erasing():
    person = PersonFactory(last_contact_on=LONG_AGO)
    told = StringIO()
    call_command("retention_sweep", "--dag", "2026-11-23", "--kijk", stdout=told)
    assert told.getvalue().startswith(f"{person.pk}: het hele dossier")
    assert Person.objects.count() == 1


def test_command_erases_and_says_how_much():
    PersonFactory(last_contact_on=LONG_AGO)
    told = StringIO()
    call_command("retention_sweep", "--dag", "2026-11-23", stdout=told)
    assert told.getvalue() == "Gewist: één dossier en 0 notities.\n"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 11, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 1), 3, date(2025, 12, 1)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, expected):
    assert months_before(day, months) == expected


@pytest.fixture
def yara_whole():
    person = PersonFactory(first_name="Yara", last_name="Lampenier")
    ChildFactory(person=person, in_care=True)
    SupportRightFactory(person=person)
    PersonObstacleFactory(person=person)
    TimelineEntryFactory(person=person, at=NOON)
    ConfidentialNoteFactory(person=person)
    ChildFactory(first_name="Ander kind")
    return person


def test_export_has_every_table_and_nothing_of_others(yara_whole):
    parts = everything_about(yara_whole.pk)
    assert [(part.name, len(part.rows)) for part in parts] == [
        ("Person", 1),
        ("Child", 1),
        ("SupportRight", 1),
        ("PersonObstacle", 1),
        ("TimelineEntry", 1),
        ("ConfidentialNote", 1),
    ]
    assert "Ander kind" not in str(parts)


def test_export_has_every_field_that_is_declared_so(yara_whole):
    given = as_data(everything_about(yara_whole.pk))
    expected = {
        name
        for name, each in fields.DECLARED["Person"].items()
        if each.export is fields.Export.GIVE
    }
    assert set(given["Person"][0]) == expected


def test_export_speaks_dutch(yara_whole):
    words = {known.label: known.words for known in everything_about(yara_whole.pk)[0].rows[0]}
    assert words["Kan van huis zijn"] == "maandag tot vrijdag van 6 tot 19 uur"
    assert (words["Eigen vervoer"], words["Status"]) == ("fiets", "zoekt werk")
    assert (words["Nodig op het werk"], words["Adres afschermen"]) == ("niet zwaar tillen", "nee")
    assert (words["Minstens uren per week"], words["Breedtegraad"]) == ("30", "51,035")


def test_export_names_no_employee(yara_whole):
    assert yara_whole.caseworker.name not in str(everything_about(yara_whole.pk))


def test_command_forgets_what_is_kept_for_days_only(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    now = timezone.now()
    for days in (1, 3):
        SentForm.objects.create(stamp=f"{days}", at=now - timedelta(days=days))
        file = SimpleUploadedFile("m.csv", b"naam")
        UploadStore(tmp_path / "uploads").keep(file, owner="7", now=now - timedelta(days=days - 1))
    ended = [now - timedelta(days=days) for days in (29, 31)]
    user = UserFactory()
    for at in ended:
        Work.objects.create(
            kind="graven", owner=user, organisation=user.organisation, role=user.role,
            asked_at=at, ended_at=at, state=State.DONE,
        )  # fmt: skip
    call_command("retention_sweep", stdout=StringIO())
    assert list(SentForm.objects.values_list("stamp", flat=True)) == ["1"]
    assert len(list((tmp_path / "uploads").iterdir())) == 1
    assert list(Work.objects.values_list("ended_at", flat=True)) == ended[:1]
