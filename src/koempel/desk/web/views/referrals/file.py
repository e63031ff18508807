"""One referral: where it stands, what can be done now, everything that happened."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.common.days import appointment
from koempel.desk.referrals import actions
from koempel.desk.referrals.calendars import Method, talk_calendar
from koempel.desk.referrals.enums import (
    STEPS,
    Asks,
    ReferralState,
    Step,
    steps_for,
)
from koempel.desk.referrals.forms import step_form
from koempel.desk.referrals.links import make_answer_link, make_choice_link
from koempel.desk.referrals.mailing import ASK, must_call_off, must_withdraw_slots, was_mailed
from koempel.desk.referrals.models import SILENT, ReferralEvent
from koempel.desk.referrals.queries import (
    ReferralSeen,
    can_mail_person,
    events_of,
    referrals_seen,
    slots_of,
    visible_referrals,
)
from koempel.desk.referrals.terms import link_lasts
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.form import FormPage, step_now
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Tone
from koempel.desk.web.views.referrals.following import next_section
from koempel.desk.web.views.referrals.mails import MAILED, mail_facts, talk_buttons
from koempel.desk.web.views.referrals.search import search_after
from koempel.desk.web.views.referrals.words import WAITS_FOR, file_url, late_of, status_of
from koempel.region import dutch

LIST = "referrals:list"


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """A link for somebody without an account: for whom, what it opens, and what makes it."""

    title: str
    text: str
    button: str
    reader: str
    opens: str
    make: Callable[..., str]


def find_referral(pk: int) -> ReferralSeen:
    """A referral that the reader may see; absent and foreign ones answer alike."""
    (seen,) = referrals_seen([get_object_or_404(visible_referrals(current()), pk=pk)])
    return seen


def _steps(seen: ReferralSeen) -> tuple[Step, ...]:
    """Steps that the reader can take now, the usual one first; of past hours none is chosen."""
    steps = steps_for(current().role, seen.state)
    if seen.state != ReferralState.OFFERED or has_hours_left(seen):
        return steps
    return tuple(step for step in steps if step.asks is not Asks.SLOT)


def has_hours_left(seen: ReferralSeen) -> bool:
    """Whether one of the offered hours is still to come."""
    return any(each > timezone.now() for each in slots_of(seen.pk))


class ReferralPage(FilePage):
    """One referral."""

    template = "web/referrals/file.html"

    def subject(self, request: DeskRequest, **keys: Any) -> ReferralSeen:
        """The referral with this number."""
        return find_referral(keys["pk"])

    def head(self, request: DeskRequest, subject: ReferralSeen) -> Head:
        """Who, to what, where it stands, the usual next step."""
        late = late_of(subject, timezone.localdate())
        return Head(
            title=f"{subject.label}: {subject.vacancy.title}",
            above=[Link("Toeleiding", reverse(LIST)), Link("Verwijzing", "")],
            about=f"{subject.vacancy.employer}, {subject.vacancy.village}",
            status=status_of(subject.state),
            since=late.word if late else "",
            next_step=_usual(request, subject),
        )

    def sections(self, request: DeskRequest, subject: ReferralSeen) -> Sequence[Section]:
        """What each side should know; after a refusal the search that follows."""
        found = [Section("De verwijzing", _facts(subject))]
        mails = list(mail_facts(subject)) if subject.who.knows_guidance else []
        if mails:
            found.append(Section("Mail", mails))
        if search := search_after(request, subject):
            found.insert(0, Section("Wat nu?", template="web/referrals/search.html", data=search))
        if following := next_section(request, subject):
            found.insert(0, following)
        if subject.message:
            found.append(
                Section(
                    "Wat de werkgever moet weten",
                    template="web/referrals/message.html",
                    data=subject.message,
                )
            )
        return found

    def timeline(self, request: DeskRequest, subject: ReferralSeen) -> Sequence[Event]:
        """Every step, the last first."""
        return [_event(each, subject) for each in events_of(subject.pk)]

    def changes(self, request: DeskRequest, subject: ReferralSeen) -> Sequence[Change]:
        """Steps that need nothing besides."""
        return [
            Change(step.key, step.button) for step in _steps(subject) if step.asks is Asks.NOTHING
        ]

    def change(self, request: DeskRequest, subject: ReferralSeen, name: str) -> Done:
        """Take one of them."""
        by, at = user_of(request), timezone.now()
        actions.take_step(subject.pk, name, by=by, at=at)
        return Done(STEPS[name].done, _undo_url(subject.pk))

    def more(self, request: DeskRequest, subject: ReferralSeen) -> dict[str, Any]:
        """The other steps, and the way to both sides."""
        return {
            "steps": _other_links(request, subject),
            "doors": list(_doors(request, subject)),
            **_link_offer(request, subject),
            "calendar_url": _calendar_url(request, subject),
        }


def _usual(request: DeskRequest, seen: ReferralSeen) -> Link | None:
    """The usual next step, when it needs a page of its own."""
    usual = _usual_step(seen)
    return _link(request, seen, usual) if usual else None


def _usual_step(seen: ReferralSeen) -> Step | None:
    """The first of the steps; while a person chooses an hour, an employer does best to wait."""
    steps = _steps(seen)
    is_chosen_by_other = not any(each.asks is Asks.SLOT for each in steps)
    waits = seen.state == ReferralState.OFFERED and has_hours_left(seen) and is_chosen_by_other
    return None if waits or not steps else steps[0]


def _other_links(request: DeskRequest, seen: ReferralSeen) -> list[Link]:
    usual = _usual_step(seen)
    links = (_link(request, seen, step) for step in _steps(seen) if step is not usual)
    return [link for link in links if link is not None]


def _link(request: DeskRequest, seen: ReferralSeen, step: Step) -> Link | None:
    keys = {"pk": seen.pk, "step": step.key}
    url = open_address(request, "referrals:step", keys=keys)
    return Link(step.button, url) if url and step.asks is not Asks.NOTHING else None


_LINKS = {
    ReferralState.REFERRED: LinkOffer(
        "Werkt de werkgever niet met Koempel?",
        "Maak een link en stuur ze zelf. Ze toont alleen deze verwijzing, met twee knoppen",
        "Maak een link om te antwoorden",
        "de werkgever",
        "referral-answer",
        make_answer_link,
    ),
    ReferralState.OFFERED: LinkOffer(
        "Kiest de kandidaat liever zelf?",
        "Maak een link en stuur ze zelf, bijvoorbeeld met een sms. Ze toont alleen de uren",
        "Maak een link om te kiezen",
        "de kandidaat",
        "referral-slots",
        make_choice_link,
    ),
}


def _link_offer(request: DeskRequest, seen: ReferralSeen) -> dict[str, Any]:
    """The link that who guides can make now."""
    url = open_address(request, "referrals:link", method="POST", keys={"pk": seen.pk})
    offer = _LINKS.get(seen.state)
    if seen.state == ReferralState.OFFERED and not has_hours_left(seen):
        return {}
    days = link_lasts(timezone.localdate()).days
    return {"link": offer, "link_url": url, "link_days": days} if offer and url else {}


def _calendar_url(request: DeskRequest, seen: ReferralSeen) -> str:
    """Where the talk is, for one's own calendar."""
    if seen.state != ReferralState.INVITED:
        return ""
    return open_address(request, "referrals:talk", keys={"pk": seen.pk})


def _doors(request: DeskRequest, seen: ReferralSeen) -> Iterator[Link]:
    if url := open_address(request, "jobs:file", keys={"number": seen.vacancy.number}):
        yield Link("Open de vacature", url)
    case = seen.who.case_number
    if case and (url := open_address(request, "people:file", keys={"case": case})):
        yield Link("Open het dossier", url)


def _facts(seen: ReferralSeen) -> list[Fact]:
    facts = [
        Fact("Wie", seen.label, seen.who.phone),
        Fact("Vacature", seen.vacancy.title, str(seen.vacancy.employer)),
        Fact("Verwezen op", dutch.day(timezone.localdate(seen.made_at))),
    ]
    if seen.state in WAITS_FOR:
        facts.append(Fact("Wacht", WAITS_FOR[seen.state]))
    if seen.state == ReferralState.OFFERED:
        slots = [dutch.capital(appointment(each)) for each in slots_of(seen.pk)]
        facts.append(Fact("Uren om te kiezen", " · ".join(slots), seen.talk_place))
    if seen.talk_at:
        facts.append(Fact("Gesprek", dutch.capital(appointment(seen.talk_at)), seen.talk_place))
    if seen.starts_on:
        facts.append(Fact("Eerste werkdag", dutch.day(seen.starts_on)))
    if seen.reason:
        facts.append(Fact("Reden", seen.reason.label, seen.explanation))
    return facts


_EVENT_TONES = {
    ReferralState.HIRED: Tone.GOOD,
    ReferralState.NOT_HIRED: Tone.BAD,
    ReferralState.NO_SHOW: Tone.BAD,
}


_SILENCES = {
    ReferralState.REFERRED: "Geen antwoord",
    ReferralState.OFFERED: "Nog geen uur gekozen",
}


def _event(event: ReferralEvent, seen: ReferralSeen) -> Event:
    state = ReferralState(event.to_state)
    text = event.text if seen.who.knows_guidance else ""
    return Event(
        timezone.localdate(event.at),
        _SILENCES[state] if event.step == SILENT else dutch.capital(state.label),
        f"{dutch.sentence(text)} {event.who}" if text else event.who,
        _EVENT_TONES.get(state, Tone.QUIET),
    )


def _asking(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.asks is not Asks.NOTHING]


class StepPage(FormPage):
    """A step that needs to be told something: when, from when, or why."""

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[ReferralSeen, Step]:
        """The referral, and a step that the reader can take now."""
        seen = find_referral(keys["pk"])
        own = (step for step in STEPS.values() if current().role in step.roles)
        now, known = _asking(_steps(seen)), _asking(own)
        return seen, step_now(keys["step"], now, known, file_url(seen.pk))

    def title(self, subject: tuple[ReferralSeen, Step]) -> str:
        """What the step does, for whom."""
        seen, step = subject
        return f"{step.button}: {seen.label}"

    def crumbs(self, request: DeskRequest, subject: tuple[ReferralSeen, Step]) -> Sequence[Link]:
        """From the referral."""
        seen, step = subject
        return [
            Link("Toeleiding", reverse(LIST)),
            Link("Verwijzing", file_url(seen.pk)),
            Link(step.button, ""),
        ]

    def facts(self, request: DeskRequest, subject: tuple[ReferralSeen, Step]) -> Sequence[Fact]:
        """Whom to call, and about what."""
        return _facts(subject[0])[:2]

    def form(self, request: DeskRequest, subject: tuple[ReferralSeen, Step], data: Any) -> BaseForm:
        """What belongs to the step."""
        seen, step = subject
        slots = slots_of(seen.pk) if step.asks is Asks.SLOT else ()
        return step_form(step, data, now=timezone.now(), slots=slots)

    def more(
        self, request: DeskRequest, subject: tuple[ReferralSeen, Step], form: Any
    ) -> dict[str, Any]:
        """The button says what the step does."""
        seen, step = subject
        if step.asks in MAILED:
            return talk_buttons(step, can_mail=can_mail_person(seen))
        return {"button": step.button, "intro": _mail_that_follows(seen, step)}

    def save(
        self, request: DeskRequest, subject: tuple[ReferralSeen, Step], form: Any
    ) -> tuple[Done, str]:
        """Take the step."""
        seen, step = subject
        key, by, at = seen.pk, user_of(request), timezone.now()
        actions.take_step(key, step.key, form.words(), by=by, at=at)
        return Done(step.done, _undo_url(key)), file_url(key)

    button = ""


def _mail_that_follows(seen: ReferralSeen, step: Step) -> str:
    """What Koempel mails by itself after this step, said before it is taken."""
    if step.asks is not Asks.REASON:
        return ""
    lines = []
    is_ahead = must_call_off(seen.pk, seen.talk_at, at=timezone.now())
    if is_ahead or must_withdraw_slots(seen.pk, seen.state):
        lines.append("Koempel mailt de kandidaat dat het gesprek niet doorgaat.")
    if step.to == ReferralState.WITHDRAWN and was_mailed(seen.pk, ASK):
        lines.append("Koempel mailt de werkgever dat de kandidaat er niet meer is.")
    return " ".join(lines)


class TalkFile(View):
    """The talk as a file for one's own calendar."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The file; without a name in it."""
        seen = find_referral(pk)
        if seen.state != ReferralState.INVITED:
            raise Http404
        row = visible_referrals(current()).get(pk=pk)
        text = talk_calendar(row, Method.PUBLISH, at=row.changed_at)
        answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="gesprek.ics"'
        return answer


class LinkButton(ButtonView):
    """Makes a link by which the employer answers, or the person chooses; shows it once."""

    def subject(self, request: DeskRequest, **keys: Any) -> ReferralSeen:
        """The referral with this number."""
        return find_referral(keys["pk"])

    def press(
        self, request: DeskRequest, subject: ReferralSeen, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Make it; the one before stops."""
        offer = _LINKS.get(subject.state, _LINKS[ReferralState.REFERRED])
        token = offer.make(subject.pk, by=by, at=at)
        url = request.build_absolute_uri(reverse(offer.opens, kwargs={"token": token}))
        return Done(f"De link voor {offer.reader}, alleen nu te zien: {url}"), self.back(subject)

    def back(self, subject: ReferralSeen) -> str:
        """To the referral."""
        return file_url(subject.pk)


class UndoStep(ButtonView):
    """Takes one's own last step back."""

    def subject(self, request: DeskRequest, **keys: Any) -> ReferralSeen:
        """The referral with this number."""
        return find_referral(keys["pk"])

    def press(
        self, request: DeskRequest, subject: ReferralSeen, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo, then the referral, or the list when there is none any more."""
        left = actions.take_back(subject.pk, by=by, at=at)
        return Done("De stap is teruggenomen."), self.back(subject) if left else reverse(LIST)

    def back(self, subject: ReferralSeen) -> str:
        """To the referral."""
        return file_url(subject.pk)


def _undo_url(pk: int) -> str:
    return reverse("referrals:undo", kwargs={"pk": pk})
