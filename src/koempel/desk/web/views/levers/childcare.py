"""What only childcare shows: two weeks by part of the day, and who may fall between two places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString

from koempel.desk.levers.crossings import Crossing, crossings
from koempel.desk.levers.models import Lever
from koempel.desk.levers.parts import part_hours
from koempel.desk.levers.queries import PART_WORDS, BookingSeen, Cell, Weeks, weeks_of
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.spans import Bar, Mark, Row, spans
from koempel.desk.web.pages.values import Section, Status
from koempel.desk.web.views.levers.sections import IN_PART
from koempel.desk.web.views.levers.words import (
    gap_in_words,
    gap_tone,
    regular_in_words,
    title_of,
)
from koempel.region import dutch

MOST_DRAWN = 10


@dataclass(frozen=True, slots=True)
class OccupancyRow:
    """A part of the day: its name, its hours, a cell per day; None where it is closed."""

    name: str
    hours: str
    cells: Sequence[tuple[date, Cell | None]]


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Two weeks of a site by part of the day; `n_first` days are of this week."""

    days: Sequence[date]
    n_first: int
    today: date
    rows: Sequence[OccupancyRow]

    @property
    def n_second(self) -> int:
        """Days of next week."""
        return len(self.days) - self.n_first

    @property
    def second(self) -> date | None:
        """The first day of next week, where a space shows that another one begins."""
        return self.days[self.n_first] if self.n_second else None


def weeks_sections(sites: Sequence[Lever], title: str) -> list[Section]:
    """Two weeks of some sites, with the name of each when there are more."""
    today = timezone.localdate()
    found = weeks_of(sites, today)
    return [
        Section(
            f"{title}: {site.name}" if len(sites) > 1 else title,
            template="web/levers/weeks.html",
            data=_occupancy(site, found[site.pk], today),
        )
        for site in sites
    ]


def _occupancy(site: Lever, weeks: Weeks, today: date) -> Occupancy:
    days = sorted({cell.day for cells in weeks.values() for cell in cells})
    hours = part_hours(site.childcare.hours, on=today)
    rows = [
        OccupancyRow(
            dutch.capital(PART_WORDS[part]),
            f"{dutch.clock(hours[part][0])} tot {dutch.clock(hours[part][1])} uur",
            [(day, _on(day, cells)) for day in days],
        )
        for part, cells in weeks.items()
    ]
    next_monday = today + timedelta(days=7 - today.weekday())
    return Occupancy(days, sum(day < next_monday for day in days), today, rows)


def _on(day: date, cells: Sequence[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.day == day), None)


def today_in_words(site: Lever) -> str:
    """Where it is full today, as a title."""
    today = timezone.localdate()
    cells = {
        part: cell
        for part, row in weeks_of([site], today)[site.pk].items()
        for cell in row
        if cell.day == today
    }
    if not cells:
        return "Vandaag: gesloten"
    full = [_FULL[part] for part, cell in cells.items() if cell.is_full]
    if not full:
        return "Vandaag: overal nog plaats"
    return f"Vandaag: vol in {dutch.joined(full)}" if len(full) < len(cells) else "Vandaag: vol"


_FULL = dict(
    zip(IN_PART, ("de vroege uren", "de voormiddag", "de namiddag", "de late uren"), strict=True)
)


@dataclass(frozen=True, slots=True)
class CrossingLine:
    """A child between two places, in words; `extend_url` where the reader may make it longer."""

    who: str
    until: str
    regular: str
    gap: Status
    extend_url: str


@dataclass(frozen=True, slots=True)
class Crossings:
    """The drawing, its table, and the children of whom nobody knows yet."""

    drawing: SafeString
    lines: Sequence[CrossingLine]
    unknown: Sequence[CrossingLine]


def crossing_section(request: DeskRequest, kept: Sequence[BookingSeen]) -> list[Section]:
    """Temporary places that end, against the regular ones that should follow."""
    found = crossings(kept)
    if not found:
        return []
    today = timezone.localdate()
    known = [each for each in found if each.regular]
    data = Crossings(
        drawing=_drawing(known, today),
        lines=[_line(request, each, today) for each in known],
        unknown=[_line(request, each, today) for each in found if not each.regular],
    )
    title = "Stopt de plaats voor de gewone begint?"
    return [Section(title, template="web/levers/crossings.html", data=data)]


def _line(request: DeskRequest, each: Crossing, today: date) -> CrossingLine:
    status = Status(gap_in_words(each), gap_tone(each))
    return CrossingLine(
        who=title_of(each.seen, today),
        until=dutch.day(each.ends_on),
        regular=regular_in_words(each),
        gap=status,
        extend_url=open_address(request, "levers:extend", keys={"pk": each.seen.pk}),
    )


def _drawing(found: Sequence[Crossing], today: date) -> SafeString:
    rows = [
        Row(
            name=title_of(each.seen, today),
            note=gap_in_words(each),
            tone=gap_tone(each),
            upper=[Bar(each.seen.starts_on, each.ends_on, Mark.HERE), *_gap(each)],
            lower=_regular(each),
        )
        for each in found[:MOST_DRAWN]
    ]
    return spans(rows, first=today, caption="Plaatsen hier en gewone plaatsen die volgen")


def _gap(each: Crossing) -> list[Bar]:
    if each.regular is None or each.gap is None or each.gap.most == 0:
        return []
    return [Bar(each.ends_on + timedelta(days=1), each.regular[1], Mark.GAP)]


def _regular(each: Crossing) -> list[Bar]:
    return [Bar(*each.regular, Mark.NEXT)] if each.regular else []
