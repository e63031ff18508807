"""What must not happen from a screen that somebody left open asks again who it is."""

import pytest
from django.urls import reverse

from desk.factories.accounts import PASSWORD, UserFactory
from desk.factories.people import PersonFactory
from koempel.desk.accounts.access import access_table
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role

pytestmark = pytest.mark.django_db

SENSITIVE = {
    "people:list-export": "GET",
    "proposals:list-export": "GET",
    "referrals:list-export": "GET",
    "placements:list-export": "GET",
    "transitions:list-export": "GET",
    "people:everything": "GET",
    "people:everything-file": "GET",
    "people:erase": "GET",
    "accounts:user-new": "GET",
    "accounts:user-role": "GET",
    "accounts:user": "POST",
    "usersessions_list": "GET",
}
"""Exports of people, erasure, roles, and where an account is signed in."""


@pytest.fixture
def address_of():
    guide = UserFactory()
    with acting(system("test")):
        person = PersonFactory(caseworker=guide, organisation=guide.organisation)
    keys = {
        "people:list-export": {"suffix": "csv"},
        "proposals:list-export": {"suffix": "csv"},
        "referrals:list-export": {"suffix": "csv"},
        "placements:list-export": {"suffix": "csv"},
        "transitions:list-export": {"suffix": "csv"},
        "people:everything": {"case": person.pk},
        "people:everything-file": {"case": person.pk},
        "people:erase": {"case": person.pk},
        "accounts:user-role": {"pk": guide.pk},
        "accounts:user": {"pk": guide.pk},
    }

    def sign_in(client, name):
        is_of_people = name.endswith("list-export") or name.startswith("people:")
        client.force_login(guide if is_of_people else UserFactory(role=Role.OPERATOR))
        return reverse(name, kwargs=keys.get(name))

    return sign_in


@pytest.mark.parametrize(("name", "method"), SENSITIVE.items())
def test_sensitive_address_opens_after_a_confirmation_only(client, address_of, name, method):
    address = address_of(client, name)
    before = client.generic(method, address)
    assert before.url.startswith("/aanmelden/bevestig/?next=")
    client.post("/aanmelden/bevestig/", {"password": PASSWORD})
    after = client.generic(method, address)
    assert after.status_code in {200, 404} or "bevestig" not in after.url
    after.close()


def test_every_export_of_people_is_sensitive():
    exports = {
        name
        for name, rule in access_table().items()
        if name.endswith(("-export", "-file"))
        if {each.show for each in rule.allowed.values()} & {"contact", "full"}
    }
    assert exports <= set(SENSITIVE)
    assert exports
