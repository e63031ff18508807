"""The job asks a skill that the person lacks."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.SKILL


def blocks(seeker: Seeker) -> Flags:
    """Jobs with a skill that the person has not."""
    return seeker.over_demands(seeker.setting.missing_skills.of(seeker.skills))


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the skills that are missing."""
    missing = seeker.demand(job).skills & ~seeker.skills
    return Obstacle(KIND, about=" ".join(seeker.setting.skills.words_of(missing)))
