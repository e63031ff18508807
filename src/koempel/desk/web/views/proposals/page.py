"""One proposal: what, why, what else, and the decision of a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.desk.planning import actions
from koempel.desk.planning.choices import ways_among
from koempel.desk.planning.enums import ProposalState, Verdict
from koempel.desk.planning.errors import PlanningError
from koempel.desk.planning.forms import DecisionForm, WithdrawForm, opened_at
from koempel.desk.planning.models import Decision, Proposal
from koempel.desk.planning.queries import (
    alive_among,
    decisions_of,
    help_for,
    last_decision,
    paused,
    proposals_of,
    standing_proposal,
)
from koempel.desk.planning.snapshot import rows_of
from koempel.desk.planning.terms import undo_within
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.people.found import address, child_of, find
from koempel.desk.web.views.proposals import words
from koempel.desk.web.views.proposals.day import day_of
from koempel.errors import KoempelError
from koempel.region.names import Names
from koempel.region.reason_words import help_in_words
from koempel.region.ways import WaysOfPerson

SHOWN = ("K2", "K3", "K4", "K5")
WAYS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Case:
    """A person with the proposal that stands, and everything to weigh it by."""

    person: Person
    proposal: Proposal | None
    ways: WaysOfPerson | None
    names: Names
    is_alive: bool
    """Whether what the proposal leans on is still so, as long as it waits."""

    @property
    def case_number(self) -> str:
        """Number of the case."""
        return self.person.case_number

    @property
    def is_open(self) -> bool:
        """Whether a decision is waited for."""
        return self.proposal is not None and self.proposal.state == ProposalState.OPEN


def _case(number: str) -> Case:
    person, today = find(number), timezone.localdate()
    proposal = standing_proposal(number)
    jobs = []
    if proposal is not None:
        content = proposal.content
        jobs = [content.job, *(each.job for each in content.alternatives)]
    may_choose = proposal is None or proposal.state == ProposalState.OPEN
    region = rows_of([number], None if may_choose else jobs, today)
    ways = ways_among(region, number) if may_choose else None
    waits = [proposal] if proposal is not None and may_choose else []
    is_alive = len(alive_among(region, waits, today=today)) == len(waits)
    return Case(person, proposal, ways, Names(region), is_alive)


class ProposalPage(View):
    """The proposal of one person."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """What is proposed, why, and what else there is."""
        found = _case(case)
        chosen = request.GET.get("weg", "")
        form = self._form(found, chosen=chosen) if found.is_open else None
        return self._page(request, found, form)

    def post(self, request: DeskRequest, case: str) -> HttpResponse:
        """Decide, or say what is wrong."""
        found = _case(case)
        if not found.is_open:
            notices.warn(request, "Er wacht hier geen beslissing meer. Kijk wat er nu staat.")
            return HttpResponseRedirect(request.path)
        form = self._form(found, request.POST)
        if not form.is_valid():
            return self._page(request, found, form)
        try:
            done = _decide(found, form, by=user_of(request))
        except KoempelError as error:
            form.add_error(None, str(error))
            return self._page(request, found, form)
        notices.say(request, done)
        return HttpResponseRedirect(request.path)

    def _form(self, found: Case, data: Any = None, *, chosen: str = "") -> DecisionForm:
        proposal = found.proposal
        ways = found.ways.ways if found.ways else ()
        here = proposal.content.job if proposal else ""
        choices = [(each.job, found.names.job(each.job)) for each in ways if each.job != here]
        is_way = chosen in dict(choices)
        initial = {
            "what": Verdict.CHANGE if is_way else Verdict.ACCEPT,
            "way": chosen if is_way else "",
            "proposal": proposal.pk if proposal else None,
            "opened": opened_at(timezone.now()),
        }
        return DecisionForm(data, ways=choices, initial=initial)

    def _page(self, request: DeskRequest, found: Case, form: DecisionForm | None) -> HttpResponse:
        note_shown([found.case_number], SHOWN)
        content = {
            "person": found.person,
            "crumbs": _crumbs(found),
            "case_url": address(found.case_number),
            "sheet_url": open_address(request, "proposals:sheet", keys={"case": found.case_number}),
            "paused": paused(),
            "form": form,
            "earlier": words.decision_events(list(decisions_of(found.person)[:20])),
            "barred": _barred(found.person),
            **_proposal(request, found),
            **_ways(found),
        }
        status = 422 if form is not None and form.errors else 200
        return render(request, "web/proposals/file.html", content, status=status)


def _decide(found: Case, form: DecisionForm, *, by: User) -> Done:
    key, at = form.cleaned_data["proposal"], timezone.now()
    given = form.words_at(at)
    name = found.person.first_name
    undo = reverse("proposals:take-back", kwargs={"case": found.case_number})
    if form.verdict is Verdict.REFUSE:
        actions.refuse_proposal(key, given, by=by, at=at)
        return Done(f"Het voorstel voor {name} is geweigerd. Het komt niet terug.", undo=undo)
    if form.verdict is Verdict.CHANGE:
        actions.change_proposal(key, _chosen_way(found, form), given, by=by, at=at)
        return Done(f"Je koos een andere weg voor {name}. Alles is vastgehouden.", undo=undo)
    actions.accept_proposal(key, given, by=by, at=at)
    return Done(f"Aanvaard. De plaats en de hefbomen voor {name} zijn vastgehouden.", undo=undo)


def _chosen_way(found: Case, form: DecisionForm) -> Any:
    job = form.cleaned_data["way"]
    ways = found.ways.ways if found.ways else ()
    for each in ways:
        if each.job == job:
            return each
    raise PlanningError("Deze weg is intussen niet meer vrij. Kies een andere.")


def _crumbs(found: Case) -> list[Link]:
    return [
        Link("Voorstellen", reverse("proposals:list")),
        Link(found.case_number, address(found.case_number)),
        Link("Voorstel", ""),
    ]


def _proposal(request: HttpRequest, found: Case) -> dict[str, Any]:
    proposal = found.proposal
    if proposal is None:
        helped = help_for(found.case_number)
        return {
            "proposal": None,
            "help": help_in_words(helped, found.names) if helped is not None else "",
        }
    content, today = proposal.content, timezone.localdate()
    state = words.STATES[ProposalState(proposal.state)] if found.is_alive else words.DEAD
    return {
        "proposal": proposal,
        "is_alive": found.is_alive,
        "is_by_hand": proposal.changes_id is not None,
        "status": state,
        "vacancy": proposal.vacancy,
        "about_job": words.about_job(proposal.vacancy),
        "start_on": content.start_on,
        "levers": words.lever_lines(content),
        "day": day_of(content.trip),
        "why": words.why(content, found.names),
        "watch": words.watch(content),
        "made": proposal.run.made_at,
        "due": words.due(proposal.decide_by, today),
        **_accepted(request, proposal),
    }


def _accepted(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """What can still be done about a decision."""
    last = last_decision(proposal) if proposal.state == ProposalState.ACCEPTED else None
    if last is None:
        return {}
    keys = {"case": proposal.person_id}
    return {
        "decision": last,
        "take_back_url": reverse("proposals:take-back", kwargs=keys)
        if _is_fresh(last, request)
        else "",
        "withdraw_url": reverse("proposals:withdraw", kwargs=keys),
    }


def _is_fresh(decision: Decision, request: HttpRequest) -> bool:
    now = timezone.now()
    within = now - decision.at <= undo_within(timezone.localdate(now))
    return within and decision.by_id == request.user.pk


def _ways(found: Case) -> dict[str, Any]:
    if found.ways is None:
        return {"ways": [], "n_ways": 0}
    here = found.proposal.content if found.proposal else None
    others = [each for each in found.ways.ways if here is None or each.job != here.job]
    shown = others[:WAYS_SHOWN]
    rows = Vacancy.objects.filter(number__in=[each.job for each in shown])
    places = dict(rows.values_list("number", "establishment__village__name"))
    return {
        "ways": words.way_lines(shown, here, found.names, places),
        "n_ways": len(others),
    }


def _barred(person: Person) -> list[tuple[Proposal, str]]:
    """What was decided against and stays away until somebody lets it."""
    rows = proposals_of(person).filter(
        state__in=(ProposalState.REFUSED, ProposalState.CHANGED, ProposalState.WITHDRAWN),
        may_return=False,
    )
    return [
        (
            each,
            reverse("proposals:allow", kwargs={"case": person.case_number, "key": each.pk}),
        )
        for each in rows
    ]


class TakeBack(ButtonView):
    """The button that undoes one's own decision."""

    def subject(self, request: DeskRequest, **keys: Any) -> Person:
        """Whose proposal it is."""
        return find(keys["case"])

    def press(
        self, request: DeskRequest, subject: Person, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo the last decision."""
        last = decisions_of(subject).first()
        if last is None:
            raise PlanningError("Er is nog niets beslist.")
        actions.take_back(last.proposal_id, by=by, at=at)
        text = "De beslissing is teruggenomen. Het voorstel wacht weer."
        return Done(text), self.back(subject)

    def back(self, subject: Person) -> str:
        """To the proposal."""
        return _page_of(subject.case_number)


class Allow(ButtonView):
    """The button that lets a pair be proposed again."""

    def subject(self, request: DeskRequest, **keys: Any) -> Proposal:
        """The proposal that stands in the way, of somebody within reach."""
        found: Proposal = child_of(find(keys["case"]), "proposals", keys["key"])
        return found

    def press(
        self, request: DeskRequest, subject: Proposal, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Let it."""
        actions.allow_again(subject.pk, by=by, at=at)
        text = "Het volgende plan mag deze job opnieuw voorstellen."
        return Done(text), self.back(subject)

    def back(self, subject: Proposal) -> str:
        """To what is proposed now."""
        return _page_of(subject.person_id)


class Withdraw(View):
    """The page that ends what was accepted."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """Ask why."""
        return self._page(request, _case(case), WithdrawForm())

    def post(self, request: DeskRequest, case: str) -> HttpResponse:
        """End it, or say what is wrong."""
        found = _case(case)
        form = WithdrawForm(request.POST)
        if found.proposal is None or not form.is_valid():
            return self._page(request, found, form)
        try:
            actions.withdraw_proposal(
                found.proposal.pk, form.words(), by=user_of(request), at=timezone.now()
            )
        except KoempelError as error:
            form.add_error(None, str(error))
            return self._page(request, found, form)
        notices.say(request, Done("Ingetrokken. De plaats en de hefbomen zijn weer vrij."))
        return HttpResponseRedirect(_page_of(case))

    def _page(self, request: DeskRequest, found: Case, form: WithdrawForm) -> HttpResponse:
        note_shown([found.case_number], ("K3",))
        content = {
            "title": "Trek de aanvaarding in",
            "intro": "De plaats komt vrij. Wat nog niet is meegegeven of begonnen, komt vrij.",
            "crumbs": [*_crumbs(found)[:2], Link("Intrekken", "")],
            "form": form,
            "button": "Trek in",
        }
        return render(request, "web/form.html", content, status=422 if form.errors else 200)


def _page_of(case: str) -> str:
    return reverse("proposals:file", kwargs={"case": case})
