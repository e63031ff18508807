"""Tables of doorstroom: who works in a social enterprise, and every step since.

The social enterprise sees its own, who guides those of people within reach. So a row knows a person
by the case number alone, as a referral does (docs/adr/0009).
"""

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.models import Vacancy
from koempel.desk.partners.models import Establishment
from koempel.desk.referrals.models import StepTaken, words
from koempel.desk.transitions.enums import (
    FOR_A_REASON,
    OPEN,
    Party,
    Reason,
    TransitionState,
    View,
)

MADE = "follow"
"""The first event of a round that somebody began."""


class Transition(models.Model):
    """One round of somebody in a social enterprise, from an evaluation that is due to its end.

    It changes in `koempel.desk.transitions.actions`. `pauses` are rows of reason, first day, and
    the day on which the trajectory goes on.
    """

    case_number = models.CharField("dossier", max_length=12, db_index=True)
    employer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="transitions",
        verbose_name="sociale-economiebedrijf",
    )
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="vacature"
    )
    since = models.DateField("aan het werk sinds")
    state = models.CharField("stand", max_length=16, choices=TransitionState.choices)
    state_on = models.DateField("in deze stand sinds")
    due_on = models.DateField("termijn", null=True)
    view = models.CharField("kijk van het bedrijf", max_length=8, choices=View.choices, blank=True)
    view_text = words("uitleg van het bedrijf")
    visited_on = models.DateField("bezoek aan de werkvloer", null=True)
    coach = words("coach")
    guided_hours = models.DecimalField(
        "uren begeleiding", max_digits=6, decimal_places=2, default=0
    )
    pauses = models.JSONField("opschortingen", default=list)
    starts_on = models.DateField("eerste gewone werkdag", null=True)
    regular = models.ForeignKey(
        Vacancy,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="gewone vacature",
    )
    seat_given = models.BooleanField("plaats weer aangeboden", default=False)
    talks = models.JSONField("nazorg", default=list)
    """Rows of the day on which the coach asks how it goes, and the day on which that was done."""
    talk_on = models.DateField("volgende nazorg", null=True)
    reason = models.CharField("reden", max_length=16, choices=Reason.choices, blank=True)
    explanation = words("uitleg")
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next_round"
    )
    """The round before it."""
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("opgeschreven")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("laatst veranderd")

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = "doorstroom"
        verbose_name_plural = "doorstroom"
        constraints = (
            models.UniqueConstraint(
                fields=("case_number",),
                condition=Q(state__in=OPEN),
                name="transition_once_while_open",
                violation_error_message="De doorstroom van deze persoon wordt al gevolgd.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | (~Q(state__in=OPEN) & Q(due_on__isnull=True)),
                name="transition_open_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FOR_A_REASON) | ~Q(reason=""),
                name="transition_ends_for_a_reason",
                violation_error_message="Kies een reden.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(TransitionState.AFTERCARE, "REGULAR_CONTRACT"))
                | Q(starts_on__isnull=False),
                name="transition_regular_from_a_day",
                violation_error_message="Zeg wat de eerste werkdag is.",
            ),
            models.CheckConstraint(
                condition=Q(guided_hours__gte=0), name="transition_hours_not_below_zero"
            ),
        )
        indexes = (models.Index(fields=("state", "due_on"), name="transition_by_term"),)

    def __str__(self) -> str:
        return f"{self.case_number}: {self.employer}"


UNDONE = (
    "state", "state_on", "due_on", "view", "view_text", "visited_on", "coach", "guided_hours",
    "pauses", "starts_on", "regular_id", "seat_given", "talks", "talk_on", "reason", "explanation",
)  # fmt: skip
"""Columns that a step changes, and that taking it back restores."""


class TransitionEvent(StepTaken):
    """One step of a round; `by_name` is the party that acted by a link."""

    transition = models.ForeignKey(Transition, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=16)
    to_state = models.CharField(max_length=16, choices=TransitionState.choices)

    class Meta(StepTaken.Meta):
        verbose_name = "stap van een doorstroom"
        verbose_name_plural = "stappen van een doorstroom"

    def __str__(self) -> str:
        return f"{self.transition}: {self.step}"


class Agreement(models.Model):
    """What an internship is, as all parties sign it.

    It changes in `koempel.desk.transitions.signing`; the text that was signed is known by its
    digest.
    """

    transition = models.OneToOneField(
        Transition, on_delete=models.CASCADE, related_name="agreement"
    )
    host = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, related_name="+", verbose_name="waar"
    )
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="vacature"
    )
    first_on = models.DateField("eerste dag")
    last_on = models.DateField("laatste dag")
    shifts = models.CharField("uren", max_length=1000)
    host_pays = models.BooleanField("de werkgever betaalt het loon terug", default=False)
    goals = models.CharField("doelen", max_length=600, validators=[validate_no_national_number])
    changed_at = models.DateTimeField("laatst veranderd")

    class Meta:
        verbose_name = "stageovereenkomst"
        verbose_name_plural = "stageovereenkomsten"
        constraints = (
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="agreement_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        )

    def __str__(self) -> str:
        return f"stage {self.transition}"


class Signature(models.Model):
    """That a party signed the text with a digest; void once the text changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField("partij", max_length=10, choices=Party.choices)
    name = models.CharField("naam", max_length=120, validators=[validate_no_national_number])
    at = models.DateTimeField("getekend")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody with an account when a link was used."""
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField("vervallen", null=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "party"),
                condition=Q(voided_at__isnull=True),
                name="signature_once_per_party",
                violation_error_message="Deze partij heeft al getekend.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.get_party_display()}"


class SignLink(models.Model):
    """A link by which a party signs without an account; only its hash is kept."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="links")
    party = models.CharField("partij", max_length=10, choices=Party.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt")
    ends_at = models.DateTimeField("werkt tot")
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "link om te tekenen"
        verbose_name_plural = "links om te tekenen"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="sign_link_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk}"
