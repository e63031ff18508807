"""Whatever people do in whatever order: the balances are the sum of the ledger."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desk.factories.accounts import NOON, UserFactory
from desk.factories.levers import LeverFactory, wish
from koempel.desk.common.context import acting, system
from koempel.desk.levers import actions
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.ledger import NothingFreeError, balances_by_entries
from koempel.desk.levers.models import LeverBooking

STEPS = {
    "hold": actions.hold_booking,
    "release": actions.release_booking,
    "hand over": actions.hand_over,
    "return": actions.return_lever,
    "lose": lambda booking, **by: actions.report_loss(booking, reason="weg", **by),
}


class Depot(RuleBasedStateMachine):
    """A depot of bikes, with everything that can happen to one."""

    jef = None

    @initialize(stock=st.integers(0, 4))
    def open(self, stock):
        self.context = acting(system("tests"))
        self.context.__enter__()
        self.lever = LeverFactory(stock=stock)
        self.part = self.lever.parts.get()
        self.number = 0

    def teardown(self):
        self.context.__exit__(None, None, None)

    @rule(case=st.sampled_from(["K-7F3Q", "K-2M8D"]), at_once=st.booleans())
    def ask(self, case, at_once):
        self.number += 1
        act = actions.book_lever if at_once else actions.request_lever
        with suppress(NothingFreeError):
            act(wish(self.lever, case, key=f"{self.lever.pk}/{self.number}"), by=self.jef, at=NOON)

    @rule(step=st.sampled_from(sorted(STEPS)), which=st.integers(0, 9))
    def move(self, step, which):
        bookings = list(LeverBooking.objects.filter(lever=self.lever).order_by("pk"))
        if bookings:
            booking = bookings[which % len(bookings)]
            with suppress(NothingFreeError, actions.NotAllowedNowError):
                STEPS[step](booking, by=self.jef, at=NOON)

    @rule(capacity=st.integers(0, 5))
    def count(self, capacity):
        with suppress(NothingFreeError):
            actions.set_capacity(self.part, capacity, by=self.jef, at=NOON)

    @rule(days=st.integers(50, 60))
    def wait(self, days):
        actions.expire_holds(NOON.date() + timedelta(days=days), at=NOON)

    @invariant()
    def books_agree(self):
        if not hasattr(self, "part"):
            return
        self.part.refresh_from_db()
        balances = (self.part.free, self.part.held, self.part.out)
        assert balances == balances_by_entries(self.part)

    @invariant()
    def stock_agrees_with_bookings(self):
        if not hasattr(self, "part"):
            return
        bookings = LeverBooking.objects.filter(lever=self.lever)
        counted = (
            bookings.filter(state=BookingState.HELD).count(),
            bookings.filter(state=BookingState.HANDED_OVER).count(),
        )
        assert (self.part.held, self.part.out) == counted


@pytest.mark.django_db
def test_balances_are_the_sum_of_the_ledger_after_anything():
    class OfJef(Depot):
        jef = UserFactory(name="Jef Kettingwiel", second_factor=False)

    run_state_machine_as_test(
        OfJef,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
