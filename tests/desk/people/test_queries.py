"""What a reader gets of a case: the rows within reach, and the fields of the own classes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.cast import make_cast
from desk.factories.accounts import AccessGrantFactory
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from desk.people.conftest import as_user
from koempel.desk.common.context import Relation, Show, acting, current, system
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.models import Person
from koempel.desk.people.queries import (
    ALL_CLASSES,
    classes_per_person,
    people_in_reach,
    person_rows,
    possible_duplicates,
    pseudonym_rows,
    sheet,
    with_obstacle,
)
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(yara):
    with acting(system("proef")):
        ChildFactory(person=yara)
        SupportRightFactory(person=yara)
        PersonObstacleFactory(person=yara)
        PersonObstacleFactory(person=yara, sensitive=True)
        TimelineEntryFactory(person=yara)
    return yara


def granted_sheet(person, classes):
    bart = make_cast().bart
    now = timezone.now()
    AccessGrantFactory(
        person=person.pk,
        to_organisation=bart.organisation,
        classes=classes,
        valid_from=now - timedelta(days=1),
        valid_until=now + timedelta(days=1),
    )
    with as_user(bart, Relation.GRANTED):
        return sheet(Person.objects.get(), at=now), dict(current().disclosed)


def test_caseworker_sees_the_whole_case(full, bram):
    with as_user(bram, Relation.ASSIGNED):
        found = sheet(full, at=timezone.now())
        assert current().disclosed == {each: {full.pk} for each in ALL_CLASSES}
    parts = (found.children, found.rights, found.obstacles, found.timeline)
    assert (found.name, [len(each) for each in parts]) == ("Yara Lampenier", [1, 1, 2, 1])


def test_grant_shows_only_its_classes(full):
    found, disclosed = granted_sheet(full, ["K2", "K3"])
    parts = (found.children, found.rights, found.obstacles, found.timeline)
    assert (found.name, [len(each) for each in parts]) == ("Yara Lampenier", [0, 0, 0, 0])
    assert disclosed == {"K2": {full.pk}, "K3": {full.pk}}


@pytest.mark.parametrize("shown", [["K2"], ["K2", "K3"], ["K2", "K4"], ["K2", "K5"], ["K2", "K6"]])
def test_no_field_of_another_class_is_copied(full, shown):
    found, _ = granted_sheet(full, shown)
    hidden = [
        name
        for name, each in DECLARED["Person"].items()
        if each.data_class not in shown and getattr(found.facts, name) is not None
    ]
    assert hidden == []


def test_sensitive_obstacle_needs_its_own_class(full):
    found, _ = granted_sheet(full, ["K2", "K4"])
    assert [each.kind for each in found.obstacles] == ["MOBILITY_DISTANCE"]


def test_shielded_address_stays_with_the_caseworker(full, bram):
    with acting(system("proef")):
        Person.objects.update(address_shield=True)
    found, _ = granted_sheet(full, sorted(ALL_CLASSES))
    assert (found.facts.village, found.facts.lon) == (None, None)
    with as_user(bram, Relation.ASSIGNED):
        own = sheet(Person.objects.get(), at=timezone.now())
    assert own.facts.village == full.village


def test_shielded_place_is_for_the_caseworker_down_to_the_municipality(full, bram):
    with acting(system("proef")):
        Person.objects.update(address_shield=True)
    found, _ = granted_sheet(full, sorted(ALL_CLASSES))
    with as_user(bram, Relation.ASSIGNED):
        own = sheet(Person.objects.get(), at=timezone.now())
    assert (found.municipality, own.municipality) == ("afgeschermd", "Schachtdorp")


@pytest.mark.parametrize(
    ("show", "classes"),
    [
        (Show.NOTHING, frozenset()),
        (Show.PSEUDONYM, {"K2"}),
        (Show.CONTACT, {"K2", "K3"}),
        (Show.FULL, ALL_CLASSES),
    ],
)
@pytest.mark.parametrize("relation", [Relation.ASSIGNED, Relation.GRANTED])
def test_table_is_the_upper_bound_of_what_is_shown(yara, bram, relation, show, classes):
    asker = bram if relation is Relation.ASSIGNED else make_cast(yara.pk).bart
    asker.organisation.grants.update(classes=sorted(ALL_CLASSES))
    with as_user(asker, relation, show=show):
        found = classes_per_person([yara], at=timezone.now())
    assert found == {yara.pk: classes}


def test_list_shows_a_number_instead_of_a_name_that_is_not_granted(yara):
    cast = make_cast(yara.pk)
    cast.bart.organisation.grants.update(classes=["K2", "K4"])
    with as_user(cast.bart, Relation.GRANTED):
        (row,) = person_rows(people_in_reach(), at=timezone.now())
    assert (row.name, row.village) == (yara.pk, "")


@pytest.mark.parametrize(
    ("classes", "found"),
    [(["K2", "K3", "K4"], [True, True, True]), (["K2"], [False, False, False])],
)
def test_list_is_asked_about_what_is_granted_alone(yara, classes, found):
    with acting(system("proef")):
        Person.objects.update(modes=[])
        PersonObstacleFactory(person=yara)
    bart = make_cast(yara.pk).bart
    bart.organisation.grants.update(classes=classes)
    with as_user(bart, Relation.GRANTED):
        people = people_in_reach()
        asked = [
            people.filter(known_last_name="Lampenier"),
            people.filter(known_modes=[]),
            with_obstacle(people, "MOBILITY_DISTANCE"),
        ]
        assert [each.exists() for each in asked] == found


def test_director_sees_the_lever_and_never_the_reason(full):
    an = make_cast().an
    with as_user(an, Relation.ANY, "regie"):
        (row,) = pseudonym_rows(people_in_reach())
        assert current().disclosed == {"K2": {full.pk}}
    assert row.levers == (LeverKind.EBIKE_LOAN,)
    assert not any("Lampenier" in str(value) for value in (row, vars(type(row))))


def test_director_does_not_see_where_a_shielded_person_lives(yara):
    with acting(system("proef")):
        Person.objects.update(address_shield=True)
    with as_user(make_cast().an, Relation.ANY):
        assert pseudonym_rows(people_in_reach())[0].municipality == "afgeschermd"


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ({}, True),
        ({"first_name": "LAMPENIER", "last_name": "yára"}, True),
        ({"village": "elders"}, False),
        ({"village": "elders", "phone": "+32 470 12 34 56"}, True),
        ({"first_name": "Yari"}, False),
    ],
)
def test_duplicates_have_the_same_name_and_village_or_phone(yara, bram, other, is_found):
    with acting(system("proef")):
        Person.objects.update(phone="0470/12.34.56")
    asked = {"first_name": "Yara", "last_name": "Lampenier", "village": yara.village_id}
    asked |= {"phone": "", "organisation": bram.organisation} | other
    assert possible_duplicates(**asked) == ([yara.pk] if is_found else [])


def test_duplicates_stay_within_the_organisation(yara):
    with acting(system("proef")):
        stranger = PersonFactory().organisation
    found = possible_duplicates(
        first_name="Yara",
        last_name="Lampenier",
        village=yara.village_id,
        phone="",
        organisation=stranger,
    )
    assert found == []
