"""The counter of the re-use shop."""

from datetime import date, datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.forms import VoucherForm
from koempel.desk.levers.models import LeverBooking
from koempel.desk.levers.queries import (
    bookings_seen,
    given_since,
    visible_levers,
    voucher_booking,
    with_stock,
)
from koempel.desk.web.context import Door
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Status, Tone
from koempel.desk.web.views.partners import user_of
from koempel.region import dutch


class VoucherPage(View):
    """The counter of the re-use shop: a code, a first name, one button."""

    door = Door("Bonnen", "scan", 59)

    def get(self, request: DeskRequest) -> HttpResponse:
        """The counter, with the voucher when a code was typed."""
        form = VoucherForm(request.GET if "code" in request.GET else None)
        found = voucher_booking(current(), form.cleaned_data["code"]) if form.is_valid() else None
        today = timezone.localdate()
        content = {
            "form": form,
            "is_asked": form.is_bound,
            "booking": bookings_seen([found])[0] if found else None,
            "lever": found.lever if found else None,
            "status": _voucher_status(found, today) if found else None,
            "is_valid": found is not None and found.state == BookingState.HELD,
            "days_left": (found.hold_until - today).days if found and found.hold_until else 0,
            "today": given_since(current(), _midnight(today)),
            "month": given_since(current(), _midnight(today.replace(day=1))),
            "stock": with_stock(visible_levers(current()).filter(is_active=True)),
            "organisation": user_of(request).organisation,
        }
        return render(request, "web/levers/vouchers.html", content)


def _voucher_status(booking: LeverBooking, today: date) -> Status:
    if booking.state == BookingState.HELD:
        return Status("Geldig", Tone.GOOD)
    return Status(dutch.capital(booking.get_state_display()), Tone.BAD)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
