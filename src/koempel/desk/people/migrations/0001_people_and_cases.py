"""Tables of people and their cases."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import koempel.desk.common.validators
import koempel.desk.people.models
import koempel.desk.people.validators


class Migration(migrations.Migration):
    """People, children, rights, obstacles, timeline, notes, tombstones."""

    initial = True

    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("partners", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "case_number",
                    models.CharField(
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                        verbose_name="dossiernummer",
                    ),
                ),
                ("erased_on", models.DateField(verbose_name="gewist op")),
            ],
            options={
                "verbose_name": "gewist dossier",
                "verbose_name_plural": "gewiste dossiers",
                "ordering": ("erased_on", "case_number"),
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "case_number",
                    models.CharField(
                        default=koempel.desk.people.models.new_case_number,
                        editable=False,
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator("^K-[234679CDFGHJKMNPQRTVWX]{4}$")
                        ],
                        verbose_name="dossiernummer",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="bron"
                    ),
                ),
                (
                    "source_id",
                    models.CharField(
                        blank=True, editable=False, max_length=60, verbose_name="nummer bij de bron"
                    ),
                ),
                (
                    "first_name",
                    models.CharField(
                        max_length=80,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="voornaam",
                    ),
                ),
                (
                    "last_name",
                    models.CharField(
                        max_length=120,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="achternaam",
                    ),
                ),
                ("name_key", models.CharField(db_index=True, editable=False, max_length=210)),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=30,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="telefoon",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        max_length=254,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="e-mail",
                    ),
                ),
                ("lon", models.FloatField(verbose_name="lengtegraad")),
                ("lat", models.FloatField(verbose_name="breedtegraad")),
                (
                    "address_shield",
                    models.BooleanField(default=False, verbose_name="adres afschermen"),
                ),
                ("registered_on", models.DateField(verbose_name="zoekt werk sinds")),
                ("available_from", models.DateField(verbose_name="kan starten vanaf")),
                (
                    "permit_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="mag hier werken tot en met"
                    ),
                ),
                ("modes", models.JSONField(blank=True, default=list, verbose_name="eigen vervoer")),
                (
                    "cycling",
                    models.CharField(
                        choices=[
                            ("YES", "kan fietsen"),
                            ("LEARN", "kan het leren"),
                            ("NO", "kan niet fietsen"),
                        ],
                        default="YES",
                        max_length=5,
                        verbose_name="fietsen",
                    ),
                ),
                (
                    "max_travel_min",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="hoogstens onderweg, in minuten",
                    ),
                ),
                (
                    "dutch_listening",
                    models.CharField(
                        choices=[
                            ("ALPHA", "alfa"),
                            ("A0", "nog niets"),
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                        ],
                        default="A0",
                        max_length=5,
                        verbose_name="luisteren",
                    ),
                ),
                (
                    "dutch_speaking",
                    models.CharField(
                        choices=[
                            ("ALPHA", "alfa"),
                            ("A0", "nog niets"),
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                        ],
                        default="A0",
                        max_length=5,
                        verbose_name="spreken",
                    ),
                ),
                (
                    "dutch_reading",
                    models.CharField(
                        choices=[
                            ("ALPHA", "alfa"),
                            ("A0", "nog niets"),
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                        ],
                        default="A0",
                        max_length=5,
                        verbose_name="lezen",
                    ),
                ),
                (
                    "dutch_writing",
                    models.CharField(
                        choices=[
                            ("ALPHA", "alfa"),
                            ("A0", "nog niets"),
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                        ],
                        default="A0",
                        max_length=5,
                        verbose_name="schrijven",
                    ),
                ),
                (
                    "skills",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[koempel.desk.people.validators.validate_codes],
                        verbose_name="vaardigheden",
                    ),
                ),
                (
                    "licences",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[koempel.desk.people.validators.validate_codes],
                        verbose_name="rijbewijzen",
                    ),
                ),
                (
                    "wants",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[koempel.desk.people.validators.validate_occupations],
                        verbose_name="gewenste beroepen",
                    ),
                ),
                (
                    "needs",
                    models.JSONField(blank=True, default=list, verbose_name="nodig op het werk"),
                ),
                (
                    "away",
                    models.CharField(
                        max_length=400,
                        validators=[koempel.desk.people.validators.validate_windows],
                        verbose_name="kan van huis zijn",
                    ),
                ),
                (
                    "hours_min",
                    models.FloatField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="minstens uren per week",
                    ),
                ),
                (
                    "hours_max",
                    models.FloatField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="hoogstens uren per week",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ACTIVE", "zoekt werk"),
                            ("PLACED", "aan het werk"),
                            ("PAUSED", "gepauzeerd"),
                            ("CLOSED", "afgesloten"),
                        ],
                        default="ACTIVE",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("status_since", models.DateField(verbose_name="status sinds")),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="volgende stap",
                    ),
                ),
                ("next_step_on", models.DateField(blank=True, null=True, verbose_name="tegen")),
                ("last_contact_on", models.DateField(verbose_name="laatste contact")),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="laatst veranderd",
                    ),
                ),
                (
                    "caseworker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begeleider",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="dossier van",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.village",
                        verbose_name="dorp of wijk",
                    ),
                ),
            ],
            options={
                "verbose_name": "persoon",
                "verbose_name_plural": "mensen",
                "ordering": (
                    models.OrderBy(models.F("next_step_on"), nulls_last=True),
                    "case_number",
                ),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ConfidentialNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "text",
                    models.TextField(
                        max_length=4000,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="notitie",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confidential_notes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertrouwelijke notitie",
                "verbose_name_plural": "vertrouwelijke notities",
                "ordering": ("-at", "-pk"),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Child",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first_name",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="voornaam",
                    ),
                ),
                ("birth_month", models.DateField(verbose_name="geboortemaand")),
                (
                    "care",
                    models.CharField(
                        choices=[
                            ("NONE", "nog geen opvang"),
                            ("HOME", "thuis, bij familie of vrienden"),
                            ("CHILDCARE", "in de opvang"),
                            ("SCHOOL", "op school"),
                        ],
                        max_length=10,
                        verbose_name="opvang nu",
                    ),
                ),
                (
                    "care_lon",
                    models.FloatField(
                        blank=True, null=True, verbose_name="lengtegraad van de opvang"
                    ),
                ),
                (
                    "care_lat",
                    models.FloatField(
                        blank=True, null=True, verbose_name="breedtegraad van de opvang"
                    ),
                ),
                (
                    "care_hours",
                    models.CharField(
                        blank=True,
                        max_length=400,
                        validators=[koempel.desk.people.validators.validate_windows],
                        verbose_name="uren van de opvang",
                    ),
                ),
                (
                    "care_until",
                    models.DateField(blank=True, null=True, verbose_name="opvang tot en met"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind",
                "verbose_name_plural": "kinderen",
                "ordering": ("-birth_month", "pk"),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PersonObstacle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MOBILITY_DISTANCE", "Te ver"),
                            ("MOBILITY_TIMETABLE", "Geen bus op dat uur"),
                            ("CANNOT_CYCLE", "Kan niet fietsen"),
                            ("CHILDCARE_PLACE", "Geen opvangplaats"),
                            ("CHILDCARE_HOURS", "Opvang niet op tijd open"),
                            ("LANGUAGE", "Te weinig Nederlands"),
                            ("SKILL", "Vaardigheid ontbreekt"),
                            ("LICENCE", "Rijbewijs ontbreekt"),
                            ("SHIFT_CONFLICT", "Uren passen niet"),
                            ("FUNCTIONAL_NEED", "Aangepast werk nodig"),
                            ("WORK_PERMIT", "Toelating om te werken"),
                            ("CHILDCARE_PRICE", "Opvang te duur"),
                            ("DIGITAL", "Werkt nog niet digitaal"),
                            ("HOUSING_OR_DEBT", "Woonst of schulden"),
                        ],
                        max_length=20,
                        verbose_name="drempel",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        max_length=300,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="hoe weten we dat",
                    ),
                ),
                ("since", models.DateField(verbose_name="sinds")),
                (
                    "removed_by",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="weggenomen door",
                    ),
                ),
                (
                    "removed_on",
                    models.DateField(blank=True, null=True, verbose_name="weggenomen op"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="obstacles",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "drempel",
                "verbose_name_plural": "drempels",
                "ordering": ("since", "pk"),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SupportRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("COLLECTIVE_MAATWERK", "collectief maatwerk"),
                            ("INDIVIDUAL_MAATWERK", "individueel maatwerk"),
                            ("LDE", "lokale diensteneconomie"),
                            ("ARTICLE_60", "artikel 60"),
                            ("TEMPORARY_WORK_EXPERIENCE", "tijdelijke werkervaring"),
                            ("WIJK_WERKEN", "wijk-werken"),
                        ],
                        max_length=30,
                        verbose_name="maatregel",
                    ),
                ),
                (
                    "granted_by",
                    models.CharField(
                        choices=[("VDAB", "VDAB"), ("OCMW", "OCMW")],
                        max_length=10,
                        verbose_name="beslist door",
                    ),
                ),
                ("granted_on", models.DateField(verbose_name="beslist op")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="geldt tot en met"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("REQUESTED", "aangevraagd"),
                            ("GRANTED", "toegekend"),
                            ("REFUSED", "geweigerd"),
                            ("EXPIRED", "verlopen"),
                            ("WITHDRAWN", "ingetrokken"),
                        ],
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rights",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "recht",
                "verbose_name_plural": "rechten",
                "ordering": ("-granted_on", "pk"),
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("REGISTERED", "inschrijving"),
                            ("FACTS", "gegevens"),
                            ("STATUS", "status"),
                            ("STEP", "volgende stap"),
                            ("NOTE", "notitie"),
                            ("CONTACT", "contact"),
                            ("CHILD", "kind"),
                            ("RIGHT", "recht"),
                            ("OBSTACLE", "drempel"),
                            ("ACCESS", "inzage"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("data_class", models.CharField(max_length=2, verbose_name="klasse")),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="wat",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="meer",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel van de tijdlijn",
                "verbose_name_plural": "tijdlijn",
                "ordering": ("-at", "-pk"),
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["caseworker", "status"], name="person_by_caseworker"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organisation", "status"], name="person_by_organisation"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_number__startswith", "K-")),
                name="person_has_a_case_number",
                violation_error_message="Dit is geen dossiernummer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_id", ""), _negated=True),
                fields=("organisation", "source", "source_id"),
                name="person_once_per_source",
                violation_error_message="Deze persoon is al uit deze bron gehaald.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_min__lte", models.F("hours_max"))),
                name="person_hours_in_order",
                violation_error_message="Het minste aantal uren is meer dan het hoogste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["ACTIVE", "PLACED", "PAUSED", "CLOSED"])),
                name="person_status_known",
                violation_error_message="Deze status bestaat niet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("lat__range", (49.3, 51.7)), ("lon__range", (2.3, 6.6))),
                name="person_lives_in_or_near_belgium",
                violation_error_message="Deze plaats ligt buiten België.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_step", ""), ("next_step_on__isnull", True)),
                    models.Q(
                        models.Q(("next_step", ""), _negated=True), ("next_step_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="person_next_step_has_a_day",
                violation_error_message="Een volgende stap heeft een dag nodig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("care_lat__isnull", True), ("care_lon__isnull", True)),
                    models.Q(("care_lat__isnull", False), ("care_lon__isnull", False)),
                    _connector="OR",
                ),
                name="child_care_place_is_whole",
                violation_error_message="Van een plaats zijn lengte en breedte nodig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("care__in", ("CHILDCARE", "SCHOOL")), _negated=True),
                    ("care_lon__isnull", False),
                    _connector="OR",
                ),
                name="child_care_has_a_place",
                violation_error_message="Zeg waar de opvang of de school is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personobstacle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_on__isnull", True)),
                fields=("person", "kind"),
                name="obstacle_once_while_it_lasts",
                violation_error_message="Deze drempel staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personobstacle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_on__isnull", True),
                    ("removed_on__gte", models.F("since")),
                    _connector="OR",
                ),
                name="obstacle_removed_after_it_began",
                violation_error_message="De drempel kan niet weg zijn vóór hij er was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportright",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("granted_on")),
                    _connector="OR",
                ),
                name="right_ends_after_it_begins",
                violation_error_message="Het einde ligt vóór de beslissing.",
            ),
        ),
    ]
