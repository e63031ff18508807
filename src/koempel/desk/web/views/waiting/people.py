"""What waits for who guides people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from koempel.desk.accounts.models import AccessGrant
from koempel.desk.accounts.queries import grants_ending, grants_since
from koempel.desk.common.context import current
from koempel.desk.levers.due import silent_requests
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.follow import FollowUp, seen_to_follow, to_follow
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.models import Child, Person
from koempel.desk.people.queries import (
    care_ending,
    note_shown,
    people_with,
    person_rows,
    steps_due,
)
from koempel.desk.planning.models import Proposal
from koempel.desk.planning.queries import proposal_rows, waiting_proposals
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.levers.following import instead_in_words
from koempel.desk.web.views.waiting.heaps import (
    MOST_SHOWN,
    RECENT,
    Heap,
    ago,
    days_left,
    due_status,
    heap_of,
)
from koempel.region import dutch

CARE_AHEAD = timedelta(days=56)
"""A place elsewhere takes weeks to find."""

GRANT_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Line:
    """What waits about one person."""

    case_number: str
    icon: str
    text: str
    status: Status


def proposals(moment: datetime) -> Heap:
    """Proposals that wait for a decision, the most urgent first."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Proposal]) -> Sequence[Waiting]:
        return [
            Waiting(
                row.name,
                open_address(request, "proposals:file", keys={"case": row.case_number})
                or _case_url(request, row.case_number),
                "lamp",
                f"{row.title} bij {row.employer}",
                due_status(row.decide_by, today),
            )
            for row in proposal_rows(found, today=today)
        ]

    return heap_of(
        waiting_proposals().order_by("decide_by", "pk"),
        show,
        title="Voorstellen om over te beslissen",
        noun=("voorstel", "voorstellen"),
        rest="proposals:list",
    )


def steps(moment: datetime) -> Heap:
    """Next steps of today and late ones, the latest first."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Person]) -> Sequence[Waiting]:
        return [
            Waiting(
                row.name,
                _case_url(request, row.case_number),
                "cal",
                row.next_step,
                due_status(row.next_step_on or today, today),
            )
            for row in person_rows(found, at=moment)
        ]

    return heap_of(
        steps_due(today),
        show,
        title="Volgende stappen",
        noun=("volgende stap", "volgende stappen"),
        rest="people:list",
        query="?stap=nu",
    )


def care(moment: datetime) -> Heap:
    """Children whose place in childcare ends soon."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Child]) -> Sequence[Waiting]:
        note_shown((each.person_id for each in found), ("K5",))
        return _about_people(
            request,
            moment,
            (
                _Line(
                    each.person_id,
                    "care",
                    f"De opvang van een kind stopt op {dutch.day(each.care_until)}.",
                    days_left(each.care_until, today),
                )
                for each in found
                if each.care_until is not None
            ),
        )

    return heap_of(
        care_ending(today, today + CARE_AHEAD),
        show,
        title="Opvang die stopt",
        noun=("opvangplaats stopt", "opvangplaatsen stoppen"),
    )


def silent(moment: datetime) -> Heap:
    """Requests that a partner leaves without an answer."""

    def line(each: LeverBooking) -> _Line:
        text = f"{each.lever.name}: gevraagd, {ago(each.made_at, moment)}."
        return _Line(each.case_number, "silent", text, Status("stil", Tone.BAD))

    return heap_of(
        silent_requests(current(), moment),
        _told_by(line, moment),
        title="Vragen zonder antwoord",
        noun=("vraag zonder antwoord", "vragen zonder antwoord"),
        rest="levers:board",
    )


def not_come(moment: datetime) -> Heap:
    """Levers that were refused, ran out or came back early, each with the next best."""
    found = to_follow(current(), moment)

    def line(each: FollowUp) -> _Line:
        text = f"{each.seen.name}: {_WHY[each.seen.state]}. {instead_in_words(each)}"
        return _Line(
            each.seen.holder.case_number,
            "undo",
            text.strip(),
            Status(each.seen.word if each.seen.state in _ENDS else "niet mogelijk", Tone.BAD),
        )

    def first(request: DeskRequest) -> Sequence[Waiting]:
        shown = seen_to_follow(found[:MOST_SHOWN], moment)
        return _about_people(request, moment, map(line, shown))

    return Heap(
        "Ondersteuning die niet doorging",
        ("hefboom die niet doorging", "hefbomen die niet doorgingen"),
        len(found),
        len(found),
        first,
        "levers:board",
    )


_WHY = {
    BookingState.RELEASED: "kan niet",
    BookingState.EXPIRED: "lag klaar, en niemand kwam op tijd",
    BookingState.RETURNED: "kwam vroeger terug",
}
_ENDS = (BookingState.EXPIRED, BookingState.RETURNED)


def shared(moment: datetime) -> Heap:
    """People who were shared with the own organisation lately."""

    def line(each: AccessGrant) -> _Line:
        text = f"{dutch.capital(ago(each.valid_from, moment))} met jullie gedeeld."
        return _Line(each.person, "people", text, Status("nieuw", Tone.NEEDS_YOU))

    return heap_of(
        grants_since(current().organisation or 0, moment, moment - RECENT),
        _told_by(line, moment),
        title="Pas met jullie gedeeld",
        noun=("nieuw dossier", "nieuwe dossiers"),
        rest="people:list",
    )


def grants(moment: datetime) -> Heap:
    """Grants of the own organisation that end soon."""
    today = timezone.localdate(moment)

    def line(each: AccessGrant) -> _Line:
        left = days_left(timezone.localdate(each.valid_until), today)
        return _Line(each.person, "doc", "Daarna zie je dit dossier niet meer.", left)

    return heap_of(
        grants_ending(current().organisation or 0, moment, moment + GRANT_AHEAD),
        _told_by(line, moment),
        title="Inzage die eindigt",
        noun=("inzage eindigt", "inzages eindigen"),
        rest="people:list",
    )


def _told_by(
    line: Callable[[Any], _Line], moment: datetime
) -> Callable[[DeskRequest, Sequence[Any]], Sequence[Waiting]]:
    """Shows each thing of a heap as a line about its person."""
    return lambda request, found: _about_people(request, moment, map(line, found))


def _about_people(request: DeskRequest, moment: datetime, lines: Iterable[_Line]) -> list[Waiting]:
    """Lines with the names that the reader may see."""
    found = list(lines)
    people = people_with({each.case_number for each in found})
    names = {row.case_number: row.name for row in person_rows(people, at=moment)}
    return [
        Waiting(
            names[each.case_number],
            _case_url(request, each.case_number),
            each.icon,
            each.text,
            each.status,
        )
        for each in found
        if each.case_number in names
    ]


def _case_url(request: DeskRequest, case_number: str) -> str:
    return open_address(request, "people:file", keys={"case": case_number})
