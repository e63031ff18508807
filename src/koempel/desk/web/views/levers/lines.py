"""Lines of who asks something and who has something, with what the reader can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.fits import Fit
from koempel.desk.levers.queries import BookingSeen, OpenBookings
from koempel.desk.levers.rules import REASONS, Step, steps_for
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.desk.web.views.levers.words import (
    age_of_question,
    details_of,
    fit_in_words,
    title_of,
)
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Line:
    """A booking in words, with the steps that the reader may take.

    Attributes
    ----------
    title, details : str
        Who or what; which parts, size and days.
    name, phone : str
        Whom to call, where the title says something else.
    note : str
        A quieter line: since when it is asked, until when it is kept.
    answer, fits : str and bool
        For a question: whether it fits, in words.
    """

    key: int
    title: str
    details: str
    name: str
    phone: str
    note: str
    status: Status
    steps: Sequence[Step]
    reasons: Sequence[str]
    link: Link | None = None
    answer: str = ""
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a section; `back` is where a step returns to."""

    lines: Sequence[Line]
    back: str
    nothing: str


def request_section(request: DeskRequest, found: OpenBookings) -> Section:
    """Questions to answer, the oldest first, each with whether it fits."""
    today = timezone.localdate()
    lines = [_request(request, seen, fit, today) for seen, fit in found.requests]
    title = "Vragen om op te antwoorden" if _may_step(request) else "Vragen zonder antwoord"
    nothing = "Er wacht geen vraag."
    return Section(
        title, template="web/levers/requests.html", data=Lines(lines, request.path, nothing)
    )


def kept_section(request: DeskRequest, found: OpenBookings, title: str) -> Section:
    """Who has something, or will get it."""
    today = timezone.localdate()
    order = (BookingState.HELD, BookingState.HANDED_OVER)
    rows = sorted(found.kept, key=lambda seen: (order.index(seen.state), seen.starts_on))
    lines = [kept_line(request, seen, today, title_of(seen, today)) for seen in rows]
    nothing = "Niemand heeft hier nu iets."
    return Section(
        title, template="web/levers/bookings.html", data=Lines(lines, request.path, nothing)
    )


_TONES = {
    BookingState.REQUESTED: Tone.NEEDS_YOU,
    BookingState.HELD: Tone.QUIET,
    BookingState.HANDED_OVER: Tone.GOOD,
}


def _request(request: DeskRequest, seen: BookingSeen, fit: Fit, today: date) -> Line:
    return _line(
        request,
        seen,
        title_of(seen, today),
        note=age_of_question(seen.asked_on, today),
        tone=Tone.NEEDS_YOU,
        answer=fit_in_words(seen, fit),
        fits=fit.is_free,
    )


def kept_line(request: DeskRequest, seen: BookingSeen, today: date, title: str) -> Line:
    """Something that is asked, kept or given, under a title."""
    is_held = seen.state is BookingState.HELD
    until = f"Vastgehouden tot en met {dutch.day(seen.hold_until)}" if seen.hold_until else ""
    voucher = f"bon {seen.voucher}" if seen.voucher else ""
    note = " · ".join(filter(None, (until, voucher))) if is_held else ""
    if seen.state is BookingState.REQUESTED:
        note = age_of_question(seen.asked_on, today)
    return _line(request, seen, title, note=note, tone=_TONES[seen.state])


def _line(
    request: DeskRequest,
    seen: BookingSeen,
    title: str,
    *,
    note: str,
    tone: Tone,
    answer: str = "",
    fits: bool = False,
) -> Line:
    steps = steps_for(current().role, seen.state, seen.family) if _may_step(request) else []
    return Line(
        key=seen.pk,
        title=title,
        details=details_of(seen),
        name=seen.holder.name if seen.holder.child else "",
        phone=seen.holder.phone,
        note=note,
        status=Status(seen.word, tone),
        steps=steps,
        reasons=REASONS[seen.family],
        link=_sheet(request, seen),
        answer=answer,
        fits=fits,
    )


def _sheet(request: DeskRequest, seen: BookingSeen) -> Link | None:
    if not seen.voucher or seen.state is not BookingState.HELD:
        return None
    url = open_address(request, "levers:voucher", keys={"pk": seen.pk})
    return Link("Druk de bon af", url) if url else None


def _may_step(request: DeskRequest) -> bool:
    return request.access.may_open("levers:step", "POST")
