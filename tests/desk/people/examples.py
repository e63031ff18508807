"""Objects behind the addresses of people."""

from desk.examples import example
from desk.factories.accounts import AccessGrantFactory
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from koempel.desk.common.context import acting, system


@example(
    *(
        f"people:{name}"
        for name in (
            "file", "edit", "next-step", "step-done", "note", "child-new", "right-new",
            "obstacle-new", "confidential", "grants", "access-log", "everything",
            "everything-file", "erase",
        )
    )
)  # fmt: skip
def case():
    with acting(system("proef")):
        return {"case": PersonFactory().pk}


def _row(factory):
    with acting(system("proef")):
        row = factory()
        return {"case": row.person_id, "key": row.pk}


@example("people:note-undo")
def note():
    return _row(TimelineEntryFactory)


@example("people:child", "people:child-gone")
def child():
    return _row(ChildFactory)


@example("people:right")
def right():
    return _row(SupportRightFactory)


@example("people:obstacle")
def obstacle():
    return _row(PersonObstacleFactory)


@example("people:grant-withdraw")
def grant():
    case_number = case()["case"]
    return {"case": case_number, "key": AccessGrantFactory(person=case_number).pk}
