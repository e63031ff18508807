"""The job asks more Dutch than the person has."""

import numpy as np

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import LEVELS, Flags
from koempel.region.trips import in_some_way

KIND = ObstacleKind.LANGUAGE

SKILLS = ("listening", "speaking", "reading", "writing")


def blocks(seeker: Seeker) -> Flags:
    """Jobs that ask a higher level in any of the four skills."""
    short = np.array(seeker.levels) < seeker.setting.asked_levels
    return seeker.over_demands(in_some_way(short.T))


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the skill with the widest gap."""
    asked = seeker.demand(job).levels
    gaps = [needs - has for has, needs in zip(seeker.levels, asked, strict=True)]
    widest = gaps.index(max(gaps))
    return Obstacle(
        KIND,
        has=LEVELS[seeker.levels[widest]],
        needs=LEVELS[asked[widest]],
        about=SKILLS[widest],
    )
