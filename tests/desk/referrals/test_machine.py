"""Whatever people do with two referrals to one seat, each on a page that may be old by then.

No step is skipped, the seat goes to one at most, and who was told of work has it.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.planning.world import as_guide, open_now, seeker
from desk.referrals.test_rules import LIFE
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person
from koempel.desk.placements.models import Placement
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import REASONS, STEPS, Asks
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.rules import NOTHING, Words
from koempel.desk.referrals.terms import undo_within
from koempel.errors import KoempelError

WHO = (Role.CASEWORKER, Role.SOCIAL_ENTERPRISE, Role.DIRECTOR)
USUAL = {"REFERRED": "invite", "INVITED": "interview", "INTERVIEWED": "hire"}
START = timezone.now()


class Seat(RuleBasedStateMachine):
    """Two people who are referred to the same seat."""

    @initialize()
    def open(self):
        self.context = acting(system("tests"))
        self.context.__enter__()
        employer = EmployerFactory(social=True)
        facts = {Role.SOCIAL_ENTERPRISE: {"organisation": employer}}
        self.users = {
            role: UserFactory(role=role, second_factor=False, **facts.get(role, {})) for role in WHO
        }
        guide = self.users[Role.CASEWORKER]
        self.vacancy = VacancyFactory(employer=employer, **open_now())
        self.now = START
        people = [seeker(guide) for _ in range(2)]
        numbers = [each.case_number for each in people]
        with as_guide(guide):
            self.rows = actions.refer(self.vacancy, numbers, message="", by=guide, at=START)
        self.seen = ["REFERRED", "REFERRED"]
        self.way = [["REFERRED"], ["REFERRED"]]

    def teardown(self):
        self.context.__exit__(None, None, None)

    def told(self, step):
        first = self.now + timedelta(days=3)
        return {
            Asks.NOTHING: NOTHING,
            Asks.TALK: Words(talk_at=first, talk_place="Aan de poort"),
            Asks.SLOTS: Words(slots=(first, first + timedelta(hours=1)), talk_place="Hier"),
            Asks.SLOT: Words(talk_at=first),
            Asks.START: Words(starts_on=timezone.localdate(first)),
            Asks.REASON: Words(reason=REASONS.get(step.key, [None])[0]),
        }[step.asks]

    @rule(hours=st.integers(1, 90))
    def wait(self, hours):
        self.now += timedelta(hours=hours)

    @rule(which=st.integers(0, 1))
    def look(self, which):
        """Somebody opens the page: it is fresh again."""
        self.seen[which] = self.state(which)

    @rule(which=st.integers(0, 1), number=st.integers(0, 20), role=st.sampled_from(WHO))
    def act(self, which, number, role):
        """Take a step that the page shows, which may be old."""
        shown = [key for key, step in STEPS.items() if self.seen[which] in step.starts]
        if shown:
            self.take(which, shown[number % len(shown)], role)

    @rule(which=st.integers(0, 1))
    def go_on(self, which):
        """The employer takes the usual step from a fresh page."""
        self.look(which)
        if key := USUAL.get(self.seen[which]):
            self.take(which, key, Role.SOCIAL_ENTERPRISE)

    def take(self, which, key, role):
        step, before = STEPS[key], self.state(which)
        told, by = self.told(step), self.users[role]
        try:
            actions.take_step(self.rows[which].pk, key, told, by=by, at=self.now)
        except KoempelError:
            assert self.state(which) == before
            return
        assert role in step.roles
        assert self.state(which) == LIFE[before, key]
        self.way[which].append(self.state(which))

    @rule(which=st.integers(0, 1), role=st.sampled_from(WHO))
    def regret(self, which, role):
        """Take one's own last step back; that of a referral itself stays here."""
        last = Referral.objects.get(pk=self.rows[which].pk).events.first()
        if len(self.way[which]) == 1:
            return
        try:
            actions.take_back(self.rows[which].pk, by=self.users[role], at=self.now)
        except KoempelError:
            return
        assert last.by == self.users[role]
        assert self.now - last.at <= undo_within(timezone.localdate(self.now))
        self.way[which].pop()

    def state(self, which):
        return Referral.objects.get(pk=self.rows[which].pk).state

    @invariant()
    def each_stands_where_its_steps_led(self):
        assert [self.state(which) for which in (0, 1)] == [way[-1] for way in self.way]

    @invariant()
    def the_seat_is_of_who_was_hired(self):
        hired = {
            row.case_number for row, way in zip(self.rows, self.way, strict=True)
            if way[-1] == "HIRED"
        }  # fmt: skip
        self.vacancy.refresh_from_db()
        assert len(hired) == self.vacancy.taken <= self.vacancy.seats
        work = Placement.objects.filter(vacancy=self.vacancy)
        assert set(work.values_list("case_number", flat=True)) == hired
        people = Person.objects.filter(pk__in=[row.case_number for row in self.rows])
        placed = people.filter(status="PLACED").values_list("pk", flat=True)
        assert set(placed) == hired


@pytest.mark.django_db
def test_whatever_people_do_one_gets_the_seat():
    run_state_machine_as_test(
        Seat,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
