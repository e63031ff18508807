"""How groups fare: reach today, reach with levers, proposals and levers, with intervals.

Read after the plan is made; nothing here flows back into it. Shares have Wilson's 95 % interval
(Wilson, JASA 1927). The ratio of a group's proposal share to that of all others together has
Katz's interval on the log scale (Katz et al., Biometrics 1978). A ratio below 0.8 is a signal, not
a verdict: the groups may differ in what the jobs ask.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from koempel.region.outcome import FairnessRow, Share
from koempel.region.rows import Sex, Trait
from koempel.region.tables import Region

Flags = npt.NDArray[np.bool_]

FEWEST = 30
"""Groups with fewer people are not shown: their shares say nothing and could name somebody."""

Z95 = 1.959964

SEXES = ((Sex.F, "vrouwen"), (Sex.M, "mannen"), (Sex.X, "x"))

AGES = ((0, 24, "jonger dan 25"), (25, 54, "25 tot 54"), (55, 200, "55 of ouder"))


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known per person, one flag each."""

    today: Flags
    with_levers: Flags
    proposed: Flags
    lever_given: Flags


def fairness_rows(region: Region, marks: Marks) -> tuple[FairnessRow, ...]:
    """Rows per municipality, and per sex and age where the region has those traits."""
    rows = [
        _row(region, marks, "municipality", town.nis, town.name, _lives_in(region, town.nis))
        for town in region.municipalities
    ]
    if region.traits:
        rows += [_by_sex(region, marks, sex, name) for sex, name in SEXES]
        rows += [_by_age(region, marks, low, high, name) for low, high, name in AGES]
    return tuple(row for row in rows if row.people)


def _by_sex(region: Region, marks: Marks, sex: Sex, name: str) -> FairnessRow:
    member = _with_trait(region, lambda trait: trait.sex is sex)
    return _row(region, marks, "sex", sex, name, member)


def _by_age(region: Region, marks: Marks, low: int, high: int, name: str) -> FairnessRow:
    year = region.date.year
    member = _with_trait(region, lambda trait: low <= year - trait.birth_year <= high)
    return _row(region, marks, "age", f"{low}-{high}", name, member)


def wilson(count: int, total: int) -> tuple[float, float]:
    """95 % interval of a share.

    Examples
    --------
    >>> low, high = wilson(30, 100)
    >>> round(low, 3), round(high, 3)
    (0.219, 0.396)
    """
    share = count / total
    spread = Z95 * sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2))
    middle = share + Z95**2 / (2 * total)
    scale = 1 + Z95**2 / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def ratio_interval(
    count: int, total: int, other_count: int, other_total: int
) -> tuple[float, float, float] | None:
    """Ratio of two shares with its 95 % interval; None when one of the counts is 0."""
    if not count or not other_count:
        return None
    ratio = (count / total) / (other_count / other_total)
    spread = Z95 * sqrt(1 / count - 1 / total + 1 / other_count - 1 / other_total)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)


def _row(
    region: Region, marks: Marks, trait: str, group: str, name: str, member: Flags
) -> FairnessRow:
    people, others = int(member.sum()), int((~member).sum())
    compared = None
    if people >= FEWEST and others >= FEWEST:
        inside, outside = int(marks.proposed[member].sum()), int(marks.proposed[~member].sum())
        compared = ratio_interval(inside, people, outside, others)
    ratio, low, high = compared or (None, None, None)
    return FairnessRow(
        trait,
        group,
        name,
        people,
        today=_share(group, name, marks.today[member]),
        with_levers=_share(group, name, marks.with_levers[member]),
        proposed=_share(group, name, marks.proposed[member]),
        lever_given=_share(group, name, marks.lever_given[member]),
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
    )


def _share(group: str, name: str, flags: Flags) -> Share:
    people, count = len(flags), int(flags.sum())
    if people < FEWEST:
        return Share(group, name, people, count, None, None, None)
    low, high = wilson(count, people)
    return Share(group, name, people, count, count / people, low, high)


def _lives_in(region: Region, nis: str) -> Flags:
    villages = {village.id for village in region.villages if village.municipality == nis}
    return np.array([person.village in villages for person in region.people], bool)


def _with_trait(region: Region, has: Callable[[Trait], bool]) -> Flags:
    people = {trait.person for trait in region.traits if has(trait)}
    return np.array([person.id in people for person in region.people], bool)
