"""One row per piece of work, of whatever kind."""

import secrets

from django.db import models
from django.db.models import Q

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.roles import Role
from koempel.desk.work.enums import GOING_ON, State


def new_key() -> str:
    """A name that nobody can guess: it stands in the address of the page that follows the work."""
    return secrets.token_urlsafe(24)


class Work(models.Model):
    """What somebody asked the worker, how far it is, and what came of it.

    Role, organisation, address and purpose are those of the moment it was asked; the worker looks
    at them again (`askers.context_of`). No field holds data of a person: `facts` and `result` hold
    keys and counts, the texts no names.
    """

    key = models.CharField(max_length=32, primary_key=True, default=new_key, editable=False)
    kind = models.CharField("soort", max_length=60)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField("naam van het adres", max_length=80)
    purpose = models.CharField("doel", max_length=60)
    facts = models.JSONField("opdracht", default=dict)

    state = models.CharField(
        "stand", max_length=10, choices=State.choices, default=State.WAITING.value
    )
    done = models.PositiveIntegerField("gedaan", default=0)
    total = models.PositiveIntegerField("in totaal", default=0)
    text = models.CharField("bezig met", max_length=200, blank=True)
    stop_asked = models.BooleanField("stop gevraagd", default=False)
    asked_at = models.DateTimeField("gevraagd")
    heartbeat_at = models.DateTimeField("laatste teken van leven", null=True)
    ended_at = models.DateTimeField("klaar", null=True)
    result = models.JSONField("uitkomst", default=dict)
    error = models.CharField("fout", max_length=500, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = "werk"
        indexes = (models.Index(fields=("state",), name="work_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=GOING_ON, ended_at__isnull=True)
                | (~Q(state__in=GOING_ON) & Q(ended_at__isnull=False)),
                name="work_ended_has_its_moment",
                violation_error_message="Wat gedaan is, heeft een moment.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_state_display()}"
