"""What is asked of work: one piece by its key, and whether anybody is still at it."""

from datetime import datetime, timedelta

from koempel.desk.work.enums import State
from koempel.desk.work.models import Work

SILENT_AFTER = timedelta(minutes=1)
"""After this long without a sign of life the worker is taken for dead."""


def find_work(key: str, *, kind: str, owner: int | None) -> Work | None:
    """Work of a kind that this user asked, or None: that of others does not exist."""
    return Work.objects.filter(pk=key, kind=kind, owner=owner).first()


def is_silent(work: Work, now: datetime) -> bool:
    """Whether the worker shows no sign of life: it died at this work, or never took it up."""
    last = work.heartbeat_at if work.state == State.RUNNING else work.asked_at
    is_going_on = work.state in (State.WAITING, State.RUNNING)
    return is_going_on and last is not None and last < now - SILENT_AFTER
