"""How work can end: decided without a database, so that it can be tested whole."""

from dataclasses import dataclass
from datetime import date

from koempel.desk.placements.enums import EndReason
from koempel.desk.placements.errors import PlacementError
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class End:
    """What somebody tells of the end of work."""

    on: date
    reason: EndReason
    explanation: str = ""


def check_end(end: End, *, started_on: date, today: date) -> None:
    """Refuse an end that cannot be.

    Raises
    ------
    PlacementError
        When the last day of work lies before the first, or is still to come.
    """
    if end.on < started_on:
        raise PlacementError(f"De laatste werkdag ligt voor de eerste, {dutch.day(started_on)}.")
    if end.on > today:
        raise PlacementError("Die dag moet nog komen. Noteer het einde op de laatste werkdag.")
