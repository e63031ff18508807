"""The database away, the disk full: plain words, reads go on, and no restart afterwards."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.operations.test_durability import IN_A_SMALL_DISK, can_mount
from desk.operations.web import Web
from koempel.desk.operations.serve import THREADS, WEB_PROCESSES

AWAY = (503, "Koempel is even niet bereikbaar")
FULL = (507, "De schijf is vol")
NOTED = (302, "")

pytestmark = pytest.mark.slow


@pytest.fixture
def open_web():
    opened = []

    def start(office, before=()):
        web = Web(office, before)
        opened.append(web)
        web.sign_in()
        return web

    yield start
    for web in opened:
        web.stop()


def control(office, what):
    version = office.environment["PGVERSION"]
    subprocess.run(
        ["pg_ctlcluster", "--mode", "immediate", version, "regress", what],
        env=office.environment,
        check=True,
        capture_output=True,
    )


def test_without_postgresql_the_desk_says_so_and_comes_back(office_on_postgresql, open_web):
    web = open_web(office_on_postgresql)
    before = web.get("/partners/")
    assert before == (200, "Partners")

    control(office_on_postgresql, "stop")
    try:
        assert web.get("/partners/") == AWAY
        assert web.note("Nu niet") == AWAY
        assert web.look_at_health() == (503, "Er werkt iets niet")
        assert web.try_get("/static/koempel/mark.svg") == 200
    finally:
        control(office_on_postgresql, "start")

    assert at_once(web, "/partners/") == {before}
    assert web.note("Nu wel") == NOTED
    assert notes(office_on_postgresql) == "['Nu wel']"


def test_an_outage_that_nobody_saw_is_felt_by_nobody(office_on_postgresql, open_web):
    web = open_web(office_on_postgresql)
    before = web.get("/partners/")
    assert at_once(web, "/partners/") == {before}
    # Not "restart": that asks first whether the server answers, and a busy one seems away.
    control(office_on_postgresql, "stop")
    control(office_on_postgresql, "start")
    assert [web.get("/partners/") for _ in range(4)] == [before] * 4


def at_once(web, path):
    """What visitors see who keep all threads of both processes at work."""
    with ThreadPoolExecutor(3 * WEB_PROCESSES * THREADS) as visitors:
        return set(visitors.map(web.get, [path] * 6 * WEB_PROCESSES * THREADS))


HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_while_sqlite_cannot_be_written_the_desk_reads_on_and_says_so(office_on_sqlite, open_web):
    web = open_web(office_on_sqlite)
    file = office_on_sqlite.data / "koempel.sqlite3"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        assert web.get("/partners/") == (200, "Partners")
        assert web.note("Nu niet") == AWAY
        holder.communicate("")
    assert web.note("Nu wel") == NOTED
    assert notes(office_on_sqlite) == "['Nu wel']"


NOTES = """
from koempel.desk.partners.models import PartnerEvent
print(list(PartnerEvent.objects.order_by("pk").values_list("text", flat=True)))
"""


def notes(office):
    return office.python(NOTES)


# the disk full

ROOM = "64m"
KEEPER = """
mkdir {data}.small
mount -t tmpfs -o size={room} tmpfs {data}.small
cp -r {data}/. {data}.small
mount --bind {data}.small {data}
"$@" </dev/null &
trap "kill $!; wait" EXIT
while read -r word; do
    case $word in
        fill) cat /dev/zero >{data}/filler 2>/dev/null || true ;;
        free) rm {data}/filler ;;
        copy) cp -r {data}/. {copy} ;;
    esac
    echo done
done
"""
"""Puts the data on a small disk that only its process sees, and fills it when told."""


def tell(web, word):
    web.process.stdin.write(f"{word}\n")
    web.process.stdin.flush()
    assert web.process.stdout.readline() == "done\n"


def write_until_refused(web):
    """Some lines may still fit in what the database holds already; gives how many did."""
    for number in range(400):
        answer = web.note(TEXT.format(number))
        if answer != NOTED:
            assert answer == FULL
            return number
    raise AssertionError("it never was full")


TEXT = "{:03} " + "vol " * 120
AUDIT = """
from koempel.desk.common import audit
from koempel.desk.common.models import AuditEvent
print(list(audit.verify()), AuditEvent.objects.filter(verb="partners.note").count())
"""


def check_full(web, fill, free):
    """Refused whole, read on, and written again once there is room."""
    assert web.note("Voor") == NOTED
    before = web.get("/partners/")
    fill()
    fitted = write_until_refused(web)
    assert web.get("/partners/") == before
    assert web.note(TEXT.format(0)) == FULL
    free()
    assert web.note("Na") == NOTED
    return fitted


def check_kept(office, fitted):
    kept = eval(notes(office))
    assert (kept[0], kept[-1]) == ("Voor", "Na")
    assert len(kept) == fitted + 2
    assert office.python(AUDIT) == f"[] {fitted + 2}"


def test_full_disk_of_sqlite_refuses_writes_reads_on_and_comes_back(
    office_on_sqlite, open_web, make_office, tmp_path
):
    if not can_mount(tmp_path):
        pytest.skip("a tmpfs cannot be mounted here")
    copy = make_office("copy")
    copy.data.mkdir()
    keeper = KEEPER.format(room=ROOM, data=office_on_sqlite.data, copy=copy.data)
    web = open_web(office_on_sqlite, [*IN_A_SMALL_DISK, keeper, "keeper"])
    fitted = check_full(web, lambda: tell(web, "fill"), lambda: tell(web, "free"))
    tell(web, "copy")
    check_kept(copy, fitted)
