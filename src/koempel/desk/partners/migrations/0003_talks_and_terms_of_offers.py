"""When a contact agreed and was spoken with; when an offer was confirmed and ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_partners_establishments_contacts")]

    operations = [
        migrations.AddField(
            "contact", "agreed_on", models.DateField("ging akkoord op", null=True, blank=True)
        ),
        migrations.AddField(
            "contact",
            "last_contact_on",
            models.DateField("laatst gesproken op", null=True, blank=True),
        ),
        migrations.AddField("offer", "confirmed_on", models.DateField(null=True, editable=False)),
        migrations.AddField("offer", "ended_on", models.DateField(null=True, editable=False)),
        migrations.RemoveConstraint("offer", "offer_once"),
        migrations.AddConstraint(
            "offer",
            models.UniqueConstraint(
                fields=("organisation", "side", "kind", "text"),
                condition=models.Q(ended_on__isnull=True),
                name="offer_once",
                violation_error_message="Dit staat er al.",
            ),
        ),
    ]
