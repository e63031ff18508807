"""Establishments, contacts, offers and the timeline of partners."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koempel.desk.common.validators


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("partners", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerEvent",
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
                            ("REGISTERED", "Partner toegevoegd"),
                            ("CHANGED", "Gegevens aangepast"),
                            ("ESTABLISHMENT", "Vestiging"),
                            ("CONTACT", "Contactpersoon"),
                            ("OFFER", "Aanbod en vraag"),
                            ("STOPPED", "Werkt niet meer mee"),
                            ("RESUMED", "Werkt weer mee"),
                            ("NOTE", "Notitie"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        max_length=500,
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="accounts.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebeurtenis",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=150,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="naam",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="functie",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
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
                    "is_main",
                    models.BooleanField(default=False, verbose_name="eerste aanspreekpunt"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="accounts.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "contactpersoon",
                "verbose_name_plural": "contactpersonen",
                "ordering": ("-is_main", "name"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("organisation",),
                        name="contact_one_main_per_organisation",
                        violation_error_message="Er is al een eerste aanspreekpunt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_can_be_reached",
                        violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Establishment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "number",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[koempel.desk.common.validators.validate_establishment_number],
                        verbose_name="vestigingsnummer",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="straat en nummer",
                    ),
                ),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("valid_from", models.DateField(verbose_name="sinds")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="establishments",
                        to="accounts.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="establishments",
                        to="partners.village",
                        verbose_name="dorp",
                    ),
                ),
            ],
            options={
                "verbose_name": "vestiging",
                "verbose_name_plural": "vestigingen",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="establishment_ends_after_it_begins",
                        violation_error_message="De laatste dag ligt voor de eerste dag.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), models.Q(("number", ""), _negated=True)
                        ),
                        fields=("number",),
                        name="establishment_once_per_number",
                        violation_error_message="Er is al een vestiging met dit nummer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("OFFERS", "biedt aan"), ("SEEKS", "zoekt")],
                        max_length=10,
                        verbose_name="biedt aan of zoekt",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("JOBS", "jobs"),
                            ("INTERNSHIPS", "stageplaatsen"),
                            ("TALENT", "kandidaten"),
                            ("SUBCONTRACTS", "werk voor de sociale economie"),
                            ("BIKES", "fietsen"),
                            ("CHILDCARE", "kinderopvang"),
                            ("COURSES", "lessen en opleidingen"),
                            ("TRANSPORT", "vervoer"),
                            ("GUIDANCE", "begeleiding op de werkvloer"),
                            ("PREMISES", "lokalen"),
                            ("VISITS", "bedrijfsbezoeken"),
                        ],
                        max_length=20,
                        verbose_name="wat",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        max_length=200,
                        validators=[koempel.desk.common.validators.validate_no_national_number],
                        verbose_name="in enkele woorden",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="accounts.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanbod of vraag",
                "ordering": ("side", "kind", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "side", "kind", "text"),
                        name="offer_once",
                        violation_error_message="Dit staat er al.",
                    )
                ],
            },
        ),
    ]
