"""A person who is erased leaves the levers, and the books stay right."""

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.levers import ChildcareFactory, LeverFactory, booked, requested
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.levers import actions
from koempel.desk.levers.ledger import parts_out_of_balance
from koempel.desk.levers.models import LeverBooking, LeverEntry
from koempel.desk.people.actions import erase_person
from koempel.desk.people.exports import everything_about
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_system():
    with acting(system("tests")):
        yield


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def jef():
    return UserFactory()


def hand_over(booking, by):
    return actions.hand_over(booking, by=by, at=NOON)


def balances(lever):
    return [(part.free, part.held, part.out) for part in lever.parts.all()]


def test_erasing_ends_what_is_open_and_gives_places_back(person, jef):
    depot = LeverFactory(stock=3)
    site = ChildcareFactory(stock=1)
    requested(depot, case_number=person.pk, key="asked")
    booked(depot, case_number=person.pk, key="held")
    hand_over(booked(site, case_number=person.pk, codes=["Mo/early"]), jef)
    booked(depot, case_number="K-2M8D")

    erase_person(person.pk, on=NOON.date())

    states = LeverBooking.objects.order_by("pk").values_list("case_number", "state")
    gone = [("gewist", "RELEASED"), ("gewist", "RELEASED"), ("gewist", "RETURNED")]
    assert list(states) == [*gone, ("K-2M8D", "HELD")]
    assert balances(depot) == [(2, 1, 0)]
    assert site.parts.get(code="Mo/early").free == 1


def test_erasing_writes_a_bike_off_that_went_along(person, jef):
    depot = LeverFactory(stock=2, kind=LeverKind.EBIKE_LOAN)
    hand_over(booked(depot, case_number=person.pk), jef)

    erase_person(person.pk, on=NOON.date())

    assert LeverBooking.objects.get().state == "LOST"
    assert balances(depot) == [(1, 0, 0)]


def test_erasing_leaves_the_ledger_whole_and_nothing_of_the_person(person, jef):
    depot = LeverFactory(stock=1)
    booking = hand_over(booked(depot, case_number=person.pk, key="form"), jef)
    actions.return_lever(booking, by=jef, at=NOON, reason="Yara heeft nu een auto")
    before = list(LeverEntry.objects.order_by("pk").values())

    erase_person(person.pk, on=NOON.date())

    row = LeverBooking.objects.values("case_number", "voucher", "reason").get()
    assert row == {"case_number": "gewist", "voucher": "", "reason": ""}
    assert list(LeverEntry.objects.order_by("pk").values()) == before
    assert parts_out_of_balance() == []


def test_person_gets_to_see_the_levers_of_the_own_case(person):
    booking = booked(LeverFactory(), case_number=person.pk, key="mine")
    booked(LeverFactory(), case_number="K-2M8D")

    (part,) = [part for part in everything_about(person.pk) if part.name == "LeverBooking"]

    (row,) = part.rows
    words = {known.label: known.words for known in row}
    assert words == {
        "Wat": "Fiets, De Tweede Schacht",
        "Stand": "vastgehouden",
        "Gevraagd op": "23 november 2026",
        "Laatst veranderd": "23 november 2026",
        "Vanaf": "4 januari 2027",
        "Tot en met": "–",
        "Vastgehouden tot en met": "18 januari 2027",
        "Bon": booking.voucher,
        "Waarom": "–",
    }
