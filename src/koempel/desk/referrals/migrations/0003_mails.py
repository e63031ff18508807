"""Which referrals are mailed, and how often each changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Mail of toeleiding."""

    dependencies = [
        ("referrals", "0002_answers_by_link"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="by_mail",
            field=models.BooleanField(default=False, verbose_name="mailt de werkgever"),
        ),
        migrations.AddField(
            model_name="referral",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
