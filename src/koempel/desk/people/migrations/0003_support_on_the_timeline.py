"""A kind of line for what became of a lever."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_erasure_notices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("REGISTERED", "inschrijving"),
                    ("FACTS", "gegevens"),
                    ("STATUS", "status"),
                    ("STEP", "volgende stap"),
                    ("NOTE", "notitie"),
                    ("CONTACT", "contact"),
                    ("CHILD", "kind"),
                    ("RIGHT", "recht"),
                    ("OBSTACLE", "drempel"),
                    ("ACCESS", "inzage"),
                    ("SUPPORT", "ondersteuning"),
                ],
                max_length=12,
                verbose_name="soort",
            ),
        ),
    ]
