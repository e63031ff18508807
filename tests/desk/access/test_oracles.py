"""No list can be asked about what its reader may not know.

Everything that is hidden from a reader is given another value. Whatever the reader asks, by search,
filter, sorting or page, in a list or in its file, the answer stays the same to the last byte.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desk.access.asking import likeness, signed_in
from desk.access.replay import LISTS
from desk.access.world import make_world
from desk.doors import DOORS, view_class
from desk.factories.partners import HEUSDEN
from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.models import AccessGrant
from koempel.desk.common.context import Relation, Show, acting, system
from koempel.desk.levers.enums import TAKES_STOCK
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.enums import OBSTACLES, CaseStatus
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)
from koempel.desk.people.queries import obstacle_class
from koempel.desk.placements.models import Placement
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import TOLD_TO_EMPLOYER
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import TOLD_TO_ENTERPRISE
from koempel.desk.web.pages.listing import ListExport

pytestmark = pytest.mark.django_db

COUNTS = {
    # They count people by what stands between, in fives and never fewer: see jobs/reach.py.
    "jobs:reach",
}
OTHER = {
    "caseworker": None,
    "source": "elders",
    "source_id": "ander-nummer",  # with the case number: it is of one person
    "first_name": "Anders",
    "last_name": "Aardappel",
    "name_key": "aardappel anders",
    "phone": "0499 99 99 99",
    "email": "anders@koempel.invalid",
    "lon": 5.111111,
    "lat": 51.111111,
    "permit_until": date(2026, 12, 1),
    "modes": ["CAR"],
    "cycling": "NO",
    "dutch_listening": "C1",
    "dutch_speaking": "C1",
    "dutch_reading": "C1",
    "dutch_writing": "C1",
    "skills": ["COOKING"],
    "licences": ["C"],
    "wants": ["5120"],
    "needs": ["NO_NIGHT"],
    "next_step": "Iets anders",
    "next_step_on": date(2026, 11, 1),
    "last_contact_on": date(2026, 11, 2),
}
KEPT = {
    "village",  # moved below, within the municipality that the reader may know
    "address_shield",  # that a place is shielded shows by itself: the place does not
}
ASKERS = ("DIRECTOR", "MEDIATOR", "STRANGER", "CHILDCARE", "REUSE_SHOP", "EMPLOYER")
SEARCHES = ("Anders", "aardappel", "0499", "COOKING", "Iets", "Kolenberg")


@pytest.fixture
def world():
    return make_world()


def test_every_field_of_a_person_gets_another_value():
    hidden = {name for name, each in DECLARED["Person"].items() if each.data_class != "K2"}
    assert hidden == OTHER.keys() | KEPT


@pytest.mark.parametrize("name", ASKERS)
def test_answers_stay_the_same_when_what_is_hidden_changes(world, name):
    client = signed_in(world.askers[name])
    urls = list(_questions(world, world.askers[name].role))
    before = [likeness(client.get(url)) for url in urls]
    with transaction.atomic():
        _change_what_is_hidden(_known_classes(world, name))
        after = [likeness(client.get(url)) for url in urls]
        transaction.set_rollback(True)
    told = [url for url, one, other in zip(urls, before, after, strict=True) if one != other]
    assert told == []


LIST_OF = {"DIRECTOR": "/mensen/zonder-naam/", "MEDIATOR": "/mensen/"}


@pytest.mark.parametrize("name", LIST_OF)
def test_answers_do_change_with_what_the_reader_may_know(world, name):
    client, url = signed_in(world.askers[name]), LIST_OF[name]
    before = likeness(client.get(url))
    with acting(system("proef")):
        Person.objects.update(status=CaseStatus.PLACED)
    assert likeness(client.get(url)) != before


def _known_classes(world, name) -> dict[str, frozenset[str]]:
    """The classes that a reader has of each person by the most open of the own pages."""
    asker = world.askers[name]
    if name == "DIRECTOR":
        return dict.fromkeys(world.people, frozenset({"K2", "lever"}))
    found = dict.fromkeys(world.people, frozenset())
    for grant in AccessGrant.objects.filter(to_organisation=asker.organisation):
        holds = grant.withdrawn_at is None and grant.valid_until > timezone.now()
        found[grant.person] |= {"K2", *grant.classes} if holds else frozenset()
    # Who has a lever of a partner is known to it by name, and to childcare with the child.
    kept = LeverBooking.objects.filter(lever__organisation=asker.organisation)
    for number in kept.filter(state__in=TAKES_STOCK).values_list("case_number", flat=True):
        found[number] |= {"K2", "K3"} | ({"K5"} if name == "CHILDCARE" else set())
    # Who is referred is known to the employer by name.
    referred = Referral.objects.filter(vacancy__employer=asker.organisation)
    for number in referred.filter(state__in=TOLD_TO_EMPLOYER).values_list("case_number", flat=True):
        found[number] |= {"K2", "K3"}
    # And so is who works there, and an employee to the social enterprise.
    working = Placement.objects.filter(vacancy__employer=asker.organisation, state="WORKING")
    employed = Transition.objects.filter(employer=asker.organisation, state__in=TOLD_TO_ENTERPRISE)
    at_work = (rows.values_list("case_number", flat=True) for rows in (working, employed))
    for number in chain(*at_work):
        found[number] |= {"K2", "K3"}
    return found


def _change_what_is_hidden(known: dict[str, frozenset[str]]) -> None:
    declared = DECLARED["Person"]
    with acting(system("proef")):
        for person in Person.objects.select_related("village__municipality"):
            classes = known[person.pk]
            hidden = {
                name: value
                for name, value in OTHER.items()
                if declared[name].data_class not in classes
            }
            if "source_id" in hidden:
                hidden["source_id"] += person.pk
            Person.objects.filter(pk=person.pk).update(**hidden)
            _move(person, classes)
            _change_rows(person, classes)


def _move(person: Person, classes: frozenset[str]) -> None:
    """To another village: of the same municipality where that one may be known."""
    home = person.village
    if person.address_shield or "K2" not in classes:
        Person.objects.filter(pk=person.pk).update(village=HEUSDEN)
    elif "K3" not in classes:
        beside = home.municipality.villages.create(
            code=f"{home.code}-2", name="Aalbeek", postcode="3999", lon=5, lat=51
        )
        Person.objects.filter(pk=person.pk).update(village=beside)


def _change_rows(person: Person, classes: frozenset[str]) -> None:
    if "K5" not in classes:
        Child.objects.filter(person=person).delete()
    if "K4" not in classes:
        SupportRight.objects.filter(person=person).delete()
    for obstacle in PersonObstacle.objects.filter(person=person):
        if obstacle_class(obstacle.kind) not in classes:
            # Which lever helps, who directs may know: the kind of a K4 obstacle gives that away.
            if "lever" in classes and obstacle_class(obstacle.kind) == "K4":
                PersonObstacle.objects.filter(pk=obstacle.pk).update(evidence="Iets anders.")
            else:
                obstacle.delete()
    TimelineEntry.objects.filter(person=person).exclude(data_class__in=classes).delete()
    ConfidentialNote.objects.filter(person=person).update(text="Iets anders.")


def _questions(world, role) -> Iterator[str]:
    """Addresses that a role may read, each list with all that it can be asked."""
    for door in DOORS:
        if door.name not in COUNTS and _shows_less(access_table()[door.name], role):
            for keys in _keys(world, door.converters):
                url = reverse(door.name, kwargs=keys)
                yield url
                page = _list_behind(door)
                if page is not None and _shows_people(door.name, role):
                    yield from (f"{url}?{query}" for query in _queries(world, page))


def _shows_less(rule, role) -> bool:
    """Whether something of a person may be hidden here."""
    allowed = rule.for_role(role, "GET")
    if allowed is None or rule.name.startswith(("account", "mfa", "social", "openid", "login")):
        return False
    return allowed.show is not Show.FULL or allowed.relation is Relation.GRANTED


def _shows_people(name, role) -> bool:
    return access_table()[name].for_role(role, "GET").show is not Show.NOTHING


def _keys(world, converters) -> Iterator[dict[str, object]]:
    if not converters:
        yield {}
    elif converters.keys() == {"case"}:
        yield from ({"case": number} for number in sorted(world.people))
    elif converters.keys() == {"suffix"}:
        yield {"suffix": "csv"}
    elif converters.keys() == {"family"}:
        yield from ({"family": each} for each in ("fietsen", "kinderopvang", "vervoer"))


def _list_behind(door):
    view = view_class(door)
    page = door.view.view_initkwargs["of"] if issubclass(view, ListExport) else view
    return page if page in LISTS else None


def _queries(world, page) -> Iterator[str]:
    sorts = {f"{way}{each.name}" for each in page.columns if each.sort for way in ("", "-")}
    yield from sorted(f"sorteer={sort}" for sort in sorts)
    yield "blad=2"
    for each in page.filters:
        yield from (f"{each.name}={value}" for value in _values(world, each))
    if page.search:
        one_of_each = {each.what: word for word, each in world.tokens.items() if each.about}
        yield from (f"zoek={word}" for word in (*SEARCHES, *one_of_each.values()))


def _values(world, each) -> list[str]:
    if each.name == "gemeente":
        return ["71070", "90001", "90002", "90003", "90010"]
    if each.name == "drempel":
        return ["vervoer", *OBSTACLES]
    with acting(system("test")):
        field = each.field(None) if not callable(getattr(each, "choices", None)) else None
    if isinstance(field, forms.ChoiceField):
        return [str(key) for key, _ in field.choices if key]
    return ["2026-11-25"] if isinstance(field, forms.DateField) else ["1"]
