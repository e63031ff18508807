"""Yara and her caseworker, and whoever asks."""

import pytest
from django.core.cache import cache

from desk.factories.accounts import UserFactory
from desk.factories.people import PersonFactory
from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context, Relation, Show, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person


@pytest.fixture(autouse=True)
def _clean_slate():
    cache.clear()


def as_user(user: User, relation: Relation, purpose: str = "begeleiding", show: Show = Show.FULL):
    """Act as somebody, at an address that asks this relation."""
    return acting(
        Context(
            role=Role(user.role),
            purpose=purpose,
            user=user.pk,
            organisation=user.organisation_id,
            relation=relation,
            show=show,
        )
    )


@pytest.fixture
def bram(db) -> User:
    return UserFactory(name="Bram Koolstof", role=Role.SOCIAL_WORKER)


@pytest.fixture
def yara(bram) -> Person:
    with acting(system("proef")):
        return PersonFactory(first_name="Yara", last_name="Lampenier", caseworker=bram)


@pytest.fixture
def as_bram(bram, yara):
    with as_user(bram, Relation.ASSIGNED):
        yield bram
