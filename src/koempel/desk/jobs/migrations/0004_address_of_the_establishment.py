"""The address of a vacancy is that of its establishment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_addresses_become_establishments")]

    operations = [
        migrations.AlterField(
            "vacancy",
            "establishment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vacancies",
                to="partners.establishment",
                verbose_name="vestiging",
            ),
        ),
        migrations.RemoveField("vacancy", "address"),
        migrations.RemoveField("vacancy", "village"),
        migrations.RemoveField("vacancy", "lon"),
        migrations.RemoveField("vacancy", "lat"),
    ]
