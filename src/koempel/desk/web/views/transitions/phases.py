"""The phases of a trajectory as one line: done, now, to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from koempel.desk.transitions.rules import Pause, Stretch
from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.values import Section, Status
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class PhaseSeen:
    """A phase on the line; `mark` is its class, `word` says the same."""

    title: str
    mark: str
    word: str
    days: str
    late: Status | None
    pauses: Sequence[str]


def phase_section(stretches: Sequence[Stretch], today: date) -> Section:
    """The phases in their order."""
    seen = [_seen(each, today) for each in stretches]
    return Section("Het traject", template="web/transitions/phases.html", data=seen)


def _seen(stretch: Stretch, today: date) -> PhaseSeen:
    mark, word = ("done", "gedaan") if stretch.is_done else ("coming", "gepland")
    if stretch.is_now and not stretch.is_done:
        mark, word = "now", "nu"
    return PhaseSeen(
        title=dutch.capital(stretch.phase.label),
        mark=mark,
        word=word,
        days=f"{dutch.day(stretch.first)} tot {dutch.day(stretch.last)}",
        late=due_now(stretch.last, today) if mark == "now" else None,
        pauses=[_paused(each, today) for each in stretch.pauses],
    )


def _paused(pause: Pause, today: date) -> str:
    verb = "staat stil" if pause.covers(today) else "stil"
    days = f"van {dutch.day(pause.first)} tot {dutch.day(pause.until)}"
    return f"{dutch.capital(verb)} {days}: {dutch.count(pause.length.days, 'dag', 'dagen')} later"
