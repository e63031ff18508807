"""What whoever watches over the planner is told of the decisions on a run."""

from datetime import timedelta
from itertools import count

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import TODAY, VacancyFactory
from desk.planning.world import UNWANTED, as_guide, plan, proposal_of, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.planning import actions
from koempel.desk.planning.enums import ProposalState, Reason
from koempel.desk.planning.oversight import (
    RunDecisions,
    decisions_per_run,
    drafts,
    proposals_by_state,
    work_without_result,
)
from koempel.desk.planning.rules import Words
from koempel.desk.planning.snapshot import region_on
from koempel.desk.planning.tasks import replay_run, run_plan
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.region.ways import ways_of

pytestmark = pytest.mark.django_db
_minute = count()


@pytest.fixture
def six(guide):
    """Six people with a proposal each, and the run that made them."""
    with acting(system("test")):
        people = [seeker(guide) for _ in range(6)]
        VacancyFactory(title="Inpakker", seats=9)
    return people, plan()


def accept(person, guide, seconds: int | None) -> None:
    with as_guide(guide):
        words = Words(reason="FITS", seconds_looked=seconds)
        key = proposal_of(person).pk
        actions.accept_proposal(key, words, by=guide, at=NOON + timedelta(minutes=next(_minute)))


def test_decisions_are_counted_with_their_reasons_and_how_long_somebody_looked(guide, six):
    people, run = six
    for person, seconds in zip(people[:5], (2, 40, 60, 80, None), strict=True):
        accept(person, guide, seconds)
    with as_guide(guide):
        actions.refuse_proposal(proposal_of(people[5]).pk, UNWANTED, by=guide, at=NOON)

    found = decisions_per_run([run], today=TODAY)[run.pk]

    assert found == RunDecisions(
        accepted=5, refused=1, reasons={Reason.UNWANTED: 1}, seconds=(2, 40, 60, 80), quick=1
    )
    assert (found.agreement, found.median_seconds) == (5 / 6, None)
    assert not found.is_rubber_stamped(TODAY)
    assert proposals_by_state(run) == {ProposalState.ACCEPTED: 5, ProposalState.REFUSED: 1}


def test_accepting_all_without_looking_is_a_signal(guide, six):
    people, run = six
    for person in people:
        accept(person, guide, 3)

    found = decisions_per_run([run], today=TODAY)[run.pk]

    assert found.is_rubber_stamped(TODAY)
    assert found.median_seconds == 3


def test_another_way_counts_once_and_against_the_plan(guide, six):
    people, run = six
    with acting(system("test")):
        VacancyFactory(title="Plukker")
        ways = ways_of(region_on(TODAY), people[0].case_number).ways
    proposal = proposal_of(people[0])
    (way,) = [each for each in ways if each.job != proposal.content.job]
    words = Words(reason="PREFERS", motivation="Je plukt liever.")
    with as_guide(guide):
        actions.change_proposal(proposal.pk, way, words, by=guide, at=NOON)

    found = decisions_per_run([run], today=TODAY)[run.pk]

    assert found == RunDecisions(changed=1, reasons={Reason.PREFERS: 1})


def test_parameters_that_nobody_confirmed_are_named(guide, six):
    _, run = six

    found = drafts(run)

    assert ("travel.ebike" in found, "travel.walk" in found) == (True, False)
    assert {run.parameters[each]["version"].split()[-1] for each in found} == {"DRAFT"}


def test_work_that_failed_or_was_stopped_in_the_last_month_is_told(db):
    user = UserFactory()

    def work(kind, state, days):
        ended = NOON - timedelta(days=days) if state != State.RUNNING else None
        return Work.objects.create(
            kind=kind, state=state, owner=user, role=user.role, organisation=user.organisation,
            address="plan:new", purpose="plan", asked_at=NOON, ended_at=ended,
        )  # fmt: skip

    failed = work(run_plan.name, State.FAILED, 2)
    stopped = work(replay_run.name, State.STOPPED, 1)
    work(run_plan.name, State.DONE, 1)
    work(run_plan.name, State.RUNNING, 0)
    work(run_plan.name, State.FAILED, 40)
    work("import", State.FAILED, 1)

    found = work_without_result((run_plan.name, replay_run.name), NOON)
    assert set(found) == {failed, stopped}
