"""The work asks of the body what the person's functional needs rule out."""

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.rows import Need
from koempel.region.seeker import Seeker
from koempel.region.setting import FORBIDS, NIGHT_BIT, Flags, strain_bit

KIND = ObstacleKind.FUNCTIONAL_NEED


def blocks(seeker: Seeker) -> Flags:
    """Jobs with a strain that the person must avoid."""
    clash: Flags = (seeker.setting.jobs.strains & seeker.forbidden) != 0
    return clash


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the needs that clash."""
    strains = int(seeker.setting.jobs.strains[job])
    clashing = [
        need
        for need in seeker.row.needs
        if strains & (strain_bit(FORBIDS[need]) if need in FORBIDS else 1 << NIGHT_BIT)
    ]
    return Obstacle(KIND, about=" ".join(need for need in Need if need in clashing))
