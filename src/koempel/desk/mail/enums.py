"""Where a mail stands."""

from django.db.models import TextChoices


class MailState(TextChoices):
    """WAITING becomes one of the others; what failed can be tried again or dropped."""

    WAITING = "WAITING", "wacht"
    SENT = "SENT", "vertrokken"
    FAILED = "FAILED", "niet vertrokken"
    DROPPED = "DROPPED", "niet meer nodig"
