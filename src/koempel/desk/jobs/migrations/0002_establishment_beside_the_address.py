"""A vacancy points to an establishment; its own address goes once the rows have moved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_vacancies"),
        ("partners", "0002_partners_establishments_contacts"),
    ]

    operations = [
        migrations.RenameField("vacancy", "establishment", "address"),
        migrations.AlterField("vacancy", "lon", models.FloatField(null=True)),
        migrations.AlterField("vacancy", "lat", models.FloatField(null=True)),
        migrations.AlterField(
            "vacancy",
            "village",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="partners.village"
            ),
        ),
        migrations.AddField(
            "vacancy",
            "establishment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vacancies",
                to="partners.establishment",
                verbose_name="vestiging",
            ),
        ),
    ]
