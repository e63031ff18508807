"""Work that follows on other work: what doorstroom begins, ends and takes back.

Somebody goes from a social enterprise to regular work without a day between. A contract says so
beforehand, so the last day of the one may still have to come. Vacancies are told by their keys;
where there is none, the work is not known here, and nothing is noted of it.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from koempel.desk.accounts.models import User
from koempel.desk.jobs.models import Vacancy
from koempel.desk.placements.actions import begin_placement, close, reopen, trail
from koempel.desk.placements.enums import EndReason, PlacementState, Source
from koempel.desk.placements.locks import lock_work
from koempel.desk.placements.models import Placement
from koempel.desk.placements.rules import End


@transaction.atomic
def move_on(
    case_number: str,
    old: int | None,
    new: Vacancy | None,
    *,
    started_on: date,
    by: User,
    at: datetime,
) -> None:
    """Note that somebody goes to other work; the old work ends the day before.

    What was ended or taken back of the same move stands again as it was.
    """
    lock_work(case_number)
    end_work(
        case_number,
        old,
        reason=EndReason.OTHER_JOB,
        on=started_on - timedelta(days=1),
        by=by,
        at=at,
    )
    if new is None or _reopened(case_number, new.pk, started_on=started_on, at=at):
        return
    begin_placement(case_number, new, started_on=started_on, source=Source.TRANSITION, by=by, at=at)


@transaction.atomic
def undo_move(case_number: str, old: int | None, new: int | None, *, at: datetime) -> None:
    """Take back that somebody went to other work: the old work goes on as if nothing was."""
    lock_work(case_number)
    for placement in _rows(case_number, new, PlacementState.WORKING):
        trail("undo", placement, at=at)
        placement.delete()
    reopen_work(case_number, old, at=at)


@transaction.atomic
def end_work(
    case_number: str,
    vacancy: int | None,
    *,
    reason: EndReason,
    on: date,
    by: User,
    at: datetime,
) -> None:
    """Note that work ends; the case keeps its status, which the caller knows."""
    lock_work(case_number)
    for placement in _rows(case_number, vacancy, PlacementState.WORKING):
        close(placement, End(max(placement.started_on, on), reason), by=by, at=at)
        trail("end", placement, at=at)


@transaction.atomic
def reopen_work(case_number: str, vacancy: int | None, *, at: datetime) -> None:
    """Note that work which ended last goes on after all."""
    lock_work(case_number)
    for placement in _rows(case_number, vacancy, PlacementState.ENDED)[:1]:
        reopen(placement)
        trail("take_back", placement, at=at)


def _reopened(case_number: str, vacancy: int, *, started_on: date, at: datetime) -> bool:
    ended = _rows(case_number, vacancy, PlacementState.ENDED)
    for placement in ended:
        if placement.source == Source.TRANSITION and placement.started_on == started_on:
            reopen(placement)
            trail("take_back", placement, at=at)
            return True
    return False


def _rows(case_number: str, vacancy: int | None, state: PlacementState) -> list[Placement]:
    rows = Placement.objects.filter(case_number=case_number, vacancy=vacancy, state=state)
    return list(rows.order_by("-ended_on", "-pk")) if vacancy is not None else []
