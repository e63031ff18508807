"""The file of a vacancy, its steps, and who could come."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.jobs import actions
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.enums import (
    LEVELS,
    LICENCES,
    MEASURE_WORDS,
    MEASURES_TOLD,
    STEPS,
    STRAINS,
    Step,
    VacancyState,
)
from koempel.desk.jobs.feeds import is_public
from koempel.desk.jobs.models import EventKind, Vacancy, VacancyEvent
from koempel.desk.jobs.queries import events_of, job_of, may_change, steps_of, vacancies_for
from koempel.desk.jobs.terms import terms
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of, wants_part
from koempel.desk.web.pages.values import Event, Fact, Link, Section, Tone
from koempel.desk.web.views.jobs.listing import file_url, municipality_beside, status_of
from koempel.desk.web.views.jobs.reach import counted, reach_url
from koempel.desk.web.views.jobs.week import week_plots
from koempel.region import dutch
from koempel.region.rows import Level
from koempel.region.vocabulary import SKILLS

_ONLINE_WORDS = {VacancyState.PUBLISHED: "online tot", VacancyState.EXPIRED: "stond online tot"}
_TONES = {
    VacancyState.PUBLISHED: Tone.GOOD,
    VacancyState.EXPIRED: Tone.BAD,
}


def the_vacancy(number: str) -> Vacancy:
    """A vacancy that the reader may see; absent and foreign ones answer alike."""
    found = vacancies_for(current()).filter(number=number).first()
    if found is None:
        raise Http404
    return found


class JobPage(FilePage):
    """One vacancy."""

    def subject(self, request: DeskRequest, **keys: Any) -> Vacancy:
        """The vacancy with this number."""
        return the_vacancy(keys["number"])

    def head(self, request: DeskRequest, subject: Vacancy) -> Head:
        """What it is, where it stands."""
        edit = Link("Pas aan", reverse("jobs:edit", kwargs={"number": subject.number}))
        step = edit if may_change(current(), subject) else _candidates(request, subject)
        return Head(
            title=subject.title,
            above=[Link("Jobs", reverse("jobs:list")), Link(subject.number, "")],
            about=f"{subject.employer}, {subject.village}",
            status=status_of(subject),
            since=_since(subject),
            next_step=step,
        )

    def sections(self, request: DeskRequest, subject: Vacancy) -> Sequence[Section]:
        """The facts, the week, what it asks, who could come."""
        week = {"plots": week_plots(subject.rotation)}
        found = [
            Section("De job", _facts(subject), "web/jobs/description.html", subject),
            Section("De week", template="web/jobs/week.html", data=week),
            Section("Wat het werk vraagt", _demands(subject)),
            Section(
                "Wie kan komen?", template="web/jobs/reach_later.html", data=reach_url(subject)
            ),
        ]
        if subject.measures:
            told = [dict(MEASURES_TOLD)[measure] for measure in subject.measures]
            found.insert(3, Section("Voor wie?", template="web/jobs/exclusive.html", data=told))
        if may_change(current(), subject):
            copy_url = reverse("jobs:copy", kwargs={"number": subject.number})
            found.append(Section("Nog zo een?", template="web/jobs/copy.html", data=copy_url))
        return found

    def timeline(self, request: DeskRequest, subject: Vacancy) -> Sequence[Event]:
        """Everything that happened to it."""
        return [_event(each) for each in events_of(subject)]

    def changes(self, request: DeskRequest, subject: Vacancy) -> Sequence[Change]:
        """The steps of its life that are open now."""
        if not may_change(current(), subject):
            return ()
        return [Change(step.key, _button(step, subject)) for step in steps_of(subject)]

    def change(self, request: DeskRequest, subject: Vacancy, name: str) -> Done:
        """Take a step."""
        now = timezone.now()
        actions.take_step(
            subject,
            name,
            by=user_of(request),
            at=now,
            on=timezone.localdate(now),
            parameters=terms(),
        )
        return Done(STEPS[name].done, reverse("jobs:undo", kwargs={"number": subject.number}))


class UndoStep(View):
    """Takes the last step of a vacancy back."""

    def post(self, request: DeskRequest, number: str) -> HttpResponse:
        """Undo, then the file again."""
        vacancy = the_vacancy(number)
        try:
            actions.undo_step(vacancy, by=user_of(request), at=timezone.now())
        except VacancyError as error:
            notices.warn(request, str(error))
        else:
            notices.say(request, Done("De stap is ongedaan gemaakt."))
        return HttpResponseRedirect(file_url(vacancy))


class CopyJob(View):
    """Makes a draft with the same facts and opens it."""

    def post(self, request: DeskRequest, number: str) -> HttpResponse:
        """Copy, then the form of the copy."""
        vacancy = the_vacancy(number)
        copy = actions.copy_vacancy(vacancy, by=user_of(request), at=timezone.now())
        notices.say(request, Done("Dit is de kopie. Pas aan wat anders is en zet ze online."))
        return HttpResponseRedirect(reverse("jobs:edit", kwargs={"number": copy.number}))


class ReachPage(View):
    """Who could come to a vacancy: a part of its file, and a page for who has no scripts."""

    def get(self, request: DeskRequest, number: str) -> HttpResponse:
        """The count of today."""
        vacancy = the_vacancy(number)
        reach = counted(job_of(vacancy), user_of(request))
        crumbs = [
            Link("Jobs", reverse("jobs:list")),
            Link(vacancy.title, file_url(vacancy)),
            Link("Wie kan komen?", ""),
        ]
        content = {"vacancy": vacancy, "reach": reach, "crumbs": crumbs}
        page = "web/jobs/reach_part.html" if wants_part(request) else "web/jobs/reach.html"
        return render(request, page, content, status=429 if reach is None else 200)


def _candidates(request: DeskRequest, vacancy: Vacancy) -> Link | None:
    """For who guides: who could take a seat of a vacancy that is online."""
    url = open_address(request, "referrals:candidates", keys={"number": vacancy.number})
    is_online = vacancy.state == VacancyState.PUBLISHED
    return Link("Zoek kandidaten", url) if url and is_online else None


def _button(step: Step, vacancy: Vacancy) -> str:
    """What the button of a step says; one seat is not "all seats"."""
    if step.key == "fill" and vacancy.seats_left == 1:
        return "De laatste plaats is ingevuld" if vacancy.taken else "De plaats is ingevuld"
    return step.button


def _since(vacancy: Vacancy) -> str:
    if vacancy.state == VacancyState.DRAFT:
        return "alleen je eigen organisatie ziet dit"
    last = vacancy.publish_to
    if last is None or vacancy.state not in _ONLINE_WORDS:
        return ""
    return f"{_ONLINE_WORDS[VacancyState(vacancy.state)]} {dutch.day(last)}"


def _facts(vacancy: Vacancy) -> list[Fact]:
    return [
        Fact("Beroep", vacancy.occupation.title, f"ISCO {vacancy.occupation_id}"),
        Fact("Plaatsen", vacancy.seats, _seats_left(vacancy)),
        Fact("Contract", vacancy.get_contract_display()),
        Fact("Uren per week", dutch.trimmed(float(vacancy.hours_per_week))),
        Fact("Start", f"{dutch.day(vacancy.start_from)} tot {dutch.day(vacancy.start_to)}"),
        Fact("Loon", vacancy.wage),
        Fact("Vestiging", vacancy.establishment.name),
        Fact("Waar", *_where(vacancy)),
        Fact("Voor wie", _words(vacancy.measures, MEASURE_WORDS) or "iedereen"),
        Fact("Openbaar", _public_in(vacancy)),
    ]


def _public_in(vacancy: Vacancy) -> str:
    """Where everybody can read it, beyond who signs in here."""
    if vacancy.state != VacancyState.PUBLISHED or not is_public(vacancy):
        return ""
    return f"ja, bij de vacatures van {vacancy.village.municipality}"


def _seats_left(vacancy: Vacancy) -> str:
    if not vacancy.taken:
        return ""
    return f"{dutch.number(vacancy.taken)} ingevuld, {dutch.number(vacancy.seats_left)} vrij"


def _where(vacancy: Vacancy) -> tuple[str, str]:
    place, village = vacancy.establishment, vacancy.village
    beside = [f"{village.postcode} {village}", municipality_beside(vacancy)]
    return place.address, ", ".join(filter(None, beside))


def _demands(vacancy: Vacancy) -> list[Fact]:
    levels = dict(LEVELS)
    skills = ("speaking", "listening", "reading", "writing")
    words = ("spreken", "luisteren", "lezen", "schrijven")
    asked = [
        (word, getattr(vacancy, f"dutch_{skill}"))
        for word, skill in zip(words, skills, strict=True)
    ]
    dutch_facts = [
        Fact(f"Nederlands {word}", levels[level]) for word, level in asked if level != Level.ALPHA
    ]
    return [
        *(dutch_facts or [Fact("Nederlands", "niet gevraagd")]),
        Fact("Kunnen", _words(vacancy.skills, SKILLS.items())),
        Fact("Rijbewijs", _words(vacancy.licences, LICENCES)),
        Fact("Voor het lichaam", _words(vacancy.strains, STRAINS)),
    ]


def _words(codes: Sequence[str], words: Any) -> str:
    known = dict(words)
    return dutch.joined(known.get(code, code) for code in codes) if codes else ""


def _event(event: VacancyEvent) -> Event:
    who = str(event.by) if event.by else "Koempel"
    if event.kind == EventKind.STATE:
        title = STEPS[event.step].done
    else:
        title = {
            EventKind.MADE: "Gemaakt",
            EventKind.CHANGED: "Aangepast",
            EventKind.UNDONE: "Stap ongedaan gemaakt",
        }[EventKind(event.kind)]
    text = f"{event.text}, {who}" if event.text else who
    tone = _TONES.get(VacancyState(event.to_state), Tone.QUIET) if event.step else Tone.QUIET
    return Event(event.at, title, text, tone)
