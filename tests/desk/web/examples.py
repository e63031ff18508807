"""Objects behind the addresses of plans."""

from desk.examples import example
from desk.factories.accounts import NOON, UserFactory
from desk.planning.world import plan
from koempel.desk.common.roles import Role
from koempel.desk.planning.facts import as_json
from koempel.desk.planning.models import Scenario
from koempel.desk.planning.what_ifs import board_of


@example("plan:run", "plan:replay")
def a_plan():
    return {"pk": plan().pk}


@example("plan:scenario")
def a_scenario():
    run = plan()
    board = board_of(run)
    made = Scenario.objects.create(
        name="Zoals nu",
        run=run,
        answer=as_json(board.answer(())),
        made_by=UserFactory(role=Role.DIRECTOR),
        made_at=NOON,
    )
    return {"pk": made.pk}
