"""Lines of who asks something and who has something, with what the reader can do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from koempel.desk.common.context import Relation, current
from koempel.desk.levers.crossings import crossings
from koempel.desk.levers.enums import TAKES_STOCK, THINGS, BookingState
from koempel.desk.levers.queries import BookingSeen, OpenBookings
from koempel.desk.levers.rules import REASONS, Step, steps_for
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.desk.web.views.levers.words import (
    age_of_question,
    details_of,
    fit_in_words,
    gap_in_words,
    regular_in_words,
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
    parent, phone : str
        Whom to call, for a child its parent.
    note : str
        A quieter line: since when it is asked, until when it is kept.
    warning : str
        For a temporary childcare place: the days without one that may follow.
    answer, fits : str and bool
        For a question: whether it fits, in words.
    """

    key: int
    title: str
    details: str
    parent: str
    phone: str
    note: str
    status: Status
    steps: Sequence[Step]
    reasons: Sequence[str]
    link: Link | None = None
    warning: str = ""
    answer: str = ""
    fits: bool = False
    waits: bool = True
    """Whether its first step can be taken and is due: then the button stands out."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a section; `back` is where a step returns to, `rest` waits behind a click."""

    lines: Sequence[Line]
    back: str
    nothing: str
    rest: Sequence[Line] = ()


def request_section(request: DeskRequest, found: OpenBookings) -> Section:
    """Questions to answer, the oldest first, each with whether it fits."""
    today = timezone.localdate()
    several = found.n_levers > 1
    lines = [
        replace(
            line_of(request, seen, title_of(seen, today), seen.name if several else ""),
            answer=fit_in_words(seen, fit),
            fits=fit.is_free,
            waits=fit.is_free,
        )
        for seen, fit in found.requests
    ]
    is_own = current().relation is Relation.OWN
    title = "Vragen om op te antwoorden" if is_own else "Vragen zonder antwoord"
    data = Lines(lines, request.path, "Er wacht geen vraag.")
    return Section(title, template="web/levers/requests.html", data=data)


def kept_section(request: DeskRequest, found: OpenBookings, title: str) -> Section:
    """Who will get something, and who has it; bikes that went along wait behind a click."""
    today = timezone.localdate()
    several = found.n_levers > 1
    by_state: dict[BookingState, list[Line]] = {state: [] for state in TAKES_STOCK}
    for seen in sorted(found.kept, key=lambda seen: seen.starts_on):
        name = seen.name if several else ""
        by_state[seen.state].append(line_of(request, seen, title_of(seen, today), name))
    held, given = by_state[BookingState.HELD], by_state[BookingState.HANDED_OVER]
    are_things = any(seen.family in THINGS for seen in found.kept)
    data = Lines(
        lines=held if are_things else [*held, *given],
        back=request.path,
        nothing="Er ligt niets klaar." if given else "Niemand heeft hier nu iets.",
        rest=given if are_things else (),
    )
    return Section(title, template="web/levers/bookings.html", data=data, anchor="wie")


def line_of(request: DeskRequest, seen: BookingSeen, title: str, name: str = "") -> Line:
    """Something asked, kept or given, under a title; `name` is the lever, where it helps."""
    is_partner = not seen.holder.case_number
    steps = steps_for(current().role, seen.state, seen.family) if _may_step(request) else []
    return Line(
        key=seen.pk,
        title=title,
        details=details_of(seen, name),
        parent=seen.holder.name if seen.holder.child and is_partner else "",
        phone=seen.holder.phone,
        note=_note(seen),
        status=_status(seen),
        steps=steps,
        reasons=REASONS[seen.family],
        link=_sheet(request, seen),
        waits=seen.state is not BookingState.HANDED_OVER,
    )


def _status(seen: BookingSeen) -> Status:
    """The state; a place that is agreed and begins later has not begun."""
    is_agreed = seen.state is BookingState.HANDED_OVER and seen.family not in THINGS
    if is_agreed and seen.starts_on > timezone.localdate():
        return Status(f"begint op {dutch.day(seen.starts_on)}", Tone.GOOD)
    return Status(seen.word, _TONES[seen.state])


def _note(seen: BookingSeen) -> str:
    if seen.state is BookingState.REQUESTED:
        return age_of_question(seen.asked_on, timezone.localdate())
    if seen.state is not BookingState.HELD or seen.hold_until is None:
        return ""
    voucher = f" · bon {seen.voucher}" if seen.voucher else ""
    return f"Vastgehouden tot en met {dutch.day(seen.hold_until)}{voucher}"


_TONES = {
    BookingState.REQUESTED: Tone.NEEDS_YOU,
    BookingState.HELD: Tone.QUIET,
    BookingState.HANDED_OVER: Tone.GOOD,
}


def cliff_in_words(seen: BookingSeen) -> str:
    """That a place ends before the regular one begins, with the days; else nothing."""
    found = crossings([seen])
    if not found or found[0].gap is None or found[0].gap.most == 0:
        return ""
    (crossing,) = found
    return (
        f"Let op: deze plaats stopt op {dutch.day(crossing.ends_on)}. De gewone plaats komt "
        f"{regular_in_words(crossing)}: {gap_in_words(crossing)}."
    )


def _sheet(request: DeskRequest, seen: BookingSeen) -> Link | None:
    if not seen.voucher or seen.state is not BookingState.HELD:
        return None
    url = open_address(request, "levers:voucher", keys={"pk": seen.pk})
    return Link("Druk de bon af", url) if url else None


def _may_step(request: DeskRequest) -> bool:
    return request.access.may_open("levers:step", "POST")
