"""Whatever people do in whatever order, each on a page that may be old by then.

Everybody acts on what they last saw. No step is skipped, no term runs past its end, and of two who
act on the same page one wins at most.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory
from desk.factories.partners import EstablishmentFactory
from desk.factories.people import PersonFactory
from desk.transitions.agreed import signed, written
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.transitions import actions
from koempel.desk.transitions.enums import OPEN, PHASES, REASONS, STEPS, Asks, PauseReason, View
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import pauses_of
from koempel.desk.transitions.rules import NOTHING, Pause, Told, phase_ends

START = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Europe/Brussels"))
WHO = (Role.CASEWORKER, Role.MEDIATOR, Role.SOCIAL_ENTERPRISE, Role.DIRECTOR)
USUAL = {
    "EVALUATION_DUE": "ready", "READY": "begin", "PREPARATION": "match", "MATCHING": "intern",
    "INTERNSHIP": "contract", "AFTERCARE": "finish",
}  # fmt: skip
MOVES = {key: step for key, step in STEPS.items() if step.to is not None}


class Office(RuleBasedStateMachine):
    """An enterprise with one person in it, and everybody who may do something about it."""

    @initialize()
    def open(self):
        self.context = acting(system("tests"))
        self.context.__enter__()
        self.users = {role: UserFactory(role=role, second_factor=False) for role in WHO}
        self.now = START
        self.host = EstablishmentFactory(organisation=EmployerFactory())
        person = PersonFactory(caseworker=self.users[Role.CASEWORKER], status="PLACED")
        enterprise = EmployerFactory(social=True)
        day = timezone.localdate(START)
        by = self.users[Role.CASEWORKER]
        self.row = actions.follow(
            person.pk, enterprise, since=day, evaluated_on=None, by=by, at=START
        )
        self.seen = self.row.state
        self.way = [self.row.state]

    def teardown(self):
        self.context.__exit__(None, None, None)

    def told(self, step, number):
        today = timezone.localdate(self.now)
        begin = today + timedelta(days=number)
        return {
            Asks.NOTHING: NOTHING,
            Asks.VIEW: Told(view=View.SAME),
            Asks.VISIT: Told(day=today),
            Asks.COACH: Told(coach="Cora"),
            Asks.HOURS: Told(hours=Decimal(number + 1)),
            Asks.PAUSE: Told(
                pause=Pause(PauseReason.OTHER, begin, begin + timedelta(days=1 + number % 9))
            ),
            Asks.CONTRACT: Told(day=begin),
            Asks.REASON: Told(reason=REASONS.get(step.key, [None])[0]),
        }[step.asks]

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.now += timedelta(days=days)

    @rule()
    def look(self):
        """Somebody opens the page: it is fresh again."""
        self.row.refresh_from_db()
        self.seen = self.row.state

    @rule(key=st.sampled_from(sorted(STEPS)), role=st.sampled_from(WHO), number=st.integers(-3, 20))
    def act(self, key, role, number):
        """Take a step that the page shows, which may be old."""
        step = STEPS[key]
        if self.seen not in step.starts:
            return
        self.row.refresh_from_db()
        before = self.row.state
        told, by = self.told(step, number), self.users[role]
        try:
            actions.take_step(self.row.pk, key, told, by=by, at=self.now)
        except TransitionError:
            self.row.refresh_from_db()
            assert self.row.state == before
            return
        assert before in step.starts
        self.row.refresh_from_db()
        if step.to is not None:
            self.way.append(self.row.state)

    @rule()
    def go_on(self):
        """The usual step from a fresh page, by who may take it."""
        self.look()
        if self.seen == "MATCHING":
            self.agree()
        if key := USUAL.get(self.seen):
            self.act(key, STEPS[key].roles[0], 2)

    @precondition(lambda self: self.row.state == "MATCHING")
    @rule()
    def agree(self):
        """Everybody signs an agreement that begins today."""
        by = self.users[Role.CASEWORKER]
        written(self.row, by=by, at=self.now, host=self.host)
        signed(self.row, by=by, at=self.now)

    @precondition(lambda self: self.row.state in OPEN)
    @rule(key=st.sampled_from(sorted(MOVES)))
    def race(self, key):
        """Two people press the same button of the same page: one wins, the other is told."""
        step, by = STEPS[key], self.users[Role.MEDIATOR]
        if self.row.state not in step.starts:
            return
        told = self.told(step, 2)
        with suppress(TransitionError):
            actions.take_step(self.row.pk, key, told, by=by, at=self.now)
            self.row.refresh_from_db()
            self.way.append(self.row.state)
            with pytest.raises(NotNowError):
                actions.take_step(self.row.pk, key, told, by=by, at=self.now)

    @rule(role=st.sampled_from(WHO))
    def regret(self, role):
        self.row.refresh_from_db()
        if self.row.events.count() < 2:
            return
        last = self.row.events.first()
        with suppress(TransitionError):
            actions.take_back(self.row.pk, by=self.users[role], at=self.now)
            if STEPS[last.step].to is not None:
                self.way.pop()
        self.row.refresh_from_db()
        self.seen = self.row.state

    @invariant()
    def no_step_is_skipped(self):
        phases = [state for state in self.way if state in PHASES]
        assert phases == list(PHASES[: len(phases)])
        assert self.way[-1] == self.row.state

    @invariant()
    def no_term_runs_past_its_end(self):
        if self.row.state in PHASES:
            pauses = pauses_of(self.row)
            shift = sum((each.length for each in pauses), timedelta())
            longest = phase_ends(self.row.state, self.row.state_on, ()) + shift
            assert self.row.due_on == phase_ends(self.row.state, self.row.state_on, pauses)
            assert self.row.due_on <= longest

    @invariant()
    def one_round_is_open_at_most(self):
        rows = Transition.objects.filter(case_number=self.row.case_number)
        assert rows.filter(state__in=OPEN).count() <= 1


@pytest.mark.django_db
def test_whatever_people_do_the_round_stays_whole():
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
