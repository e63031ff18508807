"""Objects behind the addresses that follow work: it is of who asked it."""

from desk.examples import Stand, example
from desk.factories.accounts import NOON, UserFactory
from koempel.desk.common.sheet_plans import Outcome
from koempel.desk.people.tasks import import_people
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work


def work_of(asker, stand, task, address, **facts):
    """Work of the asker, or of somebody else, that waits unless it is said otherwise."""
    owner = asker if stand is Stand.OWN else UserFactory(second_factor=False)
    return Work.objects.create(
        kind=task.name,
        owner=owner,
        role=owner.role,
        organisation=owner.organisation,
        address=address,
        purpose="proef",
        asked_at=NOON,
        **facts,
    )


@example("people:import-work")
def reading(asker, stand):
    return {"key": work_of(asker, stand, import_people, "people:import-check").key}


@example("people:import-done")
def was_read(asker, stand):
    done = work_of(
        asker,
        stand,
        import_people,
        "people:import-check",
        state=State.DONE,
        ended_at=NOON,
        result={"counts": dict.fromkeys(Outcome, 0), "wrong": ""},
    )
    return {"key": done.key}
