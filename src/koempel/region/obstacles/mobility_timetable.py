"""The bus would be quick enough, but does not run at the hours of the shift."""

from koempel.region.obstacles.clock_facts import clash
from koempel.region.outcome import Obstacle, ObstacleKind, TravelMode
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.MOBILITY_TIMETABLE


def blocks(seeker: Seeker) -> Flags:
    """Jobs out of reach that the bus would bring within reach if it ran early and late."""
    row = _bus(seeker)
    trips = seeker.direct
    too_early_or_late = trips.in_time[row] & ~seeker.bus.fits(
        trips.out_min[row], trips.back_min[row]
    )
    blocked: Flags = ~seeker.reaches_directly & too_early_or_late
    return blocked


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the first or last ride, and when one is needed."""
    row = _bus(seeker)
    out, back = seeker.direct.out_min[row, job], seeker.direct.back_min[row, job]
    hours = seeker.setting.rules.bus_hours
    return Obstacle(KIND, *clash(hours, seeker.shifts(job), int(out), int(back)))


def _bus(seeker: Seeker) -> int:
    return [way.mode for way in seeker.traveller.ways].index(TravelMode.BUS)
