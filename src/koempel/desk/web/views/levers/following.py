"""What a guide must follow up, on the board of levers and in the case."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.follow import FollowUp, follow_ups
from koempel.desk.levers.queries import BookingSeen, open_bookings_of, requests_in_reach
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.desk.web.views.levers.addresses import book_url, choose_url
from koempel.desk.web.views.levers.choices import distance_in_words
from koempel.desk.web.views.levers.lines import Line, Lines, cliff_in_words, line_of
from koempel.desk.web.views.levers.words import days_ago, title_of
from koempel.desk.web.views.people.found import address
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS


@dataclass(frozen=True, slots=True)
class FollowLine:
    """Something that did not come to be, and what could come in its place."""

    who: str
    case_url: str
    what: str
    status: Status
    when: str
    reason: str
    instead: str
    link: Link


def follow_section(request: DeskRequest) -> list[Section]:
    """What the reader must follow up; nothing for who guides nobody."""
    if not request.access.may_open("levers:choose"):
        return []
    now = timezone.now()
    today = timezone.localdate(now)
    found = []
    if lines := [_line(each, today) for each in follow_ups(current(), now)]:
        title = "Wat niet doorging: zoek iets anders"
        found.append(Section(title, template="web/levers/follow.html", data=lines))
    if asked := requests_in_reach(current()):
        waiting = [_waiting(request, seen, today) for seen in asked]
        data = Lines(waiting, request.path, "")
        title = "Jouw vragen zonder antwoord"
        found.append(Section(title, template="web/levers/bookings.html", data=data))
    return found


def _waiting(request: DeskRequest, seen: BookingSeen, today: date) -> Line:
    return line_of(request, seen, title_of(seen, today), _name(seen))


def support_section(request: DeskRequest, case_number: str) -> Section:
    """What is asked, kept or given for one person, and what did not come to be."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = open_bookings_of(current(), case_number)
    back = address(case_number)
    lines = [
        replace(line_of(request, seen, _name(seen)), warning=cliff_in_words(seen)) for seen in found
    ]
    follow = [_line(each, today) for each in follow_ups(current(), now, case_number)]
    url = open_address(request, "levers:choose", keys={"case": case_number})
    return Section(
        "Ondersteuning",
        template="web/levers/support.html",
        data={"lines": Lines(lines, back, "Er is nog niets gevraagd."), "follow": follow},
        more=Link("Vraag ondersteuning", url) if url else None,
    )


def _name(seen: BookingSeen) -> str:
    return f"{LEVERS[seen.kind].kind.title}, {seen.name}"


def _line(each: FollowUp, today: date) -> FollowLine:
    seen = each.seen
    number = seen.holder.case_number
    return FollowLine(
        who=title_of(seen, today),
        case_url=address(number),
        what=_name(seen),
        status=Status(_STATUS.get(seen.state, seen.word), Tone.BAD),
        when=f"{dutch.day(each.on)}, {days_ago(each.on, today)}",
        reason=each.reason,
        instead=instead_in_words(each).strip(),
        link=_link(each, number),
    )


_STATUS = {BookingState.EXPIRED: "vervallen", BookingState.RELEASED: "niet mogelijk"}


def instead_in_words(each: FollowUp) -> str:
    """What could come in its place."""
    again = "Nog nodig? Vraag het opnieuw. " if each.seen.state is BookingState.EXPIRED else ""
    if each.instead is None:
        return again or "Van deze soort is er nu niets anders dat past."
    best = each.instead
    where = distance_in_words(best.km)
    near = f", op {where}" if where else ""
    what = f"{best.lever}{near}, vanaf {dutch.day(best.fit.first_day)}."
    return f"{again}Of anders: {what}" if again else f"Het beste dat nu wel kan: {what}"


def _link(each: FollowUp, case_number: str) -> Link:
    if each.seen.state is BookingState.EXPIRED:
        return Link("Vraag het opnieuw", book_url(each.seen.lever, case_number))
    if each.instead is None:
        return Link("Zoek andere ondersteuning", choose_url(case_number))
    return Link("Vraag dit", book_url(each.instead.lever.pk, case_number))
