"""All obstacle kinds together: masks of bits, and what they stand for."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from koempel.region.obstacles import (
    cannot_cycle,
    childcare_hours,
    childcare_place,
    functional_need,
    language,
    licence,
    mobility_distance,
    mobility_timetable,
    outside_wish,
    right,
    shift_conflict,
    skill,
    start_date,
    work_permit,
)
from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.seeker import Seeker
from koempel.region.setting import Flags

Masks = npt.NDArray[np.uint16]


class ObstacleModule(Protocol):
    """What each module of this package offers."""

    KIND: ObstacleKind
    blocks: Callable[[Seeker], Flags]
    describe: Callable[[Seeker, int], Obstacle]


MODULES: tuple[ObstacleModule, ...] = (
    outside_wish,
    right,
    functional_need,
    work_permit,
    shift_conflict,
    start_date,
    language,
    skill,
    licence,
    mobility_distance,
    mobility_timetable,
    cannot_cycle,
    childcare_place,
    childcare_hours,
)  # type: ignore[assignment]

BIT = {module.KIND: np.uint16(1 << number) for number, module in enumerate(MODULES)}

HARD = sum(
    int(BIT[kind])
    for kind in (
        ObstacleKind.OUTSIDE_WISH,
        ObstacleKind.RIGHT,
        ObstacleKind.FUNCTIONAL_NEED,
        ObstacleKind.WORK_PERMIT,
        ObstacleKind.SHIFT_CONFLICT,
        ObstacleKind.START_DATE,
    )
)
"""Bits of the obstacles that no lever removes."""

COURSES = sum(
    int(BIT[kind]) for kind in (ObstacleKind.LANGUAGE, ObstacleKind.SKILL, ObstacleKind.LICENCE)
)
"""Bits of the obstacles that a course can remove."""

MOBILITY = sum(
    int(BIT[kind])
    for kind in (
        ObstacleKind.MOBILITY_DISTANCE,
        ObstacleKind.MOBILITY_TIMETABLE,
        ObstacleKind.CANNOT_CYCLE,
    )
)
"""Bits of the obstacles that a bike or a shuttle can remove."""

CARE = int(BIT[ObstacleKind.CHILDCARE_PLACE] | BIT[ObstacleKind.CHILDCARE_HOURS])
"""Bits of the obstacles that a childcare place can remove."""


def own_obstacles(seeker: Seeker) -> Masks:
    """Obstacles of a person with own means, as bits, for every job."""
    masks = np.zeros(seeker.setting.n_jobs, np.uint16)
    for module in MODULES:
        masks |= module.blocks(seeker) * BIT[module.KIND]
    return masks


def kinds_of(mask: int) -> tuple[ObstacleKind, ...]:
    """Kinds whose bits stand in a mask."""
    return tuple(kind for kind, bit in BIT.items() if mask & int(bit))


def describe(seeker: Seeker, job: int, mask: int) -> tuple[Obstacle, ...]:
    """Facts of each obstacle of a mask."""
    return tuple(module.describe(seeker, job) for module in MODULES if mask & int(BIT[module.KIND]))
