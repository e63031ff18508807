"""What was told to be saved is saved, whatever happens to the process."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WRITER = Path(__file__).with_name("writer.py")
POINTS = 1000
ROOM, LEFT = "24m", 200_000
"""Of a disk that is about to be full, and what is left on it, bytes."""

IN_A_SMALL_DISK = ("unshare", "--map-root-user", "--mount", "sh", "-euc")
"""A mount of its own, seen by nobody else and gone with its process."""


@pytest.mark.slow
def test_kill_at_a_thousand_points_loses_nothing_and_leaves_nothing_half(office_on_sqlite):
    done = subprocess.run(
        [sys.executable, WRITER, "kill", str(POINTS)],
        env=office_on_sqlite.desk_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("told") > POINTS
    assert found.pop("struck while writing") > POINTS / 2
    assert found == {
        "points": POINTS,
        "lost": 0,
        "more than one ahead": 0,
        "gaps": 0,
        "without audit": 0,
        "broken chains": 0,
        "integrity": "ok",
    }


def can_mount(folder):
    if not shutil.which("unshare"):
        return False
    command = [*IN_A_SMALL_DISK, f"mount -t tmpfs -o size={ROOM} tmpfs {folder}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_full_disk_refuses_whole_writes_and_recovers_without_a_restart(office):
    office.data.mkdir()
    if not can_mount(office.data):
        pytest.skip("a tmpfs cannot be mounted here")
    script = (
        f"mount -t tmpfs -o size={ROOM} tmpfs {office.data}; "
        f"exec {sys.executable} {WRITER} fill {LEFT}"
    )
    done = subprocess.run(
        [*IN_A_SMALL_DISK, script],
        env=office.desk_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found.pop("refused")) == {"507"}
    assert found == {
        "read while full": True,
        "kept": True,
        "told some": True,
        "without audit": 0,
        "broken chains": 0,
    }
