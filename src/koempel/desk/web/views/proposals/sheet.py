"""The sheet of a person, for the guide to print and for the person to read by a link."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import Relation, acting, current
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.sheets import (
    Sheet,
    make_sheet_link,
    person_behind,
    sheet_of,
    valid_link,
    withdraw_sheet_links,
)
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.people.found import address, find
from koempel.desk.web.views.proposals.day import day_of
from koempel.region import dutch
from koempel.region.outcome import LeverUse, Proposal
from koempel.region.vocabulary import LEVERS, MODES
from koempel.region.words import given_lever, part_in_words


@dataclass(frozen=True, slots=True)
class Support:
    """One piece of support, in words for the person."""

    title: str
    about: str


class SheetPage(View):
    """The sheet as the guide sees and prints it, with the link to hand out."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """The sheet, and whether a link works."""
        person = find(case)
        content = _content(sheet_of(person)) | {
            "crumbs": [
                Link("Mensen", reverse("people:list")),
                Link(case, address(case)),
                Link("Blad", ""),
            ],
            "is_mine": person.caseworker_id == user_of(request).pk,
            "link": valid_link(person, at=timezone.now()),
            "link_url": reverse("proposals:sheet-link", kwargs={"case": case}),
        }
        return render(request, "web/proposals/sheet.html", content)


class SheetLinkButton(View):
    """The buttons that make a link and stop it."""

    http_method_names = ("post",)

    def post(self, request: DeskRequest, case: str) -> HttpResponse:
        """Make a link and show it once, or stop the one that works."""
        person, now = find(case), timezone.now()
        if "stop" in request.POST:
            withdraw_sheet_links(person, by=user_of(request), at=now)
            notices.say(request, Done("De link werkt niet meer."))
        else:
            token = make_sheet_link(person, by=user_of(request), at=now)
            url = request.build_absolute_uri(reverse("person-sheet", kwargs={"token": token}))
            text = f"De link voor {person.first_name}, alleen nu te zien: {url}"
            notices.say(request, Done(text))
        return HttpResponseRedirect(reverse("proposals:sheet", kwargs={"case": case}))


class PersonSheet(View):
    """The sheet as the person reads it, by a link and without an account."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, token: str) -> HttpResponse:
        """The sheet; a link that does not work is like one that never was."""
        person = person_behind(token, at=timezone.now())
        if person is None:
            raise Http404
        context = current()
        own = replace(
            context,
            role=Role.PERSON,
            relation=Relation.PERSON,
            person=person.case_number,
            organisation=person.organisation_id,
        )
        with acting(own):
            content = _content(sheet_of(person))
        return render(request, "web/proposals/own_sheet.html", content)


def _content(sheet: Sheet) -> dict[str, Any]:
    person, proposal = sheet.person, sheet.proposal
    content: dict[str, Any] = {
        "sheet": sheet,
        "person": person,
        "looked_at": looked_at(person, has_children=sheet.has_children),
        "guide": person.caseworker,
        "office": person.organisation,
        "today": timezone.localdate(),
        "accepted": proposal is not None and proposal.state == ProposalState.ACCEPTED,
    }
    if proposal is None:
        return content
    facts = proposal.content
    return content | {
        "vacancy": proposal.vacancy,
        "start_on": facts.start_on,
        "support": [_support(each) for each in facts.levers],
        "day": day_of(facts.trip),
        "way": f"{facts.trip.out_min} minuten {MODES[facts.trip.mode]}",
        "why": why_for_person(facts),
        "made_on": timezone.localdate(proposal.made_at),
    }


def _support(lever: LeverUse) -> Support:
    about = f"{dutch.capital(LEVERS[lever.kind].ready)} {dutch.day(lever.ready_on)}"
    part = f", {part_in_words(lever.part)}" if lever.part else ""
    return Support(dutch.capital(given_lever(lever)), f"{about}{part}.")


def why_for_person(facts: Proposal) -> list[str]:
    """Why this proposal, said to the person: nobody else comes into it."""
    wish = {
        "exact": "Dit is het werk dat je zelf hebt gevraagd.",
        "near": "Dit werk ligt dicht bij wat je zelf hebt gevraagd.",
        "other": "Dit is ander werk dan je vroeg, maar je kan het bereiken.",
    }[facts.wish]
    said = [wish, f"De weg is {facts.trip.out_min} minuten {MODES[facts.trip.mode]}."]
    if facts.levers:
        jobs = dutch.count(facts.jobs_with_levers, "job", "jobs")
        said.append(
            f"Met ondersteuning kan je {jobs} bereiken. Zonder ondersteuning zijn dat er "
            f"{dutch.number(facts.jobs_today)}."
        )
    return said


def looked_at(person: Person, *, has_children: bool) -> list[str]:
    """What the planner looked at, in plain words."""
    said = [
        "in welk dorp je woont",
        "wanneer je van huis kan zijn en vanaf wanneer je kan starten",
        "hoe je je verplaatst, en hoe lang je onderweg wil zijn",
        "hoeveel Nederlands je verstaat, spreekt, leest en schrijft",
        "wat je kan en welk werk je zoekt",
    ]
    if person.needs:
        said.append("wat je nodig hebt op het werk")
    if has_children:
        said.append("de opvang van je kinderen")
    return said
