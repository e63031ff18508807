"""Too far by every means that the person has."""

import numpy as np

from koempel.region.obstacles import cannot_cycle, mobility_timetable
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags
from koempel.region.trips import in_some_way

KIND = ObstacleKind.MOBILITY_DISTANCE


def blocks(seeker: Seeker) -> Flags:
    """Jobs too far away, or too far with the stop at the childcare on the way."""
    out_of_reach = ~seeker.reaches_directly
    other_reason = mobility_timetable.blocks(seeker) | cannot_cycle.blocks(seeker)
    detour = seeker.all_covered & seeker.reaches_directly & ~in_some_way(seeker.own_chained.in_time)
    return (out_of_reach & ~other_reason) | detour


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the minutes that there are, the minutes of the shortest trip, and its mode.

    The person's hours can leave less time for the trip than the person accepts.
    """
    trips = seeker.own_chained if seeker.reaches_directly[job] else seeker.own_direct
    minutes = np.maximum(trips.out_min[:, job], trips.back_min[:, job])
    hours = seeker.traveller.hours
    room = min(hours.before[job], hours.after[job])
    limits = np.minimum(seeker.traveller.accept_min[seeker.own_ways], room)
    way = int(np.argmin(minutes - limits))
    mode = seeker.traveller.ways[way].mode
    return Obstacle(KIND, has=str(limits[way]), needs=str(minutes[way]), about=mode)
