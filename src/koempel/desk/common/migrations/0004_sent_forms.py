"""Forms that were sent and done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """So that a form that is sent twice does its work once."""

    dependencies = [
        ("common", "0003_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("stamp", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("url", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
