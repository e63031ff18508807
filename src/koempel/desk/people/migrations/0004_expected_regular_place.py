"""From when a child needs a regular place, and when one is expected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_support_on_the_timeline"),
    ]

    operations = [
        migrations.AddField(
            model_name="child",
            name="regular_earliest",
            field=models.DateField(
                blank=True, null=True, verbose_name="gewone plaats verwacht, op zijn vroegst"
            ),
        ),
        migrations.AddField(
            model_name="child",
            name="regular_from",
            field=models.DateField(
                blank=True, null=True, verbose_name="gewone plaats gevraagd vanaf"
            ),
        ),
        migrations.AddField(
            model_name="child",
            name="regular_latest",
            field=models.DateField(
                blank=True, null=True, verbose_name="gewone plaats verwacht, op zijn laatst"
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("regular_earliest__isnull", True), ("regular_latest__isnull", True)),
                    models.Q(
                        ("regular_earliest__isnull", False),
                        ("regular_latest__gte", models.F("regular_earliest")),
                        ("regular_latest__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="child_regular_place_in_order",
                violation_error_message="Geef van de gewone plaats de vroegste en de laatste dag, in die volgorde.",
            ),
        ),
    ]
