"""The walk along all doors: every address, every role, every method, against the access table.

New parts are covered by themselves: the addresses come from the resolver.
"""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from desk.doors import DOORS, ROLES
from desk.examples import Stand, keys_for, load_examples
from desk.factories.accounts import UserFactory
from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.checks import every_address_has_its_row
from koempel.desk.common.audit import DENIED
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role

load_examples()

# Signing out comes last: what follows would be a visitor. DELETE stands for all that no row lists.
METHODS = ("GET", "HEAD", "DELETE", "POST")


@pytest.fixture
def clients():
    found = {Role.ANONYMOUS: Client(raise_request_exception=False)}
    for role in ROLES:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(UserFactory(role=role))
    return found


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_door_opens_for_exactly_the_roles_of_the_table(door, clients):
    keys = keys_for(door.name, door.converters, UserFactory(), Stand.FOREIGN)
    url = reverse(door.name, kwargs=keys)
    wrong = [
        f"{method} {door.name} as {role}: {status}"
        for method in METHODS
        for role, client in clients.items()
        for status in [_status(client, method, url, door.name)]
        if status != ("open" if access_table()[door.name].for_role(role, method) else "closed")
    ]
    assert wrong == []


def _status(client, method, url, name) -> str:
    cache.clear()
    before = _denials(name)
    is_signed_in = "_auth_user_id" in client.session
    answer = client.generic(method, url)
    answer.getvalue()  # a file closes at its end; close() would take the connection along
    if answer.status_code == 500:
        return "broken"
    if not is_signed_in:
        to_sign_in = answer.status_code == 302 and answer.url.startswith(
            f"{reverse('login')}?next="
        )
        return "closed" if to_sign_in else "open"
    if _denials(name) == before:
        return "open"
    return "closed" if answer.status_code == 403 else f"denied with {answer.status_code}"


def _denials(name) -> int:
    return AuditEvent.objects.filter(verb=name, outcome=DENIED).count()


def test_table_and_addresses_name_the_same_doors():
    assert every_address_has_its_row(None) == []
    assert {door.name for door in DOORS} == set(access_table())


BY_LINK = {
    ("person-sheet", "GET", "*", "person", "full"),
    ("referral-answer", "GET", "*", "person", "contact"),
    ("referral-answer-step", "GET", "*", "person", "contact"),
    ("referral-answer-step", "POST", "*", "person", "contact"),
    ("follow-up-answer", "GET", "*", "person", "contact"),
    ("follow-up-answer-step", "GET", "*", "person", "contact"),
    ("follow-up-answer-step", "POST", "*", "person", "contact"),
    ("referral-slots", "GET", "*", "person", "contact"),
    ("referral-slots", "POST", "*", "person", "contact"),
    ("transition-sign", "GET", "*", "person", "contact"),
    ("transition-sign", "POST", "*", "person", "contact"),
    ("transition-sign-pdf", "GET", "*", "person", "contact"),
}
"""The pages for everybody that show a person: the link is the key, and opens one's own sheet or the
question about one's work, to an employer the one who is referred or works there, and to a party the
one agreement that it signs."""


def _shown_to(roles) -> set[tuple[str, ...]]:
    return {
        (name, method, role, allowed.relation.value, allowed.show.value)
        for name, rule in access_table().items()
        for (role, method), allowed in rule.allowed.items()
        if role in roles
    } - BY_LINK


def test_operator_opens_no_page_that_shows_people():
    shows = {name for name, *_, show in _shown_to({Role.OPERATOR, "*"}) if show != "nothing"}
    assert shows == set()


def test_director_opens_no_page_that_shows_names():
    shows = {
        name
        for name, *_, show in _shown_to({Role.DIRECTOR, "*", "signed-in"})
        if show not in {"nothing", "pseudonym"}
    }
    assert shows == set()
