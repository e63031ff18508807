"""The tour: five steps per role, each at something that the role has."""

import pytest
from django.test import Client

from desk.factories.accounts import UserFactory
from koempel.desk.accounts.access import access_table, may_open
from koempel.desk.common.roles import Role
from koempel.desk.web.tours import tour_of

ROLES = sorted(role for role in Role if access_table()["tour"].for_role(role, "GET"))


def read(role):
    client = Client()
    client.force_login(UserFactory(role=role))
    return client.get("/rondleiding/")


def test_every_role_that_works_in_the_desk_has_a_tour():
    assert set(Role) - set(ROLES) == {Role.PERSON, Role.ANONYMOUS}


@pytest.mark.parametrize("role", ROLES)
def test_tour_has_five_short_steps_to_what_the_role_may_open(role):
    steps = tour_of(role)

    assert len(steps) == 5
    assert [step for step in steps if bool(step.door) == bool(step.part)] == []
    assert [step.door for step in steps if step.door and not may_open(role, step.door)] == []
    assert [step.title for step in steps if len(step.text) > 160] == []


@pytest.mark.django_db
def test_only_the_demonstration_has_a_tour(settings):
    settings.DEMO = False

    answer = read(Role.DIRECTOR)

    assert answer.status_code == 404
    assert "Rondleiding" not in answer.content.decode()
