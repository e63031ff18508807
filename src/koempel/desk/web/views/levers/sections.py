"""Sections that several pages about levers share: the question, the stock, the weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import (
    PART_WORDS,
    Cell,
    stale_levers,
    weeks_of,
)
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Section, Status, Tone
from koempel.desk.web.views.levers.addresses import confirm_url, stock_url
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class LeverLine:
    """A lever of a table with what the reader may do with it."""

    lever: Lever
    confirmed: Status
    is_stale: bool
    confirm_url: str
    stock_url: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The question whether a stock is still right."""

    lever: Lever
    text: str
    confirm_url: str
    stock_url: str


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Two weeks of a site by part of the day."""

    lever: Lever
    days: Sequence[date]
    today: date
    rows: Sequence[tuple[str, Sequence[Cell | None]]]


def asks_for(request: DeskRequest, levers: Sequence[Lever]) -> list[Ask]:
    """The questions that the reader can answer, the oldest stock first."""
    today = timezone.localdate()
    found = []
    for lever in stale_levers(levers, today):
        confirm, stock = confirm_url(request, lever), stock_url(request, lever)
        if confirm:
            found.append(Ask(lever, _since(lever, today), confirm, stock))
    return found


def ask_section(ask: Ask) -> Section:
    """The question whether a stock is still right."""
    return Section(template="web/levers/ask.html", data=ask)


def _since(lever: Lever, today: date) -> str:
    rest = "Zolang niemand antwoordt, telt het plan minder op deze voorraad."
    if lever.confirmed_on is None:
        return f"Nog nooit bevestigd. {rest}"
    days = dutch.count((today - lever.confirmed_on).days, "dag", "dagen")
    return f"Laatst bevestigd op {dutch.day(lever.confirmed_on)}, {days} geleden. {rest}"


def weeks_section(lever: Lever, title: str) -> Section:
    """Two weeks of a site."""
    today = timezone.localdate()
    rows = weeks_of(lever, today)
    days = sorted({cell.day for cells in rows.values() for cell in cells})
    table = [
        (dutch.capital(PART_WORDS[part]), [_on(day, cells) for day in days])
        for part, cells in rows.items()
    ]
    data = Occupancy(lever, days, today, table)
    return Section(title, template="web/levers/weeks.html", data=data)


def _on(day: date, cells: Sequence[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.day == day), None)


def lever_lines(request: DeskRequest, levers: Sequence[Lever]) -> list[LeverLine]:
    """Levers with what the reader may do with them."""
    today = timezone.localdate()
    return [
        LeverLine(
            lever,
            confirmed_status(lever, today),
            lever.is_stale(today),
            confirm_url(request, lever),
            stock_url(request, lever),
        )
        for lever in levers
    ]


def confirmed_status(lever: Lever, today: date) -> Status:
    """Whether the stock is known, in words."""
    if lever.confirmed_on is None:
        return Status("nog niet bevestigd", Tone.NEEDS_YOU)
    if lever.is_stale(today):
        return Status(f"verouderd, van {dutch.day(lever.confirmed_on)}", Tone.NEEDS_YOU)
    return Status(f"bevestigd op {dutch.day(lever.confirmed_on)}", Tone.GOOD)
