from django.db import models


class Place(models.TextChoices):
    BERINGEN = "71004", "Beringen"
    HEUSDEN_ZOLDER = "71070", "Heusden-Zolder"


class Rider(models.Model):
    """Somebody who looks for a job; wholly invented."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=5, choices=Place.choices)
    minutes = models.IntegerField(null=True)
    starts_on = models.DateField(null=True)
    has_bike = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=False)

    class Meta:
        app_label = "demo"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
