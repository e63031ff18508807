"""Making a plan again from what was kept of it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from desk.factories.accounts import NOON
from desk.factories.jobs import VacancyFactory
from desk.planning.world import plan, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.planning import actions
from koempel.desk.planning.models import PlanFile, PlanRun
from koempel.desk.planning.replays import Replay, can_be_made_again, make_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_runs(guide):
    with acting(system("test")):
        person = seeker(guide)
        VacancyFactory(seats=2)
    first = plan()
    with acting(system("test")):
        seeker(guide)
    return first, plan(at=NOON + timedelta(days=1)), person


def replayed(run: PlanRun) -> Replay:
    with acting(system("test")):
        return make_again(run)


def test_every_run_comes_out_the_same_and_the_trail_says_so(two_runs):
    first, second, _ = two_runs

    assert [replayed(run) for run in (first, second)] == [
        Replay(first.pk, True, ()), Replay(second.pk, True, ()),
    ]  # fmt: skip
    events = AuditEvent.objects.filter(verb="planning.replay").values_list(
        "objects_seen", "outcome"
    )
    assert list(events) == [([str(first.pk)], "done"), ([str(second.pk)], "done")]


def test_an_outcome_that_was_touched_is_noticed(two_runs):
    _, run, _ = two_runs
    PlanRun.objects.filter(pk=run.pk).update(
        state_digest="0" * 64, versions=run.versions | {"numpy": "0.0"}
    )
    run.refresh_from_db()

    assert replayed(run) == Replay(run.pk, False, ("numpy",))
    assert AuditEvent.objects.get(verb="planning.replay").outcome == "failed"


def test_a_run_of_which_the_inputs_are_gone_says_so(two_runs):
    _, run, person = two_runs
    assert can_be_made_again(run)
    actions.forget_inputs_with(person.case_number)

    assert not can_be_made_again(run)
    with pytest.raises(actions.PlanningError, match=f"De gegevens van plan {run.pk} zijn verwijde"):
        replayed(run)


def test_a_run_of_which_the_earlier_plan_is_gone_says_so(two_runs):
    first, run, _ = two_runs
    with acting(system("test")):
        PlanFile.objects.filter(run=first).delete()

    assert not can_be_made_again(run)
    with pytest.raises(actions.PlanningError, match=f"ging verder op plan {first.pk}"):
        replayed(run)


def test_the_command_says_it_in_a_line_and_by_its_status(two_runs):
    first, _, _ = two_runs
    out = StringIO()

    call_command("plan_replay", first.pk, stdout=out)
    assert out.getvalue() == f"Plan {first.pk} is opnieuw gemaakt: byte voor byte hetzelfde.\n"

    PlanRun.objects.filter(pk=first.pk).update(state_digest="0" * 64)
    with pytest.raises(SystemExit) as ended:
        call_command("plan_replay", first.pk, stderr=StringIO())
    assert ended.value.code == 1
    with pytest.raises(CommandError, match="Plan 999 bestaat niet"):
        call_command("plan_replay", 999)
