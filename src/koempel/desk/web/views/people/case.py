"""The case of one person: head with the next step, facts, timeline, who may look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from koempel.desk.accounts.models import AccessGrant, DataClass
from koempel.desk.accounts.queries import grants_of_person
from koempel.desk.people import actions
from koempel.desk.people.enums import OBSTACLES, STATUS_BUTTONS, STATUS_CHANGES, CaseStatus
from koempel.desk.people.queries import Seen, Sheet, sheet
from koempel.desk.placements.queries import has_work
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.queries import standing_proposal
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Event, Link, Section, Status, Tone
from koempel.desk.web.views.levers.following import support_section
from koempel.desk.web.views.people import words
from koempel.desk.web.views.people.found import find, way_to
from koempel.desk.web.views.people.handing import hand_over_url
from koempel.desk.web.views.people.where import where_now
from koempel.desk.web.views.placements.sections import placement_sections
from koempel.desk.web.views.referrals.sections import referral_sections
from koempel.desk.web.views.transitions.sections import transition_sections
from koempel.region import dutch
from koempel.region.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section: what it is, more about it, and where to change it."""

    title: str
    text: str
    status: Status | None = None
    kind: Kind | None = None
    change: Link | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a section, and what an empty one says."""

    lines: Sequence[Line]
    nothing: str


class CasePage(FilePage):
    """One person."""

    template = "web/people/file.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Sheet:
        """The case as the reader may see it."""
        return sheet(find(keys["case"]), at=timezone.now())

    def head(self, request: DeskRequest, subject: Sheet) -> Head:
        """The name, whose case it is, and the next step as one button."""
        due = subject.facts.next_step_on
        status = words.step_in_words(due, timezone.localdate())
        case_status = words.status_of(subject.facts.status)
        since = f"sinds {dutch.day(subject.facts.status_since)}"
        status, since, step = _proposal_that_waits(request, subject) or (
            status if due and status else case_status,
            f"{case_status.word} {since}" if due else since,
            _step(request, subject),
        )
        return Head(
            title=subject.name,
            above=[*way_to(subject.case_number, "")[:1], Link(subject.case_number, "")],
            about=_about(subject),
            status=status,
            since=since,
            next_step=step,
        )

    def kinds(self, request: DeskRequest, subject: Sheet) -> Sequence[Kind]:
        """What stands in the way."""
        return words.obstacle_kinds(subject)

    def sections(self, request: DeskRequest, subject: Sheet) -> Sequence[Section]:
        """The facts in short blocks, those of classes that the reader has."""
        return list(_sections(request, subject))

    def timeline(self, request: DeskRequest, subject: Sheet) -> Sequence[Event]:
        """Everything that happened, the last first."""
        return words.events(subject, timezone.now(), reader=user_of(request))

    def changes(self, request: DeskRequest, subject: Sheet) -> Sequence[Change]:
        """The status changes that the table allows; work that goes on ends on its own page."""
        allowed = STATUS_CHANGES[CaseStatus(subject.facts.status)]
        if has_work(subject.case_number):
            allowed = tuple(each for each in allowed if each is not CaseStatus.ACTIVE)
        return [Change(each.value, STATUS_BUTTONS[each]) for each in allowed]

    def change(self, request: DeskRequest, subject: Sheet, name: str) -> Done:
        """Make one of them."""
        person = find(subject.case_number)
        to = CaseStatus(name)
        actions.change_status(person, to=to, by=user_of(request), at=timezone.now())
        return Done(f"De status is nu: {to.label}.")

    def more(self, request: DeskRequest, subject: Sheet) -> dict[str, Any]:
        """What stands below the timeline."""
        return {
            "note_url": _open(request, subject, "note"),
            "shared": _shared(subject) if subject.is_mine else None,
            "doors": list(_doors(request, subject)),
            "confidential_url": _open(request, subject, "confidential"),
        }


def _about(subject: Sheet) -> str:
    facts = subject.facts
    home = facts.village.name if facts.village else subject.municipality
    guide = facts.caseworker.name if facts.caseworker else "nog niemand"
    return " · ".join(
        (
            home,
            f"dossier van {facts.organisation}",
            "jij begeleidt" if subject.is_mine else f"begeleid door {guide}",
        )
    )


def _proposal_that_waits(request: DeskRequest, subject: Sheet) -> tuple[Status, str, Link] | None:
    """The proposal that the reader has to decide about; it comes before any other step."""
    url = open_address(request, "proposals:file", keys={"case": subject.case_number})
    found = standing_proposal(subject.case_number) if url else None
    if found is None or found.state != ProposalState.OPEN:
        return None
    return (
        Status("Voorstel wacht op jou", Tone.NEEDS_YOU),
        f"beslis voor {dutch.day(found.decide_by)}",
        Link("Beslis over het voorstel", url),
    )


def _step(request: DeskRequest, subject: Sheet) -> Link | None:
    url = _open(request, subject, "next-step")
    if not url or subject.facts.status == CaseStatus.CLOSED:
        return None
    return Link("Rond de stap af" if subject.facts.next_step else "Kies een volgende stap", url)


def _open(request: DeskRequest, subject: Sheet, name: str, **keys: Any) -> str:
    return open_address(request, f"people:{name}", keys={"case": subject.case_number, **keys})


def _more(request: DeskRequest, subject: Sheet, title: str, name: str) -> Link | None:
    url = _open(request, subject, name)
    return Link(title, url) if url else None


def _sections(request: DeskRequest, subject: Sheet) -> Iterator[Section]:
    today = timezone.localdate()
    if line := where_now(request, subject):
        yield Section(template="web/people/where.html", data=line)
    yield Section(facts=words.main_facts(subject, today))
    if "K3" in subject.classes:
        yield Section(
            title="Contact en woonplaats",
            facts=words.contact_facts(subject),
            more=_more(request, subject, "Bewerk de gegevens", "edit"),
        )
    if facts := words.work_facts(subject):
        yield Section(title="Werk", facts=facts)
    if "K4" in subject.classes:
        yield _obstacles(request, subject)
        yield _rights(request, subject)
    if "K5" in subject.classes:
        yield _children(request, subject)
    yield from placement_sections(request, subject.case_number)
    yield from referral_sections(request, subject.case_number)
    yield from transition_sections(request, subject.case_number)
    yield support_section(request, subject.case_number)


def _obstacles(request: DeskRequest, subject: Sheet) -> Section:
    lines = [
        Line(
            title="",
            kind=OBSTACLES[each.kind],
            text=_evidence(each),
            status=_gone(each.removed_on),
            change=_change(request, subject, "Is weg", "obstacle", each.id)
            if each.removed_on is None
            else None,
        )
        for each in subject.obstacles
    ]
    return _section(
        "Wat staat in de weg",
        Lines(lines, "Er staat niets in de weg, voor zover we weten."),
        _more(request, subject, "Schrijf een drempel op", "obstacle-new"),
    )


def _evidence(obstacle: Seen) -> str:
    helped = f" Weggenomen door: {obstacle.removed_by}." if obstacle.removed_by else ""
    known = dutch.sentence(obstacle.evidence)
    return f"{known} Sinds {dutch.day(obstacle.since)}.{helped}"


def _gone(on: Any) -> Status | None:
    return Status(f"weg sinds {dutch.day(on)}", Tone.GOOD) if on else None


def _rights(request: DeskRequest, subject: Sheet) -> Section:
    lines = []
    for each in subject.rights:
        title, status, text = words.right_line(each)
        change = _change(request, subject, "Verander", "right", each.id)
        lines.append(Line(title=title, text=text, status=status, change=change))
    return _section(
        "Rechten",
        Lines(lines, "Er is nog geen beslissing van VDAB of OCMW opgeschreven."),
        _more(request, subject, "Schrijf een beslissing op", "right-new"),
    )


def _children(request: DeskRequest, subject: Sheet) -> Section:
    lines = []
    for each in subject.children:
        title, text = words.child_line(each, timezone.localdate())
        change = _change(request, subject, "Verander", "child", each.id)
        lines.append(Line(title=title, text=text, change=change))
    return _section(
        "Kinderen",
        Lines(lines, "Geen kinderen die opvang nodig hebben."),
        _more(request, subject, "Voeg een kind toe", "child-new"),
    )


def _section(title: str, lines: Lines, more: Link | None) -> Section:
    return Section(title=title, template="web/people/lines.html", data=lines, more=more)


def _change(request: DeskRequest, subject: Sheet, title: str, name: str, key: int) -> Link | None:
    url = _open(request, subject, name, key=key)
    return Link(title, url) if url else None


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A partner who may look: at what, for what, until when."""

    name: str
    text: str


def _shared(subject: Sheet) -> list[Onlooker]:
    now = timezone.now()
    return [
        Onlooker(str(grant.to_organisation), _seen_by(grant))
        for grant in grants_of_person(subject.case_number)
        if grant.withdrawn_at is None and grant.valid_until >= now
    ]


def _seen_by(grant: AccessGrant) -> str:
    until = dutch.day(timezone.localdate(grant.valid_until))
    # What has no name is in every grant and says nothing here.
    named = [each for each in grant.classes if each != DataClass.K2]
    what = words.classes_in_words(named or grant.classes)
    return f"{what}, voor {grant.purpose}, tot {until}"


_ONLY_OF_GUIDE = (("Alles wat we bewaren", "everything"), ("Wis dit dossier", "erase"))


def _doors(request: DeskRequest, subject: Sheet) -> Iterator[Link]:
    if subject.is_mine:
        yield Link("Draag over aan een collega", hand_over_url([subject.case_number]))
    for title, name in (
        ("Vacatures binnen bereik", "referrals:seats"),
        ("Voorstel en andere wegen", "proposals:file"),
        ("Blad voor de persoon", "proposals:sheet"),
    ):
        url = open_address(request, name, keys={"case": subject.case_number})
        if url:
            yield Link(title, url)
    for title, name in (
        ("Geef of beëindig inzage", "grants"),
        ("Wie keek in dit dossier?", "access-log"),
        *(_ONLY_OF_GUIDE if subject.is_mine else ()),
    ):
        if link := _more(request, subject, title, name):
            yield link
