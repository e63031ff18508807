"""Whether work lasts, why it ends, and with how many people nothing moves."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from koempel.desk.figures.funnel import NOBODY
from koempel.desk.people.models import Person
from koempel.desk.placements.enums import EndReason, PlacementState
from koempel.desk.placements.models import Placement
from koempel.desk.placements.queries import Lasting, lasting
from koempel.desk.planning.small_numbers import few, in_fives, shown
from koempel.desk.referrals.stalled import stalled
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Durable:
    """How much of the work of which the twelve months are over lasted.

    Counts are rounded to fives, so that they tell nothing of a year beside them; None where it is
    about too few.
    """

    share: float | None
    unknown: int
    all: int

    @property
    def percent(self) -> str:
        """The share in words."""
        return "" if self.share is None else dutch.percent(self.share)


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its count; None where that stays hidden."""

    name: str
    count: int | None


def durable(today: date) -> Durable:
    """Of all work, as far as somebody said."""
    counts = lasting(Placement.objects.prefetch_related("follow_ups"), today=today)
    return rounded(counts)


def rounded(counts: Lasting) -> Durable:
    """Counts of work that lasted as a page without names may show them.

    Examples
    --------
    >>> rounded(Lasting(durable=13, over=6, unknown=3))
    Durable(share=0.5909090909090909, unknown=5, all=20)
    >>> rounded(Lasting(durable=2, over=6, unknown=0)).share is None
    True
    """
    is_told = counts.all > 0 and None not in (few(counts.durable), few(counts.all - counts.durable))
    return Durable(
        counts.durable / counts.all if is_told else None,
        in_fives(counts.unknown),
        in_fives(counts.all),
    )


def ends() -> list[Group]:
    """Why work ended, the most frequent first."""
    rows = Placement.objects.filter(state=PlacementState.ENDED).order_by()
    found = Counter(rows.values_list("end_reason", flat=True))
    return _groups({EndReason(reason).label: count for reason, count in found.items()})


def stalled_per_town(today: date) -> list[Group]:
    """With how many people nothing moves, per municipality."""
    people = stalled(Person.objects.order_by(), today)
    rows = people.values_list("village__municipality__name", "address_shield")
    return _groups(Counter(NOBODY if is_shielded else town for town, is_shielded in rows))


def _groups(found: dict[str, int]) -> list[Group]:
    rows = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    cells = shown([count for _, count in rows]).cells
    return [Group(name, count) for (name, _), count in zip(rows, cells, strict=True)]
