"""Writing mail, and what becomes of it. What sends it stands in `sending`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.mail import transports
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.errors import MailError
from koempel.desk.mail.letters import Letter
from koempel.desk.mail.models import WIPED, Mail
from koempel.desk.mail.terms import failure_kept_for, text_kept_for


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file of text that goes along; `content_type` with its parameters."""

    name: str
    content_type: str
    text: str


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    by: User | None,
    at: datetime,
    link: str = "",
    attachments: Sequence[Attachment] = (),
    not_before: datetime | None = None,
) -> Mail:
    """Put a mail in the outbox, in the transaction of the act that it follows from.

    Parameters
    ----------
    key : str
        What it follows from, such as ``verwijzing/12/vraag/0``: the same key is the same mail. In
        Dutch words and without data of people, since an operator reads it.
    by : User or None
        Who did that; None for somebody who acted by a link.
    link : str
        An address with a secret, for where the text says `LINK`; forgotten once the mail left.
    not_before : datetime, optional
        Until then it waits, and whoever takes the act back takes the mail along.

    Raises
    ------
    MailError
        When the address cannot be right.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise MailError("Dit e-mailadres kan niet juist zijn. Pas het eerst aan.") from error
    mail, _ = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "link": link,
            "attachments": [asdict(each) for each in attachments],
            "by": by,
            "made_at": at,
            "not_before": not_before or at,
        },
    )
    return mail


def mail_link(
    letter: Letter, *, key: str, to: str, whom: str, path: str, by: User, at: datetime
) -> None:
    """Put a letter with a link in the outbox, for a party that somebody who guides chose.

    Parameters
    ----------
    to : str
        The address that is known of the party, or nothing.
    whom : str
        Who that is, such as "de werkgever".
    path : str
        Where the link leads, on this site.

    Raises
    ------
    MailError
        When no address is known, or it cannot be right.
    """
    if not to:
        raise MailError(f"Van {whom} is geen e-mailadres bekend. Maak een link en stuur die zelf.")
    queue_mail(
        key=key,
        to=to,
        subject=letter.subject,
        text=letter.text,
        link=settings.SITE + path,
        by=by,
        at=at,
    )


def drop_mail(prefix: str, *, at: datetime) -> int:
    """Take back what still waits and has a key that begins so; gives how many."""
    return _drop(Mail.objects.filter(key__startswith=prefix), at=at)


@transaction.atomic
def forget_mail(prefix: str, *, at: datetime) -> None:
    """Wipe all mail with a key that begins so: of somebody who is erased only the count stays."""
    rows = Mail.objects.filter(key__startswith=prefix)
    _drop(rows, at=at)
    _wipe(rows)


@transaction.atomic
def try_again(rows: QuerySet[Mail], *, at: datetime) -> int:
    """Let mail that failed wait once more, with all its attempts; gives how many.

    Raises
    ------
    MailError
        When none of them failed.
    """
    keys = _failed(rows)
    Mail.objects.filter(key__in=keys, state=MailState.FAILED).update(
        state=MailState.WAITING, attempts=0, not_before=at, ended_at=None
    )
    audit.record("mail.try_again", kind="mail", objects=keys, at=at)
    return len(keys)


@transaction.atomic
def give_up(rows: QuerySet[Mail], *, at: datetime) -> int:
    """Drop mail that failed: somebody was told in another way. Gives how many.

    Raises
    ------
    MailError
        When none of them failed.
    """
    keys = _failed(rows)
    chosen = Mail.objects.filter(key__in=keys, state=MailState.FAILED)
    chosen.update(state=MailState.DROPPED, ended_at=at, **WIPED)
    audit.record("mail.give_up", kind="mail", objects=keys, at=at)
    return len(keys)


@transaction.atomic
def forget_texts(at: datetime) -> int:
    """Wipe the texts of what ended longer ago than its term; gives how many."""
    today = timezone.localdate(at)
    left = Q(state=MailState.SENT, ended_at__lt=at - text_kept_for(today))
    failed = Q(state=MailState.FAILED, ended_at__lt=at - failure_kept_for(today))
    count = _wipe(Mail.objects.filter(left | failed).exclude(text=""))
    Mail.objects.filter(failed).update(state=MailState.DROPPED)
    return count


def _failed(rows: QuerySet[Mail]) -> list[str]:
    keys = list(rows.filter(state=MailState.FAILED).values_list("key", flat=True))
    if not keys:
        raise MailError("Kies een mail die niet vertrokken is. Met de andere is niets te doen.")
    return keys


def _drop(rows: QuerySet[Mail], *, at: datetime) -> int:
    waiting = rows.filter(state=MailState.WAITING)
    return waiting.update(state=MailState.DROPPED, ended_at=at, **WIPED)


def _wipe(rows: QuerySet[Mail]) -> int:
    keys = list(rows.values_list("key", flat=True))
    for key in keys:
        transports.forget(key)
    return Mail.objects.filter(key__in=keys).update(**WIPED)
