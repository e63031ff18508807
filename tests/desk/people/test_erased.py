"""Erasing reaches every trace: tables, free pages, the log of SQLite, files that wait."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.operations.office import SOURCE, Office

ERASED = Path(__file__).with_name("erased.py")


@pytest.mark.slow
def test_erasing_leaves_no_canary_in_any_file_of_the_data_folder(data_folder):
    tests = SOURCE.parent / "tests"
    known = Office(data_folder).desk_environment
    done = subprocess.run(
        [sys.executable, ERASED],
        # DEBUG: the pages of the demonstration are never collected here.
        env=known | {"PYTHONPATH": f"{SOURCE}:{tests}", "KOEMPEL_DEMO": "1", "KOEMPEL_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "status": 302,
        "not there before": [],
        "left": [],
        "the neighbour stays": True,
        "tombstone": 1,
        "events": 1,
        "integrity": "ok",
    }
