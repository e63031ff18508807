"""Fifty at once for the last one: never oversold, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.operations.office import in_a_cluster, needs_postgresql

RACE = Path(__file__).with_name("race.py")
SOURCE = Path(__file__).parents[3] / "src"
ON_POSTGRESQL = {"KOEMPEL_DATABASE": "postgresql", "KOEMPEL_DATABASE_NAME": "postgres"}


def race(folder, rounds, *before, program=RACE, **environment):
    """What a program with fifty threads prints that runs on a database of its own."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("KOEMPEL_")}
    settings = {
        "DJANGO_SETTINGS_MODULE": "koempel.desk.config.settings",
        "KOEMPEL_DATA": str(folder),
        "KOEMPEL_DEMO": "1",
        "PYTHONPATH": f"{SOURCE}:{SOURCE.parent / 'tests'}",
    }
    command = [*before, sys.executable, str(program), str(rounds)]
    done = subprocess.run(
        command,
        env={**known, **settings, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # pg_virtualenv says on the same stream what it does.
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))


def fair(rounds):
    return {
        "last_one": {"got it": rounds, "full": 49 * rounds},
        "one_form": {"bookings": rounds, "answers": 50 * rounds},
        "back_and_forth": {},
        "books": {"wrong": 0},
    }


@pytest.mark.slow
def test_last_one_is_given_once_on_sqlite(data_folder):
    # Few, since SQLite lets those who wait sleep: a round is some three seconds.
    assert race(data_folder, 3) == fair(3)


@pytest.mark.slow
@needs_postgresql
def test_last_one_is_given_once_on_postgresql(tmp_path):
    assert race(tmp_path, 10, *in_a_cluster(), **ON_POSTGRESQL) == fair(10)
