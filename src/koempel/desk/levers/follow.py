"""What a guide must follow up: refused by a partner or run out, with nothing in its place yet."""

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
        The day on which the partner said no or the term ran out.
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
    rows = visible_bookings(context)
    if case_number:
        rows = rows.filter(case_number=case_number)
    ended = _without_another(rows, _ended(rows, at))
    numbers = {row.case_number for row in ended}
    people = Person.objects.filter(case_number__in=numbers, status=CaseStatus.ACTIVE)
    homes = homes_of(list(people.select_related("village")))
    return _found([row for row in ended if row.case_number in homes], homes, at)


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
    ended = Q(state=BookingState.EXPIRED) | (Q(state=BookingState.RELEASED) & by_partner)
    found = rows.filter(ended, changed_at__gt=at - FOLLOWED)
    details = ("lever__childcare", "lever__course", "lever__line")
    return list(
        found.select_related(*details).prefetch_related("parts__run").order_by("-changed_at")
    )


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
