"""The outbox: one row per mail, written in the transaction of the act that it follows from.

A mail holds the minimum. One to a partner names no person; what it is about stands behind its
link. The secret link has a column of its own, which is empty as soon as the mail has left.
"""

from django.db import models
from django.db.models import Q

from koempel.desk.accounts.models import User
from koempel.desk.mail.enums import MailState

LINK = "[link]"
"""Where the link comes in the text of a mail."""

WIPED = {"to": "", "subject": "", "text": "", "link": "", "attachments": []}
"""A mail of which only the fact is left."""


class Mail(models.Model):
    """A mail that waits, left, failed or is no longer needed.

    `key` says what it follows from, and makes it the same mail however often it is asked. A row is
    taken by moving `not_before` ahead: who is killed with a mail in hand loses it after a while.
    """

    key = models.CharField("kenmerk", max_length=120, unique=True)
    to = models.EmailField("aan", blank=True)
    subject = models.CharField("onderwerp", max_length=200, blank=True)
    text = models.TextField("tekst", blank=True)
    link = models.CharField("link", max_length=300, blank=True)
    attachments = models.JSONField("bijlagen", default=list, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Who did what the mail follows from; nobody with an account when that was by a link."""
    made_at = models.DateTimeField("gemaakt")
    not_before = models.DateTimeField("niet voor")
    state = models.CharField(
        "stand", max_length=10, choices=MailState.choices, default=MailState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    last_error = models.CharField("fout", max_length=80, blank=True)
    """The kind of the last error and its code, never its words: those quote addresses."""
    ended_at = models.DateTimeField("einde", null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "mail"
        verbose_name_plural = "mails"
        indexes = (models.Index(fields=("state", "not_before"), name="mail_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING, ended_at__isnull=True)
                | (~Q(state=MailState.WAITING) & Q(ended_at__isnull=False)),
                name="mail_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(MailState.WAITING, MailState.FAILED)) | Q(link=""),
                name="mail_keeps_its_link_while_needed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.get_state_display()}"
