"""The hours of the job do not fit the hours of the person."""

import numpy as np

from koempel.region.obstacles.clock_facts import clash
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.SHIFT_CONFLICT


def blocks(seeker: Seeker) -> Flags:
    """Jobs that leave no minute for the trip, or with too few or too many hours."""
    return ~seeker.has_time | ~_hours_suit(seeker)


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Tell hours a week (`about` is ``"hours"``) from hours of the day."""
    if _hours_suit(seeker)[job]:
        trips = seeker.own_direct
        way = int(np.argmin(trips.out_min[:, job]))
        out, back = int(trips.out_min[way, job]), int(trips.back_min[way, job])
        return Obstacle(KIND, *clash(seeker.row.away, seeker.shifts(job), out, back))
    asked = seeker.setting.jobs.hours[job]
    limit = seeker.row.hours_max if asked > seeker.row.hours_max else seeker.row.hours_min
    return Obstacle(KIND, f"{limit:g}", f"{asked:g}", "hours")


def _hours_suit(seeker: Seeker) -> Flags:
    hours = seeker.setting.jobs.hours
    return (hours >= seeker.row.hours_min) & (hours <= seeker.row.hours_max)
