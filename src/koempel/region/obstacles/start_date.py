"""The person can start only after the last possible day of the job."""

from datetime import date

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.START_DATE


def blocks(seeker: Seeker) -> Flags:
    """Jobs that must start before the person can."""
    return seeker.first_day > seeker.setting.jobs.start_to


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the first day of the person and the last possible start of the job.

    Without dates where the person is in time: then it is the levers that take too long.
    """
    first, last = int(seeker.first_day[job]), seeker.setting.region.jobs[job].start_to
    if first <= last.toordinal():
        return Obstacle(KIND)
    return Obstacle(KIND, has=str(date.fromordinal(first)), needs=str(last))
