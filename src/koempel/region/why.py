"""Why, or why not: answers on one person and one job, or on one person and all jobs.

An answer is made of structured facts; `koempel.region.why_words` says them in Dutch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from koempel.errors import KoempelError
from koempel.region.levers.stock import Item
from koempel.region.obstacles.registry import MODULES, describe
from koempel.region.outcome import LeverKind, LeverUse, Obstacle, ObstacleKind
from koempel.region.reach import Explorer, Reach
from koempel.region.reasons import lever_use

MOST_BUNDLES = 3


class UnknownIdError(KoempelError):
    """No person or job with this id."""


class Verdict(StrEnum):
    """Whether a person can reach a job."""

    TODAY = "TODAY"
    WITH_LEVERS = "WITH_LEVERS"
    NOT = "NOT"


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """One person and one job.

    Attributes
    ----------
    obstacles : tuple of Obstacle
        What stands between with own means.
    bundles : tuple of tuple of LeverUse
        Minimal bundles that each remove it all, those with the fewest levers first; full ones
        count too, since this is about what would do and not about what is free.
    ties : tuple of Obstacle
        What no lever of today removes.
    start_on : date or None
        First day of work, for the first bundle.
    """

    person: str
    job: str
    verdict: Verdict
    obstacles: tuple[Obstacle, ...]
    bundles: tuple[tuple[LeverUse, ...], ...]
    ties: tuple[Obstacle, ...]
    start_on: date | None


@dataclass(frozen=True, slots=True)
class Gain:
    """How many more jobs some kinds of levers open together."""

    kinds: tuple[LeverKind, ...]
    jobs: int


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """One person and all jobs.

    Attributes
    ----------
    today, with_levers : int
        Jobs with an open seat within reach by own means; and with levers as well.
    gains : tuple of Gain
        Best first.
    lift : Obstacle or None
        The one obstacle, removed by no lever of today, without which `lift_jobs` more jobs open.
    """

    person: str
    today: int
    with_levers: int
    gains: tuple[Gain, ...]
    lift: Obstacle | None
    lift_jobs: int


def why_job(explorer: Explorer, person: str, job: str) -> PairAnswer:
    """Answer for one pair.

    Raises
    ------
    UnknownIdError
        When the person or the job is not in the region.
    """
    at = _find(explorer.setting.job_index, job, "job", "jobs.csv")
    reach = explorer.reach(_find(explorer.setting.person_index, person, "persoon", "people.csv"))
    rows = np.flatnonzero(reach.ways.job == at)
    ranked = sorted(rows.tolist(), key=lambda row: _effort(explorer, reach, row))
    distinct: dict[tuple[tuple[str, str], ...], int] = {}
    for row in ranked:
        distinct.setdefault(_sort_of(explorer, reach, row), row)
    bundles = list(distinct.values())[:MOST_BUNDLES]
    mask = int(reach.own[at])
    return PairAnswer(
        person=person,
        job=job,
        verdict=_verdict(reach, bundles),
        obstacles=describe(reach.seeker, at, mask),
        bundles=tuple(_uses(_items(explorer, reach, row), mask) for row in bundles),
        ties=describe(reach.seeker, at, int(reach.ties[at])),
        start_on=date.fromordinal(int(reach.ways.start[bundles[0]])) if bundles else None,
    )


def why_person(explorer: Explorer, person: str) -> PersonAnswer:
    """Answer for one person and all jobs.

    Raises
    ------
    UnknownIdError
        When the person is not in the region.
    """
    reach = explorer.reach(_find(explorer.setting.person_index, person, "persoon", "people.csv"))
    is_open = np.array([job.seats > 0 for job in explorer.setting.region.jobs], bool)
    ways = [
        (job, _items(explorer, reach, row))
        for row, job in enumerate(reach.ways.job.tolist())
        if is_open[job]
    ]
    today = {job for job, items in ways if not items}
    lift, jobs = _lift(reach, is_open)
    return PersonAnswer(
        person=person,
        today=len(today),
        with_levers=len({job for job, _ in ways}),
        gains=_gains([(job, items) for job, items in ways if job not in today]),
        lift=lift,
        lift_jobs=jobs,
    )


def _find(index: dict[str, int], key: str, what: str, file: str) -> int:
    if key not in index:
        raise UnknownIdError(f"Er is geen {what} «{key}» in {file}. Kijk de code na.")
    return index[key]


def _verdict(reach: Reach, rows: list[int]) -> Verdict:
    if not rows:
        return Verdict.NOT
    return Verdict.TODAY if reach.ways.bundle[rows[0]] == 0 else Verdict.WITH_LEVERS


def _effort(explorer: Explorer, reach: Reach, row: int) -> tuple[int, int, float, int]:
    items = _items(explorer, reach, row)
    cost = sum(item.cost_eur for item in items)
    return len(items), int(reach.ways.start[row]), cost, int(reach.ways.bundle[row])


def _sort_of(explorer: Explorer, reach: Reach, row: int) -> tuple[tuple[str, str], ...]:
    """Kinds and names of a bundle: two dates of one course are the same to a reader."""
    return tuple((item.kind, item.name) for item in _items(explorer, reach, row))


def _items(explorer: Explorer, reach: Reach, row: int) -> tuple[Item, ...]:
    return explorer.levers.stock.items_of(int(reach.ways.bundle[row]))


def _uses(items: Iterable[Item], mask: int) -> tuple[LeverUse, ...]:
    return tuple(lever_use(item, mask) for item in items)


def _gains(ways: list[tuple[int, tuple[Item, ...]]]) -> tuple[Gain, ...]:
    """What each set of kinds opens, its parts included: "with a bike 14, with both 22"."""
    needs = [(job, frozenset(item.kind for item in items)) for job, items in ways]
    gains = [
        Gain(tuple(sorted(kinds)), len({job for job, needed in needs if needed <= kinds}))
        for kinds in {needed for _, needed in needs}
    ]
    ranked = sorted(gains, key=lambda gain: (len(gain.kinds), -gain.jobs, gain.kinds))
    return tuple(gain for gain in ranked if _adds(gain, ranked))


def _adds(gain: Gain, all_gains: list[Gain]) -> bool:
    """Whether no part of the kinds opens as much by itself."""
    return not any(
        set(other.kinds) < set(gain.kinds) and other.jobs >= gain.jobs for other in all_gains
    )


def _lift(reach: Reach, is_open: np.ndarray) -> tuple[Obstacle | None, int]:
    single = np.where(is_open & (np.bitwise_count(reach.ties) == 1), reach.ties, 0)
    bits, first, jobs = np.unique(single, return_index=True, return_counts=True)
    found = [
        (_kind(bit) is ObstacleKind.OUTSIDE_WISH, -count, bit, job)
        for bit, job, count in zip(bits.tolist(), first.tolist(), jobs.tolist(), strict=True)
        if bit
    ]
    if not found:
        return None, 0
    _, minus_jobs, bit, job = min(found)
    return describe(reach.seeker, job, bit)[0], -minus_jobs


def _kind(bit: int) -> ObstacleKind:
    return MODULES[bit.bit_length() - 1].KIND
