"""The person may not work here any more on the first possible day of work."""

from datetime import date

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.WORK_PERMIT


def blocks(seeker: Seeker) -> Flags:
    """Jobs that begin after the last day of the permit."""
    return seeker.first_day > seeker.permit_until


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the last day of the permit and the first day of work."""
    first = date.fromordinal(int(seeker.first_day[job]))
    return Obstacle(KIND, has=str(seeker.row.permit_until), needs=str(first))
