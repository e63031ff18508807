"""Offices with a data folder of their own."""

import pytest

from desk.operations.office import Office


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "data")


@pytest.fixture
def make_office(tmp_path):
    return lambda name: Office(tmp_path / name)
