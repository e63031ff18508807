"""A job is kept for people with a right, and this person has none that is valid."""

from datetime import date

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.rows import Right, RightState
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

KIND = ObstacleKind.RIGHT


def blocks(seeker: Seeker) -> Flags:
    """Jobs for which no granted right is valid on the first possible day of work."""
    return seeker.right_until < seeker.first_day


def describe(seeker: Seeker, job: int) -> Obstacle:
    """Name the measures asked, and the state of the latest decision on one of them."""
    asked = seeker.setting.region.jobs[job].measures
    decisions = [
        right for right in seeker.setting.rights_of.get(seeker.row.id, ()) if right.measure in asked
    ]
    latest = max(decisions, key=lambda right: right.granted_on, default=None)
    first = date.fromordinal(int(seeker.first_day[job]))
    return Obstacle(KIND, has=_state(latest, first), about=" ".join(asked))


def _state(right: Right | None, first: date) -> str:
    if right is None:
        return ""
    has_ended = right.valid_until is not None and right.valid_until < first
    return RightState.EXPIRED if right.state is RightState.GRANTED and has_ended else right.state
