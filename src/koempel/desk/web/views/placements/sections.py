"""Where somebody works and worked, in the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from koempel.desk.common.context import current
from koempel.desk.placements.queries import PlacementSeen, placements_of, placements_seen
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Section, Status
from koempel.desk.web.views.placements.words import file_url, status_of
from koempel.region import dutch

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """A placement in one line."""

    title: str
    text: str
    status: Status
    url: str


def placement_sections(request: DeskRequest, case_number: str) -> Sequence[Section]:
    """The work of somebody, the last first; nothing where there was none."""
    if not open_address(request, "placements:list"):
        return ()
    found = placements_seen(placements_of(current(), case_number)[:MOST_SHOWN])
    lines = [_line(each) for each in found]
    if not lines:
        return ()
    return [Section("Werk dat begon", template="web/placements/lines.html", data=lines)]


def _line(seen: PlacementSeen) -> PlacementLine:
    days = f"sinds {dutch.day(seen.started_on)}"
    if seen.ended_on:
        days = f"van {dutch.day(seen.started_on)} tot {dutch.day(seen.ended_on)}"
    text = f"{seen.vacancy.employer}, {days}"
    return PlacementLine(seen.vacancy.title, text, status_of(seen.state), file_url(seen.pk))
