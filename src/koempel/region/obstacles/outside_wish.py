"""The occupation lies outside everything that the person looks for.

It is never lifted: a caseworker and the person can widen the wish together.
"""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags
from koempel.region.wishes import OUTSIDE

KIND = ObstacleKind.OUTSIDE_WISH


def blocks(seeker: Seeker) -> Flags:
    """Jobs in no occupation near a wish."""
    outside: Flags = seeker.setting.wishes.of(seeker.row.wants) == OUTSIDE
    return outside


def describe(seeker: Seeker, job: int) -> Obstacle:
    """There is nothing to add: the title of the job says it."""
    return Obstacle(KIND)
