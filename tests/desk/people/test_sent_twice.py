"""A form that is sent twice does its work once: one after the other, and at the same moment."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from desk.factories.accounts import OrganisationFactory
from desk.operations.office import in_a_cluster, needs_postgresql
from desk.people.test_pages import client_of, text, url
from koempel.desk.accounts.models import AccessGrant, BreakGlass
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent, SentForm
from koempel.desk.common.once import forget_sent_forms
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)

TWICE = Path(__file__).with_name("sent_twice.py")
SOURCE = Path(__file__).parents[3] / "src"
REGISTRATION = {
    "first_name": "Milo", "last_name": "Draadtrekker", "village": "kolenberg", "cycling": "YES",
    "away": "ma-vr 6-19", "hours_min": 19, "hours_max": 38, "available_from": "2027-01-04",
    "registered_on": "2026-11-23", "dutch_listening": "A2", "dutch_speaking": "A2",
    "dutch_reading": "A1", "dutch_writing": "A1",
}  # fmt: skip
FORMS = {
    "register": (Person, "", REGISTRATION),
    "note": (TimelineEntry, "notitie/", {"title": "Gebeld", "is_contact": "on"}),
    "child": (Child, "kind/", {"first_name": "Lio", "birth_month": "2025-09", "care": "NONE"}),
    "right": (
        SupportRight,
        "recht/",
        {"measure": "ARTICLE_60", "granted_by": "OCMW", "granted_on": "2026-05-12",
         "state": "GRANTED"},
    ),
    "obstacle": (
        PersonObstacle,
        "drempel/",
        {"kind": "DIGITAL", "evidence": "Heeft geen laptop.", "since": "2026-11-03"},
    ),
    "confidential": (ConfidentialNote, "vertrouwelijk/", {"text": "Alleen voor de begeleider."}),
    "next step": (TimelineEntry, "stap/", {"what": "Bel", "due": "2027-01-04"}),
}  # fmt: skip


@pytest.fixture
def client(bram):
    return client_of(bram)


def count(model):
    with acting(system("proef")):
        return model.objects.count()


def key_of(client, address):
    page = text(client.get(address))
    assert page.count('name="sleutel"') == 1
    return page.partition('name="sleutel" value="')[2].partition('"')[0]


def address_of(form, yara):
    return "/mensen/nieuw/" if form == "register" else url(yara, FORMS[form][1])


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_sent_twice_it_is_one_row_and_both_lead_to_it(client, yara, form):
    model, _, answers = FORMS[form]
    address, before = address_of(form, yara), count(model)
    sent = answers | {"sleutel": key_of(client, address)}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert count(model) - before == 1
    assert "Het is één keer gedaan." in text(client.get(second.url))


@pytest.mark.django_db
def test_grant_and_emergency_access_sent_twice_are_one(client, yara):
    partner = OrganisationFactory(name="De Derde Laag")
    grant = {"to": partner.pk, "purpose": "toeleiding", "classes": ["K3"], "basis": "PROTOCOL",
             "evidence": "Afspraak van 23 november.",
             "until": f"{timezone.localdate() + timedelta(days=90)}"}  # fmt: skip
    glass = {"case_number": yara.pk, "reason": "Bram is ziek."}
    for address, answers in ((url(yara, "inzage/"), grant), ("/mensen/noodtoegang/", glass)):
        sent = answers | {"sleutel": key_of(client, address)}
        assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert (AccessGrant.objects.count(), BreakGlass.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_case_erased_twice_is_erased_once_and_the_second_time_is_no_fault(client, yara):
    address = url(yara, "wissen/")
    sent = {"case_number": yara.pk, "sleutel": key_of(client, address)}
    answers = [client.post(address, sent) for _ in range(2)]
    assert [answer.url for answer in answers] == ["/mensen/", "/mensen/"]
    assert AuditEvent.objects.filter(verb="people:erase").count() == 1


@pytest.mark.django_db
def test_form_that_was_changed_after_going_back_is_another_form(client, yara):
    address = url(yara, "notitie/")
    key = key_of(client, address)
    for title in ("Gebeld", "Gemaild"):
        client.post(address, {"title": title, "sleutel": key})
    with acting(system("proef")):
        assert {entry.title for entry in TimelineEntry.objects.all()} == {"Gebeld", "Gemaild"}


@pytest.mark.django_db
def test_faulty_form_keeps_its_key_and_can_be_mended(client, yara):
    address = url(yara, "notitie/")
    key = key_of(client, address)
    faulty = client.post(address, {"title": "", "sleutel": key})
    assert (faulty.status_code, f'value="{key}"' in text(faulty)) == (422, True)
    assert SentForm.objects.count() == 0
    assert client.post(address, {"title": "Gebeld", "sleutel": key}).status_code == 302


@pytest.mark.django_db
def test_what_the_action_refuses_is_not_remembered(client, yara):
    address = "/mensen/noodtoegang/"
    sent = {"case_number": "K-2222", "reason": "Nood.", "sleutel": key_of(client, address)}
    assert [client.post(address, sent).status_code for _ in range(2)] == [422, 422]
    assert SentForm.objects.count() == 0


@pytest.mark.django_db
def test_stamps_say_nothing_and_are_forgotten_after_two_days(client, yara):
    address = url(yara, "notitie/")
    client.post(address, {"title": "Kanarie", "sleutel": key_of(client, address)})
    sent = SentForm.objects.get()
    assert (sent.url, "anarie" in sent.stamp) == (url(yara), False)
    assert forget_sent_forms(sent.at + timedelta(days=1)) == 0
    assert forget_sent_forms(sent.at + timedelta(days=3)) == 1


def sent_at_once(folder, rounds, *before, **environment):
    known = {name: value for name, value in os.environ.items() if not name.startswith("KOEMPEL_")}
    settings = {
        "DJANGO_SETTINGS_MODULE": "koempel.desk.config.settings",
        "KOEMPEL_DATA": str(folder),
        "KOEMPEL_DEMO": "1",
        "KOEMPEL_DEBUG": "1",
        "PYTHONPATH": f"{SOURCE}:{SOURCE.parent / 'tests'}",
    }
    done = subprocess.run(
        [*before, sys.executable, str(TWICE), str(rounds)],
        env={**known, **settings, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # pg_virtualenv says on the same stream what it does.
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))


def one_each(rounds):
    return {form: [rounds, 2 * rounds] for form in FORMS}


@pytest.mark.slow
def test_two_at_the_same_moment_make_one_row_on_sqlite(data_folder):
    assert sent_at_once(data_folder, 3) == one_each(3)


@pytest.mark.slow
@needs_postgresql
def test_two_at_the_same_moment_make_one_row_on_postgresql(tmp_path):
    postgresql = {"KOEMPEL_DATABASE": "postgresql", "KOEMPEL_DATABASE_NAME": "postgres"}
    assert sent_at_once(tmp_path, 3, *in_a_cluster(), **postgresql) == one_each(3)
