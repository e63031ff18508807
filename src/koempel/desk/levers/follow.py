"""What a guide must follow up: refused, run out or given back early, with nothing in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from koempel.desk.common.context import Context
from koempel.desk.levers.choices import Choice, Shelf, wanted_by
from koempel.desk.levers.enums import FAMILY_OF, BookingState, Family
from koempel.desk.levers.models import LeverBooking
from koempel.desk.levers.queries import BookingSeen, bookings_seen, reason_shown, visible_bookings
from koempel.desk.people.disclosures import Home, homes_of
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.region.outcome import LeverKind

FOLLOWED = timedelta(days=30)
"""After this nobody waits for it any more; the timeline of the case keeps it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that did not come to be.

    Attributes
    ----------
    on : date
        The day on which the partner said no, the term ran out or it came back.
    reason : str
        What the partner wrote.
    instead : Choice or None
        The next best lever of its family that can be had.
    """

    seen: BookingSeen
    on: date
    reason: str
    instead: Choice | None


def follow_ups(context: Context, at: datetime, case_number: str = "") -> list[FollowUp]:
    """What a guide must follow up, the last first; of one case, or of all within reach."""
    return seen_to_follow(to_follow(context, at, case_number), at)


def to_follow(context: Context, at: datetime, case_number: str = "") -> list[LeverBooking]:
    """The bookings behind them; discloses nothing yet."""
    rows = visible_bookings(context)
    if case_number:
        rows = rows.filter(case_number=case_number)
    ended = _without_another(rows, _ended(rows, at))
    numbers = {row.case_number for row in ended}
    people = Person.objects.filter(case_number__in=numbers, status=CaseStatus.ACTIVE)
    looking = set(people.values_list("case_number", flat=True))
    return [row for row in ended if row.case_number in looking]


def seen_to_follow(ended: Sequence[LeverBooking], at: datetime) -> list[FollowUp]:
    """Bookings to follow up as a guide sees them, each with the next best."""
    people = Person.objects.filter(case_number__in={row.case_number for row in ended})
    return _found(ended, homes_of(list(people.select_related("village"))), at)


def _found(
    ended: Sequence[LeverBooking], homes: Mapping[str, Home], at: datetime
) -> list[FollowUp]:
    if not ended:
        return []
    shelf = Shelf(timezone.localdate(at))
    return [
        FollowUp(
            seen=seen,
            on=timezone.localdate(row.changed_at),
            reason=reason_shown(row, seen.holder),
            instead=shelf.next_best(homes[row.case_number], wanted_by(row)),
        )
        for row, seen in zip(ended, bookings_seen(ended), strict=True)
    ]


def _ended(rows: QuerySet[LeverBooking], at: datetime) -> list[LeverBooking]:
    by_partner = Q(changed_by__organisation=F("lever__organisation"))
    ended = Q(state__in=(BookingState.EXPIRED, BookingState.RETURNED))
    ended |= Q(state=BookingState.RELEASED) & by_partner
    found = rows.filter(ended, changed_at__gt=at - FOLLOWED)
    details = ("lever__childcare", "lever__course", "lever__line")
    latest = found.select_related(*details).prefetch_related("parts__run").order_by("-changed_at")
    return [row for row in latest if not _had_its_time(row)]


def _had_its_time(row: LeverBooking) -> bool:
    """Whether it was given back on the last day that was agreed, or later: that is no loss."""
    if row.state != BookingState.RETURNED or row.ends_on is None:
        return False
    return timezone.localdate(row.changed_at) >= row.ends_on


def _without_another(
    rows: QuerySet[LeverBooking], ended: Sequence[LeverBooking]
) -> list[LeverBooking]:
    """Those for which nothing of their family was asked since."""
    asked = rows.filter(case_number__in={row.case_number for row in ended})
    later: dict[tuple[str, Family], datetime] = {}
    for number, kind, made_at in asked.values_list("case_number", "lever__kind", "made_at"):
        key = (number, FAMILY_OF[LeverKind(kind)])
        later[key] = max(later.get(key, made_at), made_at)
    return [row for row in ended if later[row.case_number, row.lever.family] <= row.changed_at]
