"""The bus would be quick enough, but does not run at the hours of the shift."""

from koempel.region.obstacles.clock_facts import clash
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.MOBILITY_TIMETABLE


def blocks(seeker: Seeker) -> Flags:
    """Jobs out of reach that the bus would bring within reach if it ran early and late."""
    return seeker.bus_is_not_there


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the first or last ride, and when one is needed."""
    row = seeker.bus_row
    out, back = seeker.direct.out_min[row, job], seeker.direct.back_min[row, job]
    hours = seeker.setting.rules.bus_hours
    return Obstacle(KIND, *clash(hours, seeker.shifts(job), int(out), int(back)))
