"""Plans and what they propose, without planning: for tests that need the rows alone."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.planning.enums import ProposalState, Reason, Verdict
from koempel.desk.planning.facts import FIGURES, as_json
from koempel.desk.planning.models import Decision, PlanRun, Proposal
from koempel.desk.planning.queries import fingerprints_now
from koempel.region import outcome
from koempel.region.outcome import DayTrip, Moment, Stop, TravelMode


class PlanRunFactory(DjangoModelFactory):
    class Meta:
        model = PlanRun

    plan_date = factory.LazyFunction(timezone.localdate)
    asked_by = factory.SubFactory(UserFactory, role=Role.DIRECTOR, second_factor=False)
    asked_at = NOON
    made_at = NOON
    inputs_digest = "a" * 64
    state_digest = "b" * 64
    koempel_version = "1"
    people = jobs = seats = options = proposals = 10
    reach_today = reach_with_levers = no_way = one_step_away = 10
    status = "OPTIMAL"
    value = bound = 10
    gap = 0.0
    figures = factory.LazyFunction(lambda: {name: [] for name in FIGURES})


class ProposalFactory(DjangoModelFactory):
    """A job within reach on foot, whose facts are those of the tables."""

    class Meta:
        model = Proposal

    person = factory.SubFactory(PersonFactory)
    vacancy = factory.SubFactory(VacancyFactory)
    run = factory.LazyFunction(lambda: PlanRun.objects.first() or PlanRunFactory())
    state = ProposalState.OPEN
    facts = factory.LazyAttribute(lambda self: as_json(way(self.person, self.vacancy)))
    fingerprint = factory.LazyAttribute(lambda self: _fingerprint(self.person, self.vacancy))
    made_at = NOON
    changed_at = NOON
    decide_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    proposal = factory.SubFactory(ProposalFactory, state=ProposalState.REFUSED)
    verdict = Verdict.REFUSE
    by = factory.SelfAttribute("proposal.person.caseworker")
    at = NOON
    reason = Reason.UNWANTED
    motivation = "Je wil liever geen lampen inpakken."


def way(person, vacancy) -> outcome.Proposal:
    """A way for somebody to a job, without levers."""
    moments = (
        Moment(Stop.HOME, "", 0, 470),
        Moment(Stop.WORK, "", 480, 960),
        Moment(Stop.HOME, "", 970, 970),
    )
    return outcome.Proposal(
        person=person.pk,
        job=vacancy.number,
        start_on=timezone.localdate() + timedelta(days=20),
        obstacles=(),
        levers=(),
        trip=DayTrip(TravelMode.WALK, moments, 10, 10, 40, None),
        worth=900,
        fit_percent=90,
        wish="exact",
        jobs_today=1,
        jobs_with_levers=2,
        takes=(),
        decided_by=(),
        alternatives=(),
    )


def _fingerprint(person, vacancy) -> str:
    with acting(system("tests")):
        return fingerprints_now([way(person, vacancy)], today=timezone.localdate())[0]
