"""Writes one line after the other on the desk of an office, and says so after each commit.

Killed at random points it must lose no line that it told of, and leave none half: each line is a
row of a partner's timeline, an event of the audit trail and the new end of its chain, in one
transaction.
"""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections import Counter

import django

django.setup()

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.operations.prepare import prepare_database
from koempel.desk.partners.actions import note_on_partner
from koempel.desk.partners.models import PartnerEvent
from koempel.desk.web.views.failures import status_of

MOST_LINES = 3
LONGEST_S = 0.01
"""A child is killed up to so long after a random line: in the next one, or between two."""

VERB = "partners.note"


def partner() -> tuple[Organisation, User]:
    home, _ = Organisation.objects.get_or_create(
        name="De Derde Laag", defaults={"kind": OrganisationKind.OTHER}
    )
    user, _ = User.objects.get_or_create(
        email="schrijver@koempel.invalid",
        defaults={"name": "Gust Schrijver", "organisation": home, "role": Role.DIRECTOR},
    )
    return home, user


def write(home: Organisation, user: User, text: str) -> None:
    with acting(system("tests")):
        note_on_partner(home, text, by=user, at=timezone.now())


def write_until_killed(home: Organisation, user: User, point: int, out: int) -> None:
    number = 0
    while True:
        write(home, user, f"{point}/{number}")
        os.write(out, b".")
        number += 1


def one_point(home: Organisation, user: User, point: int, lines: int, pause: float) -> int:
    """Lines that a child told of before it was killed."""
    read, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            write_until_killed(home, user, point, out)
        finally:
            os._exit(1)
    os.close(out)
    before = sum(len(os.read(read, 1)) for _ in range(lines))
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "the child was still writing"
    with os.fdopen(read, "rb") as told:
        return before + len(told.read())


def kill_at(points: int) -> dict[str, object]:
    prepare_database()
    home, user = partner()
    draw = random.Random(7)
    connections.close_all()
    told = [
        one_point(home, user, point, draw.randint(0, MOST_LINES), draw.uniform(0, LONGEST_S))
        for point in range(points)
    ]
    stored = Counter(
        int(text.partition("/")[0]) for text in PartnerEvent.objects.values_list("text", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    return {
        "points": points,
        "told": sum(told),
        "lost": sum(max(0, told[point] - stored[point]) for point in range(points)),
        "more than one ahead": sum(stored[point] > told[point] + 1 for point in range(points)),
        "gaps": gaps(stored),
        "without audit": PartnerEvent.objects.count()
        - AuditEvent.objects.filter(verb=VERB).count(),
        "broken chains": len(list(audit.verify())),
        "integrity": integrity,
        "struck while writing": sum(stored[point] > 0 for point in range(points)),
    }


def gaps(stored: Counter[int]) -> int:
    """Lines whose predecessor is missing."""
    texts = set(PartnerEvent.objects.values_list("text", flat=True))
    wanted = {f"{point}/{number}" for point, count in stored.items() for number in range(count)}
    return len(wanted ^ texts)


def write_in_threads(count: int) -> None:
    """Write from several threads until the end of standard input, telling each line."""
    home, user = partner()
    is_over = threading.Event()
    lock = threading.Lock()

    def keep_writing(thread: int) -> None:
        number = 0
        while not is_over.is_set():
            write(home, user, f"{thread}/{number}")
            with lock:
                print(f"{thread}/{number}", flush=True)
            number += 1
        connections.close_all()

    threads = [threading.Thread(target=keep_writing, args=[each]) for each in range(count)]
    for each in threads:
        each.start()
    sys.stdin.read()
    is_over.set()
    for each in threads:
        each.join()


def texts_in_order() -> list[str]:
    return list(PartnerEvent.objects.order_by("pk").values_list("text", flat=True))


def fill_the_disk(left_bytes: int) -> dict[str, object]:
    """Write while the disk of the data folder fills up, and go on when there is room again."""
    prepare_database()
    home, user = partner()
    filler = settings.DATA_DIR / "filler"
    with filler.open("wb") as out:
        os.posix_fallocate(out.fileno(), 0, shutil.disk_usage(settings.DATA_DIR).free - left_bytes)
    told, statuses = [], Counter()
    for number in range(400):
        try:
            write(home, user, f"{number}/full")
            told.append(f"{number}/full")
        except DatabaseError as error:
            statuses[status_of(error)] += 1
    read_while_full = texts_in_order() == told
    filler.unlink()
    write(home, user, "room again")
    texts = texts_in_order()
    return {
        "refused": dict(statuses),
        "read while full": read_while_full,
        "kept": texts == [*told, "room again"],
        "told some": bool(told),
        "without audit": len(texts) - AuditEvent.objects.filter(verb=VERB).count(),
        "broken chains": len(list(audit.verify())),
    }


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "kill":
        print(json.dumps(kill_at(number)))
    elif what == "fill":
        print(json.dumps(fill_the_disk(number)))
    else:
        write_in_threads(number)
