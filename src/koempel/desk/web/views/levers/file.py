"""The file of one lever: its facts, its stock, who has it, and its ledger as the timeline."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.levers.enums import EntryKind, Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import (
    Told,
    ledger_told,
    open_bookings,
    parts_in_words,
    visible_levers,
    with_stock,
)
from koempel.desk.web.pages.file import FilePage, Head
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Tone
from koempel.desk.web.views.levers.addresses import lever_crumbs, stock_url
from koempel.desk.web.views.levers.childcare import weeks_sections
from koempel.desk.web.views.levers.families import level_word
from koempel.desk.web.views.levers.lines import kept_section, request_section
from koempel.desk.web.views.levers.sections import (
    ask_section,
    asks_for,
    confirmed_status,
)
from koempel.region import dutch
from koempel.region.windows import in_words, parse_windows

SHOWN_ACTS = 40
_TONES = {
    EntryKind.HANDED_OVER: Tone.GOOD,
    EntryKind.RETURNED: Tone.GOOD,
    EntryKind.LOST: Tone.BAD,
    EntryKind.EXPIRED: Tone.BAD,
}


class LeverFile(FilePage):
    """One lever: its facts, its stock, who has it, and its ledger as the timeline."""

    def subject(self, request: DeskRequest, **keys: Any) -> Lever:
        """A lever that the reader may see."""
        return get_object_or_404(with_stock(visible_levers(current())), pk=keys["pk"])

    def head(self, request: DeskRequest, subject: Lever) -> Head:
        """Name, kind, whether the stock is known."""
        book = open_address(request, "levers:book", keys={"pk": subject.pk})
        stock = stock_url(request, subject)
        step = Link("Vraag dit voor iemand", book) if book else Link("Pas de voorraad aan", stock)
        return Head(
            subject.name,
            above=lever_crumbs(request, subject, subject.name),
            about=f"{subject.shown_kind.title} · {subject.organisation}",
            status=confirmed_status(subject, timezone.localdate()),
            next_step=step if step.url else None,
        )

    def kinds(self, request: DeskRequest, subject: Lever) -> Sequence[Any]:
        """No obstacles here."""
        return ()

    def sections(self, request: DeskRequest, subject: Lever) -> Sequence[Section]:
        """The question, the facts, the stock, the bookings."""
        asks = [ask_section(ask) for ask in asks_for(request, [subject])]
        is_care = subject.family is Family.CHILDCARE
        weeks = weeks_sections([subject], "Bezetting") if is_care else []
        found = open_bookings(current(), [subject], timezone.localdate())
        return [
            *asks,
            Section("Gegevens", facts=lever_facts(subject), more=_more(request, subject, "edit")),
            *weeks,
            *_part_sections(request, subject),
            request_section(request, found),
            kept_section(request, found, "Wie heeft wat?"),
        ]

    def timeline(self, request: DeskRequest, subject: Lever) -> Sequence[Event]:
        """The ledger."""
        return [_event(told) for told in ledger_told(current(), subject, SHOWN_ACTS)]


def _part_sections(request: DeskRequest, lever: Lever) -> list[Section]:
    if lever.family is not Family.TRANSPORT:
        return []
    parts = lever.parts.select_related("run")
    rows = [(parts_in_words(lever.family, [part]), part) for part in parts]
    more = _more(request, lever, "run-new")
    return [Section("Ritten", template="web/levers/parts.html", data=rows, more=more)]


def _more(request: DeskRequest, lever: Lever, name: str) -> Link | None:
    url = open_address(request, f"levers:{name}", keys={"pk": lever.pk})
    title = {"edit": "Pas de gegevens aan", "run-new": "Voeg een rit toe"}[name]
    return Link(title, url) if url else None


def lever_facts(lever: Lever) -> list[Fact]:
    """What there is, and what only this kind has."""
    counts = [
        Fact("Vrij", dutch.number(lever.free)),  # type: ignore[attr-defined]
        Fact("Vastgehouden", dutch.number(lever.held)),  # type: ignore[attr-defined]
        Fact("In gebruik", dutch.number(lever.out)),  # type: ignore[attr-defined]
    ]
    common = [
        Fact(
            "Wachten", dutch.count(lever.wait_days, "dag", "dagen") if lever.wait_days else "niet"
        ),
        Fact("Kost voor de partners", f"{dutch.number(float(lever.cost_eur))} euro per stuk"),
        Fact("Tot en met", lever.valid_until or "geen einddatum"),
        Fact(
            "Voor wie woont in",
            dutch.joined(map(str, lever.serves.all()) or [""])
            if lever.serves.exists()
            else "overal",
        ),
    ]
    return [*counts, *_FACTS[lever.family](lever), *common]


def _care_facts(lever: Lever) -> list[Fact]:
    site = lever.childcare
    return [
        Fact("Open", in_words(parse_windows(site.hours))),
        Fact("Leeftijd", f"{site.age_from} tot {site.age_to} maanden"),
    ]


def _course_facts(lever: Lever) -> list[Fact]:
    course = lever.course
    return [
        Fact("Leidt tot", course.teaches),
        Fact("Nodig om te starten", level_word(course.from_level) or "niets"),
        Fact("Eerste les", course.starts_on),
        Fact("Klaar op", course.ends_on),
    ]


def _line_facts(lever: Lever) -> list[Fact]:
    line = lever.line
    return [
        Fact("Van", line.from_name),
        Fact("Naar", line.to_name),
        Fact("Onderweg", f"{line.ride_min} minuten"),
    ]


_FACTS = {
    Family.BIKES: lambda lever: [],
    Family.CHILDCARE: _care_facts,
    Family.TRAINING: _course_facts,
    Family.TRANSPORT: _line_facts,
}


def _event(told: Told) -> Event:
    amount = f"{told.amount:+d}" if told.kind is EntryKind.CAPACITY_SET else ""
    title = f"{told.word} {amount or told.who}".strip()
    about = ". ".join(filter(None, (told.parts, told.reason, told.by and f"Door {told.by}")))
    return Event(told.at, title, dutch.capital(about), _TONES.get(told.kind, Tone.QUIET))
