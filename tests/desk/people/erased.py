"""Erases somebody of whom every text is a canary, and looks for canaries in every file.

Prints how many of the kinds of canaries stood in the data folder before and after. A program and
no test: the files of a database of its own are looked at byte by byte.
"""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
import sqlite3

import django

django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desk.factories.accounts import AccessGrantFactory, BreakGlassFactory, UserFactory
from desk.factories.people import (
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.common.uploads import store
from koempel.desk.operations.prepare import prepare_database
from koempel.desk.people.models import Tombstone

STAYS = "Blijvertje"


def canary(what):
    return f"Kanarie{what}"


def make(guide):
    """Somebody with a canary in every text, and a neighbour on the same pages."""
    with acting(system("proef")):
        person = PersonFactory(
            caseworker=guide,
            first_name=canary("voornaam"),
            last_name=canary("achternaam"),
            phone=canary("telefoon"),
            email=f"{canary('mail')}@koempel.invalid",
            source_id=canary("bron"),
            next_step=canary("stap"),
            next_step_on="2027-01-04",
        )
        ChildFactory(person=person, first_name=canary("kind"))
        SupportRightFactory(person=person)
        PersonObstacleFactory(
            person=person, evidence=canary("drempel"), removed_by=canary("hefboom"),
            removed_on="2027-01-04",
        )  # fmt: skip
        TimelineEntryFactory(person=person, title=canary("titel"), text=canary("tekst") * 400)
        ConfidentialNoteFactory(person=person, text=canary("geheim") * 600)
        PersonFactory(caseworker=guide, first_name=STAYS)
    AccessGrantFactory(person=person.pk, purpose=canary("doel"), evidence=canary("bewijs"))
    BreakGlassFactory(person=person.pk, reason=canary("reden"), verdict=canary("oordeel"))
    return person


KINDS = (
    "voornaam", "achternaam", "telefoon", "mail", "bron", "stap", "kind", "drempel", "hefboom",
    "titel", "tekst", "geheim", "doel", "bewijs", "reden", "oordeel", "bestand",
)  # fmt: skip


def found():
    """Kinds of canaries that stand in any file of the data folder."""
    files = [file.read_bytes().lower() for file in settings.DATA_DIR.rglob("*") if file.is_file()]
    return [kind for kind in KINDS if any(canary(kind).lower().encode() in data for data in files)]


def main():
    prepare_database()
    guide = UserFactory(role=Role.SOCIAL_WORKER)
    person = make(guide)
    client = Client(SERVER_NAME="localhost")
    client.force_login(guide)
    client.get(f"/mensen/{person.pk}/")
    # Changed texts leave old cells behind, and a failed write leaves pages in the log.
    client.post(f"/mensen/{person.pk}/notitie/", {"title": canary("titel"), "text": "x" * 1900})
    file = SimpleUploadedFile("mensen.csv", canary("bestand").encode())
    store().keep(file, owner=str(guide.pk), now=timezone.now())
    before = found()
    answer = client.post(f"/mensen/{person.pk}/wissen/", {"case_number": person.pk})
    after = found()
    with sqlite3.connect(settings.DATA_DIR / "koempel.sqlite3") as database:
        integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
    files = b"".join(file.read_bytes() for file in settings.DATA_DIR.glob("koempel.sqlite3*"))
    print(
        json.dumps(
            {
                "status": answer.status_code,
                "not there before": sorted(set(KINDS) - set(before)),
                "left": after,
                "the neighbour stays": STAYS.encode() in files,
                "tombstone": Tombstone.objects.filter(pk=person.pk).count(),
                "events": AuditEvent.objects.filter(verb="people:erase").count(),
                "integrity": integrity,
            }
        )
    )


if __name__ == "__main__":
    main()
