"""For which child, in which size; and what comes with a lever."""

import django.db.models.deletion
from django.db import migrations, models

import koempel.desk.common.validators


class Migration(migrations.Migration):
    dependencies = [
        ("levers", "0003_who_answered_and_why"),
        ("people", "0003_support_on_the_timeline"),
    ]

    operations = [
        migrations.AddField(
            model_name="lever",
            name="includes",
            field=models.CharField(
                blank=True,
                max_length=120,
                validators=[koempel.desk.common.validators.validate_no_national_number],
                verbose_name="wat erbij komt",
            ),
        ),
        migrations.AddField(
            model_name="leverbooking",
            name="child",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.child",
            ),
        ),
        migrations.AddField(
            model_name="leverbooking",
            name="size",
            field=models.CharField(
                blank=True,
                choices=[
                    ("S", "klein, tot 50 cm"),
                    ("M", "middel, 51 tot 55 cm"),
                    ("L", "groot, vanaf 56 cm"),
                ],
                max_length=1,
                verbose_name="maat",
            ),
        ),
    ]
