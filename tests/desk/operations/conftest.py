"""Offices with a data folder of their own, on both databases."""

import shutil
import subprocess

import pytest

from desk.operations.office import Office, postgresql_cluster


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


def on_postgresql(folder, cluster, name, template="template0"):
    """An office with a database of its own in the cluster."""
    office = Office(folder, **cluster, KOEMPEL_DATABASE="postgresql", KOEMPEL_DATABASE_NAME=name)
    subprocess.run(["createdb", "-T", template, name], env=office.environment, check=True)
    return office


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An office with all tables and files; made once, since that takes long."""
    office = Office(tmp_path_factory.mktemp("prepared") / "data")
    office.prepare()
    return office


@pytest.fixture(scope="module")
def prepared_on_postgresql(tmp_path_factory, cluster):
    office = on_postgresql(tmp_path_factory.mktemp("prepared") / "data", cluster, "prepared")
    office.prepare()
    return office


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request, tmp_path):
    """An office of its own on each database, ready to be used."""
    if request.param == "sqlite":
        office = Office(tmp_path / "data")
        shutil.copytree(request.getfixturevalue("prepared").data, office.data)
        return office
    model = request.getfixturevalue("prepared_on_postgresql")
    cluster = request.getfixturevalue("cluster")
    office = on_postgresql(tmp_path / "data", cluster, tmp_path.name, template="prepared")
    shutil.copytree(model.data, office.data)
    return office
