"""Where a piece of work stands."""

from django.db.models import TextChoices


class State(TextChoices):
    """WAITING becomes RUNNING; each of the two can end, and what ended stays as it is."""

    WAITING = "WAITING", "wacht"
    RUNNING = "RUNNING", "bezig"
    DONE = "DONE", "klaar"
    FAILED = "FAILED", "mislukt"
    STOPPED = "STOPPED", "gestopt"


GOING_ON = (State.WAITING, State.RUNNING)
"""States that something still comes after."""
