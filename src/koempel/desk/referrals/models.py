"""Tables of toeleiding: who is referred to which vacancy, and every step since.

A referral is seen from two sides. The employer sees the vacancy's own, with what is needed to
call somebody; who guides sees those of people within reach. So it knows a person by the case number
alone, as a booking of a lever does (docs/adr/0009).
"""

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import User
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.models import Vacancy
from koempel.desk.referrals.enums import OPEN, Opens, Reason, ReferralState

ENDED_FOR_A_REASON = (ReferralState.NOT_HIRED, ReferralState.WITHDRAWN)


def words(label: str) -> "models.CharField[str, str]":
    """A line of free text, guarded against national numbers."""
    return models.CharField(
        label, max_length=300, blank=True, validators=[validate_no_national_number]
    )


class Referral(models.Model):
    """Somebody who is referred to a vacancy. It changes in `koempel.desk.referrals.actions`."""

    case_number = models.CharField("dossier", max_length=12, db_index=True)
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, related_name="referrals", verbose_name="vacature"
    )
    state = models.CharField("stand", max_length=12, choices=ReferralState.choices)
    due_on = models.DateField("antwoord voor", null=True)
    message = words("wat de werkgever moet weten")
    talk_at = models.DateTimeField("gesprek", null=True)
    talk_place = words("waar")
    starts_on = models.DateField("eerste werkdag", null=True)
    reason = models.CharField("reden", max_length=20, choices=Reason.choices, blank=True)
    explanation = words("uitleg")
    by_mail = models.BooleanField("mailt de werkgever", default=False)
    """Whoever referred chose that the employer is mailed, and reminded before the term ends."""
    revision = models.PositiveIntegerField(default=0, editable=False)
    """How often it changed, also back: numbers its mails, and the versions of a talk."""
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("verwezen")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody with an account when the employer answered by a link."""
    changed_at = models.DateTimeField("laatst veranderd")

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = "verwijzing"
        verbose_name_plural = "verwijzingen"
        constraints = (
            models.UniqueConstraint(
                fields=("case_number", "vacancy"),
                condition=Q(state__in=OPEN),
                name="referral_once_while_open",
                violation_error_message="Deze persoon is al naar deze vacature verwezen.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(due_on__isnull=False),
                name="referral_open_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED_FOR_A_REASON) | ~Q(reason=""),
                name="referral_ends_for_a_reason",
                violation_error_message="Kies een reden.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.HIRED) | Q(starts_on__isnull=False),
                name="referral_hired_from_a_day",
                violation_error_message="Zeg wat de eerste werkdag is.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.INVITED) | Q(talk_at__isnull=False),
                name="referral_invited_at_an_hour",
                violation_error_message="Zeg wanneer het gesprek is.",
            ),
        )
        indexes = (models.Index(fields=("state", "due_on"), name="referral_by_deadline"),)

    def __str__(self) -> str:
        return f"{self.case_number}: {self.vacancy}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN


SILENT = "silent"
"""The event that a term ran out without a word."""

UNDONE = (
    "state", "due_on", "talk_at", "talk_place", "starts_on", "reason", "explanation", "changed_at",
)  # fmt: skip
"""Columns that a step changes, and that taking it back restores."""


class StepTaken(models.Model):
    """A step that somebody took in a life with a table of steps; `before` is what it changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    """Who said to be acting, where a link was used."""
    text = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")

    @property
    def who(self) -> str:
        """Who took the step, with the organisation or the way."""
        if self.by is None:
            return f"{self.by_name}, met de link"
        return f"{self.by}, {self.by.organisation}"


class ReferralEvent(StepTaken):
    """One step of a referral; the first one made it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12, choices=ReferralState.choices)

    class Meta(StepTaken.Meta):
        verbose_name = "stap van een verwijzing"
        verbose_name_plural = "stappen van een verwijzing"

    def __str__(self) -> str:
        return f"{self.referral}: {self.step}"

    @property
    def who(self) -> str:
        """Who took the step, with the organisation or the way."""
        if self.step == SILENT:
            return "Koempel"
        if self.by is None and not self.by_name:
            return "De kandidaat, met de link"
        return super().who


class TalkSlot(models.Model):
    """A moment that an employer offers for a talk, for the person to choose from."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="slots")
    at = models.DateTimeField("wanneer")

    class Meta:
        ordering = ("at",)
        verbose_name = "uur voor een gesprek"
        verbose_name_plural = "uren voor een gesprek"
        constraints = (models.UniqueConstraint(fields=("referral", "at"), name="talk_slot_once"),)

    def __str__(self) -> str:
        return f"uur {self.pk}"


class AnswerLink(models.Model):
    """A link by which somebody without an account answers; only its hash is kept.

    The employer answers the referral; the person chooses a moment for the talk.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    opens = models.CharField(max_length=10, choices=Opens.choices, default=Opens.ANSWER)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt")
    ends_at = models.DateTimeField("werkt tot")
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "link om te antwoorden"
        verbose_name_plural = "links om te antwoorden"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="answer_link_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk}"
