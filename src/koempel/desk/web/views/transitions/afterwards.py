"""After a contract: the talks of the aftercare, and the seat that is free again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404

from koempel.desk.accounts.models import User
from koempel.desk.common.context import Show, current
from koempel.desk.people.disclosures import cases_in_reach
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.transitions.actions import mark_talk
from koempel.desk.transitions.chain import Chain, chain_of, who_could
from koempel.desk.transitions.enums import TransitionState
from koempel.desk.transitions.queries import (
    TransitionSeen,
    transitions_seen,
    visible_transitions,
)
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.desk.web.views.transitions.words import file_url, status_of
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A day on which the coach asks how it goes; `url` marks it, one way or the other."""

    title: str
    status: Status
    url: str
    button: str


def talk_sections(request: DeskRequest, seen: TransitionSeen, today: date) -> list[Section]:
    """The aftercare, for who may mark it."""
    if not seen.talks:
        return []
    lines = [_talk(request, seen, number, today) for number in range(len(seen.talks))]
    return [Section("Nazorg", template="web/transitions/talks.html", data=lines)]


def _talk(request: DeskRequest, seen: TransitionSeen, number: int, today: date) -> TalkLine:
    talk = seen.talks[number]
    step = "gedaan" if talk.done_on is None else "toch-niet"
    keys = {"pk": seen.pk, "number": number, "step": step}
    can = seen.state == TransitionState.AFTERCARE
    url = open_address(request, "transitions:talk", method="POST", keys=keys) if can else ""
    done = Status(f"gedaan op {dutch.day(talk.done_on)}", Tone.GOOD) if talk.done_on else None
    return TalkLine(
        f"Vraag hoe het gaat: {dutch.day(talk.due_on)}",
        done or due_now(talk.due_on, today) or Status("nog te doen"),
        url,
        "Gedaan" if talk.done_on is None else "Toch niet gedaan",
    )


class TalkButton(ButtonView):
    """Marks a talk of the aftercare as done, or as not done after all."""

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[int, int, bool]:
        """The round, which of its talks, and whether it was done."""
        row = get_object_or_404(visible_transitions(current()), pk=keys["pk"])
        return row.pk, keys["number"], keys["step"] == "gedaan"

    def press(
        self, request: DeskRequest, subject: tuple[int, int, bool], *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Mark it."""
        key, number, is_done = subject
        mark_talk(key, number, is_done=is_done, by=by, at=at)
        return Done("De nazorg staat genoteerd."), self.back(subject)

    def back(self, subject: tuple[int, int, bool]) -> str:
        """To the round."""
        return file_url(subject[0])


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One link of the chain."""

    title: str
    text: str
    status: Status | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChainSeen:
    """The chain in words; `more` leads to the candidates for the free seat."""

    lines: Sequence[ChainLine]
    more: Link | None


def chain_sections(request: DeskRequest, seen: TransitionSeen, today: date) -> list[Section]:
    """The seat that came free, who took it, or who could."""
    row = visible_transitions(current()).filter(pk=seen.pk).first()
    chain = chain_of(row, current(), today=today) if row else None
    if chain is None:
        return []
    lines = [*_links(chain, today), _seat_line(request, chain)]
    if chain.is_open:
        lines.append(_who_could(chain, today))
    if chain.n_to_come:
        lines.append(_to_come(chain))
    url = open_address(request, "referrals:candidates", keys={"number": chain.seat.number})
    more = Link("Zoek kandidaten", url) if url and chain.is_open else None
    data = ChainSeen(lines, more)
    return [Section("De keten", template="web/transitions/chain.html", data=data)]


def _links(chain: Chain, today: date) -> list[ChainLine]:
    known = {each.pk: each for each in transitions_seen(x.row for x in chain.links if x.row)}
    found = []
    for link in chain.links:
        seen = known.get(link.row.pk) if link.row else None
        text = "ging naar gewoon werk" if link.is_gone else "werkt nu op deze plaats"
        found.append(
            ChainLine(
                seen.label if seen else "Iemand anders",
                text,
                status_of(seen, today) if seen else None,
                file_url(seen.pk) if seen else "",
            )
        )
    return found


def _seat_line(request: DeskRequest, chain: Chain) -> ChainLine:
    state = Status("vrij", Tone.NEEDS_YOU) if chain.is_open else _seat_state(chain)
    url = open_address(request, "jobs:file", keys={"number": chain.seat.number})
    title = f"De plaats: {chain.seat.title} bij {chain.seat.employer}"
    referred = _count(chain.n_referred, "mens is al verwezen", "mensen zijn al verwezen")
    text = f"{dutch.capital(referred)}." if chain.n_referred else "Nog niemand is verwezen."
    return ChainLine(title, text if chain.is_open else "", state, url)


def _seat_state(chain: Chain) -> Status:
    return Status(chain.seat.get_state_display())


def _who_could(chain: Chain, today: date) -> ChainLine:
    if current().show is not Show.FULL:
        return ChainLine("Wie kan ze innemen?", "Kijk bij de plaats hoeveel mensen kunnen komen.")
    people = Person.objects.filter(status=CaseStatus.ACTIVE).order_by()
    cases = cases_in_reach(list(people.values_list("case_number", flat=True)))
    known = [number for number, case in cases.items() if case.knows_all]
    note_shown(known, ALL_CLASSES)
    could = who_could(chain.seat, known, today=today)
    now = dutch.count(could.n_today, "mens kan zo beginnen", "mensen kunnen zo beginnen")
    more = dutch.count(could.n_with_levers, "mens", "mensen")
    text = f"Van wie jij begeleidt: {now}, en {more} met ondersteuning."
    return ChainLine("Wie kan ze innemen?", text)


def _to_come(chain: Chain) -> ChainLine:
    words = _count(chain.n_to_come, "collega is", "collega's zijn")
    text = f"{dutch.capital(words)} onderweg naar gewoon werk. Ook dan komt er plaats vrij."
    return ChainLine("En daarna?", text)


def _count(number: int, one: str, more: str) -> str:
    """In words; one to four are not counted out for who sees numbers only."""
    if current().show is Show.PSEUDONYM:
        return f"{dutch.few(number)} {more}"
    return dutch.count(number, one, more)
