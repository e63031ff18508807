import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from koempel.desk.operations.abandoned import fail_abandoned_tasks

pytestmark = pytest.mark.django_db


@task()
def dig():
    """Nobody runs it here."""


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_task_in_the_hands_of_a_killed_worker_fails_and_the_others_stay():
    taken, waiting = dig.enqueue(), dig.enqueue()
    DBTaskResult.objects.get(pk=taken.id).claim("the killed one")
    assert fail_abandoned_tasks() == 1
    assert DBTaskResult.objects.get(pk=taken.id).status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.get(pk=waiting.id).status == TaskResultStatus.READY
    assert fail_abandoned_tasks() == 0
