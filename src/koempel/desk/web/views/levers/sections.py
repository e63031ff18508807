"""Sections that several pages about levers share: the question, the stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import levers_to_confirm
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Section, Status, Tone
from koempel.desk.web.views.levers.addresses import confirm_url, stock_url
from koempel.region import dutch
from koempel.region.rules import PARTS


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
    stock: str
    text: str
    confirm_url: str
    stock_url: str


def asks_for(request: DeskRequest, levers: Sequence[Lever]) -> list[Ask]:
    """The questions that the reader can answer, the oldest stock first."""
    today = timezone.localdate()
    found = []
    for lever in levers_to_confirm(levers, today):
        confirm, stock = confirm_url(request, lever), stock_url(request, lever)
        if confirm:
            found.append(Ask(lever, stock_in_words(lever), _since(lever, today), confirm, stock))
    return found


def ask_section(ask: Ask) -> Section:
    """The question whether a stock is still right."""
    return Section(template="web/levers/ask.html", data=ask)


def stock_in_words(lever: Lever) -> str:
    """What there is, in a few words: for childcare the places of each part of the day."""
    parts = list(lever.parts.all())
    if lever.family is not Family.CHILDCARE:
        total = sum(part.capacity for part in parts)
        return dutch.capital(dutch.count(total, lever.words.unit, lever.words.units))
    counts: dict[str, set[int]] = {}
    for part in parts:
        counts.setdefault(part.code.partition("/")[2], set()).add(part.capacity)
    return dutch.capital(
        dutch.joined(
            f"{_between(counts[name])} {IN_PART[name]}" for name in PARTS if name in counts
        )
    )


def _between(counts: set[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low} plaatsen" if low == high else f"{low} tot {high} plaatsen"


IN_PART = dict(zip(PARTS, ("vroeg", "in de voormiddag", "in de namiddag", "laat"), strict=True))


def _since(lever: Lever, today: date) -> str:
    stale = lever.stale_from(today)
    if lever.confirmed_on is None or stale is None:
        return "Nog nooit bevestigd. Tot iemand antwoordt, telt het plan hier minder op."
    days = (today - lever.confirmed_on).days
    since = f"Laatst bevestigd op {dutch.day(lever.confirmed_on)}, {days} dagen geleden."
    if stale <= today:
        return f"{since} Tot iemand antwoordt, telt het plan hier minder op."
    return f"{since} Zonder antwoord telt het plan hier minder op vanaf {dutch.day(stale)}."


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
