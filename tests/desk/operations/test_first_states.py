"""A database as it was first landed comes up to date with all that is in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk.operations.office import Office, on_postgresql

FILLED = Path(__file__).with_name("first_states.py")
MOVED_TO_THE_ESTABLISHMENT = [
    "jobs_vacancy.establishment",
    "jobs_vacancy.lat",
    "jobs_vacancy.lon",
    "jobs_vacancy.village_id",
]
"""What becomes of them is in tests/desk/jobs/test_migrations.py."""


@pytest.fixture
def empty_office(request, tmp_path):
    """An office without a table."""
    if request.param == "sqlite":
        office = Office(tmp_path / "data")
    else:
        office = on_postgresql(tmp_path / "data", request.getfixturevalue("cluster"), "first")
    office.data.mkdir()
    return office


@pytest.mark.slow
@pytest.mark.parametrize("empty_office", ["sqlite", "postgresql"], indirect=True)
def test_first_tables_come_up_to_date_with_every_row(empty_office):
    done = subprocess.run(
        [sys.executable, FILLED],
        env=empty_office.desk_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "tables": 33,
        "empty tables": [],
        "lost tables": [],
        "lost rows": [],
        "lost columns": MOVED_TO_THE_ESTABLISHMENT,
        "other values": [],
    }
