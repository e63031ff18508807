"""Objects behind the addresses of plans."""

from desk.examples import IN_THE_OFFICE, example
from desk.factories.accounts import NOON, UserFactory
from desk.planning.world import plan
from desk.work.examples import work_of
from koempel.desk.common.roles import Role
from koempel.desk.planning.facts import as_json
from koempel.desk.planning.models import PlanRun, Scenario
from koempel.desk.planning.tasks import replay_run, run_plan
from koempel.desk.planning.what_ifs import board_of


@example("plan:run", "plan:replay")
def a_plan(asker, stand):
    return {"pk": _run(asker, stand).pk}


@example("plan:scenario")
def a_scenario(asker, stand):
    run = _run(asker, stand)
    made = Scenario.objects.create(
        name="Zoals nu",
        run=run,
        answer=as_json(board_of(run).answer(())),
        made_by=_asked_by(asker, stand),
        made_at=NOON,
    )
    return {"pk": made.pk}


@example("plan:progress")
def planning(asker, stand):
    return {"key": work_of(asker, stand, run_plan, "plan:new").key}


@example("plan:replay-progress")
def replaying(asker, stand):
    return {"key": work_of(asker, stand, replay_run, "plan:replay").key}


def _run(asker, stand) -> PlanRun:
    """A plan is of everybody: one does for all who ask."""
    return PlanRun.objects.first() or plan(by=_asked_by(asker, stand))


def _asked_by(asker, stand):
    is_own = stand in IN_THE_OFFICE
    return asker if is_own else UserFactory(role=Role.DIRECTOR, second_factor=False)
