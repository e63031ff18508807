"""The person can start only after the last possible day of the job."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.START_DATE


def blocks(seeker: Seeker) -> Flags:
    """Jobs that must start before the person can."""
    return seeker.first_day > seeker.setting.jobs.start_to


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the first day of the person and the last possible start of the job."""
    return Obstacle(
        KIND,
        has=str(seeker.row.available_from),
        needs=str(seeker.setting.region.jobs[job].start_to),
    )
