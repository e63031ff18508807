"""Sends mail in children that are killed at random points, and counts what arrived.

A program and no test, as `desk.operations.writer`: it needs an office of its own. The mail server
is a file to which each hand-over adds the Message-ID. One child in three is killed at a random
moment; the others die by their own hand with a mail in theirs, before it left or just after, so
that those moments are met on a fast and on a slow machine.
"""
# ruff: noqa: E402, T201 - the desk comes before its models, and printing is how this talks.

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.common.roles import Role
from koempel.desk.mail import transports
from koempel.desk.mail.actions import queue_mail
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import LINK, Mail
from koempel.desk.mail.sending import IN_HAND, send_due
from koempel.desk.mail.transports import file_of
from koempel.desk.operations.prepare import prepare_database

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
MAILS_PER_POINT = 12
LONGEST_S = 0.03
"""A child is killed up to so long after it began to send."""
MOST_SENT = 6
"""A child that dies by its own hand sends up to so many mails before."""


class ServerInAFile(BaseEmailBackend):
    """A mail server that remembers the Message-ID of all that it was given."""

    def send_messages(self, messages):
        out = os.open(settings.DATA_DIR / "server", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        for each in messages:
            os.write(out, f"{each.extra_headers['Message-ID']}\n".encode())
        os.close(out)
        return len(messages)


def fill(count: int) -> None:
    home = Organisation.objects.create(name="De Derde Laag", kind=OrganisationKind.OTHER)
    by = User.objects.create_user(
        "gust@koempel.invalid", name="Gust", organisation=home, role=Role.CASEWORKER
    )
    for number in range(count):
        queue_mail(
            key=f"proef/{number}",
            to="ploeg@koempel.invalid",
            subject="Een kandidaat",
            text=f"Antwoord hier: {LINK}",
            link=f"https://koempel.invalid/antwoord/{number}/",
            by=by,
            at=NOON,
        )


def die_in_hand(sent: int, *, after: bool) -> None:
    """Let this process die once it sent so many, with the next mail in hand."""
    hand_over, left = transports.hand_over, iter(range(sent, -1, -1))

    def deadly(mail: Mail) -> None:
        is_last = next(left) == 0
        if after or not is_last:
            hand_over(mail)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)

    transports.hand_over = deadly


def one_point(at: datetime, point: int, draw: random.Random) -> bool:
    """Kill a child that sends; gives whether it had a mail in hand."""
    pause, sent = draw.uniform(0, LONGEST_S), draw.randint(0, MOST_SENT)
    read, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if point % 3:
                die_in_hand(sent, after=point % 3 == 1)
            Mail.objects.exists()
            os.write(out, b".")
            while send_due(at):
                pass
        finally:
            os._exit(1)
    os.read(read, 1)
    if point % 3 == 0:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)
    os.close(out)
    in_hand = Mail.objects.filter(state=MailState.WAITING, not_before=at + IN_HAND).exists()
    connections.close_all()
    return in_hand


def kill_at(points: int) -> dict[str, object]:
    prepare_database()
    fill(points * MAILS_PER_POINT)
    draw = random.Random(7)
    connections.close_all()
    struck = sum(one_point(NOON + IN_HAND * point, point, draw) for point in range(points))
    while send_due(NOON + IN_HAND * (points + 1)):
        pass
    return {
        "mails": Mail.objects.count(),
        "struck with a mail in hand": struck,
        "states": dict(Counter(Mail.objects.values_list("state", flat=True))),
        "links kept": Mail.objects.exclude(link="").count(),
        **(arrived_at_server() if settings.MAIL == "smtp" else arrived_in_folder()),
    }


def arrived_at_server() -> dict[str, object]:
    told = Counter((settings.DATA_DIR / "server").read_text().split())
    return {"arrived": len(told), "told again": sum(told.values()) - len(told)}


def arrived_in_folder() -> dict[str, object]:
    files = sorted(Path(settings.MAIL_FOLDER).iterdir())
    read = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]
    keys = [file_of(key) for key in Mail.objects.values_list("key", flat=True)]
    return {
        "arrived": len(files),
        "under other names": len(set(files) ^ set(keys)),
        "not whole": sum("/antwoord/" not in each.get_content() for each in read),
        "ids": len({each["Message-ID"] for each in read}),
    }


if __name__ == "__main__":
    if settings.MAIL == "smtp":
        settings.EMAIL_BACKEND = f"{__name__}.ServerInAFile"
    print(json.dumps(kill_at(int(sys.argv[1]))))
