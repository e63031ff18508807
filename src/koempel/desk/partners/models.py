"""Tables of places and partners."""

from django.db import models


class Municipality(models.Model):
    """A Flemish municipality; its key is the NIS code."""

    nis = models.CharField("NIS-code", max_length=5, primary_key=True)
    name = models.CharField("naam", max_length=100)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ("name",)
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A village or quarter: the smallest place that a report names."""

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField("naam", max_length=100)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="villages", verbose_name="gemeente"
    )
    postcode = models.CharField("postcode", max_length=4)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ("name", "postcode")
        verbose_name = "dorp of wijk"
        verbose_name_plural = "dorpen en wijken"

    def __str__(self) -> str:
        return self.name
