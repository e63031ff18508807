"""The work that a step of doorstroom begins and ends, as `koempel.desk.placements` keeps it.

Somebody who moves on has work that is followed for a year like any other. The caller holds the
locks of the round, its vacancies and the person.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.people.actions import begin_work
from koempel.desk.placements.actions import look_again
from koempel.desk.placements.enums import WORKS_ON, EndReason
from koempel.desk.placements.moving import end_work, move_on, reopen_work, undo_move
from koempel.desk.transitions.enums import AT_REGULAR_WORK, Reason, TransitionState
from koempel.desk.transitions.models import Transition

_ENDS: Mapping[str, EndReason] = MappingProxyType(
    {
        Reason.NO_TRANSPORT: EndReason.TRANSPORT,
        Reason.NO_CHILDCARE: EndReason.CHILDCARE,
        Reason.HOURS: EndReason.HOURS,
        Reason.OTHER_JOB: EndReason.OTHER_JOB,
        Reason.MOVED: EndReason.MOVED,
        Reason.ENDED: EndReason.CONTRACT_ENDED,
    }
)
"""Why the work ends, by why the round does; the others say it in the round alone."""


def move_work(row: Transition, before: str, *, by: User, at: datetime) -> None:
    """Begin and end the work that a change of state asks; a step taken back, the other way round.

    Parameters
    ----------
    row : Transition
        As it is after the change, with what was told, not saved yet.
    before : str
        The state before it.
    """
    with acting(system("doorstroom")):
        was, now = (state in AT_REGULAR_WORK for state in (before, row.state))
        if now and not was:
            _move_on(row, by=by, at=at)
        elif was and row.state == TransitionState.NO_FAULT_RETURN:
            _end(row, row.regular_id, by=by, at=at)
            reopen_work(row.case_number, row.vacancy_id, at=at)
            # Whose regular work was over before looked for work meanwhile.
            begin_work(row.case_number, by=by, at=at)
        elif row.state == TransitionState.LEFT:
            _leave(row, row.regular_id if was else row.vacancy_id, by=by, at=at)
        elif was and not now:
            undo_move(row.case_number, row.vacancy_id, row.regular_id, at=at)
        elif before == TransitionState.LEFT:
            reopen_work(row.case_number, row.vacancy_id, at=at)
            begin_work(row.case_number, by=by, at=at)


def _move_on(row: Transition, *, by: User, at: datetime) -> None:
    move_on(
        row.case_number,
        row.vacancy_id,
        row.regular,
        started_on=row.starts_on or timezone.localdate(at),
        by=by,
        at=at,
    )
    # Of a round that is opened again: who had left looked for work meanwhile.
    begin_work(row.case_number, by=by, at=at)


def _leave(row: Transition, vacancy: int | None, *, by: User, at: datetime) -> None:
    reason = _end(row, vacancy, by=by, at=at)
    if reason not in WORKS_ON:
        look_again(row.case_number, by=by, at=at)


def _end(row: Transition, vacancy: int | None, *, by: User, at: datetime) -> EndReason:
    reason = _ENDS.get(row.reason, EndReason.OTHER)
    end_work(row.case_number, vacancy, reason=reason, on=timezone.localdate(at), by=by, at=at)
    return reason
