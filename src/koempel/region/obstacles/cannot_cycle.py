"""A bike would do, but the person does not cycle (yet)."""

from koempel.region.obstacles import mobility_timetable
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.CANNOT_CYCLE


def blocks(seeker: Seeker) -> Flags:
    """Jobs out of reach that a bike would bring within reach."""
    out_of_reach = ~seeker.reaches_directly & ~mobility_timetable.blocks(seeker)
    return out_of_reach & seeker.could_cycle_there


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Tell who cannot (`about` is ``"NO"``) from who can learn it."""
    return Obstacle(KIND, about=seeker.row.cycling)
