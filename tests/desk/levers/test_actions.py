"""Booking, handing over, losing: every step, and every step that is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from desk.factories.accounts import NOON, UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    LeverFactory,
    booked,
    requested,
    wish,
)
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.levers import actions
from koempel.desk.levers.enums import NEXT_STATES, BookingState
from koempel.desk.levers.ledger import NothingFreeError, balances_by_entries, parts_out_of_balance
from koempel.desk.levers.models import LeverBooking, LeverEntry, LeverPart
from koempel.region import dutch
from koempel.region.outcome import LeverKind

TODAY = NOON.date()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somebody():
    with acting(system("tests")):
        yield


@pytest.fixture
def jef():
    return UserFactory(name="Jef Kettingwiel")


def balances(lever):
    return [(part.free, part.held, part.out) for part in lever.parts.all()]


@pytest.mark.parametrize(
    ("starts_on", "until"),
    [
        (TODAY - timedelta(days=2), TODAY + timedelta(days=14)),
        (date(2027, 1, 4), date(2027, 1, 18)),
    ],
    ids=["asked for at once", "asked for later"],
)
def test_booked_lever_is_held_until_the_term_ends(jef, starts_on, until):
    lever = LeverFactory(stock=2)

    booking = actions.book_lever(wish(lever, starts_on=starts_on), by=jef, at=NOON)

    assert (booking.state, booking.hold_until) == ("HELD", until)
    assert balances(lever) == [(1, 1, 0)]


def test_book_lever_refuses_when_nothing_is_free(jef):
    lever = LeverFactory(stock=1)
    booked(lever, case_number="K-2M8D")

    with pytest.raises(NothingFreeError, match="Bij De Tweede Schacht is er niets meer vrij"):
        actions.book_lever(wish(lever), by=jef, at=NOON)

    assert balances(lever) == [(0, 1, 0)]
    assert LeverBooking.objects.count() == 1


def test_childcare_is_booked_in_all_its_parts_or_in_none(jef):
    lever = ChildcareFactory(stock=1)
    booked(lever, case_number="K-2M8D", codes=["We/early"])

    with pytest.raises(NothingFreeError):
        actions.book_lever(wish(lever, codes=["Tu/early", "We/early"]), by=jef, at=NOON)

    assert lever.parts.get(code="Tu/early").free == 1


def test_form_sent_twice_books_once(jef):
    lever = LeverFactory(stock=3)

    first = actions.book_lever(wish(lever, key="one-form"), by=jef, at=NOON)
    second = actions.book_lever(wish(lever, key="one-form"), by=jef, at=NOON)

    assert second == first
    assert balances(lever) == [(2, 1, 0)]


def test_key_of_another_person_is_refused(jef):
    lever = LeverFactory(stock=3)
    booked(lever, key="one-form")

    with pytest.raises(actions.OtherBookingError):
        actions.book_lever(wish(lever, "K-2M8D", key="one-form"), by=jef, at=NOON)


def test_request_takes_nothing_until_the_partner_holds_it(jef):
    lever = LeverFactory(stock=1)

    booking = requested(lever)
    before = balances(lever)
    actions.hold_booking(booking, by=jef, at=NOON)

    assert (before, balances(lever)) == ([(1, 0, 0)], [(0, 1, 0)])


def test_refused_request_leaves_the_stock_alone(jef):
    lever = LeverFactory(stock=1)

    actions.release_booking(requested(lever), by=jef, at=NOON, reason="geen fiets in deze maat")

    assert balances(lever) == [(1, 0, 0)]
    assert lever.parts.get().entries.count() == 1


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (actions.return_lever, (2, 0, 0)),
        (lambda booking, **by: actions.report_loss(booking, reason="gestolen", **by), (1, 0, 0)),
    ],
)
def test_what_was_handed_over_comes_back_or_is_lost(jef, end, left):
    lever = LeverFactory(stock=2, kind=LeverKind.EBIKE_LOAN)
    booking = actions.hand_over(booked(lever), by=jef, at=NOON)
    away = balances(lever)

    end(booking, by=jef, at=NOON)

    assert (away, balances(lever)) == ([(1, 0, 1)], [left])


MOVES = {
    BookingState.HELD: actions.hold_booking,
    BookingState.HANDED_OVER: actions.hand_over,
    BookingState.RETURNED: actions.return_lever,
    BookingState.RELEASED: actions.release_booking,
    BookingState.LOST: lambda booking, **by: actions.report_loss(booking, reason="weg", **by),
}
REFUSED = [(state, to) for state in BookingState for to in MOVES if to not in NEXT_STATES[state]]


@pytest.mark.parametrize(("state", "to"), REFUSED)
def test_step_outside_the_state_table_is_refused(jef, state, to):
    lever = LeverFactory(stock=1)
    booking = booked(lever)
    LeverBooking.objects.filter(pk=booking.pk).update(state=state)

    with pytest.raises(actions.NotAllowedNowError):
        MOVES[to](booking, by=jef, at=NOON)

    assert balances(lever) == [(0, 1, 0)]


def test_hold_is_free_again_on_the_day_after_its_deadline():
    lever = LeverFactory(stock=1)
    booking = booked(lever)

    on_the_day = actions.expire_holds(booking.hold_until, at=NOON)
    after = actions.expire_holds(booking.hold_until + timedelta(days=1), at=NOON)

    assert (on_the_day, after) == (0, 1)
    assert balances(lever) == [(1, 0, 0)]


def test_bike_gets_a_voucher_and_a_lesson_none(jef):
    bike = booked(LeverFactory(stock=1))
    lesson = booked(LeverFactory(stock=1, kind=LeverKind.BIKE_LESSON))

    assert (len(bike.voucher) > 8, lesson.voucher) == (True, "")


def test_capacity_cannot_fall_below_what_is_promised(jef):
    lever = LeverFactory(stock=2)
    booked(lever)

    with pytest.raises(NothingFreeError):
        actions.set_capacity(lever.parts.get(), 0, by=jef, at=NOON)

    assert actions.set_capacity(lever.parts.get(), 1, by=jef, at=NOON).free == 0


def test_same_capacity_writes_nothing(jef):
    part = LeverFactory(stock=2).parts.get()

    actions.set_capacity(part, 2, by=jef, at=NOON)

    assert part.entries.count() == 1


def test_stock_is_stale_when_nobody_confirms_it_in_time(jef):
    lever = LeverFactory()
    never = lever.is_stale(TODAY)

    actions.confirm_capacity(lever, by=jef, at=NOON)

    days = [TODAY, TODAY + timedelta(days=21), TODAY + timedelta(days=22)]
    assert never is True
    assert [lever.is_stale(day) for day in days] == [False, False, True]


def test_stock_confirmed_after_midnight_here_is_of_that_day(jef):
    lever = LeverFactory()

    actions.confirm_capacity(lever, by=jef, at=NOON.replace(hour=23, minute=30))

    assert lever.confirmed_on == date(2026, 11, 24)


def test_every_step_of_a_booking_is_in_the_audit_trail(jef):
    lever = LeverFactory()

    booking = actions.hand_over(booked(lever), by=jef, at=NOON)
    actions.return_lever(booking, by=jef, at=NOON)

    events = AuditEvent.objects.filter(kind="person").order_by("pk")
    assert [(event.verb, event.objects_seen) for event in events] == [
        ("levers.held", ["K-7F3Q"]),
        ("levers.handed_over", ["K-7F3Q"]),
        ("levers.returned", ["K-7F3Q"]),
    ]


def timeline(person):
    return [(line.title, line.text, line.by) for line in person.timeline.order_by("pk")]


def test_answer_of_the_partner_stands_on_the_timeline(jef):
    person = PersonFactory()
    lever = LeverFactory(organisation=jef.organisation)
    guide = person.caseworker

    booking = actions.request_lever(wish(lever, person.pk), by=guide, at=NOON)
    actions.release_booking(booking, by=jef, at=NOON, reason="geen fiets in deze maat")

    asked = "Vanaf 4 januari 2027, de partner antwoordt"
    assert timeline(person) == [
        ("Gevraagd: fiets, De Tweede Schacht", asked, guide),
        ("Niet mogelijk: fiets, De Tweede Schacht", "geen fiets in deze maat", jef),
    ]


def test_guide_who_lets_go_is_no_refusal(jef):
    person = PersonFactory()
    lever = ChildcareFactory()

    booking = actions.book_lever(wish(lever, person.pk), by=person.caseworker, at=NOON)
    actions.release_booking(booking, by=person.caseworker, at=NOON, reason="oma past op")

    words = [title for title, _, _ in timeline(person)]
    assert words == [
        "Vastgehouden: flexibele opvang, Het Mijnlampje",
        "Losgelaten: flexibele opvang, Het Mijnlampje",
    ]


def test_hold_that_ran_out_stands_on_the_timeline_of_nobody():
    person = PersonFactory()
    booking = booked(LeverFactory(), case_number=person.pk)

    actions.expire_holds(booking.hold_until + timedelta(days=1), at=NOON)

    day = dutch.day(booking.hold_until)
    last = ("Vervallen: fiets, De Tweede Schacht", f"De afgesproken dag was {day}", None)
    assert timeline(person)[-1] == last


def test_what_somebody_wrote_never_enters_the_ledger(jef):
    booking = booked(LeverFactory())

    actions.release_booking(booking, by=jef, at=NOON, reason="gestolen aan het station")

    assert [entry.reason for entry in booking.entries.all()] == ["", ""]


def test_database_refuses_what_the_code_would_forget():
    part = LeverFactory(stock=0).parts.get()

    with pytest.raises(IntegrityError, match="lever_part_never_oversold"), transaction.atomic():
        LeverPart.objects.filter(pk=part.pk).update(free=-1)


@pytest.mark.parametrize("spoil", ["update", "delete"])
def test_database_refuses_to_change_the_ledger(spoil):
    LeverFactory(stock=1)
    table = LeverEntry._meta.db_table
    statement = {"update": f"update {table} set amount = 9", "delete": f"delete from {table}"}

    with (
        pytest.raises(Exception, match="het grootboek verandert nooit"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement[spoil])


def test_books_that_do_not_agree_are_found():
    part = LeverFactory(stock=2).parts.get()
    assert parts_out_of_balance() == []

    LeverPart.objects.filter(pk=part.pk).update(free=3)

    assert parts_out_of_balance() == [part]
    assert balances_by_entries(part) == (2, 0, 0)
