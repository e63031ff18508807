"""One placement: since when, until when and why, and what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.placements import actions
from koempel.desk.placements.actions import Teller, can_take_back, can_take_back_answer
from koempel.desk.placements.enums import OBSTACLE_OF, Party
from koempel.desk.placements.forms import EndForm
from koempel.desk.placements.mailing import address_for
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.placements.queries import (
    FollowUpSeen,
    PlacementSeen,
    follow_ups_seen,
    placements_seen,
    visible_placements,
)
from koempel.desk.placements.terms import link_lasts
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.file import FilePage, Head
from koempel.desk.web.pages.form import ClosedError, FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Status, Tone
from koempel.desk.web.views.levers.addresses import choose_url
from koempel.desk.web.views.placements.words import (
    BUTTONS,
    file_url,
    follow_up_status,
    own_party,
    question,
    status_of,
)
from koempel.desk.web.views.referrals.search import Search
from koempel.region import dutch
from koempel.region.vocabulary import OBSTACLES

LIST = "placements:list"


def find_placement(pk: int) -> PlacementSeen:
    """A placement that the reader may see; absent and foreign ones answer alike."""
    (seen,) = placements_seen([get_object_or_404(visible_placements(current()), pk=pk)])
    return seen


def way_to(seen: PlacementSeen, title: str) -> list[Link]:
    """The way from the list to a page below a placement."""
    return [
        Link("Aan het werk", reverse(LIST)),
        Link("Plaatsing", file_url(seen.pk)),
        Link(title, ""),
    ]


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A day on which it is asked whether work goes on, in one line."""

    title: str
    status: Status
    text: str
    undo_url: str


@dataclass(frozen=True, slots=True)
class AskLink:
    """A link to answer: for whom, what makes it, and whether Koempel can mail it."""

    whom: str
    url: str
    can_mail: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked now: the buttons to write the answer down, and the links to send."""

    text: str
    about: str
    buttons: Sequence[Link]
    links: Sequence[AskLink]
    link_days: int


class PlacementPage(FilePage):
    """One placement."""

    template = "web/placements/file.html"

    def subject(self, request: DeskRequest, **keys: Any) -> PlacementSeen:
        """The placement with this number."""
        return find_placement(keys["pk"])

    def head(self, request: DeskRequest, subject: PlacementSeen) -> Head:
        """Who, where, whether it goes on."""
        day = subject.started_on if subject.is_working else subject.ended_on
        return Head(
            title=f"{subject.label}: {subject.vacancy.title}",
            above=[Link("Aan het werk", reverse(LIST)), Link("Plaatsing", "")],
            about=f"{subject.vacancy.employer}, {subject.vacancy.village}",
            status=status_of(subject.state),
            since=f"sinds {dutch.day(day)}" if day else "",
        )

    def sections(self, request: DeskRequest, subject: PlacementSeen) -> Sequence[Section]:
        """The facts and what was said; first what is to be asked, or the search after an end."""
        today = timezone.localdate()
        asked = follow_ups_seen(subject, today=today, party=own_party())
        lines = [_follow_up_line(request, each, subject, today) for each in asked]
        found = [
            Section("Het werk", facts_of(subject)),
            Section("Houdt het stand?", template="web/placements/follow_ups.html", data=lines),
        ]
        for each in asked:
            if each.is_waiting and (data := _question(request, subject, each)):
                found.insert(0, Section(template="web/placements/question.html", data=data))
        if search := _search(request, subject):
            found.insert(0, Section("Wat nu?", template="web/referrals/search.html", data=search))
        return found

    def timeline(self, request: DeskRequest, subject: PlacementSeen) -> Sequence[Event]:
        """What happened, the last first."""
        return sorted(_events(subject), key=lambda each: each.when, reverse=True)

    def more(self, request: DeskRequest, subject: PlacementSeen) -> dict[str, Any]:
        """What can be done, and the way to both sides."""
        return {
            "end_url": _end_url(request, subject),
            "undo_url": _undo_url(request, subject),
            "doors": list(_doors(request, subject)),
        }


def facts_of(seen: PlacementSeen) -> list[Fact]:
    """What is known of the work."""
    facts = [
        Fact("Wie", seen.label, seen.who.phone),
        Fact("Vacature", seen.vacancy.title, str(seen.vacancy.employer)),
        Fact("Eerste werkdag", dutch.day(seen.started_on)),
        Fact("Kwam er door", dutch.capital(seen.source.label)),
    ]
    if seen.measure:
        facts.append(Fact("Maatregel", dutch.capital(seen.measure)))
    if seen.ended_on:
        facts.append(Fact("Laatste werkdag", dutch.day(seen.ended_on)))
    if seen.end_reason:
        facts.append(Fact("Reden", seen.end_reason.label, seen.explanation))
    return facts


def _events(seen: PlacementSeen) -> Iterator[Event]:
    yield Event(seen.started_on, "Eerste werkdag", str(seen.vacancy.employer), Tone.GOOD)
    if seen.ended_on:
        reason = seen.end_reason.label if seen.end_reason else ""
        yield Event(seen.ended_on, "Laatste werkdag", reason)


def _follow_up_line(
    request: DeskRequest, each: FollowUpSeen, seen: PlacementSeen, today: date
) -> FollowUpLine:
    parts = []
    if each.answered_at and each.told_by:
        said_on = dutch.day(timezone.localdate(each.answered_at))
        parts.append(f"Volgens {each.told_by.label}, op {said_on}.")
    if each.goes_well is not None:
        parts.append("Het loopt goed." if each.goes_well else "Er is iets nodig.")
    if each.needs:
        parts.append(dutch.sentence(each.needs))
    return FollowUpLine(
        title=f"Na {each.months} maanden",
        status=follow_up_status(each, seen, today),
        text=" ".join(parts),
        undo_url=_undo_answer_url(request, each),
    )


def _undo_answer_url(request: DeskRequest, each: FollowUpSeen) -> str:
    url = open_address(request, "placements:undo-answer", method="POST", keys={"pk": each.pk})
    if not url or each.answer is None:
        return ""
    row = FollowUp.objects.get(pk=each.pk)
    return url if can_take_back_answer(row, by=user_of(request), at=timezone.now()) else ""


def _question(request: DeskRequest, seen: PlacementSeen, each: FollowUpSeen) -> Question | None:
    buttons = [
        Link(title, url)
        for step, title in BUTTONS[own_party()].items()
        if (url := open_address(request, "placements:answer", keys={"pk": each.pk, "step": step}))
    ]
    if not buttons:
        return None
    return Question(
        question(seen, own_party()),
        f"Dit is de vraag na {each.months} maanden, van {dutch.day(each.due_on)}.",
        buttons,
        list(_links(request, seen, each)),
        link_lasts(timezone.localdate()).days,
    )


def _links(request: DeskRequest, seen: PlacementSeen, each: FollowUpSeen) -> Iterator[AskLink]:
    whom = {Party.EMPLOYER: "de werkgever"} if seen.is_working else {}
    whom |= {Party.PERSON: seen.label}
    for party, name in whom.items():
        keys = {"pk": each.pk, "party": party.value.lower()}
        if url := open_address(request, "placements:link", method="POST", keys=keys):
            employer, case = seen.vacancy.employer_id, seen.who.case_number
            can_mail = bool(address_for(party, employer=employer, case_number=case))
            yield AskLink(name, url, can_mail)


def _end_url(request: DeskRequest, seen: PlacementSeen) -> str:
    url = open_address(request, "placements:end", keys={"pk": seen.pk})
    return url if seen.is_working else ""


def _undo_url(request: DeskRequest, seen: PlacementSeen) -> str:
    """Where the reader takes back that it ended; nothing when that cannot be any more."""
    url = open_address(request, "placements:undo", method="POST", keys={"pk": seen.pk})
    if not url or seen.is_working:
        return ""
    row = Placement.objects.get(pk=seen.pk)
    return url if can_take_back(row, by=user_of(request), at=timezone.now()) else ""


def _doors(request: DeskRequest, seen: PlacementSeen) -> Iterator[Link]:
    if url := open_address(request, "jobs:file", keys={"number": seen.vacancy.number}):
        yield Link("Open de vacature", url)
    case = seen.who.case_number
    if case and (url := open_address(request, "people:file", keys={"case": case})):
        yield Link("Open het dossier", url)


def _search(request: DeskRequest, seen: PlacementSeen) -> Search | None:
    """What the end asks for, for who guides; nothing when no lever would have turned it."""
    case, kind = seen.who.case_number, OBSTACLE_OF.get(seen.end_reason) if seen.end_reason else None
    if kind is None or not case or not open_address(request, "levers:choose", keys={"case": case}):
        return None
    return Search(
        OBSTACLES[kind],
        "Hier bestaat ondersteuning voor. Zoek ze nu, dan staat dit een volgende job niet in de "
        "weg.",
        Link("Zoek ondersteuning", choose_url(case)),
    )


class EndPage(FormPage):
    """Note that work ended: when, and why."""

    button = "Noteer dat het werk stopte"

    def subject(self, request: DeskRequest, **keys: Any) -> PlacementSeen:
        """A placement that goes on."""
        seen = find_placement(keys["pk"])
        if not seen.is_working:
            raise ClosedError(file_url(seen.pk))
        return seen

    def title(self, subject: PlacementSeen) -> str:
        """Of whom."""
        return f"Het werk stopt: {subject.label}"

    def crumbs(self, request: DeskRequest, subject: PlacementSeen) -> Sequence[Link]:
        """From the placement."""
        return way_to(subject, "Het werk stopt")

    def facts(self, request: DeskRequest, subject: PlacementSeen) -> Sequence[Fact]:
        """Which work."""
        return facts_of(subject)[:3]

    def form(self, request: DeskRequest, subject: PlacementSeen, data: Any) -> BaseForm:
        """When, and why."""
        return EndForm(data, started_on=subject.started_on, today=timezone.localdate())

    def save(self, request: DeskRequest, subject: PlacementSeen, form: Any) -> tuple[Done, str]:
        """Note it."""
        key, teller = subject.pk, Teller(user_of(request))
        actions.end_placement(key, form.end(), teller=teller, at=timezone.now())
        undo = reverse("placements:undo", kwargs={"pk": key})
        return Done("Genoteerd: het werk is gestopt.", undo), file_url(key)


class UndoEnd(ButtonView):
    """Takes back that work ended."""

    def subject(self, request: DeskRequest, **keys: Any) -> PlacementSeen:
        """The placement with this number."""
        return find_placement(keys["pk"])

    def press(
        self, request: DeskRequest, subject: PlacementSeen, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo, then the placement."""
        actions.take_back_end(subject.pk, by=by, at=at)
        return Done("Teruggenomen: deze persoon is nog aan het werk."), self.back(subject)

    def back(self, subject: PlacementSeen) -> str:
        """To the placement."""
        return file_url(subject.pk)
