"""A job is kept for people with a right, and this person has none that is valid."""

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
    return Obstacle(KIND, has=_state(latest), about=" ".join(asked))


def _state(right: Right | None) -> str:
    if right is None:
        return ""
    # A granted right that does not open the job is past its last day.
    return RightState.EXPIRED if right.state is RightState.GRANTED else right.state
