"""Several hours to choose from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Moments that an employer offers, and the link by which a person chooses."""

    dependencies = [
        ("jobs", "0006_filled_vacancies_have_no_seat_left"),
        ("referrals", "0003_mails"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TalkSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="wanneer")),
            ],
            options={
                "verbose_name": "uur voor een gesprek",
                "verbose_name_plural": "uren voor een gesprek",
                "ordering": ("at",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_once_while_open",
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_open_until_a_day",
        ),
        migrations.AddField(
            model_name="answerlink",
            name="opens",
            field=models.CharField(
                choices=[
                    ("ANSWER", "het antwoord van de werkgever"),
                    ("CHOICE", "de keuze van een uur"),
                ],
                default="ANSWER",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="state",
            field=models.CharField(
                choices=[
                    ("REFERRED", "verwezen"),
                    ("OFFERED", "uren voorgesteld"),
                    ("INVITED", "uitgenodigd"),
                    ("INTERVIEWED", "gesprek gehad"),
                    ("HIRED", "aangeworven"),
                    ("NOT_HIRED", "niet aangeworven"),
                    ("NO_SHOW", "niet gekomen"),
                    ("WITHDRAWN", "ingetrokken"),
                ],
                max_length=12,
                verbose_name="stand",
            ),
        ),
        migrations.AlterField(
            model_name="referralevent",
            name="to_state",
            field=models.CharField(
                choices=[
                    ("REFERRED", "verwezen"),
                    ("OFFERED", "uren voorgesteld"),
                    ("INVITED", "uitgenodigd"),
                    ("INTERVIEWED", "gesprek gehad"),
                    ("HIRED", "aangeworven"),
                    ("NOT_HIRED", "niet aangeworven"),
                    ("NO_SHOW", "niet gekomen"),
                    ("WITHDRAWN", "ingetrokken"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("REFERRED", "OFFERED", "INVITED", "INTERVIEWED"))
                ),
                fields=("case_number", "vacancy"),
                name="referral_once_while_open",
                violation_error_message="Deze persoon is al naar deze vacature verwezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("REFERRED", "OFFERED", "INVITED", "INTERVIEWED")),
                        _negated=True,
                    ),
                    ("due_on__isnull", False),
                    _connector="OR",
                ),
                name="referral_open_until_a_day",
            ),
        ),
        migrations.AddField(
            model_name="talkslot",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="slots",
                to="referrals.referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkslot",
            constraint=models.UniqueConstraint(fields=("referral", "at"), name="talk_slot_once"),
        ),
    ]
