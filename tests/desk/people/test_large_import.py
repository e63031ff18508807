"""A large file: the worker reads it in, all or nothing, while a page says how far it is."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.people import VillageFactory
from desk.operations.office import Office
from desk.people.test_imports import GOOD, HEADER
from desk.people.test_pages import client_of, text
from desk.worker import work_off
from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.common.uploads import store
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.web.views.people import imports as views
from koempel.desk.work.actions import DIED, begin_work, report
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work

pytestmark = pytest.mark.django_db
MANY = 4


def rows(count):
    return [GOOD.replace("A-1;Milo", f"A-{n};Milo{n}") for n in range(count)]


@pytest.fixture
def client(bram, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", MANY - 1)
    VillageFactory()
    return client_of(bram)


def hand_in(client, lines):
    file = SimpleUploadedFile("mensen.csv", "\n".join([HEADER, *lines]).encode())
    check = client.post("/mensen/inlezen/", {"file": file}).url
    client.post(check)
    return client.get(check)


def files_kept():
    return [
        path.name
        for path in (settings.DATA_DIR / "uploads").glob("*/*")
        if path.name != "facts.json"
    ]


def people():
    with acting(system("proef")):
        return Person.objects.count(), TimelineEntry.objects.count()


@pytest.fixture(autouse=True)
def _empty_store():
    store().clear()


def test_a_large_file_goes_to_the_worker_and_its_page_leads_to_what_came_of_it(client):
    waits = hand_in(client, [*rows(MANY), GOOD.replace("Kolenberg", "Nergens")])
    assert (waits.url.startswith("/mensen/inlezen/werk/"), people()) == (True, (0, 0))
    assert "Koempel begint er zo aan." in text(client.get(waits.url))

    work_off()

    done = client.get(client.get(waits.url).url)
    facts = {fact.label: fact.value for fact in done.context["facts"]}
    assert facts == {"Nieuw": "4", "Bijgewerkt": "0", "Ongewijzigd": "0", "Geweigerd": "1"}
    assert people() == (MANY, MANY)
    assert AuditEvent.objects.get(verb="people:import").purpose == "inschrijving"
    wrong = b"".join(client.get(done.context["links"][1].url)).decode("utf-8-sig")
    assert "Nergens" in wrong
    assert files_kept() == ["file"], "only the wrong rows wait for who mends them"


def test_the_same_large_file_twice_changes_nothing(client):
    hand_in(client, rows(MANY))
    work_off()
    again = hand_in(client, rows(MANY))
    work_off()
    assert people() == (MANY, MANY)
    assert Work.objects.first().result == {
        "counts": {"nieuw": 0, "bijgewerkt": 0, "ongewijzigd": MANY, "geweigerd": 0},
        "wrong": "",
    }
    assert "Er is niets veranderd" in text(client.get(client.get(again.url).url))


def test_columns_that_were_pointed_out_hold_for_the_worker(client):
    header = HEADER.replace("voornaam", "roepnaam")
    file = SimpleUploadedFile("m.csv", "\n".join([header, *rows(MANY)]).encode())
    check = client.post("/mensen/inlezen/", {"file": file}).url
    client.post(f"{check}?first_name=1")
    work_off()
    assert people() == (MANY, MANY)


def test_stop_before_it_began_leaves_nobody_and_no_file(client):
    waits = hand_in(client, rows(MANY))
    client.post(waits.url)
    work_off()
    page = client.get(waits.url)
    assert ("Gestopt. Er is niemand ingelezen." in text(page), people()) == (True, (0, 0))
    assert ("Kies het bestand opnieuw" in text(page), files_kept()) == (True, [])


def test_stop_halfway_leaves_nobody(client, monkeypatch):
    waits = hand_in(client, rows(MANY))
    told = []

    def stop_after_the_first(work, done, *rest, **more):
        told.append(done)
        client.post(waits.url)
        return report(work, done, *rest, **more)

    monkeypatch.setattr("koempel.desk.work.actions.report", stop_after_the_first)
    work_off()
    assert (told, people(), files_kept()) == ([0], (0, 0), [])
    assert Work.objects.get().state == State.STOPPED


def test_account_closed_in_between_brings_nobody_in(client, bram):
    hand_in(client, rows(MANY))
    User.objects.filter(pk=bram.pk).update(is_active=False)
    work_off()
    assert (Work.objects.get().state, people(), files_kept()) == (State.FAILED, (0, 0), [])


def test_file_that_was_taken_away_in_between_brings_nobody_in(client):
    waits = hand_in(client, rows(MANY))
    store().clear()
    work_off()
    assert people() == (0, 0)
    assert "Kies het opnieuw" in text(client.get(waits.url))


def test_dead_worker_is_noticed_and_the_page_says_what_to_do(client):
    waits = hand_in(client, rows(MANY))
    begin_work(Work.objects.get().key, at=timezone.now() - timedelta(minutes=3))
    page = text(client.get(waits.url))
    assert (DIED in page, "every 500ms" in page) == (True, False)
    assert "Kies het bestand opnieuw" in page


def test_work_that_waits_long_says_so_and_can_still_be_stopped(client):
    waits = hand_in(client, rows(MANY))
    Work.objects.update(asked_at=timezone.now() - timedelta(minutes=3))
    page = text(client.get(waits.url))
    assert ("Dit wacht al meer dan een minuut." in page, "Stop" in page) == (True, True)


def test_work_and_its_outcome_are_only_for_who_asked(client, bram):
    waits = hand_in(client, rows(MANY))
    work_off()
    other = client_of(UserFactory(role=Role.SOCIAL_WORKER, organisation=bram.organisation))
    answers = [other.get(waits.url), other.post(waits.url), other.get(f"{waits.url}klaar/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(f"{waits.url}klaar/").status_code == 200


def test_sending_the_last_step_twice_asks_the_work_once(client):
    file = SimpleUploadedFile("m.csv", "\n".join([HEADER, *rows(MANY)]).encode())
    check = client.post("/mensen/inlezen/", {"file": file}).url
    client.post(check)
    client.post(check)
    assert Work.objects.count() == 1


@pytest.mark.slow
def test_kill_of_the_worker_halfway_leaves_all_or_nothing(data_folder):
    script = Path(__file__).with_name("killed_import.py")
    done = subprocess.run(
        [sys.executable, script, "40"],
        env=Office(data_folder).desk_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("killed while writing") > 0
    assert found == {"points": 40, "half": 0, "page disagrees": 0, "integrity": "ok"}
