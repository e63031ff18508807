"""What waits for somebody about levers: requests, terms that run out, stock to confirm."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from koempel.desk.common.context import Context
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.models import Course, Lever, LeverBooking
from koempel.desk.levers.queries import (
    stale_levers,
    visible_bookings,
    visible_levers,
)
from koempel.desk.levers.terms import answer_days


def requests_of(context: Context) -> QuerySet[LeverBooking]:
    """Requests without an answer that the asker may see, the oldest first."""
    rows = visible_bookings(context).filter(state=BookingState.REQUESTED)
    return rows.order_by("made_at", "pk")


def silent_requests(context: Context, moment: datetime) -> QuerySet[LeverBooking]:
    """Requests that wait longer for an answer than was agreed."""
    days = timedelta(days=answer_days(timezone.localdate(moment)))
    return requests_of(context).filter(made_at__lt=moment - days)


def ending_places(context: Context, first: date, last: date) -> QuerySet[LeverBooking]:
    """What is in use and ends in a period, the first to end first."""
    rows = visible_bookings(context).filter(state=BookingState.HANDED_OVER)
    return rows.filter(ends_on__range=(first, last)).order_by("ends_on", "pk")


def vouchers_kept(context: Context) -> QuerySet[LeverBooking]:
    """Vouchers that somebody can come with, the first to run out first."""
    rows = visible_bookings(context).filter(state=BookingState.HELD).exclude(voucher="")
    return rows.order_by("hold_until", "pk")


def stale_stock(context: Context, today: date) -> list[Lever]:
    """Levers whose stock nobody confirmed in time, the longest first."""
    return stale_levers(visible_levers(context).filter(is_active=True), today)


def seats_free_soon(context: Context, first: date, last: date) -> QuerySet[Course]:
    """Courses that begin in a period and still have seats, the first to begin first."""
    levers = visible_levers(context).filter(is_active=True)
    rows = Course.objects.filter(lever__in=levers, starts_on__range=(first, last))
    rows = rows.annotate(free=Sum("lever__parts__free")).filter(free__gt=0)
    return rows.select_related("lever").order_by("starts_on", "pk")
