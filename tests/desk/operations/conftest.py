"""Offices with a data folder of their own, on both databases; `prepared` is in desk/conftest.py."""

import shutil

import pytest

from desk.operations.office import Office, on_postgresql, postgresql_cluster


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "data")


@pytest.fixture
def make_office(tmp_path):
    return lambda name: Office(tmp_path / name)


@pytest.fixture(scope="module")
def cluster():
    """Variables that lead to a PostgreSQL of its own."""
    if not shutil.which("pg_virtualenv"):
        pytest.skip("PostgreSQL is not installed")
    with postgresql_cluster() as variables:
        yield variables


@pytest.fixture(scope="module")
def prepared_on_postgresql(tmp_path_factory, cluster):
    office = on_postgresql(tmp_path_factory.mktemp("prepared") / "data", cluster, "prepared")
    office.prepare()
    return office


@pytest.fixture
def office_on_sqlite(data_folder):
    """An office of its own, ready to be used."""
    return Office(data_folder)


@pytest.fixture
def office_on_postgresql(prepared_on_postgresql, cluster, tmp_path):
    """The same on PostgreSQL."""
    office = on_postgresql(tmp_path / "data", cluster, tmp_path.name, template="prepared")
    shutil.copytree(prepared_on_postgresql.data, office.data)
    return office


@pytest.fixture(params=["office_on_sqlite", "office_on_postgresql"])
def any_office(request):
    """An office of its own on each database."""
    return request.getfixturevalue(request.param)
