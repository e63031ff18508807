"""The life of a piece of work. Every step asks the table whether it may still be made.

Reports are kept at once, outside the transaction of the work, so that others see them. The end is
kept in the transaction of what the work made: either both are there or neither is.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from koempel.desk.accounts.models import User
from koempel.desk.work.askers import context_at, context_of
from koempel.desk.work.enums import GOING_ON, State
from koempel.desk.work.errors import NotAllowedError, StoppedError
from koempel.desk.work.models import Work
from koempel.desk.work.queries import SILENT_AFTER

KEPT_FOR = timedelta(days=30)
DIED = (
    "De werker van Koempel viel uit terwijl hij hieraan bezig was. Er is niets bewaard. Begin "
    "opnieuw. Gebeurt het nog eens, zeg het dan aan je beheerder."
)


@transaction.atomic
def start_work(
    task: "Task[[str], None]", *, by: User, address: str, facts: dict[str, Any], at: datetime
) -> Work:
    """Write work down and put it in the queue, both or neither.

    Parameters
    ----------
    task : Task
        What the worker calls with the key of the work; its name is the kind.
    address : str
        Name of the address where it was asked. Its row in the access table must allow the asker
        to send something there, now and when the worker takes it up.
    facts : dict
        What the task has to know: keys and numbers, no data of people.

    Raises
    ------
    NotAllowedError
        When the asker may not do this.
    """
    context = context_at(address, by)
    work = Work.objects.create(
        kind=task.name,
        owner=by,
        role=by.role,
        organisation_id=by.organisation_id,
        address=address,
        purpose=context.purpose,
        facts=facts,
        asked_at=at,
    )
    task.enqueue(work.key)
    return work


def begin_work(key: str, *, at: datetime) -> Work | None:
    """Take waiting work up; None when it no longer waits."""
    waiting = Work.objects.filter(pk=key, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, heartbeat_at=at):
        return None
    return Work.objects.select_related("owner__organisation").get(pk=key)


def report(work: Work, done: int, total: int, text: str, *, at: datetime) -> bool:
    """Keep how far the work is, and say whether it must stop.

    It must when somebody asked it, when it was given up for dead, or when the asker may no longer
    do it. Never called within a transaction: nobody would see it, and it would hold the row.
    """
    with transaction.atomic(durable=True):
        Work.objects.filter(pk=work.pk, state=State.RUNNING).update(
            done=done, total=total, text=text, heartbeat_at=at
        )
    now = Work.objects.select_related("owner__organisation").get(pk=work.pk)
    return now.stop_asked or now.state != State.RUNNING or not _is_allowed(now)


def _is_allowed(work: Work) -> bool:
    try:
        context_of(work)
    except NotAllowedError:
        return False
    return True


def finish(work: Work, result: dict[str, Any], *, at: datetime) -> None:
    """Mark the work as done, within the transaction that keeps what it made.

    Raises
    ------
    StoppedError
        When it was given up for dead in the meantime; the transaction is then rolled back.
    """
    if not _end(work, State.DONE, at=at, result=result):
        raise StoppedError(DIED)


def fail(work: Work, error: str, *, at: datetime) -> None:
    """Mark the work as failed, with a sentence that says what now."""
    _end(work, State.FAILED, at=at, error=error)


def stop(work: Work, *, at: datetime) -> None:
    """Mark the work as stopped: it left nothing behind."""
    _end(work, State.STOPPED, at=at)


def _end(work: Work, state: State, *, at: datetime, **more: Any) -> bool:
    going_on = Work.objects.filter(pk=work.pk, state__in=GOING_ON)
    is_ended = bool(going_on.update(state=state, ended_at=at, **more))
    if is_ended:
        work.state = state
    return is_ended


def ask_stop(work: Work, *, at: datetime) -> None:
    """Stop work that waits; ask work that runs to stop at its next report."""
    waiting = Work.objects.filter(pk=work.pk, state=State.WAITING)
    if not waiting.update(state=State.STOPPED, ended_at=at, stop_asked=True):
        Work.objects.filter(pk=work.pk, state=State.RUNNING).update(stop_asked=True)


def reap_dead(now: datetime, *, silent_for: timedelta = SILENT_AFTER) -> int:
    """Mark as failed what runs without a sign of life; gives how many."""
    silent = Work.objects.filter(state=State.RUNNING, heartbeat_at__lte=now - silent_for)
    return silent.update(state=State.FAILED, ended_at=now, error=DIED)


def forget_work(now: datetime) -> int:
    """Remove what ended longer than a month ago; gives how many."""
    return Work.objects.filter(ended_at__lt=now - KEPT_FOR).delete()[0]
