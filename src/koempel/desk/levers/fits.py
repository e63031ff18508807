"""Whether what somebody asks can be had, from when, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Min

from koempel.desk.levers.enums import TAKES_STOCK, Family
from koempel.desk.levers.models import Lever, LeverBooking, LeverPart


class Never(StrEnum):
    """Why it cannot be had at all."""

    ENDS = "ends"
    TOO_YOUNG = "too young"
    TOO_OLD = "too old"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: parts of a lever, from a day, for childcare for a child of some age."""

    lever: Lever
    parts: Sequence[LeverPart]
    starts_on: date
    birth_month: date | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether it can be had.

    Attributes
    ----------
    first_day : date
        The first day on which it can begin, as far as time goes.
    full : tuple of LeverPart
        What is asked and has nothing free.
    free_on : date or None
        When each of those has something free again; None when nobody knows.
    never : Never or None
        Why it cannot be, however much is free.
    """

    first_day: date
    full: tuple[LeverPart, ...] = ()
    free_on: date | None = None
    never: Never | None = None

    @property
    def is_free(self) -> bool:
        """Whether it can be had."""
        return not self.full and self.never is None


def fits(asked: Sequence[Asked], today: date) -> list[Fit]:
    """Whether each can be had, in one look at the bookings for all of them."""
    full = {part.pk for each in asked for part in each.parts if part.free < 1}
    frees = _free_again(full)
    return [_fit(each, frees, today) for each in asked]


def _fit(asked: Asked, frees: Mapping[int, date], today: date) -> Fit:
    first_day = _first_day(asked, today)
    full = tuple(part for part in asked.parts if part.free < 1)
    days = [frees.get(part.pk) for part in full]
    known = [day for day in days if day is not None]
    return Fit(
        first_day=first_day,
        full=full,
        free_on=max(known) if known and len(known) == len(days) else None,
        never=_never(asked, first_day),
    )


def _first_day(asked: Asked, today: date) -> date:
    lever = asked.lever
    ready = today + timedelta(days=lever.wait_days)
    first = max(asked.starts_on, ready)
    return max(first, lever.course.starts_on) if lever.family is Family.TRAINING else first


def _never(asked: Asked, first_day: date) -> Never | None:
    lever = asked.lever
    if lever.valid_until and lever.valid_until < first_day:
        return Never.ENDS
    if lever.family is not Family.CHILDCARE or asked.birth_month is None:
        return None
    months = months_old(asked.birth_month, first_day)
    if months < lever.childcare.age_from:
        return Never.TOO_YOUNG
    return Never.TOO_OLD if months >= lever.childcare.age_to else None


def months_old(born: date, on: date) -> int:
    """Age in months on a day.

    Examples
    --------
    >>> months_old(date(2025, 9, 1), date(2027, 1, 4))
    16
    """
    return (on.year - born.year) * 12 + on.month - born.month


def _free_again(parts: Iterable[int]) -> dict[int, date]:
    """The day after the first end that is known, per part."""
    taken = LeverBooking.objects.filter(parts__in=parts, state__in=TAKES_STOCK)
    ends = taken.values_list("parts").annotate(first=Min("ends_on"))
    return {part: last + timedelta(days=1) for part, last in ends.order_by() if last}
