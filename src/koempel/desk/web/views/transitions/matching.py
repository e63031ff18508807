"""What stands between somebody and regular work, and the regular vacancies within reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.jobs.queries import vacancies_for
from koempel.desk.people.disclosures import cases_in_reach
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.transitions.enums import BEFORE_INTERNSHIP, TransitionState
from koempel.desk.transitions.matching import Hindrance, Matching, matching_of
from koempel.desk.transitions.queries import TransitionSeen
from koempel.desk.web.pages.file import FilePage, Head
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Fact, Link, Section
from koempel.desk.web.views.levers.following import support_section
from koempel.desk.web.views.referrals.seats import SeatLine, seat_line
from koempel.desk.web.views.transitions.file import find_transition
from koempel.desk.web.views.transitions.following import LIST
from koempel.desk.web.views.transitions.words import file_url, status_of
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS, OBSTACLES, Kind

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A round with how the person stands to regular work; None where too little is shared."""

    seen: TransitionSeen
    matching: Matching | None


@dataclass(frozen=True, slots=True)
class HindranceLine:
    """What stands between, in words."""

    kind: Kind
    text: str
    helps: str


@dataclass(frozen=True, slots=True)
class SeatLines:
    """Vacancies in reach, and how many there are more."""

    lines: Sequence[SeatLine]
    n_more: int
    nothing: str
    agree_url: str = ""


class MatchingPage(FilePage):
    """The checklist of the preparation, and the places to choose from."""

    template = "web/transitions/matching.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Found:
        """A round before its internship; of whom too little is shared nothing is worked out."""
        seen = find_transition(keys["pk"])
        case = cases_in_reach([seen.who.case_number]).get(seen.who.case_number)
        if seen.state not in BEFORE_INTERNSHIP or case is None:
            raise Http404
        if not case.knows_all:
            return Found(seen, None)
        note_shown([seen.who.case_number], ALL_CLASSES)
        return Found(seen, matching_of(seen.who.case_number, today=timezone.localdate()))

    def head(self, request: DeskRequest, subject: Found) -> Head:
        """For whom."""
        seen = subject.seen
        return Head(
            title=f"Op weg naar gewoon werk: {seen.label}",
            above=[
                Link("Doorstroom", reverse(LIST)),
                Link(seen.label, file_url(seen.pk)),
                Link("Plekken", ""),
            ],
            about=seen.employer,
            status=status_of(seen, timezone.localdate()),
            next_step=Link("Terug naar de doorstroom", file_url(seen.pk)),
        )

    def sections(self, request: DeskRequest, subject: Found) -> Sequence[Section]:
        """What stands between, the support for it, and the places in reach."""
        support = support_section(request, subject.seen.who.case_number)
        if subject.matching is None:
            return [Section(template="web/transitions/unknown.html"), support]
        url = _agree_url(request, subject.seen)
        return [*_work(subject.matching), support, *_places(subject.matching, url)]


def _agree_url(request: DeskRequest, seen: TransitionSeen) -> str:
    """Where an internship at one of the places is agreed on, while a place is looked for."""
    if seen.state != TransitionState.MATCHING:
        return ""
    return open_address(request, "transitions:agree", keys={"pk": seen.pk})


def _work(matching: Matching) -> list[Section]:
    facts = (
        Fact("Gewone vacatures die passen bij de wens", matching.n_wanted),
        Fact("Nu binnen bereik", matching.n_today),
        Fact("Binnen bereik met ondersteuning", matching.n_with_levers),
    )
    lines = [_hindrance(each, matching.n_wanted) for each in matching.hindrances]
    return [
        Section(facts=facts),
        Section("Wat staat er nog tussen?", template="web/transitions/hindrances.html", data=lines),
    ]


def _hindrance(found: Hindrance, n_wanted: int) -> HindranceLine:
    levers = [f"{LEVERS[kind].kind.title.lower()} ({number})" for kind, number in found.opened_by]
    return HindranceLine(
        OBSTACLES[found.kind],
        f"Bij {found.n_jobs} van de {dutch.count(n_wanted, 'vacature', 'vacatures')}.",
        f"Eén hefboom opent er al: {dutch.joined(levers)}." if levers else "",
    )


def _places(matching: Matching, agree_url: str) -> list[Section]:
    own = [each for each in matching.ways if not each.levers]
    helped = [each for each in matching.ways if each.levers]
    return [
        _group(
            "Plekken die nu al kunnen",
            own,
            "Met eigen vervoer en opvang kan er nog geen.",
            agree_url,
        ),
        _group(
            "Plekken met ondersteuning",
            helped,
            "Ook met ondersteuning komt er geen bij.",
            agree_url,
        ),
    ]


def _group(title: str, ways: Sequence[Any], nothing: str, agree_url: str) -> Section:
    shown = ways[:MOST_SHOWN]
    numbers = [each.job for each in shown]
    rows = {row.number: row for row in vacancies_for(current()).filter(number__in=numbers)}
    lines = [seat_line(rows[way.job], way) for way in shown if way.job in rows]
    data = SeatLines(lines, len(ways) - len(lines), nothing, agree_url)
    return Section(title, template="web/transitions/places.html", data=data)
