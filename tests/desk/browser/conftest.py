"""A small invented region in a desk that a browser opens; signing in with one click."""

import sqlite3
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.operations.demo import load_region
from koempel.region.synthetic import synthetic_region


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of the invented region, at work."""

    url: str

    def enter(self, page, role: Role, at: str = "/") -> User:
        """Sign in as the one of a role, with one click, and go somewhere."""
        user = self.who(role)
        page.goto(f"{self.url}/aanmelden/?next={at}")
        page.locator(f'button[name=user][value="{user.pk}"]').click()
        page.wait_for_url(lambda url: "/aanmelden/" not in url)
        return user

    def who(self, role: Role) -> User:
        """Whom one can be in a role."""
        return User.objects.get(is_demo=True, role=role)


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker):
    """A copy of the database with the region in it; loading it anew takes some seconds."""
    region = synthetic_region(people=60, jobs=20, seed=7, today=timezone.localdate())
    with django_db_blocker.unblock():
        connection.ensure_connection()
        empty = _copy_of(connection.connection)
        load_region(region, at=timezone.now())
        full = _copy_of(connection.connection)
        empty.backup(connection.connection)
        empty.close()
    yield full
    full.close()


def _copy_of(source):
    copy = sqlite3.connect(":memory:")
    source.backup(copy)
    return copy


@pytest.fixture
def desk(live_server, loaded):
    """The desk with the region as it was loaded; the tables are emptied after each test."""
    cache.clear()
    connection.ensure_connection()
    loaded.backup(connection.connection)
    with acting(system("tests")):
        yield Desk(live_server.url)
