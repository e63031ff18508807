"""Tables of placements: who works where, since when, until when, and what was said of it.

A placement is seen from two sides, as a referral is: it knows a person by the case number alone
(docs/adr/0009).
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import User
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.enums import MEASURE_WORDS
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.keepers import ERASED
from koempel.desk.placements.enums import (
    SAID,
    Answer,
    AtWork,
    EndReason,
    Party,
    PlacementState,
    Source,
)
from koempel.desk.placements.rules import Asked, Course, at_work_after
from koempel.desk.placements.terms import durable_months


class Placement(models.Model):
    """Somebody who went to work. It changes in `koempel.desk.placements.actions`."""

    case_number = models.CharField("dossier", max_length=12, db_index=True)
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, related_name="placements", verbose_name="vacature"
    )
    measure = models.CharField("maatregel", max_length=30, choices=MEASURE_WORDS, blank=True)
    """By the right that the vacancy asked; nothing where it asked none."""
    source = models.CharField("kwam er door", max_length=12, choices=Source.choices)
    started_on = models.DateField("eerste werkdag")
    state = models.CharField(
        "stand", max_length=12, choices=PlacementState.choices, default=PlacementState.WORKING
    )
    ended_on = models.DateField("laatste werkdag", null=True)
    end_reason = models.CharField("reden", max_length=20, choices=EndReason.choices, blank=True)
    explanation = models.CharField(
        "uitleg", max_length=300, blank=True, validators=[validate_no_national_number]
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("genoteerd")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody with an account when it was told by a link."""
    end_told_at = models.DateTimeField("einde genoteerd", null=True)

    class Meta:
        ordering = ("-started_on", "-pk")
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        constraints = (
            models.UniqueConstraint(
                fields=("case_number", "vacancy"),
                condition=Q(state=PlacementState.WORKING) & ~Q(case_number=ERASED),
                name="placement_once_while_it_lasts",
                violation_error_message="Deze persoon werkt hier al.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PlacementState.WORKING, ended_on=None, end_reason="", end_told_at=None
                )
                | (
                    Q(
                        state=PlacementState.ENDED,
                        ended_on__isnull=False,
                        end_told_at__isnull=False,
                    )
                    & ~Q(end_reason="")
                ),
                name="placement_ends_on_a_day_for_a_reason",
                violation_error_message="Zeg wanneer en waarom het stopte.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="placement_ends_after_it_begins",
                violation_error_message="De laatste werkdag ligt voor de eerste.",
            ),
        )
        indexes = (models.Index(fields=("state", "started_on"), name="placement_by_state"),)

    def __str__(self) -> str:
        return f"{self.case_number}: {self.vacancy}"

    @property
    def is_working(self) -> bool:
        """Whether somebody still works there."""
        return self.state == PlacementState.WORKING

    def at_work_after(self, months: int, *, today: date) -> AtWork:
        """Whether somebody was at work so many months after the first day."""
        asked = [Asked(each.months, each.due_on, each.answer) for each in self.follow_ups.all()]
        course = Course(self.ended_on, self.end_reason, asked)
        return at_work_after(course, months, today=today)

    def is_durable(self, today: date) -> bool:
        """Whether somebody was at work twelve months after the first day (a dated parameter)."""
        months = durable_months(self.started_on)
        return self.at_work_after(months, today=today) is AtWork.YES


class FollowUp(models.Model):
    """A day on which it is asked whether work goes on, and what was said."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField("na hoeveel maanden")
    due_on = models.DateField("te vragen op")
    answer = models.CharField("antwoord", max_length=8, choices=Answer.choices, blank=True)
    told_by = models.CharField("wie het zei", max_length=8, choices=Party.choices, blank=True)
    goes_well = models.BooleanField("het loopt goed", null=True)
    needs = models.CharField(
        "wat er nodig is", max_length=300, blank=True, validators=[validate_no_national_number]
    )
    answered_at = models.DateTimeField("genoteerd", null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_name = models.CharField(max_length=120, blank=True)
    """Who said to be answering, where a link was used."""

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        constraints = (
            models.UniqueConstraint(fields=("placement", "months"), name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(answer="", told_by="", answered_at=None)
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(told_by="")),
                name="follow_up_answer_is_of_somebody",
            ),
        )
        indexes = (models.Index(fields=("answer", "due_on"), name="follow_up_by_day"),)

    def __str__(self) -> str:
        return f"{self.placement}, {self.months} maanden"

    @property
    def is_said(self) -> bool:
        """Whether nobody has to be asked any more."""
        return self.answer in SAID


class FollowUpLink(models.Model):
    """A link by which somebody answers without an account; only its hash is kept."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="links")
    party = models.CharField("voor", max_length=8, choices=Party.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt")
    ends_at = models.DateTimeField("werkt tot")
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "link om op te volgen"
        verbose_name_plural = "links om op te volgen"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="follow_up_link_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk}"
