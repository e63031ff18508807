"""Who looked at somebody with the same surname is noticed."""

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.people import PersonFactory
from koempel.desk.accounts.watch import Look, Rule, Signal, signals
from koempel.desk.common.context import acting, system
from koempel.desk.people.watch import namesakes

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    names = ("Van den Bérg", "Berg", "Schacht", "Lampenier")
    with acting(system("test")):
        return {name: PersonFactory(last_name=name).case_number for name in names}


@pytest.mark.parametrize(
    ("user", "noticed"),
    [
        ("Rik van den Berg", 1),
        ("Rik Berg", 1),
        ("Rik Schachtmans", 0),
        ("Schacht", 0),
        ("Berg Rik", 0),
    ],
)
def test_surname_is_the_whole_of_it_however_written(people, user, noticed):
    rik = UserFactory(name=user)
    seen = namesakes([Look(NOON, rik.pk, "people:list", list(people.values()))])
    assert signals(seen) == [Signal(Rule.NAMESAKE, NOON.date(), user, 1)] * noticed


def test_same_person_seen_twice_counts_once_and_who_was_not_seen_not_at_all(people):
    rik, lies = UserFactory(name="Rik Schacht"), UserFactory(name="Lies Lampenier")
    looks = [
        Look(NOON, rik.pk, "people:file", [people["Schacht"]]),
        Look(NOON, rik.pk, "people:list", [people["Schacht"], people["Berg"]]),
        Look(NOON, lies.pk, "people:list", [people["Schacht"], people["Berg"]]),
    ]
    assert namesakes(looks) == {(Rule.NAMESAKE, NOON.date(), rik.pk): {people["Schacht"]}}


def test_nobody_looked(people):
    assert namesakes([]) == {}
