"""Asking for a lever or holding it, and the steps of a booking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.levers import actions
from koempel.desk.levers.enums import TAKES_STOCK, BookingState
from koempel.desk.levers.forms import BookingForm, CaseForm, ExtendForm, How, HowForm, StepForm
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.levers.queries import BookingSeen, bookings_seen, visible_bookings, visible_levers
from koempel.desk.people.disclosures import name_in_reach
from koempel.desk.people.models import Person
from koempel.desk.people.queries import person_or_none
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.levers.addresses import back_from, choose_url, file_url, lever_crumbs
from koempel.desk.web.views.levers.for_whom import for_whom
from koempel.desk.web.views.people.found import address, way_to
from koempel.errors import KoempelError
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Pair:
    """A lever and the person for whom it is asked."""

    lever: Lever
    person: Person


class BookLever(FormPage):
    """Asks a partner for a lever for somebody, or holds it at once; first it asks for whom."""

    template = "web/levers/book.html"
    button = ""

    def get(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """The form, or the question for whom it is."""
        if "dossier" in request.GET:
            return super().get(request, **keys)
        return for_whom(request, _lever(keys["pk"]))

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Ask or hold, or who was meant."""
        if "dossier" in request.GET:
            return super().post(request, **keys)
        return for_whom(request, _lever(keys["pk"]))

    def subject(self, request: DeskRequest, **keys: Any) -> Pair:
        """The lever, and a person whom the reader guides."""
        form = CaseForm(request.GET)
        person = person_or_none(form.cleaned_data["dossier"]) if form.is_valid() else None
        if person is None:
            raise Http404
        return Pair(_lever(keys["pk"]), person)

    def title(self, subject: Pair) -> str:
        """What is asked, for whom."""
        return f"{subject.lever} voor {name_in_reach(subject.person.case_number)}"

    def crumbs(self, request: DeskRequest, subject: Pair) -> Sequence[Link]:
        """From the case."""
        case = subject.person.case_number
        above = way_to(case, "")[:-1]
        return [*above, Link("Ondersteuning", choose_url(case)), Link(subject.lever.name, "")]

    def form(self, request: DeskRequest, subject: Pair, data: Any) -> BaseForm:
        """Which parts, from when."""
        first_day = max(timezone.localdate(), subject.person.available_from)
        return BookingForm(
            data,
            lever=subject.lever,
            person=subject.person,
            first_day=first_day,
            key=uuid4().hex,
            codes=request.GET.getlist("deel"),
        )

    def save(self, request: DeskRequest, subject: Pair, form: BookingForm) -> tuple[Done, str]:
        """Ask or hold, as the button says."""
        pressed = HowForm(request.POST)
        wish = form.wish(subject.person.case_number)
        now, by = timezone.now(), user_of(request)
        if pressed.is_valid() and pressed.cleaned_data["how"] == How.HOLD:
            booking = actions.book_lever(wish, by=by, at=now)
            done = f"Vastgehouden tot en met {dutch.day(booking.hold_until or wish.starts_on)}."
        else:
            actions.request_lever(wish, by=by, at=now)
            done = f"Gevraagd aan {subject.lever.organisation}. Het antwoord komt in het dossier."
        return Done(done), address(subject.person.case_number)


def _lever(pk: int) -> Lever:
    levers = visible_levers(current()).select_related("childcare", "course", "line")
    return get_object_or_404(levers, pk=pk, is_active=True)


class ExtendPlace(FormPage):
    """Lets a temporary place last longer, so that the regular one follows at once."""

    button = "Verleng de plaats"

    def subject(self, request: DeskRequest, **keys: Any) -> BookingSeen:
        """A booking of the own levers with an end."""
        rows = visible_bookings(current()).filter(state__in=TAKES_STOCK, ends_on__isnull=False)
        self._booking = get_object_or_404(rows, pk=keys["pk"])
        return bookings_seen([self._booking])[0]

    def title(self, subject: BookingSeen) -> str:
        """For whom."""
        return f"Verleng de plaats van {subject.holder.label or subject.name}"

    def crumbs(self, request: DeskRequest, subject: BookingSeen) -> Sequence[Link]:
        """Over the lever."""
        return lever_crumbs(request, self._booking.lever, "Verleng", is_below=True)

    def form(self, request: DeskRequest, subject: BookingSeen, data: Any) -> BaseForm:
        """The day before the regular place may begin at the latest."""
        child = subject.holder.child
        until = child.regular[1] - timedelta(days=1) if child and child.regular else None
        return ExtendForm(data, initial={"ends_on": until})

    def save(
        self, request: DeskRequest, subject: BookingSeen, form: ExtendForm
    ) -> tuple[Done, str]:
        """Move the end."""
        last = form.cleaned_data["ends_on"]
        actions.extend_booking(self._booking, last, by=user_of(request), at=timezone.now())
        done = f"Verlengd tot en met {dutch.day(last)}. De begeleider ziet het in het dossier."
        return Done(done), file_url(subject.lever)


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
