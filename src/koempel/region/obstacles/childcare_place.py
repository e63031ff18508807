"""A child has no childcare at all."""

import numpy as np

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.rows import CareKind
from koempel.region.seeker import ChildFacts, Seeker
from koempel.region.setting import Flags
from koempel.region.shifts import CLOSED

KIND = ObstacleKind.CHILDCARE_PLACE


def blocks(seeker: Seeker) -> Flags:
    """Jobs during which some child would have nobody."""
    blocked = np.zeros(seeker.setting.n_jobs, bool)
    for child in seeker.children:
        blocked |= ~child.covered & _has_none(seeker, child)
    return blocked


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Give the ages in months of the children without a place."""
    ages = [
        str(child.age_months)
        for child in seeker.children
        if not child.covered[job] and _has_none(seeker, child)[job]
    ]
    return Obstacle(KIND, about=" ".join(ages))


def _has_none(seeker: Seeker, child: ChildFacts) -> Flags:
    if child.row.care is CareKind.NONE:
        return np.ones(seeker.setting.n_jobs, bool)
    if child.row.care_until is None:
        return np.zeros(seeker.setting.n_jobs, bool)
    ended = seeker.first_day > child.row.care_until.toordinal()
    gone: Flags = ended & (child.slack.before == CLOSED)
    return gone
