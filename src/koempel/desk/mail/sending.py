"""Sending what waits, each mail once, whatever happens to the process.

A mail is taken in a transaction of its own, then handed over, then noted as sent. Killed in
between, it is taken again a few minutes later: a file in the folder is then the same file, and a
mail server gets the same Message-ID again (docs/handleiding/mail.md).
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from koempel.desk.mail import transports
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail
from koempel.desk.mail.queries import due_mail

logger = logging.getLogger(__name__)

IN_HAND = timedelta(minutes=5)
"""After so long a mail that was taken and not noted counts as left behind by a killed process."""

PAUSES = tuple(timedelta(minutes=each) for each in (2, 5, 15, 60, 180, 360, 720))
"""After each failure; together some 22 hours. After the last one the mail failed."""

MOST_AT_ONCE = 100
"""More wait for the next look, so that a slow mail server does not keep the other duties."""


def send_due(at: datetime) -> int:
    """Send what is due, one after the other; gives how many left."""
    keys = list(due_mail(at).values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(_send(mail, at) for mail in (_take(key, at) for key in keys) if mail is not None)


def _take(key: int, at: datetime) -> Mail | None:
    """Take a mail; None when somebody else has it, or it is no longer needed."""
    with transaction.atomic(durable=True):
        mine = due_mail(at).filter(pk=key).order_by()
        if not mine.update(not_before=at + IN_HAND, attempts=F("attempts") + 1):
            return None
    return Mail.objects.get(pk=key)


def _send(mail: Mail, at: datetime) -> bool:
    try:
        transports.hand_over(mail)
    except Exception as error:
        # Whatever it is, the other mails must leave; its words can quote an address.
        logger.warning("Mail %s could not leave: %s", mail.key, type(error).__name__)
        _note_failure(mail, error, at)
        return False
    rows = Mail.objects.filter(pk=mail.pk)
    rows.update(state=MailState.SENT, ended_at=at, link="", last_error="")
    if rows.filter(to="").exists():
        # Somebody was erased while it left: the file that came after is of nobody.
        transports.forget(mail.key)
    return True


def _note_failure(mail: Mail, error: Exception, at: datetime) -> None:
    waiting = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    code = getattr(error, "smtp_code", "")
    said = f"{type(error).__name__} {code}".strip()[:80]
    if mail.attempts > len(PAUSES):
        waiting.update(state=MailState.FAILED, ended_at=at, last_error=said)
    else:
        waiting.update(not_before=at + PAUSES[mail.attempts - 1], last_error=said)
