"""What a timeline says about work."""

from koempel.desk.placements.models import Placement
from koempel.region import dutch


def told_end(placement: Placement) -> tuple[str, str]:
    """That work ended, as a title and a line below it."""
    title = f"Werk gestopt: {placement.vacancy.title}, {placement.vacancy.employer}"
    last = f"Laatste werkdag: {dutch.day(placement.ended_on)}" if placement.ended_on else ""
    parts = (last, placement.get_end_reason_display(), placement.explanation)
    return title[:200], " ".join(dutch.sentence(part) for part in parts if part)
