"""Backups as an operator makes them, through `koempel`, while others write."""

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from desk.factories.accounts import PASSWORD
from desk.operations.office import Office

WRITER = Path(__file__).with_name("writer.py")
TESTS = Path(__file__).parents[2]
ADMIN = ("--email", "an@koempel.invalid", "--name", "An Schachtbok", "--password-file", "-")

LOG_IN = """
from django.test import Client
from django.urls import reverse
client = Client(headers={"host": "localhost"})
client.post(reverse("account_login"), {"login": "an@koempel.invalid", "password": %r})
print("_auth_user_id" in client.session)
"""
AUDIT = """
from koempel.desk.common import audit
print(list(audit.verify()))
"""
SOMEBODY = f"""
import sys; sys.path.insert(0, {str(TESTS)!r})
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
with acting(system("proef")):
    print(PersonFactory().pk)
"""
ERASE = """
from datetime import date
from koempel.desk.common.context import acting, system
from koempel.desk.people.actions import erase_person
with acting(system("proef")):
    erase_person(%r, on=date(2026, 11, 23))
"""
STANDS = """
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people.models import Person
verbs = AuditEvent.objects.filter(verb__in=["restored", "people:erase"])
with acting(system("proef")):
    print(Person.objects.filter(pk=%r).exists(), list(verbs.values_list("verb", flat=True)))
"""


def rows(database):
    """Every row of every table but those of sessions and of SQLite itself."""
    with closing(sqlite3.connect(database)) as found:
        tables = found.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            name: {repr(row) for row in found.execute(f'SELECT * FROM "{name}"')}
            for (name,) in tables.fetchall()
        }


@pytest.fixture(scope="module")
def model_office(prepared, tmp_path_factory):
    """An office with an operator and an uploaded file."""
    folder = tmp_path_factory.mktemp("model") / "data"
    office = Office(shutil.copytree(prepared.data, folder))
    status, _, words = office.run("createadmin", *ADMIN, typed=f"{PASSWORD}\n")
    assert status == 0, words
    (office.data / "uploads" / "brief.txt").write_text("Dag Yara")
    return office


@pytest.fixture
def filled(model_office, office):
    """A copy of it."""
    shutil.copytree(model_office.data, office.data)
    return office


@pytest.fixture
def backup(filled, tmp_path):
    file = tmp_path / "safe" / "backup.zip"
    status, _, words = filled.run("backup", str(file))
    assert status == 0, words
    return file


def test_backup_under_writes_is_whole_and_restores_elsewhere(filled, make_office, tmp_path):
    writer = subprocess.Popen(
        [sys.executable, WRITER, "threads", "4"],
        env=filled.desk_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = list(islice(writer.stdout, 200))
    file = tmp_path / "backup.zip"
    status, _, words = filled.run("backup", str(file))
    more, _ = writer.communicate("", timeout=60)
    assert (status, writer.returncode) == (0, 0), words
    assert more, "the writer was still at it"

    elsewhere = make_office("elsewhere")
    status, _, words = elsewhere.run("restore", str(file))
    assert status == 0, words
    now, then = rows(filled.data / "koempel.sqlite3"), rows(elsewhere.data / "koempel.sqlite3")
    notes = {text for row in then["partners_partnerevent"] for text in [eval(row)[3]]}
    assert {line.strip() for line in told} <= notes
    changing = {"common_audithead", "sqlite_sequence"}
    assert {name for name in then if not then[name] <= now[name]} <= changing
    assert len(then["partners_partnerevent"]) < len(now["partners_partnerevent"])
    assert elsewhere.python(AUDIT) == "[]"
    assert elsewhere.python(LOG_IN % PASSWORD) == "True"


def test_restored_office_has_the_same_rows_files_and_key(filled, backup, make_office):
    elsewhere = make_office("elsewhere")
    status, _, words = elsewhere.run("restore", str(backup))
    assert status == 0, words
    assert rows(elsewhere.data / "koempel.sqlite3") == rows(filled.data / "koempel.sqlite3")
    for name in ("uploads/brief.txt", "secret-key"):
        assert (elsewhere.data / name).read_bytes() == (filled.data / name).read_bytes()


def test_restore_refuses_an_office_with_data(filled, backup):
    before = rows(filled.data / "koempel.sqlite3")
    status, _, words = filled.run("restore", str(backup))
    assert status == 2
    assert "--replace" in words
    assert rows(filled.data / "koempel.sqlite3") == before


def test_restore_with_replace_keeps_what_was_there(filled, backup):
    (filled.data / "uploads" / "later.txt").write_text("na de back-up")
    status, _, words = filled.run("restore", "--replace", str(backup))
    assert status == 0, words
    (kept,) = filled.data.parent.glob("data-voor-*")
    assert str(kept) in words
    assert (kept / "uploads" / "later.txt").read_text() == "na de back-up"
    assert not (filled.data / "uploads" / "later.txt").exists()
    assert filled.python(LOG_IN % PASSWORD) == "True"


def test_restore_leaves_backups_and_ends_of_the_trail_where_they_are(filled, backup):
    inside = filled.data / "backups" / "koempel-2026-11-23.zip"
    inside.parent.mkdir()
    shutil.copy(backup, inside)
    (filled.data / "audit-heads.jsonl").write_text("een kop\n")
    status, _, words = filled.run("restore", "--replace", str(inside))
    assert status == 0, words
    assert inside.read_bytes() == backup.read_bytes()
    assert (filled.data / "audit-heads.jsonl").read_text() == "een kop\n"


def test_restore_into_a_folder_with_nothing_but_backups_keeps_them(backup, make_office):
    elsewhere = make_office("elsewhere")
    inside = elsewhere.data / "backups" / "koempel-2026-11-23.zip"
    inside.parent.mkdir(parents=True)
    shutil.copy(backup, inside)
    status, _, words = elsewhere.run("restore", str(inside))
    assert status == 0, words
    assert inside.read_bytes() == backup.read_bytes()
    assert elsewhere.python(LOG_IN % PASSWORD) == "True"


def test_who_was_erased_after_a_backup_comes_back_with_none(filled, make_office, tmp_path):
    number = filled.python(SOMEBODY)
    file = tmp_path / "safe" / "backup.zip"
    assert filled.run("backup", str(file))[0] == 0
    filled.python(ERASE % number)

    status, _, words = filled.run("restore", "--replace", str(file))
    assert status == 0, words
    came_back = filled.python(STANDS % number)
    filled.prepare()
    # Elsewhere, with the list that lies beside the backups.
    shutil.copy(filled.data / "backups" / "erased.jsonl", file.parent)
    elsewhere = make_office("elsewhere")
    assert elsewhere.run("restore", str(file))[0] == 0
    elsewhere.prepare()

    assert came_back == "True []"
    for office in (filled, elsewhere):
        assert office.python(STANDS % number) == "False ['restored', 'people:erase']"
        assert office.python(AUDIT) == "[]"


def test_restore_of_a_damaged_file_changes_nothing(filled, backup):
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    backup.write_bytes(damaged)
    before = rows(filled.data / "koempel.sqlite3")
    status, _, words = filled.run("restore", "--replace", str(backup))
    assert status == 2
    assert "beschadigd" in words
    assert rows(filled.data / "koempel.sqlite3") == before
    assert [each.name for each in filled.data.parent.glob(".data*")] == []


def test_restore_waits_for_nobody_who_is_at_work(filled, backup):
    holder = (
        "import sys; from pathlib import Path; from koempel.desk.operations import holds\n"
        f"with holds.hold(Path({str(filled.data)!r}), 'server'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder],
        env=filled.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        status, _, words = filled.run("restore", "--replace", str(backup))
        process.communicate("")
    assert status == 2
    assert "loopt al" in words


def test_backup_never_writes_over_a_file(filled, backup):
    before = backup.read_bytes()
    status, _, words = filled.run("backup", str(backup))
    assert (status, backup.read_bytes()) == (2, before)
    assert "bestaat al" in words


def test_backup_removes_what_a_killed_one_left(filled, tmp_path):
    left = tmp_path / "safe" / ".koempel-backup-old"
    left.mkdir(parents=True)
    (left / "koempel.sqlite3").write_text("gegevens van mensen")
    status, _, words = filled.run("backup", str(tmp_path / "safe" / "new.zip"))
    assert status == 0, words
    assert [each.name for each in (tmp_path / "safe").iterdir()] == ["new.zip"]


def test_backup_without_a_database_says_so(office, tmp_path):
    status, _, words = office.run("backup", str(tmp_path / "backup.zip"))
    assert status == 2
    assert "Er is geen databank" in words
    assert not (office.data / "koempel.sqlite3").exists()


def test_restore_refuses_tables_of_a_newer_koempel(filled, make_office, tmp_path):
    with closing(sqlite3.connect(filled.data / "koempel.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('people', '0999_from_the_future', '2027-01-01')"
        )
    file = tmp_path / "backup.zip"
    assert filled.run("backup", str(file))[0] == 0
    elsewhere = make_office("elsewhere")
    status, _, words = elsewhere.run("restore", str(file))
    assert status == 2
    assert "people.0999_from_the_future" in words
    assert not (elsewhere.data / "koempel.sqlite3").exists()


def test_manifest_counts_the_rows(backup, filled):
    manifest = json.loads(zipfile.ZipFile(backup).read("manifest.json"))
    found = rows(filled.data / "koempel.sqlite3")
    assert manifest["rows"]["accounts_user"] == len(found["accounts_user"]) == 1
    assert set(manifest["rows"]) == set(found)
