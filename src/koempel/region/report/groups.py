"""The fairness table without figures that would tell about a few people.

A group under 30 people has no shares. When the groups of a trait that have none are together
still under 30, their figures could be worked out: they are what the total leaves when the other
groups are taken off. So the other groups are then rounded (people to tens, shares to whole
percents), which leaves at least five people of doubt when one of them counts 500 or more; when
none does, the smallest of them is hidden too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from koempel.region.outcome import FairnessRow, Share

SMALLEST = 30
"""People in the hidden groups of a trait together, from which the others are shown as they are."""

_ROUNDED_WELL = 500
"""People in a group from which a whole percent is five people or more."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group and what may be shown of it; `row` is None when nothing may."""

    trait: str
    group: str
    name: str
    row: FairnessRow | None
    too_few: bool


def groups_to_show(rows: Sequence[FairnessRow]) -> tuple[Group, ...]:
    """The groups in their order, trait by trait."""
    traits = dict.fromkeys(each.trait for each in rows)
    return tuple(
        group
        for trait in traits
        for group in _of_trait([each for each in rows if each.trait == trait])
    )


def _of_trait(rows: Sequence[FairnessRow]) -> Iterator[Group]:
    shown = [each for each in rows if each.proposed.share is not None]
    n_hidden = sum(each.people for each in rows if each.proposed.share is None)
    exposed = bool(shown) and 0 < n_hidden < SMALLEST
    sacrificed = None
    if exposed and max(each.people for each in shown) < _ROUNDED_WELL:
        sacrificed = min(shown, key=lambda each: (each.people, each.group))
    for row in rows:
        too_few = row.proposed.share is None
        visible = not too_few and row is not sacrificed
        kept = (_rounded(row) if exposed else row) if visible else None
        yield Group(row.trait, row.group, row.name, kept, too_few)


def _rounded(row: FairnessRow) -> FairnessRow:
    people = round(row.people, -1)
    return replace(
        row,
        people=people,
        today=_rounded_share(row.today, people),
        with_levers=_rounded_share(row.with_levers, people),
        proposed=_rounded_share(row.proposed, people),
        lever_given=_rounded_share(row.lever_given, people),
        ratio=_hundredths(row.ratio),
        ratio_low=_hundredths(row.ratio_low),
        ratio_high=_hundredths(row.ratio_high),
    )


def _rounded_share(share: Share, people: int) -> Share:
    rounded = _hundredths(share.share)
    return replace(
        share,
        people=people,
        count=round((rounded or 0) * people),
        share=rounded,
        low=_hundredths(share.low),
        high=_hundredths(share.high),
    )


def _hundredths(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
