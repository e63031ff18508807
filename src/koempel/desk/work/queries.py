"""What is asked of work: one piece by its key, and whether anybody is still at it."""

from datetime import datetime, timedelta

from koempel.desk.work.enums import GOING_ON, State
from koempel.desk.work.models import Work

SILENT_AFTER = timedelta(minutes=1)
"""After this long without a sign of life the worker is taken for dead."""


def find_work(key: str, *, kind: str, owner: int | None) -> Work | None:
    """Work of a kind that this user asked, or None: that of others does not exist."""
    return Work.objects.filter(pk=key, kind=kind, owner=owner).first()


def going_on(kind: str, now: datetime) -> Work | None:
    """Work of a kind that somebody asked and that still goes on."""
    rows = Work.objects.filter(kind=kind, state__in=GOING_ON).select_related("owner")
    return next((work for work in rows if not is_silent(work, now)), None)


def is_silent(work: Work, now: datetime) -> bool:
    """Whether the worker shows no sign of life: it died at this work, or never took it up."""
    last = work.heartbeat_at if work.state == State.RUNNING else work.asked_at
    return work.state in GOING_ON and last is not None and last < now - SILENT_AFTER
