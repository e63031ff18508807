"""Every address, role, relation and method against the access table.

`test_doors` asks who may come in at all; here the object behind an address stands in every
relation to the asker, and opens exactly where the table says so. Elsewhere it answers as if it
were not there.
"""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from desk.access.asking import likeness, signed_in
from desk.doors import DOORS, ROLES
from desk.examples import (
    IN_THE_OFFICE,
    OF_PERSON,
    Stand,
    example_of,
    keys_for,
    load_examples,
    names_object,
)
from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import LeverFactory
from desk.people.examples import person_of
from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.models import BreakGlass
from koempel.desk.common.context import Relation
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.levers.models import LeverBooking

load_examples()

METHODS = ("GET", "HEAD", "POST")
OF_OBJECTS = [door for door in DOORS if names_object(door.converters)]
WITH_STANDS = [
    door for door in OF_OBJECTS if example_of(door.name) and example_of(door.name).stands
]
OPEN_TO = {
    Relation.ANY: frozenset(OF_PERSON),
    Relation.OWN: IN_THE_OFFICE,
    Relation.ASSIGNED: frozenset({Stand.OWN, Stand.OPENED}),
    # Emergency access does not erase, gives nobody access and takes nothing along.
    Relation.GUIDED: frozenset({Stand.OWN}),
    Relation.GRANTED: frozenset({Stand.GRANTED}),
    # Whoever has the link of somebody reads of that one person, and has no stand to anybody.
    Relation.PERSON: frozenset(),
}
OF_PEOPLE = (Relation.ASSIGNED, Relation.GUIDED, Relation.GRANTED)
ABSENT = {
    # A file that waits is gone after a day: the page says so and asks to hand it in again.
    "people:import-check": 302,
    "jobs:import-check": 302,
}


@pytest.mark.parametrize("door", OF_OBJECTS, ids=lambda door: door.name)
def test_address_of_an_object_has_an_example(door):
    assert example_of(door.name) is not None, "add one to tests/desk/<part>/examples.py"


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("door", WITH_STANDS, ids=lambda door: door.name)
def test_object_opens_in_exactly_the_relation_of_the_table(door):
    askers = [UserFactory(role=role) for role in ROLES]
    assert [wrong for asker in askers for wrong in _deviations(door, asker)] == []


def _deviations(door, asker):
    client, absent = signed_in(asker), {}
    for stand in (Stand.ABSENT, *example_of(door.name).stands):
        url = reverse(door.name, kwargs=keys_for(door.name, door.converters, asker, stand))
        for method in METHODS:
            allowed = access_table()[door.name].for_role(asker.role, method)
            if allowed is None and stand not in (Stand.OWN, Stand.ABSENT):
                continue  # refused before any view runs: the most of one's own shows it
            cache.clear()
            answer = likeness(client.generic(method, url), url)
            found = _found(answer, absent.setdefault(method, answer), door.name)
            expected = _expected(allowed, stand, door.name)
            if found != expected:
                yield f"{method} {stand} as {asker.role}: {found}, the table says {expected}"


@pytest.mark.django_db
@pytest.mark.parametrize("door", WITH_STANDS, ids=lambda door: door.name)
def test_visitor_is_led_to_sign_in_whatever_the_object(door):
    owner, visitor = UserFactory(), Client()
    answers = []
    for stand in (Stand.ABSENT, Stand.OWN):
        url = reverse(door.name, kwargs=keys_for(door.name, door.converters, owner, stand))
        for method in METHODS:
            answer = visitor.generic(method, url)
            answers.append((answer.status_code, answer.url == f"{reverse('login')}?next={url}"))
    assert set(answers) == {(302, True)}


def _found(answer, absent, name) -> str:
    if answer[0] == 403:
        return "refused"
    if answer == absent and answer[0] == ABSENT.get(name, 404):
        return "as absent"
    return {404: "another 404", 500: "broken"}.get(answer[0], "open")


def _expected(allowed, stand, name) -> str:
    if allowed is None:
        return "refused"
    is_about_people = allowed.relation in OF_PEOPLE
    if is_about_people and not example_of(name).is_of_person and stand is not Stand.ABSENT:
        return "open"  # the object itself tells of nobody: the relation is to who is in it
    return "open" if stand in OPEN_TO[allowed.relation] else "as absent"


ROWS = [door for door in OF_OBJECTS if door.converters.keys() == {"case", "key"}]


@pytest.mark.django_db
@pytest.mark.parametrize("door", ROWS, ids=lambda door: door.name)
def test_row_of_another_case_answers_like_an_absent_one(door):
    asker = UserFactory()
    client = signed_in(asker)
    mine, foreign = (
        keys_for(door.name, door.converters, asker, stand) for stand in (Stand.OWN, Stand.FOREIGN)
    )
    for method in METHODS:
        if access_table()[door.name].for_role(asker.role, method) is not None:
            urls = [
                reverse(door.name, kwargs=mine | {"key": key}) for key in (foreign["key"], 999_999)
            ]
            answers = [likeness(client.generic(method, url), url) for url in urls]
            assert answers[0] == answers[1]
            assert answers[0][0] == 404


def _told(client, url, number, form):
    """What a form with a number in it is answered, with the page it leads to."""
    answer = client.post(url, form(number), follow=True)
    return answer.redirect_chain, likeness(answer, number)


CLOSED_TO_ROLE = [
    (role, stand)
    for role, relation in (
        (Role.CASEWORKER, Relation.ASSIGNED),
        (Role.SOCIAL_WORKER, Relation.ASSIGNED),
        (Role.MEDIATOR, Relation.GRANTED),
    )
    for stand in OF_PERSON
    if stand not in OPEN_TO[relation]
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "stand"), CLOSED_TO_ROLE)
def test_lever_is_booked_for_nobody_out_of_reach(role, stand):
    asker = UserFactory(role=role)
    client, lever = signed_in(asker), LeverFactory()
    url = reverse("levers:book", kwargs={"pk": lever.pk})
    form = {"starts_on": "2027-01-04", "key": "k", "how": "houd"}
    foreign, absent = (
        _told(client, f"{url}?dossier={number}", number, lambda number: form)
        for number in (person_of(asker, stand).pk, "K-2222")
    )
    assert (foreign, LeverBooking.objects.count()) == (absent, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("stand", sorted(set(OF_PERSON) - IN_THE_OFFICE))
def test_emergency_access_opens_no_case_of_another_office(stand):
    asker = UserFactory()
    client, url = signed_in(asker), reverse("people:break-glass")
    foreign, absent = (
        _told(client, url, number, lambda number: {"case_number": number, "reason": "Crisis"})
        for number in (person_of(asker, stand).pk, "K-2222")
    )
    assert (foreign, BreakGlass.objects.count()) == (absent, 0)


@pytest.mark.django_db
def test_bulk_action_reaches_no_vacancy_of_another():
    asker = UserFactory(role=Role.EMPLOYER)
    client, url, draft = signed_in(asker), reverse("jobs:list"), VacancyFactory(draft=True)
    foreign, absent = (
        _told(client, url, number, lambda number: {"kies": number, "doe": "publish"})
        for number in (draft.number, "J-2222")
    )
    draft.refresh_from_db()
    assert (foreign, draft.state) == (absent, VacancyState.DRAFT)


NOT_IN_NEED = {
    ("people:erase", "GET"), ("people:erase", "POST"), ("people:grants", "POST"),
    ("people:everything", "GET"), ("people:everything-file", "GET"),
    ("proposals:sheet-link", "POST"),
}  # fmt: skip


def test_emergency_access_erases_nothing_gives_nobody_access_and_takes_nothing_along():
    guided = {
        (name, method)
        for name, rule in access_table().items()
        for (role, method), allowed in rule.allowed.items()
        if role == Role.CASEWORKER and allowed.relation is Relation.GUIDED
    }
    # Handing over names no case in its address; its own tests are in people/test_handing.py.
    assert guided == NOT_IN_NEED | {("people:hand-over", "GET"), ("people:hand-over", "POST")}


@pytest.mark.django_db
def test_case_that_was_opened_in_need_offers_nothing_of_that():
    asker = UserFactory()
    client, case = signed_in(asker), {"case": person_of(asker, Stand.OPENED).pk}
    pages = [
        client.get(reverse(name, kwargs=case)).content.decode()
        for name in ("people:file", "people:grants", "proposals:sheet")
    ]
    closed = ("people:erase", "people:everything", "proposals:sheet-link")
    offered = [name for name in closed if any(reverse(name, kwargs=case) in p for p in pages)]
    assert (offered, "Geef inzage</button>" in pages[1]) == ([], False)
