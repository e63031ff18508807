"""How long something is late."""

from datetime import date

from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch


def due_now(due: date, today: date) -> Status | None:
    """Since how many days something is late, or that it is due today; None when it is neither."""
    days = (due - today).days
    if days < 0:
        return Status(f"{dutch.count(-days, 'dag', 'dagen')} te laat", Tone.BAD)
    return Status("vandaag", Tone.NEEDS_YOU) if days == 0 else None
