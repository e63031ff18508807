"""What the duties of an office do, and where it shows that one went wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import LeverFactory, booked
from desk.factories.people import PersonFactory
from koempel.desk.common import audit, uploads
from koempel.desk.common.context import acting, system
from koempel.desk.common.heads import read_heads
from koempel.desk.common.models import CacheEntry
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.models import LeverBooking
from koempel.desk.operations import holds
from koempel.desk.operations.backup import daily_backup
from koempel.desk.operations.duties import TASKS_KEPT_FOR, duties
from koempel.desk.operations.models import DutyRun, Outcome
from koempel.desk.operations.schedule import DAY, run_due
from koempel.desk.people.models import ErasureNotice, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    settings.BACKUP_FOLDER = tmp_path / "backups"
    return tmp_path


def run(name, at=NOON):
    chosen = [duty for duty in duties() if duty.name == name]
    assert run_due(chosen, at=at) == [name]
    assert DutyRun.objects.get().outcome == Outcome.DONE


def test_ends_of_the_audit_trail_are_kept_outside_the_database(settings):
    audit.record("test", context=system("test"), at=NOON)
    run("audit-heads")
    assert list(read_heads(settings.AUDIT_HEADS)) == audit.heads()
    assert len(audit.heads()) == 1


def test_hold_past_its_deadline_is_free():
    booking = booked(LeverFactory())
    run("holds", NOON + 90 * DAY)
    assert LeverBooking.objects.get(pk=booking.pk).state == BookingState.EXPIRED


def test_vacancy_past_its_term_goes_offline():
    VacancyFactory(publish_to=date(2026, 11, 22))
    run("vacancies")
    assert Vacancy.objects.get().state == VacancyState.EXPIRED


@pytest.mark.parametrize("agreed", [True, False])
def test_person_past_the_term_goes_after_a_notice_when_the_term_is_agreed(settings, agreed):
    settings.TERMS_AGREED = agreed
    with acting(system("test")):
        PersonFactory(last_contact_on=date(2020, 1, 1))
    run("retention")
    assert ErasureNotice.objects.count() == 1
    run("retention", NOON + 30 * DAY)
    with acting(system("test")):
        assert Person.objects.exists() is not agreed


def test_file_that_nobody_came_back_for_goes():
    upload = SimpleUploadedFile("mensen.csv", b"Yara")
    kept = uploads.store().keep(upload, owner="7", now=NOON)
    run("uploads", NOON + DAY)
    assert not kept.path.exists()


def test_session_that_is_over_goes_and_the_others_stay():
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=NOON + days * DAY)
    run("sessions")
    assert Session.objects.get().session_key == "open"


def test_counter_of_attempts_that_counts_no_longer_goes():
    for key, minutes in (("old", -1), ("new", 1)):
        expires = NOON + timedelta(minutes=minutes)
        CacheEntry.objects.create(cache_key=key, value="", expires=expires)
    run("cache")
    assert CacheEntry.objects.get().cache_key == "new"


def test_long_work_that_ended_long_ago_is_forgotten():
    facts = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    for status, at in (
        (TaskResultStatus.SUCCESSFUL, NOON - TASKS_KEPT_FOR - DAY),
        (TaskResultStatus.SUCCESSFUL, NOON - DAY),
        (TaskResultStatus.READY, None),
    ):
        DBTaskResult.objects.create(status=status, finished_at=at, exception_class_path="", **facts)
    run("tasks")
    assert DBTaskResult.objects.count() == 2


# the daily backup


def test_backup_is_a_duty_unless_it_is_switched_off(settings):
    settings.BACKUPS_KEPT = 7
    assert "backup" in {duty.name for duty in duties()}
    settings.BACKUPS_KEPT = 0
    assert "backup" not in {duty.name for duty in duties()}


def test_daily_backup_keeps_the_last_ones_and_touches_nothing_else(office):
    folder = office / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"koempel-2026-11-0{day}.zip").touch()
    (folder / "koempel-voor-upgrade.zip").touch()
    (folder / "koempel-2026-11-23.zip").write_text("van vandaag")
    file = daily_backup(folder, keep=2, at=NOON)
    assert file.read_text() == "van vandaag", "one a day"
    assert sorted(each.name for each in folder.iterdir()) == [
        "koempel-2026-11-04.zip", "koempel-2026-11-23.zip", "koempel-voor-upgrade.zip",
    ]  # fmt: skip


def test_daily_backup_carries_the_local_day(office):
    folder = office / "backups"
    folder.mkdir()
    (folder / "koempel-2026-07-02.zip").touch()
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert daily_backup(folder, keep=7, at=late).name == "koempel-2026-07-02.zip"


# where it shows


@pytest.fixture
def health(office):
    def ask():
        with holds.hold(office, holds.WORKER):
            return Client().get("/gezondheid/")

    return ask


def test_duty_that_failed_shows_on_the_health_page_until_it_is_done(settings, health, monkeypatch):
    settings.AUDIT_HEADS = settings.DATA_DIR / "no" / "such" / "folder"
    heads = [duty for duty in duties() if duty.name == "audit-heads"]
    now = datetime.now(UTC)
    run_due(heads, at=now - timedelta(hours=1))
    answer = health()
    assert answer.status_code == 503
    assert "De vaste taak «Einde van het auditspoor bewaren» is niet gelukt." in answer.text
    assert "no/such" not in answer.text
    settings.AUDIT_HEADS = settings.DATA_DIR / "heads.jsonl"
    run_due(heads, at=now)
    assert health().status_code == 200


def test_operator_reads_when_each_duty_last_ran(client):
    client.force_login(UserFactory(role=Role.OPERATOR))
    DutyRun.objects.create(name="audit-heads", began_at=NOON, outcome=Outcome.FAILED)
    DutyRun.objects.create(name="retention", began_at=NOON - DAY, outcome=Outcome.DONE)
    DutyRun.objects.create(name="koffie", began_at=NOON - 2 * DAY, outcome=Outcome.DONE)
    lines = client.get("/beheer/taken/").context["list"].lines
    assert [[strip_tags(html) for _, html in line.cells] for line in lines] == [
        ["Einde van het auditspoor bewaren", "elk uur", "23 november 2026, 12 uur", "Mislukt"],
        ["Bewaartermijnen", "elke dag om 4 uur", "22 november 2026, 12 uur", "Gedaan"],
        ["koffie", "niet meer", "21 november 2026, 12 uur", "Gedaan"],
    ]
