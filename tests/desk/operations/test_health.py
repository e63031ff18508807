import shutil
from collections import namedtuple

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from koempel.desk.operations import holds
from koempel.desk.operations.health import LEAST_FREE_BYTES

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def worker(settings):
    with holds.hold(settings.DATA_DIR, holds.WORKER):
        yield


def ask():
    return Client().get("/gezondheid/")


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_health_is_200_when_all_is_well(django_assert_num_queries):
    with django_assert_num_queries(3):
        answer = ask()
    assert answer.status_code == 200
    assert "Alles werkt" in answer.text
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_health_is_503_without_a_worker():
    answer = ask()
    assert answer.status_code == 503
    assert "De werker is gestopt." in answer.text


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_health_is_507_when_the_disk_is_full(monkeypatch):
    full = Usage(LEAST_FREE_BYTES, 1, LEAST_FREE_BYTES - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full)
    answer = ask()
    assert answer.status_code == 507
    assert "De schijf is vol." in answer.text


@pytest.mark.usefixtures("worker")
def test_health_is_503_without_a_database(no_database):
    answer = ask()
    assert answer.status_code == 503
    assert "De databank antwoordt niet." in answer.text


def test_a_page_says_503_in_plain_words_without_a_database(no_database, client):
    client.raise_request_exception = False
    client.cookies["koempel"] = "een sessie die opgezocht moet worden"
    answer = client.get("/aanmelden/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Koempel is even niet bereikbaar" in answer.text


@pytest.fixture
def no_database(monkeypatch, django_db_blocker):
    """A database that went away: every statement fails as a lost connection does."""

    def gone(*arguments, **rest):
        raise OperationalError("connection refused")

    monkeypatch.setattr(CursorWrapper, "execute", gone)
    with django_db_blocker.unblock():
        yield
