"""Somebody who guides."""

import pytest

from desk.factories.accounts import UserFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role


@pytest.fixture
def guide(db):
    with acting(system("test")):
        return UserFactory(role=Role.CASEWORKER, name="An Lampenman")
