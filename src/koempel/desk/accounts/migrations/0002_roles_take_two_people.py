import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_organisations_and_users"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("asked_at", models.DateTimeField(verbose_name="gevraagd")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("is_given", models.BooleanField(default=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voor",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag om een rol",
                "ordering": ("-asked_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_request_decided_by_another",
                        violation_error_message="Een tweede beheerder moet dit bevestigen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("user")), _negated=True),
                            models.Q(
                                ("decided_by__isnull", True),
                                models.Q(("decided_by", models.F("user")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="role_request_not_for_oneself",
                        violation_error_message="Niemand geeft zichzelf een rol.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("is_given", False),
                            ),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="role_request_decided_as_a_whole",
                        violation_error_message="Een beslissing heeft een persoon en een moment.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_by__isnull", True)),
                        fields=("user",),
                        name="role_request_one_open_per_user",
                        violation_error_message="Voor deze gebruiker staat al een vraag open.",
                    ),
                ],
            },
        ),
    ]
