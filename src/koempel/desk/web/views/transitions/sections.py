"""Where somebody stands in doorstroom, in one line of the case."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.transitions.enums import OPEN
from koempel.desk.transitions.queries import TransitionSeen, transitions_of, transitions_seen
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status
from koempel.desk.web.views.transitions.words import file_url, late_of, status_of


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """The last round in one line."""

    employer: str
    status: Status
    due: Status | None
    url: str


def transition_sections(request: DeskRequest, case_number: str) -> Iterator[Section]:
    """The round that goes on, or the last one; nothing for who may not see it."""
    if not open_address(request, "transitions:list"):
        return
    found = transitions_seen(transitions_of(current(), case_number)[:1])
    url = open_address(request, "transitions:follow", keys={"case": case_number})
    goes_on = any(each.state in OPEN for each in found)
    more = Link("Werkt in de sociale economie", url) if url and not goes_on else None
    if found or more:
        lines = [_line(each) for each in found]
        yield Section("Doorstroom", template="web/transitions/lines.html", data=lines, more=more)


def _line(seen: TransitionSeen) -> TransitionLine:
    today = timezone.localdate()
    status, due = status_of(seen, today), late_of(seen, today)
    return TransitionLine(seen.employer, status, due, file_url(seen.pk))
