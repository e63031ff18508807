"""The job asks a driving licence that the person lacks."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags
from koempel.region.trips import in_some_way

KIND = ObstacleKind.LICENCE


def blocks(seeker: Seeker) -> Flags:
    """Jobs with a licence that the person has not."""
    setting = seeker.setting
    lacks = ~setting.licences.table([seeker.licences])[0]
    return seeker.over_demands(in_some_way((setting.asked_licences & lacks).T))


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the licences that are missing."""
    missing = seeker.demand(job).licences & ~seeker.licences
    return Obstacle(KIND, about=" ".join(seeker.setting.licences.words_of(missing)))
