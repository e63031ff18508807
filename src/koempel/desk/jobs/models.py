"""Tables of occupations and vacancies."""

import secrets
from typing import Any

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.text import plain
from koempel.desk.jobs.enums import CONTRACTS, LEVELS, ShiftKind, VacancyState
from koempel.desk.jobs.weeks import shift_kinds
from koempel.desk.partners.models import Establishment, Municipality, Village
from koempel.region.rows import Contract, Level
from koempel.region.windows import Windows, parse_rotation

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what people mix up: no 0 and O, no 1 and I."""


def new_number() -> str:
    """A number for a vacancy that says nothing and can be read aloud, such as ``J-7F3QK2``."""
    return "J-" + "".join(secrets.choice(_SIGNS) for _ in range(6))


class Occupation(models.Model):
    """A unit group of ISCO-08 with our own Dutch title; see `occupations`."""

    isco = models.CharField("ISCO-code", max_length=4, primary_key=True)
    title = models.CharField("beroep", max_length=100)
    synonyms = models.CharField("ook genoemd", max_length=300, blank=True)
    search = models.CharField(max_length=500, editable=False)
    version = models.CharField(max_length=20, editable=False)

    class Meta:
        ordering = ("title",)
        verbose_name = "beroep"
        verbose_name_plural = "beroepen"

    def __str__(self) -> str:
        return self.title


def _level(skill: str) -> Any:
    return models.CharField(skill, max_length=5, choices=LEVELS, default=Level.ALPHA.value)


class Vacancy(models.Model):
    """Work that an employer offers, with one or more seats.

    `search` and `shift_kinds` follow from the other columns: `settle` works them out, and `save`
    calls it. Whoever writes many rows at once calls it for each.
    """

    number = models.CharField(
        "nummer", max_length=8, unique=True, default=new_number, editable=False
    )
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="vacancies", verbose_name="werkgever"
    )
    title = models.CharField("titel", max_length=120)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, verbose_name="beroep")
    description = models.TextField("omschrijving", max_length=2000, blank=True)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="vacancies",
        verbose_name="vestiging",
    )
    seats = models.PositiveSmallIntegerField("aantal plaatsen", default=1)
    taken = models.PositiveSmallIntegerField("ingevulde plaatsen", default=0, editable=False)
    start_from = models.DateField("eerste mogelijke startdag")
    start_to = models.DateField("laatste mogelijke startdag")
    shifts = models.CharField("uren", max_length=1000)
    shift_kinds = models.CharField(max_length=60, editable=False)
    hours_per_week = models.DecimalField("uren per week", max_digits=4, decimal_places=2)
    contract = models.CharField(
        "contract", max_length=20, choices=CONTRACTS, default=Contract.INDEFINITE.value
    )
    dutch_listening = _level("luisteren")
    dutch_speaking = _level("spreken")
    dutch_reading = _level("lezen")
    dutch_writing = _level("schrijven")
    skills = models.JSONField("vaardigheden", default=list, blank=True)
    licences = models.JSONField("rijbewijzen", default=list, blank=True)
    strains = models.JSONField("wat het werk vraagt van het lichaam", default=list, blank=True)
    measures = models.JSONField("alleen voor wie een recht heeft op", default=list, blank=True)
    wage = models.CharField("loon", max_length=120, blank=True)
    publish_from = models.DateField("online vanaf", null=True, blank=True)
    publish_to = models.DateField("online tot en met", null=True, blank=True)
    state = models.CharField(
        "toestand", max_length=10, choices=VacancyState.choices, default=VacancyState.DRAFT
    )
    source = models.CharField("bron", max_length=40, blank=True)
    source_id = models.CharField("nummer bij de bron", max_length=60, blank=True)
    search = models.TextField(editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-publish_from", "title", "number")
        verbose_name = "vacature"
        verbose_name_plural = "vacatures"
        constraints = (
            models.CheckConstraint(
                condition=Q(start_to__gte=F("start_from")),
                name="vacancy_start_in_order",
                violation_error_message="De laatste startdag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(publish_to__isnull=True) | Q(publish_to__gte=F("publish_from")),
                name="vacancy_online_in_order",
                violation_error_message="De laatste dag online ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(state=VacancyState.DRAFT)
                | Q(publish_from__isnull=False)
                | Q(state=VacancyState.CLOSED),
                name="vacancy_online_since_a_day",
                violation_error_message="Een vacature die online staat, heeft een eerste dag.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="vacancy_has_a_seat",
                violation_error_message="Een vacature heeft minstens één plaats.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=F("taken")),
                name="vacancy_no_more_taken_than_seats",
                violation_error_message="Er zijn al meer plaatsen ingevuld dan dit.",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1, hours_per_week__lte=60),
                name="vacancy_hours_in_a_week",
                violation_error_message="Geef 1 tot 60 uren per week.",
            ),
            models.UniqueConstraint(
                fields=("employer", "source", "source_id"),
                condition=~Q(source_id=""),
                name="vacancy_once_per_source",
                violation_error_message="Deze vacature staat er al.",
            ),
        )
        indexes = (models.Index(fields=("state", "publish_to"), name="vacancy_by_state"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the columns that follow from others right."""
        self.settle()
        super().save(*args, **kwargs)

    def settle(self) -> None:
        """Work out the columns that follow from others."""
        self.shift_kinds = " ".join(shift_kinds(self.rotation))
        parts = (self.title, self.employer.name, self.occupation.search)
        self.search = plain(" ".join((*parts, self.number)))

    @property
    def village(self) -> Village:
        """Where the work is: the village of the establishment."""
        return self.establishment.village

    @property
    def seats_left(self) -> int:
        """Seats that nobody has yet."""
        return self.seats - self.taken

    @property
    def rotation(self) -> tuple[Windows, ...]:
        """The weeks of the shifts."""
        return parse_rotation(self.shifts)

    @property
    def kinds(self) -> list[ShiftKind]:
        """What the hours look like."""
        return [ShiftKind(kind) for kind in self.shift_kinds.split()]


class VacancyFeed(models.Model):
    """Whether the open vacancies of a municipality are public: who decided so, and when.

    Without a row they are not.
    """

    municipality = models.OneToOneField(
        Municipality, on_delete=models.PROTECT, primary_key=True, related_name="feed"
    )
    is_on = models.BooleanField("openbaar")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "openbaar aanbod"
        verbose_name_plural = "openbaar aanbod"

    def __str__(self) -> str:
        return f"{self.municipality}: {'openbaar' if self.is_on else 'niet openbaar'}"


class EventKind(models.TextChoices):
    """What happened to a vacancy."""

    MADE = "MADE", "gemaakt"
    CHANGED = "CHANGED", "aangepast"
    STATE = "STATE", "toestand veranderd"
    UNDONE = "UNDONE", "ongedaan gemaakt"


class VacancyEvent(models.Model):
    """One line of the timeline of a vacancy.

    A step keeps what it changed, so that it can be taken back whole.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    step = models.CharField(max_length=10, blank=True)
    from_state = models.CharField(max_length=10, choices=VacancyState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=VacancyState.choices, blank=True)
    from_taken = models.PositiveSmallIntegerField(null=True)
    online_from = models.DateField(null=True)
    online_to = models.DateField(null=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.vacancy}: {self.get_kind_display()}"
