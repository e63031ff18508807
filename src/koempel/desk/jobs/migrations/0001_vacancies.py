"""Occupations and vacancies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koempel.desk.jobs.models


class Migration(migrations.Migration):
    """Occupations, vacancies and their events."""

    initial = True

    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("partners", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Occupation",
            fields=[
                (
                    "isco",
                    models.CharField(
                        max_length=4, primary_key=True, serialize=False, verbose_name="ISCO-code"
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="beroep")),
                (
                    "synonyms",
                    models.CharField(blank=True, max_length=300, verbose_name="ook genoemd"),
                ),
                ("search", models.CharField(editable=False, max_length=500)),
                ("version", models.CharField(editable=False, max_length=20)),
            ],
            options={
                "verbose_name": "beroep",
                "verbose_name_plural": "beroepen",
                "ordering": ("title",),
            },
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=koempel.desk.jobs.models.new_number,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="nummer",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titel")),
                (
                    "description",
                    models.TextField(blank=True, max_length=2000, verbose_name="omschrijving"),
                ),
                (
                    "establishment",
                    models.CharField(blank=True, max_length=200, verbose_name="adres van het werk"),
                ),
                ("lon", models.FloatField(verbose_name="lengtegraad")),
                ("lat", models.FloatField(verbose_name="breedtegraad")),
                (
                    "seats",
                    models.PositiveSmallIntegerField(default=1, verbose_name="aantal plaatsen"),
                ),
                ("start_from", models.DateField(verbose_name="eerste mogelijke startdag")),
                ("start_to", models.DateField(verbose_name="laatste mogelijke startdag")),
                ("shifts", models.CharField(max_length=1000, verbose_name="uren")),
                ("shift_kinds", models.CharField(editable=False, max_length=60)),
                (
                    "hours_per_week",
                    models.DecimalField(
                        decimal_places=2, max_digits=4, verbose_name="uren per week"
                    ),
                ),
                (
                    "contract",
                    models.CharField(
                        choices=[
                            ("INDEFINITE", "vast werk"),
                            ("FIXED", "tijdelijk contract"),
                            ("REPLACEMENT", "vervanging"),
                            ("TEMP_AGENCY", "uitzendwerk"),
                        ],
                        default="INDEFINITE",
                        max_length=20,
                        verbose_name="contract",
                    ),
                ),
                (
                    "dutch_listening",
                    models.CharField(
                        choices=[
                            ("ALPHA", "geen"),
                            ("A0", "A0, enkele woorden"),
                            ("A1", "A1, eenvoudige zinnen"),
                            ("A2", "A2, dagelijkse taal"),
                            ("B1", "B1, vlot over het werk"),
                            ("B2", "B2, ook moeilijke taal"),
                        ],
                        default="ALPHA",
                        max_length=5,
                        verbose_name="luisteren",
                    ),
                ),
                (
                    "dutch_speaking",
                    models.CharField(
                        choices=[
                            ("ALPHA", "geen"),
                            ("A0", "A0, enkele woorden"),
                            ("A1", "A1, eenvoudige zinnen"),
                            ("A2", "A2, dagelijkse taal"),
                            ("B1", "B1, vlot over het werk"),
                            ("B2", "B2, ook moeilijke taal"),
                        ],
                        default="ALPHA",
                        max_length=5,
                        verbose_name="spreken",
                    ),
                ),
                (
                    "dutch_reading",
                    models.CharField(
                        choices=[
                            ("ALPHA", "geen"),
                            ("A0", "A0, enkele woorden"),
                            ("A1", "A1, eenvoudige zinnen"),
                            ("A2", "A2, dagelijkse taal"),
                            ("B1", "B1, vlot over het werk"),
                            ("B2", "B2, ook moeilijke taal"),
                        ],
                        default="ALPHA",
                        max_length=5,
                        verbose_name="lezen",
                    ),
                ),
                (
                    "dutch_writing",
                    models.CharField(
                        choices=[
                            ("ALPHA", "geen"),
                            ("A0", "A0, enkele woorden"),
                            ("A1", "A1, eenvoudige zinnen"),
                            ("A2", "A2, dagelijkse taal"),
                            ("B1", "B1, vlot over het werk"),
                            ("B2", "B2, ook moeilijke taal"),
                        ],
                        default="ALPHA",
                        max_length=5,
                        verbose_name="schrijven",
                    ),
                ),
                ("skills", models.JSONField(blank=True, default=list, verbose_name="vaardigheden")),
                (
                    "licences",
                    models.JSONField(blank=True, default=list, verbose_name="rijbewijzen"),
                ),
                (
                    "strains",
                    models.JSONField(
                        blank=True, default=list, verbose_name="wat het werk vraagt van het lichaam"
                    ),
                ),
                (
                    "measures",
                    models.JSONField(
                        blank=True, default=list, verbose_name="alleen voor wie een recht heeft op"
                    ),
                ),
                ("wage", models.CharField(blank=True, max_length=120, verbose_name="loon")),
                (
                    "publish_from",
                    models.DateField(blank=True, null=True, verbose_name="online vanaf"),
                ),
                (
                    "publish_to",
                    models.DateField(blank=True, null=True, verbose_name="online tot en met"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "ontwerp"),
                            ("PUBLISHED", "open"),
                            ("FILLED", "ingevuld"),
                            ("CLOSED", "gesloten"),
                            ("EXPIRED", "verlopen"),
                        ],
                        default="DRAFT",
                        max_length=10,
                        verbose_name="toestand",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="bron")),
                (
                    "source_id",
                    models.CharField(blank=True, max_length=60, verbose_name="nummer bij de bron"),
                ),
                ("search", models.TextField(editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vacancies",
                        to="accounts.organisation",
                        verbose_name="werkgever",
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="jobs.occupation",
                        verbose_name="beroep",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="partners.village",
                        verbose_name="plaats",
                    ),
                ),
            ],
            options={
                "verbose_name": "vacature",
                "verbose_name_plural": "vacatures",
                "ordering": ("-publish_from", "title", "number"),
            },
        ),
        migrations.CreateModel(
            name="VacancyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MADE", "gemaakt"),
                            ("CHANGED", "aangepast"),
                            ("STATE", "toestand veranderd"),
                            ("UNDONE", "ongedaan gemaakt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=10)),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DRAFT", "ontwerp"),
                            ("PUBLISHED", "open"),
                            ("FILLED", "ingevuld"),
                            ("CLOSED", "gesloten"),
                            ("EXPIRED", "verlopen"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DRAFT", "ontwerp"),
                            ("PUBLISHED", "open"),
                            ("FILLED", "ingevuld"),
                            ("CLOSED", "gesloten"),
                            ("EXPIRED", "verlopen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vacancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="jobs.vacancy",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(fields=["state", "publish_to"], name="vacancy_by_state"),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("start_to__gte", models.F("start_from"))),
                name="vacancy_start_in_order",
                violation_error_message="De laatste startdag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_to__isnull", True),
                    ("publish_to__gte", models.F("publish_from")),
                    _connector="OR",
                ),
                name="vacancy_online_in_order",
                violation_error_message="De laatste dag online ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "DRAFT"),
                    ("publish_from__isnull", False),
                    ("state", "CLOSED"),
                    _connector="OR",
                ),
                name="vacancy_online_since_a_day",
                violation_error_message="Een vacature die online staat, heeft een eerste dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1)),
                name="vacancy_has_a_seat",
                violation_error_message="Een vacature heeft minstens één plaats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_per_week__gte", 1), ("hours_per_week__lte", 60)),
                name="vacancy_hours_in_a_week",
                violation_error_message="Geef 1 tot 60 uren per week.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_id", ""), _negated=True),
                fields=("employer", "source", "source_id"),
                name="vacancy_once_per_source",
                violation_error_message="Deze vacature staat er al.",
            ),
        ),
    ]
