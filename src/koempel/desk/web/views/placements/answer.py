"""The page on which an employer or a person says by a link whether work goes on: three clicks."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import Context, Relation, Show, acting, current
from koempel.desk.common.roles import Role
from koempel.desk.placements.actions import Teller, answer_follow_up
from koempel.desk.placements.enums import Answer, Party
from koempel.desk.placements.forms import answer_form, for_person, told_in, with_name
from koempel.desk.placements.links import link_behind
from koempel.desk.placements.models import FollowUp, FollowUpLink, Placement
from koempel.desk.placements.queries import PlacementSeen, placements_seen, waiting_follow_ups
from koempel.desk.web.pages.form import ClosedError, FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.placements.words import BUTTONS, STEPS, question

_NAME_OF_PERSON = "De persoon zelf"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is behind a link: whose work, who is asked, and the answer that is given."""

    link: FollowUpLink
    seen: PlacementSeen
    token: str
    step: str = ""

    @property
    def party(self) -> Party:
        """Who is asked."""
        return Party(self.link.party)

    @property
    def answer(self) -> Answer:
        """What the step says."""
        return STEPS[self.step]

    @property
    def waits(self) -> bool:
        """Whether nobody answered yet."""
        rows = FollowUp.objects.filter(pk=self.link.follow_up_id, answer="")
        return waiting_follow_ups(rows, timezone.localdate()).exists()


class FollowUpAnswer(View):
    """The question, and the three answers."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, token: str) -> HttpResponse:
        """The question; a link that does not work is like one that never was."""
        asked = _behind(token)
        content = {
            "seen": asked.seen,
            "question": question(asked.seen, asked.party),
            "is_person": asked.party is Party.PERSON,
            "buttons": _buttons(asked) if asked.waits else (),
        }
        return render(request, "web/placements/answer.html", content)


class FollowUpAnswerStep(FormPage):
    """The form of one of the answers."""

    template = "web/placements/answer_step.html"
    button = "Verstuur je antwoord"

    def subject(self, request: DeskRequest, **keys: Any) -> Asked:
        """What is behind the link, as long as nobody answered."""
        asked = replace(_behind(keys["token"]), step=keys["step"])
        if asked.step not in STEPS:
            raise Http404
        if not asked.waits:
            raise ClosedError(_url(asked.token))
        return asked

    def title(self, subject: Asked) -> str:
        """The question with the answer."""
        return f"{question(subject.seen, subject.party)} {BUTTONS[subject.party][subject.step]}"

    def form(self, request: DeskRequest, subject: Asked, data: Any) -> forms.Form:
        """What belongs to the answer; an employer says who answers."""
        form = answer_form(
            subject.answer,
            data,
            is_working=subject.seen.is_working,
            started_on=subject.seen.started_on,
            today=timezone.localdate(),
        )
        return for_person(form) if subject.party is Party.PERSON else with_name(form)

    def more(self, request: DeskRequest, subject: Asked, form: Any) -> dict[str, Any]:
        """The way back."""
        return {"seen": subject.seen, "back": _url(subject.token)}

    def save(self, request: DeskRequest, subject: Asked, form: Any) -> tuple[Done, str]:
        """Answer."""
        told = told_in(form, subject.answer, subject.party)
        teller = Teller(None, form.cleaned_data.get("name", _NAME_OF_PERSON))
        placement = subject.link.follow_up.placement
        with acting(_asker(subject.party, placement)):
            answer_follow_up(subject.link.follow_up_id, told, teller=teller, at=timezone.now())
        return Done("Bedankt. Je antwoord staat genoteerd."), _url(subject.token)


def _behind(token: str) -> Asked:
    link = link_behind(token, at=timezone.now())
    if link is None:
        raise Http404
    placement = link.follow_up.placement
    with acting(_asker(Party(link.party), placement)):
        (seen,) = placements_seen([placement])
    return Asked(link, seen, token)


def _asker(party: Party, placement: Placement) -> Context:
    """The context of the employer or the person, for this one placement."""
    if party is Party.PERSON:
        return replace(
            current(),
            role=Role.PERSON,
            relation=Relation.PERSON,
            person=placement.case_number,
            show=Show.CONTACT,
        )
    employer = placement.vacancy.employer
    is_social = employer.kind == OrganisationKind.SOCIAL_ENTERPRISE
    return replace(
        current(),
        role=Role.SOCIAL_ENTERPRISE if is_social else Role.EMPLOYER,
        relation=Relation.OWN,
        organisation=employer.pk,
    )


def _buttons(asked: Asked) -> list[Link]:
    return [
        Link(
            title,
            reverse("follow-up-answer-step", kwargs={"token": asked.token, "step": step}),
        )
        for step, title in BUTTONS[asked.party].items()
    ]


def _url(token: str) -> str:
    return reverse("follow-up-answer", kwargs={"token": token})
