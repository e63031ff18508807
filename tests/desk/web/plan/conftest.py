"""A town with a plan, and who may look at it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from desk.factories.accounts import UserFactory
from desk.planning.town import make_crowd, make_town
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.planning.models import Scenario


@pytest.fixture
def guide(db):
    with acting(system("test")):
        return UserFactory(role=Role.CASEWORKER, name="An Lampenman")


@pytest.fixture
def town(guide):
    return make_town(guide)


@pytest.fixture
def crowd(guide):
    return make_crowd(guide)


@pytest.fixture
def director(db):
    return UserFactory(role=Role.DIRECTOR, name="Noor Schachtbok")


@pytest.fixture
def dpo(db):
    return UserFactory(role=Role.DPO, name="Dirk Kijker")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(director):
    """The desk of a director."""
    return signed_in(director)


@pytest.fixture
def watch(dpo):
    """The desk of whoever watches over the planner."""
    return signed_in(dpo)


@pytest.fixture
def kept(desk, crowd) -> Scenario:
    url = f"{reverse('plan:scenario-new')}?{crowd.bikes}=20"
    changes = re.search(r'name="changes" value="([^"]*)"', desk.get(url).content.decode())[1]
    sent = {"name": "Meer fietsen", "changes": changes.replace("&quot;", '"')}
    answer = desk.post(url, sent)
    assert answer.status_code == 302
    return Scenario.objects.get()
