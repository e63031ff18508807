"""Counts of people as a page without names may show them.

One to four people stay hidden, and so do as many other counts as it takes that no total gives them
away: at least two are hidden together, and together they leave each of them at least five values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from koempel.desk.jobs.reach import FEW
from koempel.region.outcome import FairnessRow


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts that add up to a total; None where one stays hidden."""

    cells: tuple[int | None, ...]
    total: int | None


def shown(cells: Sequence[int]) -> Shown:
    """Hide what must stay hidden of counts of different people.

    Examples
    --------
    >>> shown([40, 0, 25])
    Shown(cells=(40, 0, 25), total=65)
    >>> shown([40, 3, 25])
    Shown(cells=(40, None, None), total=68)
    >>> shown([2, 0])
    Shown(cells=(None, 0), total=None)
    """
    hidden = {at for at, count in enumerate(cells) if 0 < count < FEW}
    others = sorted((count, at) for at, count in enumerate(cells) if count >= FEW)
    while hidden and others and not _leave_doubt([cells[at] for at in hidden]):
        hidden.add(others.pop(0)[1])
    is_safe = not hidden or _leave_doubt([cells[at] for at in hidden])
    seen = tuple(None if at in hidden else count for at, count in enumerate(cells))
    return Shown(seen, sum(cells) if is_safe else None)


def _leave_doubt(counts: Sequence[int]) -> bool:
    """Whether counts that are hidden stay so when their sum is known: each is at least one."""
    return len(counts) > 1 and sum(counts) - len(counts) + 1 >= FEW


def few(count: int) -> int | None:
    """A count that nothing else can be taken from; None when it stays hidden."""
    return None if 0 < count < FEW else count


def in_fives(count: int) -> int:
    """A count or a difference, rounded to fives: a few people more or fewer are not in it.

    Examples
    --------
    >>> in_fives(2), in_fives(8), in_fives(-9)
    (0, 10, -10)
    """
    return FEW * round(count / FEW)


SHARES = ("today", "with_levers", "proposed", "lever_given")


def without_small(rows: Sequence[FairnessRow]) -> list[FairnessRow]:
    """Groups without the shares that stand for a few people."""
    found = list(rows)
    for trait in dict.fromkeys(row.trait for row in rows):
        places = [at for at, row in enumerate(rows) if row.trait == trait]
        for name in SHARES:
            shares = [getattr(rows[at], name) for at in places]
            for at, share, cell in zip(
                places, shares, shown([each.count for each in shares]).cells, strict=True
            ):
                if cell is None:
                    hidden = replace(share, count=0, share=None, low=None, high=None)
                    found[at] = replace(found[at], **{name: hidden})
    return found
