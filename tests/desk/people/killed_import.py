"""Kills the worker at random moments of a large import, and counts what it left behind."""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
import os
import random
import signal
import sys
import time

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.common.sheets import Sheet
from koempel.desk.common.uploads import store
from koempel.desk.operations.abandoned import fail_abandoned_tasks
from koempel.desk.operations.prepare import prepare_database
from koempel.desk.partners.models import Village
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.people.tasks import import_people
from koempel.desk.work.actions import start_work
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work

ROWS = 400
COLUMNS = ("source_id", "first_name", "last_name", "village", "available_from", "away",
           "hours_min", "hours_max", "cycling")  # fmt: skip


def ask(user, point):
    village = Village.objects.first()
    rows = [
        (n, [f"{point}-{n}", f"Milo{n}", f"Draad{point}", village.pk, "2027-01-04",
             "Mo-Fr 06:00-19:00", "19", "38", "YES"])
        for n in range(ROWS)
    ]  # fmt: skip
    file = SimpleUploadedFile("m.csv", Sheet(COLUMNS, rows).as_bytes())
    kept = store().keep(file, owner=str(user.pk), now=timezone.now())
    kept.path.rename(kept.path.with_name("taken"))
    mapping = {name: index for index, name in enumerate(COLUMNS)}
    facts = {"token": kept.token, "mapping": mapping}
    return start_work(
        import_people, by=user, address="people:import-check", facts=facts, at=timezone.now()
    )


def strike(after_s):
    """Let a child take up what waits, and kill it after so long."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        task = DBTaskResult.objects.ready().get()
        task.claim("child")
        task.task.call(*task.task_result.args)
        os._exit(0)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def left(point):
    with acting(system("proef")):
        people = Person.objects.filter(last_name=f"Draad{point}").count()
        lines = TimelineEntry.objects.filter(person__last_name=f"Draad{point}").count()
    return people, lines


def main(points):
    prepare_database()
    home = Organisation.objects.create(kind=OrganisationKind.OCMW, name="OCMW Kolenberg")
    user = User.objects.create_user(
        "mira@koempel.invalid", name="Mira", organisation=home, role=Role.SOCIAL_WORKER
    )
    start = time.monotonic()
    ask(user, "whole")
    strike_none = DBTaskResult.objects.ready().get()
    strike_none.claim("parent")
    strike_none.task.call(*strike_none.task_result.args)
    whole_s = time.monotonic() - start
    draw = random.Random(7)
    half = disagrees = struck = 0
    for point in range(points):
        work = ask(user, point)
        struck += strike(draw.uniform(0.2, 1) * whole_s)
        DBTaskResult.objects.exclude(status="RUNNING").delete()
        fail_abandoned_tasks(timezone.now())
        events = AuditEvent.objects.filter(verb="people:import").count()
        expected = (ROWS, ROWS) if Work.objects.get(pk=work.pk).state == State.DONE else (0, 0)
        half += left(point) not in ((0, 0), (ROWS, ROWS))
        disagrees += left(point) != expected
        disagrees += events != Work.objects.filter(state=State.DONE).count()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    return {
        "points": points,
        "killed while writing": struck,
        "half": half,
        "page disagrees": disagrees,
        "integrity": integrity,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
