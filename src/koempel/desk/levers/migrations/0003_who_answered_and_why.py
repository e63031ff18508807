"""Who took the last step of a booking, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import koempel.desk.common.validators


class Migration(migrations.Migration):
    dependencies = [
        ("levers", "0002_ledger_is_write_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="leverbooking",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="leverbooking",
            name="reason",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[koempel.desk.common.validators.validate_no_national_number],
                verbose_name="waarom",
            ),
        ),
    ]
