"""Vouchers: the counter of the re-use shop, and the sheet that a guide hands out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.common.days import midnight
from koempel.desk.levers import actions
from koempel.desk.levers.enums import BookingState, Family
from koempel.desk.levers.forms import NoMatchForm, VoucherForm
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.levers.queries import (
    BookingSeen,
    bookings_seen,
    given_since,
    open_vouchers,
    visible_bookings,
    visible_levers,
    voucher_booking,
    with_stock,
)
from koempel.desk.levers.rules import REASONS
from koempel.desk.levers.terms import price_band
from koempel.desk.people.disclosures import cases_in_reach, first_names
from koempel.desk.web.context import Door
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.qr import qr_code
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Fact, Status, Tone
from koempel.desk.web.views.levers.addresses import back_from
from koempel.desk.web.views.people.found import way_to
from koempel.errors import KoempelError
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher as the counter shows it.

    Attributes
    ----------
    facts : list of Fact
        What to hand over, what it costs, until when.
    days_left : str
        How long it is still good; empty when it is not.
    """

    seen: BookingSeen
    status: Status
    facts: list[Fact]
    days_left: str
    note: str

    @property
    def is_good(self) -> bool:
        """Whether it can be honoured now."""
        return self.seen.state is BookingState.HELD


class VoucherPage(View):
    """The counter of the re-use shop: a code, a first name, one button."""

    door = Door("Bonnen", "scan", 59)

    def get(self, request: DeskRequest) -> HttpResponse:
        """The counter, with the voucher when a code was typed or scanned."""
        form = VoucherForm(request.GET if "code" in request.GET else None)
        found = voucher_booking(current(), form.cleaned_data["code"]) if form.is_valid() else None
        today = timezone.localdate()
        content = {
            "form": form,
            "is_asked": form.is_bound,
            "voucher": _voucher(found, today) if found else None,
            "reasons": REASONS[Family.BIKES],
            "today": given_since(current(), midnight(today)),
            "month": given_since(current(), midnight(today.replace(day=1))),
            "open": open_vouchers(current()),
            "stock": with_stock(visible_levers(current()).filter(is_active=True)),
            "organisation": user_of(request).organisation,
        }
        return render(request, "web/levers/vouchers.html", content)


def _voucher(booking: LeverBooking, today: date) -> Voucher:
    seen = bookings_seen([booking])[0]
    until = booking.hold_until or today
    days = (until - today).days
    left = f"nog {dutch.count(days, 'dag', 'dagen')}" if days > 0 else "laatste dag"
    is_good = seen.state is BookingState.HELD
    return Voucher(
        seen=seen,
        status=Status("Geldig", Tone.GOOD) if is_good else _over(seen),
        facts=voucher_facts(booking.lever, seen, seen.holder.name, today),
        days_left=left if is_good else "",
        note=booking.reason if is_good else "",
    )


def _over(seen: BookingSeen) -> Status:
    return Status(dutch.capital(seen.word), Tone.BAD)


def voucher_facts(lever: Lever, seen: BookingSeen, name: str, today: date) -> list[Fact]:
    """What to hand over, what it costs, until when, what comes with it."""
    facts = [Fact("Wat", lever.shown_kind), Fact("Bij", lever.name)]
    if seen.size:
        facts.append(Fact("Maat", dutch.capital(seen.size)))
    facts.append(Fact(f"{name} betaalt" if name else "Prijs", _price(seen, today)))
    if seen.hold_until:
        facts.append(
            Fact("Geldig tot en met", dutch.capital(dutch.weekday_and_day(seen.hold_until)))
        )
    if seen.ends_on:
        facts.append(Fact("Terug op", dutch.capital(dutch.weekday_and_day(seen.ends_on))))
    if lever.includes:
        facts.append(Fact("Erbij", lever.includes))
    return facts


def _price(seen: BookingSeen, today: date) -> str:
    band = price_band(seen.kind, today)
    if band.high == 0:
        return "Niets"
    return f"{band.low} tot {band.high} euro" if band.low < band.high else f"{band.low} euro"


class NoMatch(View):
    """The answer that nothing there suits the person now."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Keep the voucher good or let it go; the guide sees why."""
        booking = get_object_or_404(visible_bookings(current()), pk=pk)
        form = NoMatchForm(request.POST)
        if form.is_valid():
            _answer(request, booking, form.cleaned_data)
        else:
            notices.warn(request, "Er is niets veranderd. Schrijf in enkele woorden wat ontbreekt.")
        return HttpResponseRedirect(back_from(request, reverse("levers:vouchers")))


def _answer(request: DeskRequest, booking: LeverBooking, answer: dict[str, Any]) -> None:
    by = {"by": user_of(request), "at": timezone.now(), "reason": answer["reason"]}
    try:
        if answer["then"] == NoMatchForm.KEEP:
            actions.report_no_match(booking, **by)
            done = "Genoteerd. De bon blijft geldig en de begeleider weet wat ontbreekt."
        else:
            actions.release_booking(booking, **by)
            done = "Losgelaten. De begeleider weet waarom en zoekt iets anders."
    except KoempelError as error:
        notices.warn(request, str(error))
    else:
        notices.say(request, Done(done))


class VoucherSheet(View):
    """A sheet of paper for the person: the code, what it is for, until when."""

    def get(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The sheet of a voucher that is good."""
        rows = visible_bookings(current()).filter(state=BookingState.HELD).exclude(voucher="")
        booking = get_object_or_404(rows.prefetch_related("parts__run"), pk=pk)
        number = booking.case_number
        case = cases_in_reach([number]).get(number)
        if case is None:
            raise Http404
        # Of a case without its name the number stands on the sheet: the shop asks for the code.
        name = first_names([number])[number] if case.name else number
        (seen,) = bookings_seen([booking])
        query = urlencode({"code": booking.voucher})
        address = request.build_absolute_uri(f"{reverse('levers:vouchers')}?{query}")
        content = {
            "name": name,
            "code": booking.voucher,
            "facts": voucher_facts(booking.lever, seen, "", timezone.localdate()),
            "shop": booking.lever,
            "address": address,
            "qr": qr_code(address, label=f"Bon {booking.voucher}"),
            "crumbs": way_to(booking.case_number, "Bon"),
        }
        return render(request, "web/levers/voucher_sheet.html", content)
