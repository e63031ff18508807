"""The page on which an employer answers by a link, without an account: the minimum, two buttons."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import Context, Relation, acting, current
from koempel.desk.common.roles import Role
from koempel.desk.referrals.actions import answer_by_link
from koempel.desk.referrals.enums import BY_LINK, STEPS, ReferralState
from koempel.desk.referrals.forms import NameForm, step_form
from koempel.desk.referrals.links import referral_behind
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import ReferralSeen, referrals_seen
from koempel.desk.referrals.telling import moment
from koempel.desk.web.pages.form import send_key, sent_once
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.errors import KoempelError
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


class AnswerStep(View):
    """The form of one of the two answers."""

    def get(self, request: DeskRequest, token: str, step: str) -> HttpResponse:
        """The empty form."""
        return self._page(request, token, step, None)

    def post(self, request: DeskRequest, token: str, step: str) -> HttpResponse:
        """The answer: done, or shown again with what is wrong."""
        return self._page(request, token, step, request.POST)

    def _page(self, request: DeskRequest, token: str, step: str, data: Any) -> HttpResponse:
        referral = _behind(token)
        if step not in BY_LINK or referral.state != ReferralState.REFERRED:
            raise Http404
        with acting(_employer(referral)):
            (seen,) = referrals_seen([referral])
            form = step_form(STEPS[step], data, today=timezone.localdate())
            who = NameForm(data)
            if data is not None and form.is_valid() and who.is_valid():
                try:
                    _, url = sent_once(request, lambda: _answer(referral, step, form, who, token))
                    return HttpResponseRedirect(url)
                except KoempelError as error:
                    form.add_error(None, str(error))
        content = {
            "seen": seen,
            "title": STEPS[step].button,
            "form": form,
            "who": who,
            "back": _url(token),
            "send_key": send_key(request),
        }
        status = 422 if form.errors or who.errors else 200
        return render(request, "web/referrals/answer_step.html", content, status=status)


def _answer(
    referral: Referral, step: str, form: Any, who: NameForm, token: str
) -> tuple[Done, str]:
    name, now = who.cleaned_data["name"], timezone.now()
    answer_by_link(referral.pk, step, form.words(), name=name, at=now)
    return Done(STEPS[step].done), _url(token)


def _behind(token: str) -> Referral:
    found = referral_behind(token, at=timezone.now())
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
    return [
        Button(
            STEPS[each].button,
            reverse("referral-answer-step", kwargs={"token": token, "step": each}),
        )
        for each in BY_LINK
    ]


def _said(seen: ReferralSeen) -> str:
    """What was answered already."""
    if seen.state == ReferralState.REFERRED:
        return ""
    if seen.state == ReferralState.INVITED and seen.talk_at is not None:
        return f"Bedankt. Het gesprek is op {moment(seen.talk_at)}."
    return f"Bedankt voor je antwoord. Deze verwijzing is nu: {dutch.sentence(seen.state.label)}"


def _url(token: str) -> str:
    return reverse("referral-answer", kwargs={"token": token})
