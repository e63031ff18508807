"""Levers, their parts, bookings and ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koempel.desk.common.validators
import koempel.desk.levers.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("partners", "0002_partners_establishments_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lever",
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
                            ("BIKE", "Fiets"),
                            ("EBIKE_LOAN", "Elektrische fiets"),
                            ("BIKE_LESSON", "Fietsles"),
                            ("SHUTTLE_SEAT", "Pendelbus"),
                            ("FLEX_CHILDCARE", "Flexibele opvang"),
                            ("URGENT_CHILDCARE", "Dringende opvang"),
                            ("REGULAR_CHILDCARE", "Gewone opvang"),
                            ("OUT_OF_SCHOOL_CARE", "Buitenschoolse opvang"),
                            ("DUTCH_COURSE", "Nederlandse les"),
                            ("SKILL_COURSE", "Opleiding"),
                            ("DRIVING_LICENCE", "Rijopleiding"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="naam",
                    ),
                ),
                (
                    "wait_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="dagen wachten"),
                ),
                (
                    "cost_eur",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=8, verbose_name="kost van één"
                    ),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("is_active", models.BooleanField(default=True, verbose_name="doet mee")),
                (
                    "confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="bevestigd op"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levers",
                        to="accounts.organisation",
                        verbose_name="van",
                    ),
                ),
                (
                    "serves",
                    models.ManyToManyField(
                        blank=True,
                        related_name="levers",
                        to="partners.municipality",
                        verbose_name="voor wie woont in",
                    ),
                ),
            ],
            options={
                "verbose_name": "hefboom",
                "verbose_name_plural": "hefbomen",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LeverPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=30)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("free", models.IntegerField(default=0, verbose_name="vrij")),
                ("held", models.IntegerField(default=0, verbose_name="vastgehouden")),
                ("out", models.IntegerField(default=0, verbose_name="meegegeven")),
                (
                    "lever",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="levers.lever",
                    ),
                ),
            ],
            options={
                "verbose_name": "deel",
                "ordering": ("lever", "place", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "lever",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="course",
                        serialize=False,
                        to="levers.lever",
                    ),
                ),
                ("teaches", models.CharField(max_length=30, verbose_name="leidt tot")),
                (
                    "from_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ALPHA", "ALPHA"),
                            ("A0", "A0"),
                            ("A1", "A1"),
                            ("A2", "A2"),
                            ("B1", "B1"),
                            ("B2", "B2"),
                        ],
                        max_length=5,
                        verbose_name="niveau om te starten",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="eerste les")),
                ("weeks", models.PositiveSmallIntegerField(verbose_name="weken")),
            ],
            options={
                "verbose_name": "opleiding",
            },
        ),
        migrations.CreateModel(
            name="LeverBooking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_number",
                    models.CharField(db_index=True, max_length=12, verbose_name="dossier"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("REQUESTED", "gevraagd"),
                            ("HELD", "vastgehouden"),
                            ("HANDED_OVER", "meegegeven"),
                            ("RETURNED", "teruggebracht"),
                            ("RELEASED", "losgelaten"),
                            ("EXPIRED", "vervallen"),
                            ("LOST", "verloren"),
                        ],
                        max_length=20,
                        verbose_name="toestand",
                    ),
                ),
                (
                    "hold_until",
                    models.DateField(blank=True, null=True, verbose_name="vast tot en met"),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("voucher", models.CharField(blank=True, max_length=20, verbose_name="bon")),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "lever",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="levers.lever",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("parts", models.ManyToManyField(related_name="bookings", to="levers.leverpart")),
            ],
            options={
                "verbose_name": "boeking",
                "verbose_name_plural": "boekingen",
                "ordering": ("starts_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ShuttleRun",
            fields=[
                (
                    "part",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="levers.leverpart",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("TO_WORK", "naar het werk"), ("HOME", "naar huis")],
                        max_length=10,
                        verbose_name="richting",
                    ),
                ),
                ("minute", models.PositiveSmallIntegerField(verbose_name="uur")),
                ("days", models.JSONField(default=list, verbose_name="dagen")),
            ],
            options={
                "verbose_name": "rit",
                "ordering": ("direction", "minute"),
            },
        ),
        migrations.CreateModel(
            name="LeverEntry",
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
                            ("CAPACITY_SET", "Voorraad aangepast"),
                            ("RESERVED", "Vastgehouden"),
                            ("RELEASED", "Losgelaten"),
                            ("HANDED_OVER", "Meegegeven"),
                            ("RETURNED", "Teruggebracht"),
                            ("LOST", "Verloren"),
                            ("EXPIRED", "Vervallen"),
                        ],
                        max_length=20,
                        verbose_name="wat",
                    ),
                ),
                ("amount", models.IntegerField(verbose_name="aantal")),
                ("at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="reden",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="levers.leverbooking",
                    ),
                ),
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
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="levers.leverpart",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ChildcareSite",
            fields=[
                (
                    "lever",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="childcare",
                        serialize=False,
                        to="levers.lever",
                    ),
                ),
                ("lon", models.FloatField(verbose_name="lengtegraad")),
                ("lat", models.FloatField(verbose_name="breedtegraad")),
                (
                    "hours",
                    models.CharField(
                        max_length=300,
                        validators=[koempel.desk.levers.validators.validate_windows],
                        verbose_name="openingsuren",
                    ),
                ),
                (
                    "age_from",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="jongste leeftijd, maanden"
                    ),
                ),
                (
                    "age_to",
                    models.PositiveSmallIntegerField(
                        default=36, verbose_name="tot welke leeftijd, maanden"
                    ),
                ),
            ],
            options={
                "verbose_name": "opvangplek",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("age_to__gt", models.F("age_from"))),
                        name="childcare_ages_in_order",
                        violation_error_message="De hoogste leeftijd ligt onder de laagste.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShuttleLine",
            fields=[
                (
                    "lever",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="line",
                        serialize=False,
                        to="levers.lever",
                    ),
                ),
                ("from_name", models.CharField(max_length=100, verbose_name="opstapplaats")),
                ("from_lon", models.FloatField(verbose_name="lengtegraad opstapplaats")),
                ("from_lat", models.FloatField(verbose_name="breedtegraad opstapplaats")),
                ("to_name", models.CharField(max_length=100, verbose_name="halte bij het werk")),
                ("to_lon", models.FloatField(verbose_name="lengtegraad halte")),
                ("to_lat", models.FloatField(verbose_name="breedtegraad halte")),
                ("ride_min", models.PositiveSmallIntegerField(verbose_name="minuten rijden")),
            ],
            options={
                "verbose_name": "pendellijn",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ride_min__gte", 1), ("ride_min__lte", 240)),
                        name="shuttle_ride_minutes",
                        violation_error_message="Een rit duurt 1 tot 240 minuten.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="lever",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_eur__gte", 0)),
                name="lever_cost_not_negative",
                violation_error_message="De kost kan niet onder nul liggen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shuttlerun",
            constraint=models.CheckConstraint(
                condition=models.Q(("minute__lt", 1440)), name="run_within_the_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="leverpart",
            constraint=models.UniqueConstraint(fields=("lever", "code"), name="lever_part_once"),
        ),
        migrations.AddConstraint(
            model_name="leverpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("free__gte", 0)),
                name="lever_part_never_oversold",
                violation_error_message="Er is niets meer vrij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leverpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("held__gte", 0), ("out__gte", 0)),
                name="lever_part_balances_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="leverentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "CAPACITY_SET"), models.Q(("amount", 0), _negated=True)),
                    models.Q(("amount__gt", 0), ("booking__isnull", False)),
                    _connector="OR",
                ),
                name="entry_amount_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="leverbooking",
            index=models.Index(fields=["state", "hold_until"], name="booking_by_deadline"),
        ),
        migrations.AddConstraint(
            model_name="leverbooking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="booking_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leverbooking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "HELD"), _negated=True),
                    ("hold_until__isnull", False),
                    _connector="OR",
                ),
                name="booking_held_until_a_day",
                violation_error_message="Zeg tot wanneer dit wordt vastgehouden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="leverbooking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voucher", ""), _negated=True),
                fields=("voucher",),
                name="booking_once_per_voucher",
            ),
        ),
    ]
