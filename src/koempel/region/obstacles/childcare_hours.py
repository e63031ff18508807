"""A child has care, but not at the hours of the shift and the trips round it."""

import numpy as np

from koempel.region.obstacles import childcare_place
from koempel.region.obstacles.clock_facts import clash
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags
from koempel.region.trips import in_some_way

KIND = ObstacleKind.CHILDCARE_HOURS


def blocks(seeker: Seeker) -> Flags:
    """Jobs for which the present care opens too late or closes too early."""
    if not seeker.children:
        return np.zeros(seeker.setting.n_jobs, bool)
    uncovered = ~seeker.all_covered & ~childcare_place.blocks(seeker)
    trips = seeker.own_chained
    too_tight = seeker.all_covered & in_some_way(trips.in_time) & ~trips.reached
    return uncovered | (too_tight & seeker.reaches_directly)


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give when the care that falls short opens or closes, and when it is needed."""
    short = [child for child in seeker.children if not child.covered[job]] or seeker.children
    trips = seeker.own_chained
    limits = seeker.traveller.accept_min[seeker.own_ways]
    row = int(np.argmin(trips.out_min[:, job] - limits))
    out, back = int(trips.at_care[0, row, job]), int(trips.at_care[1, row, job])
    return Obstacle(KIND, *clash(short[0].row.care_hours, seeker.shifts(job), out, back))
