"""Reads of the outbox."""

from datetime import datetime

from django.db.models import QuerySet

from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail


def due_mail(at: datetime) -> QuerySet[Mail]:
    """What may leave now, the longest waiting first."""
    waiting = Mail.objects.filter(state=MailState.WAITING, not_before__lte=at)
    return waiting.order_by("not_before", "pk")


def mail_of(prefix: str) -> QuerySet[Mail]:
    """Mails of which the key begins so, the last first."""
    return Mail.objects.filter(key__startswith=prefix)


def failed_count() -> int:
    """Mails that could not leave, and about which nobody decided yet."""
    return Mail.objects.filter(state=MailState.FAILED).count()
