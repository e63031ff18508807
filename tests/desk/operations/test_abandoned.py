import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from desk.factories.accounts import NOON, UserFactory
from desk.work.tasks import ask
from koempel.desk.operations.abandoned import fail_abandoned_tasks
from koempel.desk.work.actions import begin_work
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work

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
    assert fail_abandoned_tasks(NOON) == 1
    assert DBTaskResult.objects.get(pk=taken.id).status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.get(pk=waiting.id).status == TaskResultStatus.READY
    assert fail_abandoned_tasks(NOON) == 0


def test_page_of_work_in_the_hands_of_a_killed_worker_tells_so_at_once():
    taken, waiting = (ask(UserFactory(), "well", NOON) for _ in range(2))
    begin_work(taken.key, at=NOON)
    fail_abandoned_tasks(NOON)
    states = [Work.objects.get(pk=each.pk).state for each in (taken, waiting)]
    assert states == [State.FAILED, State.WAITING]
