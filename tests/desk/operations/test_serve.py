"""`koempel serve` as a whole: it opens, keeps its worker alive, and closes in order."""

import os
import re
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk.operations.office import free_port
from koempel.desk.operations import holds

PATIENCE_S = 120


def children_of(pid):
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []  # it has just ended


def descendants_of(pid):
    found = children_of(pid)
    return found + [each for child in found for each in descendants_of(child)]


def runs(pid):
    """Whether a process is there and has not ended; the one who inherits it may not look yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def worker_of(pid):
    """The child whose command is the worker's."""
    for child in children_of(pid):
        if b"\0work\0" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    return None


def until(true):
    end = time.monotonic() + PATIENCE_S
    while not (found := true()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)
    return found


class Served:
    def __init__(self, office, port):
        self.office, self.port = office, port
        self.process = office.start("serve", "--port", str(port))
        self.words = []

    def wait_until_open(self):
        while "is open op" not in (self.words or [""])[-1]:
            line = self.process.stderr.readline()
            assert line, "".join(self.words)
            self.words.append(line)
        until(lambda: holds.is_held(self.office.data, holds.WORKER))

    def health(self):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/gezondheid/").status
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, words = self.process.communicate(timeout=PATIENCE_S)
        return words


@pytest.fixture
def served(office):
    with serving(office) as found:
        yield found


@pytest.fixture
def served_again(office_on_sqlite):
    """Of an office whose tables and files are there already."""
    with serving(office_on_sqlite) as found:
        yield found


@contextmanager
def serving(office):
    found = Served(office, free_port())
    yield found
    if found.process.poll() is None:
        found.stop()


@pytest.mark.slow
def test_serve_opens_replaces_its_worker_and_stops_in_order(served):
    served.wait_until_open()
    assert re.fullmatch(
        rf"Koempel is open op http://127\.0\.0\.1:{served.port}/ .*\n", served.words[-1]
    )
    assert served.health() == 200
    until(lambda: list((served.office.data / "backups").glob("koempel-*.zip")))
    until((served.office.data / "audit-heads.jsonl").exists)

    old = worker_of(served.process.pid)
    os.kill(old, signal.SIGKILL)
    until(lambda: worker_of(served.process.pid) not in (None, old))
    until(lambda: served.health() == 200)

    status, _, words = served.office.run("serve", "--port", str(free_port()))
    assert (status, "loopt al" in words) == (2, True)

    left = children_of(served.process.pid)
    words = served.stop()
    assert served.process.returncode == 0
    assert words.endswith("Koempel is gestopt.\n")
    assert [pid for pid in left if Path(f"/proc/{pid}").exists()] == []
    assert not holds.is_held(served.office.data, holds.WORKER)


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["open", "starting"])
def test_killed_server_leaves_nobody_at_work(served_again, moment):
    if moment == "open":
        served_again.wait_until_open()
    # A web server that starts has one process, then another, and knows of them a little later.
    until(lambda: len(descendants_of(served_again.process.pid)) > 2)
    left = descendants_of(served_again.process.pid)
    served_again.process.kill()
    served_again.process.communicate(timeout=PATIENCE_S)
    until(lambda: not holds.is_held(served_again.office.data, holds.WORKER))
    until(lambda: _is_closed(served_again.port))
    until(lambda: not any(map(runs, left)))


def _is_closed(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def test_serve_says_that_the_port_is_taken(office):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, words = office.run("serve", "--port", str(taken.getsockname()[1]))
    assert status == 2
    assert "Kies een andere poort met --port" in words
