"""Municipalities and villages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "nis",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="NIS-code"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
            ],
            options={
                "verbose_name": "gemeente",
                "verbose_name_plural": "gemeenten",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                ("postcode", models.CharField(max_length=4, verbose_name="postcode")),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="partners.municipality",
                        verbose_name="gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "dorp of wijk",
                "verbose_name_plural": "dorpen en wijken",
                "ordering": ("name", "postcode"),
            },
        ),
    ]
