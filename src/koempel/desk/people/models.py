"""Tables of people: the facts that the planner needs and what guidance writes down, no more.

All tables are protected (`protection`): they refuse to answer without a context. What class of
data each field is, how long it is kept and what happens to it on export and erasure stands in
`fields`. Rights are recorded decisions of others and never computed. There is no field for a
national number, a birth date or a diagnosis.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.partners.models import Village
from koempel.desk.people import enums
from koempel.desk.people.case_numbers import PATTERN, draw_case_number
from koempel.desk.people.enums import CaseStatus, EntryKind, choices_of
from koempel.desk.people.protection import ConfidentialManager, OfPersonManager, PersonManager
from koempel.desk.people.validators import (
    name_key,
    validate_codes,
    validate_occupations,
    validate_windows,
)
from koempel.region.rows import CareKind, Cycling, Level

TEXT = [validate_no_national_number]
LEVELS = choices_of(enums.LEVEL_WORDS)


def level_field(label: str) -> Any:
    """A level of Dutch."""
    return models.CharField(label, max_length=5, choices=LEVELS, default=Level.A0.value)


def text_field(label: str, length: int, **rest: Any) -> Any:
    """Free text on one line, guarded against national numbers."""
    return models.CharField(label, max_length=length, validators=TEXT, **rest)


def new_case_number() -> str:
    """A random case number; that it is new the database decides."""
    return draw_case_number()


class Person(models.Model):
    """Somebody who looks for work, and the head of the case."""

    case_number = models.CharField(
        "dossiernummer",
        max_length=6,
        primary_key=True,
        default=new_case_number,
        editable=False,
        validators=[RegexValidator(f"^{PATTERN}$")],
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="dossier van"
    )
    caseworker = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="begeleider",
    )
    source = models.CharField("bron", max_length=40, blank=True, editable=False)
    source_id = models.CharField("nummer bij de bron", max_length=60, blank=True, editable=False)

    first_name = text_field("voornaam", 80)
    last_name = text_field("achternaam", 120)
    name_key = models.CharField(max_length=210, editable=False, db_index=True)
    phone = text_field("telefoon", 30, blank=True)
    email = models.EmailField("e-mail", blank=True, validators=TEXT)

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="+", verbose_name="dorp of wijk"
    )
    lon = models.FloatField("lengtegraad")
    lat = models.FloatField("breedtegraad")
    address_shield = models.BooleanField("adres afschermen", default=False)

    registered_on = models.DateField("zoekt werk sinds")
    available_from = models.DateField("kan starten vanaf")
    permit_until = models.DateField("mag hier werken tot en met", null=True, blank=True)

    modes = models.JSONField("eigen vervoer", default=list, blank=True)
    cycling = models.CharField(
        "fietsen", max_length=5, choices=choices_of(enums.CYCLING_WORDS), default=Cycling.YES.value
    )
    max_travel_min = models.PositiveSmallIntegerField(
        "hoogstens onderweg, in minuten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )

    dutch_listening = level_field("luisteren")
    dutch_speaking = level_field("spreken")
    dutch_reading = level_field("lezen")
    dutch_writing = level_field("schrijven")
    skills = models.JSONField("vaardigheden", default=list, blank=True, validators=[validate_codes])
    licences = models.JSONField(
        "rijbewijzen", default=list, blank=True, validators=[validate_codes]
    )
    wants = models.JSONField(
        "gewenste beroepen", default=list, blank=True, validators=[validate_occupations]
    )
    needs = models.JSONField("nodig op het werk", default=list, blank=True)

    away = models.CharField("kan van huis zijn", max_length=400, validators=[validate_windows])
    hours_min = models.FloatField(
        "minstens uren per week", validators=[MinValueValidator(0), MaxValueValidator(60)]
    )
    hours_max = models.FloatField(
        "hoogstens uren per week", validators=[MinValueValidator(0), MaxValueValidator(60)]
    )

    status = models.CharField(
        "status", max_length=10, choices=CaseStatus.choices, default=CaseStatus.ACTIVE
    )
    status_since = models.DateField("status sinds")
    next_step = text_field("volgende stap", 200, blank=True)
    next_step_on = models.DateField("tegen", null=True, blank=True)
    last_contact_on = models.DateField("laatste contact")
    changed_at = models.DateTimeField("laatst veranderd", default=timezone.now, editable=False)

    objects = PersonManager["Person"]()

    class Meta:
        base_manager_name = "objects"
        ordering = (F("next_step_on").asc(nulls_last=True), "case_number")
        verbose_name = "persoon"
        verbose_name_plural = "mensen"
        indexes = (
            models.Index(fields=("caseworker", "status"), name="person_by_caseworker"),
            models.Index(fields=("organisation", "status"), name="person_by_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(case_number__startswith="K-"),
                name="person_has_a_case_number",
                violation_error_message="Dit is geen dossiernummer.",
            ),
            models.UniqueConstraint(
                fields=("organisation", "source", "source_id"),
                condition=~Q(source_id=""),
                name="person_once_per_source",
                violation_error_message="Deze persoon is al uit deze bron gehaald.",
            ),
            models.CheckConstraint(
                condition=Q(hours_min__lte=F("hours_max")),
                name="person_hours_in_order",
                violation_error_message="Het minste aantal uren is meer dan het hoogste.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CaseStatus.values),
                name="person_status_known",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(lon__range=(2.3, 6.6), lat__range=(49.3, 51.7)),
                name="person_lives_in_or_near_belgium",
                violation_error_message="Deze plaats ligt buiten België.",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | Q(~Q(next_step=""), next_step_on__isnull=False),
                name="person_next_step_has_a_day",
                violation_error_message="Een volgende stap heeft een dag nodig.",
            ),
        )

    def __str__(self) -> str:
        return self.case_number

    def save(self, *args: Any, **rest: Any) -> None:
        """Keep the key of the name in step with the name."""
        self.name_key = name_key(self.first_name, self.last_name)
        super().save(*args, **rest)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


class Child(models.Model):
    """A child that needs care while the parent works."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="children")
    first_name = text_field("voornaam", 80, blank=True)
    birth_month = models.DateField("geboortemaand")
    care = models.CharField("opvang nu", max_length=10, choices=choices_of(enums.CARE_WORDS))
    care_lon = models.FloatField("lengtegraad van de opvang", null=True, blank=True)
    care_lat = models.FloatField("breedtegraad van de opvang", null=True, blank=True)
    care_hours = models.CharField(
        "uren van de opvang", max_length=400, blank=True, validators=[validate_windows]
    )
    care_until = models.DateField("opvang tot en met", null=True, blank=True)
    regular_from = models.DateField("gewone plaats gevraagd vanaf", null=True, blank=True)
    regular_earliest = models.DateField(
        "gewone plaats verwacht, op zijn vroegst", null=True, blank=True
    )
    regular_latest = models.DateField(
        "gewone plaats verwacht, op zijn laatst", null=True, blank=True
    )

    objects = OfPersonManager["Child"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-birth_month", "pk")
        verbose_name = "kind"
        verbose_name_plural = "kinderen"
        constraints = (
            models.CheckConstraint(
                condition=Q(care_lon__isnull=True, care_lat__isnull=True)
                | Q(care_lon__isnull=False, care_lat__isnull=False),
                name="child_care_place_is_whole",
                violation_error_message="Van een plaats zijn lengte en breedte nodig.",
            ),
            models.CheckConstraint(
                condition=~Q(care__in=(CareKind.CHILDCARE.value, CareKind.SCHOOL.value))
                | Q(care_lon__isnull=False),
                name="child_care_has_a_place",
                violation_error_message="Zeg waar de opvang of de school is.",
            ),
            models.CheckConstraint(
                condition=Q(regular_earliest__isnull=True, regular_latest__isnull=True)
                # A comparison with nothing is no refusal: each must be there.
                | Q(
                    regular_earliest__isnull=False,
                    regular_latest__isnull=False,
                    regular_latest__gte=F("regular_earliest"),
                ),
                name="child_regular_place_in_order",
                violation_error_message="Geef van de gewone plaats de vroegste en de laatste dag, "
                "in die volgorde.",
            ),
        )

    def __str__(self) -> str:
        return f"kind {self.pk}"


class SupportRight(models.Model):
    """A decision on a right as VDAB or OCMW took it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rights")
    measure = models.CharField("maatregel", max_length=30, choices=choices_of(enums.MEASURE_WORDS))
    granted_by = models.CharField(
        "beslist door", max_length=10, choices=choices_of(enums.GRANTOR_WORDS)
    )
    granted_on = models.DateField("beslist op")
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)
    state = models.CharField("stand", max_length=10, choices=choices_of(enums.RIGHT_WORDS))

    objects = OfPersonManager["SupportRight"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-granted_on", "pk")
        verbose_name = "recht"
        verbose_name_plural = "rechten"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("granted_on")),
                name="right_ends_after_it_begins",
                violation_error_message="Het einde ligt vóór de beslissing.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.state}"


class PersonObstacle(models.Model):
    """Something that stands between the person and work, with what shows it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="obstacles")
    kind = models.CharField(
        "drempel",
        max_length=20,
        choices=[(value, kind.title) for value, kind in enums.OBSTACLES.items()],
    )
    evidence = text_field("hoe weten we dat", 300)
    since = models.DateField("sinds")
    removed_by = text_field("weggenomen door", 200, blank=True)
    removed_on = models.DateField("weggenomen op", null=True, blank=True)

    objects = OfPersonManager["PersonObstacle"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("since", "pk")
        verbose_name = "drempel"
        verbose_name_plural = "drempels"
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"),
                condition=Q(removed_on__isnull=True),
                name="obstacle_once_while_it_lasts",
                violation_error_message="Deze drempel staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("since")),
                name="obstacle_removed_after_it_began",
                violation_error_message="De drempel kan niet weg zijn vóór hij er was.",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class TimelineEntry(models.Model):
    """One line of the one timeline of a case."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField("wanneer")
    kind = models.CharField("soort", max_length=12, choices=EntryKind.choices)
    data_class = models.CharField("klasse", max_length=2)
    title = text_field("wat", 200)
    text = models.TextField("meer", blank=True, max_length=2000, validators=TEXT)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfPersonManager["TimelineEntry"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-at", "-pk")
        verbose_name = "regel van de tijdlijn"
        verbose_name_plural = "tijdlijn"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ConfidentialNote(models.Model):
    """A note in the confidential part: own table, own page, every reading in the audit trail."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confidential_notes")
    at = models.DateTimeField("wanneer")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("notitie", max_length=4000, validators=TEXT)

    objects = ConfidentialManager["ConfidentialNote"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-at", "-pk")
        verbose_name = "vertrouwelijke notitie"
        verbose_name_plural = "vertrouwelijke notities"

    def __str__(self) -> str:
        return f"vertrouwelijke notitie {self.pk}"


class ErasureNotice(models.Model):
    """That something goes in thirty days; it goes no sooner after this, and not without it."""

    case_number = models.CharField("dossiernummer", max_length=6)
    term = models.CharField("termijn", max_length=20)
    since = models.DateField("telt vanaf")
    given_on = models.DateField("aangekondigd op")

    class Meta:
        ordering = ("since", "case_number")
        verbose_name = "aankondiging van wissen"
        verbose_name_plural = "aankondigingen van wissen"
        constraints = (
            models.UniqueConstraint(
                fields=("case_number", "term", "since"), name="erasure_notice_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_number} {self.term} {self.since}"


class HandOver(models.Model):
    """That somebody else guides a case from now on; those that went together share a batch."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hand_overs")
    batch = models.CharField(max_length=32, db_index=True)
    before = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("wanneer")

    objects = OfPersonManager["HandOver"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-at", "-pk")
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"

    def __str__(self) -> str:
        return f"overdracht {self.pk}"


class Tombstone(models.Model):
    """All that stays of an erased case: its number and the day."""

    case_number = models.CharField("dossiernummer", max_length=6, primary_key=True)
    erased_on = models.DateField("gewist op")

    class Meta:
        ordering = ("erased_on", "case_number")
        verbose_name = "gewist dossier"
        verbose_name_plural = "gewiste dossiers"

    def __str__(self) -> str:
        return self.case_number
