"""The worker, for tests: does what waits in the queue and comes back."""

from django_tasks_db.models import DBTaskResult


def work_off():
    """Do what waits, the first asked first; a task that fails does not stop the others."""
    while (task := DBTaskResult.objects.ready().order_by("enqueued_at").first()) is not None:
        task.claim("test")
        try:
            task.task.call(*task.task_result.args)
        except Exception as error:
            task.set_failed(error)
        else:
            task.set_successful(None)
