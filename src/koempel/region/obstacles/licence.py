"""The job asks a driving licence that the person lacks."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.LICENCE


def blocks(seeker: Seeker) -> Flags:
    """Jobs with a licence that the person has not."""
    return seeker.over_demands(seeker.setting.missing_licences.of(seeker.licences))


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the licences that are missing."""
    missing = seeker.demand(job).licences & ~seeker.licences
    return Obstacle(KIND, about=" ".join(seeker.setting.licences.words_of(missing)))
