"""Fifty decide at once about the last seat and the last bikes: never one too many, on both."""

from pathlib import Path

import pytest

from desk.levers.test_race import ON_POSTGRESQL, race
from desk.operations.office import in_a_cluster, needs_postgresql

ACCEPTING = Path(__file__).with_name("accepting.py")


def fair(rounds):
    return {
        "last seat": {"got it": rounds, "full": 49 * rounds},
        # Nobody waits in a ring for somebody who waits for them: that would be an error.
        "bikes in two ways": {"oversold": 0},
        "books": {"wrong": 0},
    }


@pytest.mark.slow
def test_last_seat_is_accepted_once_on_sqlite(data_folder):
    assert race(data_folder, 1, program=ACCEPTING) == fair(1)


@pytest.mark.slow
@needs_postgresql
def test_last_seat_is_accepted_once_on_postgresql(tmp_path):
    found = race(tmp_path, 3, *in_a_cluster(), program=ACCEPTING, **ON_POSTGRESQL)
    assert found == fair(3)
