"""The outbox."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Mail that waits, left, or could not leave."""

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="kenmerk")),
                ("to", models.EmailField(blank=True, max_length=254, verbose_name="aan")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="onderwerp")),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="link")),
                (
                    "attachments",
                    models.JSONField(blank=True, default=list, verbose_name="bijlagen"),
                ),
                ("made_at", models.DateTimeField(verbose_name="gemaakt")),
                ("not_before", models.DateTimeField(verbose_name="niet voor")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wacht"),
                            ("SENT", "vertrokken"),
                            ("FAILED", "niet vertrokken"),
                            ("DROPPED", "niet meer nodig"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("last_error", models.CharField(blank=True, max_length=80, verbose_name="fout")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="einde")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ("-made_at", "-pk"),
                "indexes": [models.Index(fields=["state", "not_before"], name="mail_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "WAITING")),
                            models.Q(
                                models.Q(("state", "WAITING"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mail_ended_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("WAITING", "FAILED")), ("link", ""), _connector="OR"
                        ),
                        name="mail_keeps_its_link_while_needed",
                    ),
                ],
            },
        ),
    ]
