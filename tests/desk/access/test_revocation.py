"""What is taken away between two requests is gone at the second one, on every page."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from desk.access.asking import signed_in
from desk.doors import DOORS
from desk.examples import Stand, example_of, load_examples
from desk.factories.accounts import OrganisationFactory, UserFactory
from desk.people.examples import person_of
from desk.people.test_imports import GOOD, HEADER
from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.models import AccessGrant, BreakGlass
from koempel.desk.accounts.session import (
    ABSOLUTE_S,
    IDLE_S,
    SIGNED_IN_AT,
    seen_cookie,
    seen_cookie_name,
)
from koempel.desk.common.context import Relation, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person, TimelineEntry

load_examples()

pytestmark = pytest.mark.django_db
OF_PEOPLE = [
    door for door in DOORS if (known := example_of(door.name)) and known.is_of_person
]  # cases, what hangs on them, bookings


def _withdraw(asker, person):
    AccessGrant.objects.update(withdrawn_at=timezone.now())


def _end_grant(asker, person):
    AccessGrant.objects.update(valid_until=timezone.now())


def _end_break_glass(asker, person):
    BreakGlass.objects.update(until=timezone.now())


def _assign_to_another(asker, person):
    person.caseworker = UserFactory(organisation=asker.organisation)
    _save(person)


def _move_asker(asker, person):
    asker.organisation = OrganisationFactory()
    asker.save()


def _erase(asker, person):
    with acting(system("proef")):
        person.delete()


def _save(person):
    with acting(system("proef")):
        person.save()


ENDS = [
    (Role.MEDIATOR, Stand.GRANTED, _withdraw),
    (Role.MEDIATOR, Stand.GRANTED, _end_grant),
    (Role.MEDIATOR, Stand.GRANTED, _move_asker),
    (Role.CASEWORKER, Stand.OPENED, _end_break_glass),
    (Role.CASEWORKER, Stand.OWN, _assign_to_another),
    (Role.CASEWORKER, Stand.OWN, _move_asker),
    (Role.SOCIAL_WORKER, Stand.OWN, _erase),
]


@pytest.mark.parametrize(("role", "stand", "end"), ENDS)
def test_case_is_gone_at_the_next_request(role, stand, end):
    asker = UserFactory(role=role)
    client, late = signed_in(asker), []
    for door in OF_PEOPLE:
        methods = _methods_by_person(door.name, role, stand)
        if not methods:
            continue
        keys, person = _made(door.name, asker, stand)
        url = reverse(door.name, kwargs=keys)
        if "GET" in methods:
            assert client.get(url).status_code == 200, door.name
        end(asker, person)
        late += [
            f"{method} {url}: {status}"
            for method in methods
            for status in [client.generic(method, url).status_code]
            if status != 404
        ]
    assert late == []


def _methods_by_person(name, role, stand) -> list[str]:
    """Methods that are open to a role for the people who stand so to it."""
    rules = {method: access_table()[name].for_role(role, method) for method in ("GET", "POST")}
    by_person = {Relation.ASSIGNED, Relation.GRANTED}
    if stand is Stand.OWN:
        by_person.add(Relation.GUIDED)
    return [method for method, rule in rules.items() if rule and rule.relation in by_person]


def _made(name, asker, stand):
    """The keys of an address, and the person whom its example made."""
    with acting(system("proef")):
        before = set(Person.objects.values_list("pk", flat=True))
        keys = example_of(name).make(asker, stand)
        return keys, Person.objects.exclude(pk__in=before).get()


@pytest.mark.parametrize(("role", "stand", "end"), ENDS)
def test_case_is_gone_from_list_and_file_at_the_next_request(role, stand, end):
    asker = UserFactory(role=role)
    client, person = signed_in(asker), person_of(asker, stand)
    urls = [reverse("people:list"), reverse("people:list-export", kwargs={"suffix": "csv"})]
    name = person.last_name.encode()
    before = [name in client.get(url).getvalue() for url in urls]
    end(asker, person)
    after = [name in client.get(url).getvalue() for url in urls]
    assert (before, after) == ([True, True], [False, False])


# sessions


def _close(client, user):
    user.is_active = False
    user.save()


def _stop_organisation(client, user):
    user.organisation.is_active = False
    user.organisation.save()


def _give_another_role(client, user):
    user.role = Role.PERSON
    user.save()


def _change_password(client, user):
    user.set_password("een heel andere lange zin")
    user.save()


def _age(client, *, signed_in_s, seen_s):
    session = client.session
    session[SIGNED_IN_AT] = time.time() - signed_in_s
    session.save()
    cookie = seen_cookie(session.session_key, at=time.time() - seen_s)
    client.cookies[seen_cookie_name()] = cookie


def _stay_away(client, user):
    _age(client, signed_in_s=IDLE_S + 60, seen_s=IDLE_S + 1)


def _stay_too_long(client, user):
    _age(client, signed_in_s=ABSOLUTE_S, seen_s=1)


WAYS_OUT = (
    _close,
    _stop_organisation,
    _give_another_role,
    _change_password,
    _stay_away,
    _stay_too_long,
)
OF_CHOSEN = {"people:hand-over", "plan:curve", "plan:scenario-new", "plan:what-if-job", "tour"}
"""Ask for cases, for a plan or for the demonstration, and are as absent without any."""
STAFF = (Role.DIRECTOR, Role.CASEWORKER, Role.MEDIATOR, Role.EMPLOYER, Role.DPO, Role.OPERATOR)


@pytest.mark.parametrize("way_out", WAYS_OUT)
@pytest.mark.parametrize("role", STAFF)
def test_no_page_opens_after_the_way_out(role, way_out):
    user = UserFactory(role=role)
    late = []
    for door in DOORS:
        rule = access_table()[door.name]
        if door.converters or not rule.for_role(role, "GET") or rule.for_role(Role.PERSON, "GET"):
            continue
        cache.clear()
        client, url = signed_in(user), reverse(door.name)
        assert client.get(url).status_code in ((404,) if door.name in OF_CHOSEN else (200, 302))
        way_out(client, user)
        answer = client.get(url)
        is_out = answer.status_code == 403 or (
            answer.status_code == 302 and answer.url.startswith(reverse("login"))
        )
        if not is_out:
            late.append(f"{url}: {answer.status_code}")
        user.is_active, user.role = True, role
        user.save()
        user.organisation.is_active = True
        user.organisation.save()
    assert late == []


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_what_was_filled_in_is_not_saved_after_the_way_out(way_out):
    user = UserFactory()
    client, person = signed_in(user), person_of(user, Stand.OWN)
    url = reverse("people:note", kwargs={"case": person.pk})
    assert client.get(url).status_code == 200
    way_out(client, user)
    client.post(url, {"title": "Te laat"})
    with acting(system("proef")):
        assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_file_is_not_read_in_after_the_way_out(way_out):
    user = UserFactory()
    client = signed_in(user)
    file = SimpleUploadedFile("mensen.csv", f"{HEADER}\n{GOOD}\n".encode())
    check = client.post(reverse("people:import"), {"file": file}).url
    way_out(client, user)
    client.post(check)
    with acting(system("proef")):
        assert not Person.objects.exists()


def test_grant_holds_until_its_last_moment():
    asker = UserFactory(role=Role.MEDIATOR)
    client, person = signed_in(asker), person_of(asker, Stand.GRANTED)
    url = reverse("people:file", kwargs={"case": person.pk})
    AccessGrant.objects.update(valid_until=timezone.now() + timedelta(seconds=60))
    open_still = client.get(url).status_code
    AccessGrant.objects.update(valid_until=timezone.now())
    assert (open_still, client.get(url).status_code) == (200, 404)
