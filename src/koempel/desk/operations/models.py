"""When each duty last ran."""

from django.db import models


class Outcome(models.TextChoices):
    """How a run of a duty ended."""

    RUNNING = "RUNNING", "loopt"
    DONE = "DONE", "gedaan"
    FAILED = "FAILED", "mislukt"


class DutyRun(models.Model):
    """The last run of one duty. Taking this row is what gives a worker the duty."""

    name = models.CharField("taak", max_length=40, primary_key=True)
    began_at = models.DateTimeField("begonnen")
    outcome = models.CharField("afloop", max_length=10, choices=Outcome.choices)

    class Meta:
        ordering = ("name",)
        verbose_name = "vaste taak"
        verbose_name_plural = "vaste taken"

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"
