"""The page on which an employer answers by a link, without an account: the minimum, two buttons."""

from dataclasses import dataclass, replace
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import Context, Relation, acting, current
from koempel.desk.common.days import appointment
from koempel.desk.common.roles import Role
from koempel.desk.referrals.actions import answer_by_link
from koempel.desk.referrals.enums import BY_LINK, STEPS, Asks, Opens, ReferralState, Step
from koempel.desk.referrals.forms import answer_form
from koempel.desk.referrals.links import referral_behind
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import ReferralSeen, can_mail_person, referrals_seen
from koempel.desk.web.pages.form import ClosedError, FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.views.referrals.mails import MAILED, talk_buttons
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Button:
    """One of the two answers; `url` leads to its form."""

    title: str
    url: str


class AnswerPage(View):
    """Who is referred, to what, and the two answers."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, token: str) -> HttpResponse:
        """The referral; a link that does not work is like one that never was."""
        referral = _behind(token)
        with acting(_employer(referral)):
            (seen,) = referrals_seen([referral])
        content = {"seen": seen, "said": _said(seen), "buttons": _buttons(seen, token)}
        return render(request, "web/referrals/answer.html", content)


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral that waits for an answer, and the answer that somebody is about to give."""

    referral: Referral
    seen: ReferralSeen
    step: Step
    token: str


class AnswerStep(FormPage):
    """The form of one of the two answers."""

    template = "web/referrals/answer_step.html"
    button = ""

    def subject(self, request: DeskRequest, **keys: Any) -> Asked:
        """What is behind the link, as long as nobody answered."""
        token, step = keys["token"], keys["step"]
        referral = _behind(token)
        if step not in BY_LINK:
            raise Http404
        if referral.state != ReferralState.REFERRED:
            raise ClosedError(_url(token))
        with acting(_employer(referral)):
            (seen,) = referrals_seen([referral])
        return Asked(referral, seen, STEPS[step], token)

    def title(self, subject: Asked) -> str:
        """What the answer says."""
        return subject.step.button

    def form(self, request: DeskRequest, subject: Asked, data: Any) -> BaseForm:
        """What belongs to the answer, and who gives it."""
        return answer_form(subject.step, data, now=timezone.now())

    def more(self, request: DeskRequest, subject: Asked, form: Any) -> dict[str, Any]:
        """The button says what the answer says."""
        buttons: dict[str, Any] = {"button": subject.step.button}
        if subject.step.asks in MAILED:
            can_mail = can_mail_person(subject.seen)
            buttons = talk_buttons(subject.step, can_mail=can_mail, can_undo=False)
        more = _step_url(subject.token, "offer") if subject.step.asks is Asks.TALK else ""
        return {"seen": subject.seen, "back": _url(subject.token), "offer": more, **buttons}

    def save(self, request: DeskRequest, subject: Asked, form: Any) -> tuple[Done, str]:
        """Answer, as the employer."""
        name, now = form.cleaned_data["name"], timezone.now()
        with acting(_employer(subject.referral)):
            answer_by_link(subject.referral.pk, subject.step.key, form.words(), name=name, at=now)
        return Done(subject.step.done), _url(subject.token)


def _behind(token: str) -> Referral:
    found = referral_behind(token, Opens.ANSWER, at=timezone.now())
    if found is None:
        raise Http404
    return found


def _employer(referral: Referral) -> Context:
    """The context of the employer for this one referral."""
    employer = referral.vacancy.employer
    is_social = employer.kind == OrganisationKind.SOCIAL_ENTERPRISE
    return replace(
        current(),
        role=Role.SOCIAL_ENTERPRISE if is_social else Role.EMPLOYER,
        relation=Relation.OWN,
        organisation=employer.pk,
    )


def _buttons(seen: ReferralSeen, token: str) -> list[Button]:
    if seen.state != ReferralState.REFERRED:
        return []
    return [Button(STEPS[each].button, _step_url(token, each)) for each in ("invite", "decline")]


def _said(seen: ReferralSeen) -> str:
    """What was answered already."""
    if seen.state == ReferralState.REFERRED:
        return ""
    if seen.state == ReferralState.OFFERED:
        return "Bedankt. De kandidaat kiest een van de uren. Je hoort het."
    if seen.state == ReferralState.INVITED and seen.talk_at is not None:
        return f"Bedankt. Het gesprek is op {appointment(seen.talk_at)}."
    return f"Bedankt voor je antwoord. Deze verwijzing is nu: {dutch.sentence(seen.state.label)}"


def _step_url(token: str, step: str) -> str:
    return reverse("referral-answer-step", kwargs={"token": token, "step": step})


def _url(token: str) -> str:
    return reverse("referral-answer", kwargs={"token": token})
