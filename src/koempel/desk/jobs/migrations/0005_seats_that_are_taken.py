"""How many seats are taken, and what a step changed, so that it can be taken back."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_address_of_the_establishment")]

    operations = [
        migrations.AddField(
            "vacancy",
            "taken",
            models.PositiveSmallIntegerField("ingevulde plaatsen", default=0, editable=False),
        ),
        migrations.AddField(
            "vacancyevent", "from_taken", models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddField("vacancyevent", "online_from", models.DateField(null=True)),
        migrations.AddField("vacancyevent", "online_to", models.DateField(null=True)),
        migrations.AddConstraint(
            "vacancy",
            models.CheckConstraint(
                condition=Q(seats__gte=F("taken")),
                name="vacancy_no_more_taken_than_seats",
                violation_error_message="Er zijn al meer plaatsen ingevuld dan dit.",
            ),
        ),
    ]
