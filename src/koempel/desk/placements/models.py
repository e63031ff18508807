"""Tables of placements: who works where, since when, by which measure, and until when.

A placement is seen from two sides, as a referral is: it knows a person by the case number alone
(docs/adr/0009).
"""

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import User
from koempel.desk.jobs.enums import MEASURE_WORDS
from koempel.desk.jobs.models import Vacancy
from koempel.desk.partners.validators import validate_no_national_number
from koempel.desk.people.keepers import ERASED
from koempel.desk.placements.enums import EndReason, PlacementState, Source


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
