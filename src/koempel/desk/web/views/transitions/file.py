"""One round of doorstroom: where it stands, its phases in time, everything that happened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.transitions import actions
from koempel.desk.transitions.enums import (
    BEFORE_INTERNSHIP,
    OPEN,
    PHASES,
    STEPS,
    Asks,
    Step,
    TransitionState,
    steps_for,
)
from koempel.desk.transitions.forms import step_form
from koempel.desk.transitions.models import Agreement, TransitionEvent
from koempel.desk.transitions.queries import (
    TransitionSeen,
    agreement_of,
    course_of,
    events_of,
    left_to_sign,
    transitions_seen,
    visible_transitions,
    why_not_begin,
)
from koempel.desk.transitions.telling import said_of, state_title
from koempel.desk.transitions.terms import guidance_hours
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.form import FormPage, step_now
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Tone
from koempel.desk.web.views.transitions.afterwards import chain_sections, talk_sections
from koempel.desk.web.views.transitions.following import LIST
from koempel.desk.web.views.transitions.phases import phase_section
from koempel.desk.web.views.transitions.words import ASKS, file_url, late_of, signed_by, status_of
from koempel.region import dutch

AGREEMENT = "Stageovereenkomst"
TO_WRITE = (
    "Waar, van wanneer tot wanneer, en wat de persoon leert. Daarna tekenen de vier partijen."
)
AHEAD = (
    "Vervoer, opvang, Nederlands: wat staat er nog tussen deze persoon en gewoon werk, welke "
    "ondersteuning neemt het weg, en welke plekken zijn er dan?"
)


def find_transition(pk: int) -> TransitionSeen:
    """A round that the reader may see; absent and foreign ones answer alike."""
    (seen,) = transitions_seen([get_object_or_404(visible_transitions(current()), pk=pk)])
    return seen


def _steps(seen: TransitionSeen) -> tuple[Step, ...]:
    """Steps that the reader can take now, the usual one first."""
    paused = seen.is_paused(timezone.localdate())
    return steps_for(current().role, seen.state, is_paused=paused)


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its steps, read once."""

    seen: TransitionSeen
    events: Sequence[TransitionEvent]
    agreement: Agreement | None


class TransitionPage(FilePage):
    """One round."""

    template = "web/transitions/file.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Round:
        """The round with this number."""
        seen = find_transition(keys["pk"])
        return Round(seen, list(events_of(seen.pk)), agreement_of(seen.pk))

    def head(self, request: DeskRequest, subject: Round) -> Head:
        """Who, where, how it stands, the usual next step."""
        seen, today = subject.seen, timezone.localdate()
        late = late_of(seen, today)
        return Head(
            title=f"Doorstroom: {seen.label}",
            above=[Link("Doorstroom", reverse(LIST)), Link(seen.label, "")],
            about=f"{seen.employer}, aan het werk sinds {dutch.day(seen.since)}",
            status=status_of(seen, today),
            since=late.word if late else "",
            next_step=_usual(request, seen),
        )

    def sections(self, request: DeskRequest, subject: Round) -> Sequence[Section]:
        """The phases as one line, and what each side should know."""
        seen, today = subject.seen, timezone.localdate()
        stretches = course_of(seen, subject.events)
        found = [phase_section(stretches, today)] if stretches else []
        found += [*_agreement(request, subject), *_ahead(request, seen)]
        found.append(Section("De doorstroom", list(_facts(seen))))
        return [*found, *talk_sections(request, seen, today), *chain_sections(request, seen, today)]

    def timeline(self, request: DeskRequest, subject: Round) -> Sequence[Event]:
        """Every step, the last first."""
        return [_event(each, subject.seen) for each in subject.events]

    def changes(self, request: DeskRequest, subject: Round) -> Sequence[Change]:
        """Steps that need nothing besides; an internship begins when its agreement says so."""
        steps = [step for step in _steps(subject.seen) if step.asks is Asks.NOTHING]
        if why_not_begin(subject.agreement, timezone.localdate()):
            steps = [step for step in steps if step.to != TransitionState.INTERNSHIP]
        return [Change(step.key, step.button) for step in steps]

    def change(self, request: DeskRequest, subject: Round, name: str) -> Done:
        """Take one of them."""
        key = subject.seen.pk
        actions.take_step(key, name, by=user_of(request), at=timezone.now())
        return Done(STEPS[name].done, _undo_url(key))

    def more(self, request: DeskRequest, subject: Round) -> dict[str, Any]:
        """The other steps, and the way to both sides."""
        usual = _usual(request, subject.seen)
        links = (_link(request, subject.seen, step) for step in _steps(subject.seen))
        return {
            "steps": [link for link in links if link is not None and link != usual],
            "doors": list(_doors(request, subject.seen)),
        }


def _usual(request: DeskRequest, seen: TransitionSeen) -> Link | None:
    """The usual next step, when it needs a page of its own and brings the round further."""
    step = next(iter(_steps(seen)), None)
    if step is None or step.asks is Asks.REASON or (step.to is None and step.asks is not Asks.VIEW):
        return None
    return _link(request, seen, step)


def _link(request: DeskRequest, seen: TransitionSeen, step: Step) -> Link | None:
    url = open_address(request, "transitions:step", keys={"pk": seen.pk, "step": step.key})
    return Link(step.button, url) if url and step.asks is not Asks.NOTHING else None


def _ahead(request: DeskRequest, seen: TransitionSeen) -> list[Section]:
    """The way to what has to be arranged first, as long as nobody began elsewhere."""
    url = open_address(request, "transitions:matching", keys={"pk": seen.pk})
    if not url or seen.state not in BEFORE_INTERNSHIP:
        return []
    return [_lead("Eerst regelen", AHEAD, Link("Bekijk wat er nog tussen staat", url))]


def _agreement(request: DeskRequest, subject: Round) -> list[Section]:
    """Who has still to sign, or the way to writing it down; for who knows the name."""
    seen, agreement = subject.seen, subject.agreement
    if agreement is None and seen.state != TransitionState.MATCHING:
        return []
    name = "transitions:agreement" if agreement else "transitions:agree"
    knows_name = seen.who.knows_guidance and seen.label != seen.who.case_number
    url = open_address(request, name, keys={"pk": seen.pk}) if knows_name else ""
    if not url:
        return []
    if agreement is None:
        return [_lead(AGREEMENT, TO_WRITE, Link("Schrijf de stageovereenkomst op", url))]
    days = f"Van {dutch.day(agreement.first_on)} tot en met {dutch.day(agreement.last_on)}."
    text = f"{days} {signed_by(left_to_sign(agreement))}"
    return [_lead(AGREEMENT, text, Link("Bekijk de stageovereenkomst", url))]


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence, and the page it leads to."""

    text: str
    link: Link


def _lead(title: str, text: str, link: Link) -> Section:
    return Section(title, template="web/transitions/lead.html", data=Lead(text, link))


def _doors(request: DeskRequest, seen: TransitionSeen) -> Iterator[Link]:
    case = seen.who.case_number
    if case and (url := open_address(request, "people:file", keys={"case": case})):
        yield Link("Open het dossier", url)
    if seen.vacancy is not None:
        keys = {"number": seen.vacancy.number}
        if url := open_address(request, "jobs:file", keys=keys):
            yield Link("Open de vacature", url)


def _facts(seen: TransitionSeen) -> Iterator[Fact]:
    yield Fact("Wie", seen.label, seen.who.phone)
    yield Fact("Bedrijf", seen.employer, seen.vacancy.title if seen.vacancy else "")
    if seen.due_on and seen.state in OPEN:
        yield Fact("Termijn", dutch.day(seen.due_on), ASKS[seen.state])
    if seen.view:
        yield Fact("Kijk van het bedrijf", seen.view.label, seen.view_text)
    if seen.visited_on:
        yield Fact("Bezoek aan de werkvloer", dutch.day(seen.visited_on))
    if seen.coach:
        yield Fact("Coach", seen.coach)
    if seen.state in PHASES or seen.guided_hours:
        average = guidance_hours(timezone.localdate())
        hours = dutch.trimmed(float(seen.guided_hours))
        yield Fact("Begeleiding", f"{hours} uur", f"gemiddeld {average} uur in een traject")
    if seen.starts_on:
        where = f"{seen.regular.title} bij {seen.regular.employer}" if seen.regular else ""
        yield Fact("Eerste gewone werkdag", dutch.day(seen.starts_on), where)
    if seen.reason:
        yield Fact("Reden", seen.reason.label, seen.explanation)
    elif seen.explanation:
        yield Fact("Uitleg bij het bezoek", seen.explanation)


_TONES = {
    TransitionState.REGULAR_CONTRACT: Tone.GOOD,
    TransitionState.AFTERCARE: Tone.GOOD,
    TransitionState.LEFT: Tone.BAD,
    TransitionState.STOPPED: Tone.BAD,
}


def _event(event: TransitionEvent, seen: TransitionSeen) -> Event:
    said = said_of(event.step)
    text = event.text if seen.who.knows_guidance else ""
    return Event(
        timezone.localdate(event.at),
        said or state_title(event.to_state),
        f"{dutch.sentence(text)} {event.who}" if text else event.who,
        Tone.QUIET if said else _TONES.get(TransitionState(event.to_state), Tone.QUIET),
    )


def _asking(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.asks is not Asks.NOTHING]


class StepPage(FormPage):
    """A step that needs to be told something."""

    button = ""

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[TransitionSeen, Step]:
        """The round, and a step that the reader can take now."""
        seen = find_transition(keys["pk"])
        own = (step for step in STEPS.values() if current().role in step.roles)
        now, known = _asking(_steps(seen)), _asking(own)
        return seen, step_now(keys["step"], now, known, file_url(seen.pk))

    def title(self, subject: tuple[TransitionSeen, Step]) -> str:
        """What the step does, for whom."""
        seen, step = subject
        return f"{step.button}: {seen.label}"

    def crumbs(self, request: DeskRequest, subject: tuple[TransitionSeen, Step]) -> Sequence[Link]:
        """From the round."""
        seen, step = subject
        return [
            Link("Doorstroom", reverse(LIST)),
            Link(seen.label, file_url(seen.pk)),
            Link(step.button, ""),
        ]

    def facts(self, request: DeskRequest, subject: tuple[TransitionSeen, Step]) -> Sequence[Fact]:
        """Who, where, by when, and what the enterprise said."""
        return list(_facts(subject[0]))[:4]

    def form(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Step], data: Any
    ) -> BaseForm:
        """What belongs to the step."""
        seen, step = subject
        agreement = agreement_of(seen.pk) if step.asks is Asks.CONTRACT else None
        leads_to = agreement.vacancy if agreement else None
        number = leads_to.number if leads_to else ""
        return step_form(step, data, today=timezone.localdate(), vacancy=number)

    def more(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Step], form: Any
    ) -> dict[str, Any]:
        """The button says what the step does."""
        return {"button": subject[1].button}

    def save(
        self, request: DeskRequest, subject: tuple[TransitionSeen, Step], form: Any
    ) -> tuple[Done, str]:
        """Take the step."""
        seen, step = subject
        by, at = user_of(request), timezone.now()
        actions.take_step(seen.pk, step.key, form.told(), by=by, at=at)
        return Done(step.done, _undo_url(seen.pk)), file_url(seen.pk)


class UndoStep(ButtonView):
    """Takes one's own last step back."""

    def subject(self, request: DeskRequest, **keys: Any) -> TransitionSeen:
        """The round with this number."""
        return find_transition(keys["pk"])

    def press(
        self, request: DeskRequest, subject: TransitionSeen, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo, then the round, or the list when there is none any more."""
        left = actions.take_back(subject.pk, by=by, at=at)
        return Done("De stap is teruggenomen."), self.back(subject) if left else reverse(LIST)

    def back(self, subject: TransitionSeen) -> str:
        """To the round."""
        return file_url(subject.pk)


def _undo_url(pk: int) -> str:
    return reverse("transitions:undo", kwargs={"pk": pk})
