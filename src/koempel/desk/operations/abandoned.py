"""What a killed worker left half done.

The queue itself would call such a task running for ever. There is one worker per data folder, so
whatever is running when a new one starts has nobody left who works at it.
"""

from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from koempel.desk.work.actions import reap_dead


class AbandonedError(Exception):
    """The worker of a task was killed."""


def fail_abandoned_tasks(now: datetime) -> int:
    """Mark as failed what a worker had in hand when it was killed; gives how many."""
    reap_dead(now, silent_for=timedelta(0))
    left = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    for task in left:
        task.set_failed(AbandonedError("The worker was killed while it was at this task."))
    return len(left)
