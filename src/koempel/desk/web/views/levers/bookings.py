"""Booking a lever, and the steps of a booking."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.levers import actions
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.forms import BookingForm, StepForm
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.levers.queries import visible_bookings
from koempel.desk.people.queries import person_or_none
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.views.levers.addresses import back_from, file_url
from koempel.desk.web.views.levers.stock import OfLever
from koempel.desk.web.views.partners import user_of
from koempel.errors import KoempelError
from koempel.region import dutch


class BookLever(OfLever):
    """Holds a lever for somebody."""

    here = "Boeken"
    button = "Houd dit vast"
    intro = "Koempel houdt dit vast en laat het na de afgesproken termijn weer los."

    def title(self, subject: Lever) -> str:
        """What is done here."""
        return f"Boek bij {subject.name}"

    def form(self, request: DeskRequest, subject: Lever, data: Any) -> BaseForm:
        """For whom, which parts, from when."""
        return BookingForm(data, lever=subject, key=uuid4().hex)

    def save(self, request: DeskRequest, subject: Lever, form: BookingForm) -> tuple[Done, str]:
        """Hold it."""
        facts = form.cleaned_data
        if person_or_none(facts["case_number"]) is None:
            raise KoempelError("Dit dossier bestaat niet, of je begeleidt deze persoon niet.")
        wish = actions.Wish(
            facts["case_number"],
            form.chosen(),
            starts_on=facts["starts_on"],
            ends_on=facts["ends_on"],
            key=facts["key"],
        )
        booking = actions.book_lever(wish, by=user_of(request), at=timezone.now())
        until = dutch.day(booking.hold_until) if booking.hold_until else ""
        code = f" Code van de bon: {booking.voucher}." if booking.voucher else ""
        return Done(f"Vastgehouden tot en met {until}.{code}"), file_url(subject.pk)


STEP_ACTIONS: dict[BookingState, Callable[..., LeverBooking]] = {
    BookingState.HELD: lambda booking, reason, **by: actions.hold_booking(booking, **by),
    BookingState.HANDED_OVER: lambda booking, reason, **by: actions.hand_over(booking, **by),
    BookingState.RETURNED: actions.return_lever,
    BookingState.RELEASED: actions.release_booking,
    BookingState.LOST: actions.report_loss,
}
SAID = {
    BookingState.HELD: "Vastgehouden tot de afgesproken dag.",
    BookingState.HANDED_OVER: "Genoteerd. Dank je.",
    BookingState.RETURNED: "Genoteerd. Dit is weer vrij voor iemand anders.",
    BookingState.RELEASED: "Losgelaten. De begeleider ziet waarom.",
    BookingState.LOST: "Genoteerd: verloren. De voorraad is één minder.",
}


class BookingStep(View):
    """A step of a booking: hold, hand over, bring back, let go, lost."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Take the step, and back to where the button was."""
        booking = get_object_or_404(visible_bookings(current()), pk=pk)
        form = StepForm(request.POST, role=current().role, booking=booking)
        if form.is_valid():
            _take(request, booking, form)
        else:
            notices.warn(request, _why_not(form))
        return HttpResponseRedirect(back_from(request, file_url(booking.lever_id)))


def _take(request: DeskRequest, booking: LeverBooking, form: StepForm) -> None:
    to = BookingState(form.cleaned_data["step"])
    try:
        reason = form.cleaned_data["reason"]
        STEP_ACTIONS[to](booking, reason=reason, by=user_of(request), at=timezone.now())
    except KoempelError as error:
        notices.warn(request, str(error))
    else:
        notices.say(request, Done(SAID[to]))


def _why_not(form: StepForm) -> str:
    if "reason" in form.errors:
        return f"Er is niets veranderd. {form.errors['reason'][0]}"
    return "Die stap kan nu niet. Kijk hieronder hoe het ervoor staat."
