"""The address without a path leads each role to its own first page."""

import pytest
from django.test import Client

from desk.factories.accounts import UserFactory
from koempel.desk.common.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.DIRECTOR, "/overzicht/"),
        (Role.CASEWORKER, "/wacht/"),
        (Role.EMPLOYER, "/wacht/"),
        (Role.CHILDCARE, "/wacht/"),
        (Role.DPO, "/wacht/"),
        (Role.OPERATOR, "/wacht/"),
    ],
)
def test_home_leads_to_the_first_door(role: Role, first: str, client: Client, settings):
    settings.ROOT_URLCONF = "koempel.desk.config.urls"
    client.force_login(UserFactory(role=role))

    answer = client.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (302, first)


@pytest.mark.django_db
def test_home_leads_a_stranger_to_the_sign_in(client: Client, settings):
    settings.ROOT_URLCONF = "koempel.desk.config.urls"

    assert client.get("/").headers["Location"].startswith("/aanmelden/")
