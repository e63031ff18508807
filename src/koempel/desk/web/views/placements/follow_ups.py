"""Writing down whether work goes on, for who is signed in, and the links to ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.placements import actions
from koempel.desk.placements.actions import Teller
from koempel.desk.placements.enums import Answer, Party
from koempel.desk.placements.forms import answer_form, told_in, with_party
from koempel.desk.placements.links import make_follow_up_link
from koempel.desk.placements.mailing import mail_question
from koempel.desk.placements.models import FollowUp
from koempel.desk.placements.queries import (
    PlacementSeen,
    visible_follow_ups,
    waiting_follow_ups,
)
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.form import ClosedError, FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Fact, Link
from koempel.desk.web.views.placements.file import facts_of, find_placement, way_to
from koempel.desk.web.views.placements.words import (
    BUTTONS,
    DONE,
    STEPS,
    file_url,
    own_party,
    question,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about work that waits, and the answer that somebody is about to give."""

    key: int
    seen: PlacementSeen
    step: str

    @property
    def answer(self) -> Answer:
        """What the step says."""
        return STEPS[self.step]


def find_follow_up(pk: int) -> FollowUp:
    """A follow-up that the reader may see; absent and foreign ones answer alike."""
    return get_object_or_404(visible_follow_ups(current()), pk=pk)


class AnswerPage(FormPage):
    """Write down whether work goes on."""

    button = "Noteer het antwoord"

    def subject(self, request: DeskRequest, **keys: Any) -> Asked:
        """A question that waits."""
        row = find_follow_up(keys["pk"])
        if keys["step"] not in STEPS:
            raise Http404
        rows = FollowUp.objects.filter(pk=row.pk)
        if not waiting_follow_ups(rows, timezone.localdate()).exists():
            raise ClosedError(file_url(row.placement_id))
        return Asked(row.pk, find_placement(row.placement_id), keys["step"])

    def title(self, subject: Asked) -> str:
        """The question with the answer."""
        button = BUTTONS[own_party()][subject.step]
        return f"{question(subject.seen, own_party())} {button}"

    def crumbs(self, request: DeskRequest, subject: Asked) -> Sequence[Link]:
        """From the placement."""
        return way_to(subject.seen, "Antwoord")

    def facts(self, request: DeskRequest, subject: Asked) -> Sequence[Fact]:
        """Which work."""
        return facts_of(subject.seen)[:3]

    def form(self, request: DeskRequest, subject: Asked, data: Any) -> forms.Form:
        """What belongs to the answer; who guides says whose word it is."""
        form = answer_form(
            subject.answer,
            data,
            is_working=subject.seen.is_working,
            started_on=subject.seen.started_on,
            today=timezone.localdate(),
        )
        return form if own_party() else with_party(form)

    def save(self, request: DeskRequest, subject: Asked, form: Any) -> tuple[Done, str]:
        """Write it down."""
        party = own_party() or Party(form.cleaned_data["party"])
        told, teller = told_in(form, subject.answer, party), Teller(user_of(request))
        actions.answer_follow_up(subject.key, told, teller=teller, at=timezone.now())
        undo = reverse("placements:undo-answer", kwargs={"pk": subject.key})
        return Done(DONE[subject.answer], undo), file_url(subject.seen.pk)


class LinkButton(ButtonView):
    """Makes a link by which the employer or the person answers: shows it once, or mails it."""

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[int, PlacementSeen, Party]:
        """The question, the work that it is about, and who is asked."""
        row = find_follow_up(keys["pk"])
        seen = find_placement(row.placement_id)
        if keys["party"].upper() not in Party.values:
            raise Http404
        return row.pk, seen, Party(keys["party"].upper())

    def press(
        self,
        request: DeskRequest,
        subject: tuple[int, PlacementSeen, Party],
        *,
        by: User,
        at: datetime,
    ) -> tuple[Done, str]:
        """Make it; the one before for the same stops."""
        key, seen, to = subject
        whom = seen.vacancy.employer if to is Party.EMPLOYER else seen.label
        if "mail" in request.POST:
            mail_question(key, to, by=by, at=at)
            return Done(f"De vraag vertrekt zo naar {whom}."), self.back(subject)
        token = make_follow_up_link(key, to, by=by, at=at)
        url = request.build_absolute_uri(reverse("follow-up-answer", kwargs={"token": token}))
        return Done(f"De link voor {whom}, alleen nu te zien: {url}"), self.back(subject)

    def back(self, subject: tuple[int, PlacementSeen, Party]) -> str:
        """To the placement."""
        return file_url(subject[1].pk)


class UndoAnswer(ButtonView):
    """Takes back what was said."""

    def subject(self, request: DeskRequest, **keys: Any) -> FollowUp:
        """The question with this number."""
        return find_follow_up(keys["pk"])

    def press(
        self, request: DeskRequest, subject: FollowUp, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo, then the placement."""
        actions.take_back_answer(subject.pk, by=by, at=at)
        return Done("Het antwoord is teruggenomen."), self.back(subject)

    def back(self, subject: FollowUp) -> str:
        """To the placement."""
        return file_url(subject.placement_id)
