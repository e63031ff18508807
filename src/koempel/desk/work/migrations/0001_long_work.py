"""Tables of work that takes longer than a page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koempel.desk.work.models


class Migration(migrations.Migration):
    """What the worker does, for whom, and how far it is."""

    initial = True

    dependencies = [
        ("accounts", "0002_roles_take_two_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=koempel.desk.work.models.new_key,
                        editable=False,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="soort")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("DIRECTOR", "regisseur"),
                            ("CASEWORKER", "trajectbegeleider"),
                            ("SOCIAL_WORKER", "maatschappelijk werker"),
                            ("MEDIATOR", "bemiddelaar"),
                            ("SOCIAL_ENTERPRISE", "sociale-economiebedrijf"),
                            ("EMPLOYER", "werkgever"),
                            ("CHILDCARE", "opvang"),
                            ("REUSE_SHOP", "Kringwinkel"),
                            ("TRAINING", "taal- en opleidingspartner"),
                            ("TRANSPORT", "vervoerspartner"),
                            ("PERSON", "de persoon zelf"),
                            ("DPO", "functionaris gegevensbescherming"),
                            ("OPERATOR", "beheerder"),
                            ("ANONYMOUS", "niet aangemeld"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("address", models.CharField(max_length=80, verbose_name="naam van het adres")),
                ("purpose", models.CharField(max_length=60, verbose_name="doel")),
                ("facts", models.JSONField(default=dict, verbose_name="opdracht")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wacht"),
                            ("RUNNING", "bezig"),
                            ("DONE", "klaar"),
                            ("FAILED", "mislukt"),
                            ("STOPPED", "gestopt"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="gedaan")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="in totaal")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="bezig met")),
                ("stop_asked", models.BooleanField(default=False, verbose_name="stop gevraagd")),
                ("asked_at", models.DateTimeField(verbose_name="gevraagd")),
                (
                    "heartbeat_at",
                    models.DateTimeField(null=True, verbose_name="laatste teken van leven"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="klaar")),
                ("result", models.JSONField(default=dict, verbose_name="uitkomst")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="fout")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "werk",
                "ordering": ("-asked_at", "-pk"),
                "indexes": [models.Index(fields=["state"], name="work_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True), ("state__in", ("WAITING", "RUNNING"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("WAITING", "RUNNING")), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="work_ended_has_its_moment",
                        violation_error_message="Wat gedaan is, heeft een moment.",
                    )
                ],
            },
        ),
    ]
