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
from koempel.desk.people.actions import erase_person
from koempel.desk.people.checks import every_field_is_declared
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.exports import as_data, everything_about
from koempel.desk.people.fields import Term
from koempel.desk.people.models import (
    ConfidentialNote,
    ErasureNotice,
    Person,
    TimelineEntry,
    Tombstone,
)
from koempel.desk.people.retention import (
    NOTICE,
    WARN_DAYS,
    Going,
    Swept,
    give_notice,
    going_by,
    months_after,
    months_before,
    sweep,
    terms,
)
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
        sweep(date(2019, 1, 1), by_drafts=True)
    assert Person.objects.count() == 1


def sweep_after_notice() -> Swept:
    give_notice(TODAY - NOTICE)
    return sweep(TODAY, by_drafts=True)


@pytest.mark.parametrize(
    ("situation", "goes"),
    [
        ({"last_contact_on": LONG_AGO}, True),
        ({"last_contact_on": LONG_AGO + timedelta(days=1)}, False),
        ({"last_contact_on": LONG_AGO, "status": CaseStatus.CLOSED}, True),
        ({"status": CaseStatus.PLACED, "status_since": date(2024, 11, 23)}, True),
        ({"status": CaseStatus.PLACED, "status_since": date(2024, 11, 24)}, False),
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
    assert sweep_after_notice().people == goes
    assert Tombstone.objects.filter(pk=person.pk).exists() == goes


def test_sweep_removes_old_notes_and_leaves_the_case():
    old = datetime(2024, 11, 23, 20, tzinfo=UTC)
    person = PersonFactory()
    TimelineEntryFactory(person=person, at=old)
    TimelineEntryFactory(person=person, at=old, kind=EntryKind.RIGHT)
    TimelineEntryFactory(person=person, at=old + timedelta(days=1))
    ConfidentialNoteFactory(person=person, at=old)
    assert sweep_after_notice().notes == 2
    assert (TimelineEntry.objects.count(), ConfidentialNote.objects.count()) == (2, 0)


def test_nothing_goes_without_thirty_days_of_notice():
    person = PersonFactory(last_contact_on=date(2020, 1, 1))
    ConfidentialNoteFactory(person=person, at=datetime(2020, 1, 1, tzinfo=UTC))
    assert give_notice(TODAY) == 2
    assert sweep(TODAY + NOTICE - timedelta(days=1), by_drafts=True) == Swept(0, 0)
    assert sweep(TODAY + NOTICE, by_drafts=True) == Swept(people=1, notes=0)


def test_draft_term_erases_nothing_until_the_partnership_agreed():
    PersonFactory(last_contact_on=LONG_AGO)
    give_notice(TODAY - NOTICE)
    assert sweep(TODAY, by_drafts=False) == Swept(0, 0)
    assert sweep(TODAY, by_drafts=True) == Swept(people=1, notes=0)


def test_contact_takes_the_notice_back_and_a_later_term_gets_its_own():
    person = PersonFactory(last_contact_on=LONG_AGO)
    give_notice(TODAY - NOTICE)
    Person.objects.update(last_contact_on=TODAY)
    assert give_notice(TODAY) == 0
    assert not ErasureNotice.objects.exists()
    assert sweep(TODAY, by_drafts=True) == Swept(0, 0)
    assert Person.objects.get() == person


def test_notice_goes_with_the_person():
    person = PersonFactory(last_contact_on=LONG_AGO)
    give_notice(TODAY)
    erase_person(person.pk, on=TODAY)
    assert not ErasureNotice.objects.exists()


@pytest.mark.slow
def test_ten_years_of_nights_erase_each_thing_on_its_day():
    first, expected = date(2026, 1, 1), {}
    for month in range(0, 96, 7):
        day = months_after(first, month)
        status, term = ((CaseStatus.ACTIVE, 24), (CaseStatus.PLACED, 24))[month % 2]
        person = PersonFactory(last_contact_on=day, status=status, status_since=day)
        expected[person.pk] = months_after(day, term)
        TimelineEntryFactory(person=person, at=noon_of(day) - timedelta(days=400))
        ConfidentialNoteFactory(person=person, at=noon_of(day) - timedelta(days=200))
    late = 0
    for night in range(3653):
        today = first + timedelta(days=night)
        give_notice(today)
        sweep(today, by_drafts=True)
        if night >= WARN_DAYS:  # in the first month old notes still wait for their notice
            late += TimelineEntry.objects.filter(at__lt=noon_of(months_before(today, 24))).count()
    assert dict(Tombstone.objects.values_list("case_number", "erased_on")) == expected
    assert (late, ConfidentialNote.objects.count(), ErasureNotice.objects.count()) == (0, 0, 0)


def noon_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_preview_names_what_goes_and_when():
    person = PersonFactory(last_contact_on=LONG_AGO + timedelta(days=10))
    give_notice(TODAY - timedelta(days=20))
    (going,) = going_by(TODAY + NOTICE, today=TODAY)
    assert going == Going(
        person.pk, Term.CASE, LONG_AGO + timedelta(days=10), TODAY + timedelta(days=10)
    )
    assert (going.what, going.why) == (
        "het hele dossier",
        "geen contact meer sinds 3 december 2024",
    )


def test_preview_counts_thirty_days_from_today_without_a_notice():
    PersonFactory(last_contact_on=LONG_AGO)
    assert [each.on for each in going_by(TODAY + NOTICE, today=TODAY)] == [TODAY + NOTICE]


def test_what_the_preview_says_is_what_the_sweep_does():
    for days in range(-3, 4):
        PersonFactory(last_contact_on=LONG_AGO + timedelta(days=days))
    give_notice(TODAY - NOTICE)
    seen = {each.case_number for each in going_by(TODAY, today=TODAY)}
    sweep(TODAY, by_drafts=True)
    assert set(Tombstone.objects.values_list("pk", flat=True)) == seen
    assert len(seen) == 4


def test_command_looks_without_erasing():
    person = PersonFactory(last_contact_on=LONG_AGO)
    told = StringIO()
    call_command("retention_sweep", "--dag", "2026-11-23", "--kijk", stdout=told)
    assert told.getvalue().startswith(f"2026-12-23: {person.pk}, het hele dossier")
    assert (Person.objects.count(), ErasureNotice.objects.count()) == (1, 0)


def test_command_erases_and_says_how_much(settings):
    settings.TERMS_AGREED = True
    PersonFactory(last_contact_on=LONG_AGO)
    told = StringIO()
    for day in ("2026-10-24", "2026-11-23"):
        call_command("retention_sweep", "--dag", day, stdout=told)
    assert told.getvalue().splitlines() == [
        "Gewist: 0 dossiers en 0 notities.",
        "Gewist: één dossier en 0 notities.",
    ]


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
        ("LeverBooking", 0),
        ("Proposal", 0),
        ("Decision", 0),
        ("Placement", 0),
        ("FollowUp", 0),
        ("Referral", 0),
        ("Agreement", 0),
        ("Transition", 0),
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
