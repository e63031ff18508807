"""The job asks a skill that the person lacks."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags
from koempel.region.trips import in_some_way

KIND = ObstacleKind.SKILL


def blocks(seeker: Seeker) -> Flags:
    """Jobs with a skill that the person has not."""
    setting = seeker.setting
    lacks = ~setting.skills.table([seeker.skills])[0]
    return seeker.over_demands(in_some_way((setting.asked_skills & lacks).T))


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the skills that are missing."""
    missing = seeker.demand(job).skills & ~seeker.skills
    return Obstacle(KIND, about=" ".join(seeker.setting.skills.words_of(missing)))
