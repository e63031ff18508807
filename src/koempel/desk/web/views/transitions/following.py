"""Beginning to follow somebody: from who was hired, or from a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.people.disclosures import name_in_reach
from koempel.desk.referrals.queries import ReferralSeen, referrals_seen
from koempel.desk.transitions import actions
from koempel.desk.transitions.forms import FollowForm, HiredForm
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import hired_unfollowed
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.people.found import find, way_to
from koempel.desk.web.views.transitions.words import file_url
from koempel.region import dutch

LIST = "transitions:list"


class HiredPage(FormPage):
    """Whom a social enterprise hired by a referral, and who is not followed yet."""

    template = "web/transitions/hired.html"
    button = "Volg op"
    intro = "Deze mensen zijn aangeworven. Volg ze op, dan staat hun eerste evaluatie gepland."

    def subject(self, request: DeskRequest, **keys: Any) -> Sequence[ReferralSeen]:
        """The referrals that ended with work in a social enterprise."""
        return referrals_seen(hired_unfollowed(current()))

    def title(self, subject: Sequence[ReferralSeen]) -> str:
        """What is done."""
        return "Volg iemand op"

    def crumbs(self, request: DeskRequest, subject: Sequence[ReferralSeen]) -> Sequence[Link]:
        """From the list."""
        return [Link("Doorstroom", reverse(LIST)), Link("Volg iemand op", "")]

    def form(self, request: DeskRequest, subject: Sequence[ReferralSeen], data: Any) -> BaseForm:
        """Who."""
        return HiredForm(data, who=[(str(each.pk), _hired(each)) for each in subject])

    def more(
        self, request: DeskRequest, subject: Sequence[ReferralSeen], form: Any
    ) -> dict[str, Any]:
        """Whether there is anybody, and where else one can begin."""
        return {"n_found": len(subject), "people_url": open_address(request, "people:list")}

    def save(
        self, request: DeskRequest, subject: Sequence[ReferralSeen], form: Any
    ) -> tuple[Done, str]:
        """Follow the one who was chosen."""
        chosen = hired_unfollowed(current()).filter(pk=form.cleaned_data["referral"]).first()
        if chosen is None:
            raise Http404
        made = actions.follow_hired(chosen, by=user_of(request), at=timezone.now())
        return _followed(made)


def _hired(seen: ReferralSeen) -> str:
    since = f", sinds {dutch.day(seen.starts_on)}" if seen.starts_on else ""
    return f"{seen.label}: {seen.vacancy.title} bij {seen.vacancy.employer}{since}"


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody who works in a social enterprise."""

    case_number: str
    name: str


class FollowPage(FormPage):
    """Where somebody works already, written down from the case."""

    button = "Volg de doorstroom op"
    intro = "Koempel plant de volgende evaluatie: een jaar na de laatste."

    def subject(self, request: DeskRequest, **keys: Any) -> Case:
        """A case within reach of which nobody is followed yet."""
        number = find(keys["case"]).case_number
        return Case(number, name_in_reach(number))

    def title(self, subject: Case) -> str:
        """Of whom."""
        return f"Waar werkt {subject.name}?"

    def crumbs(self, request: DeskRequest, subject: Case) -> Sequence[Link]:
        """From the case."""
        return way_to(subject.case_number, "Doorstroom")

    def form(self, request: DeskRequest, subject: Case, data: Any) -> BaseForm:
        """Where, since when, and the last evaluation."""
        return FollowForm(data)

    def save(self, request: DeskRequest, subject: Case, form: Any) -> tuple[Done, str]:
        """Follow the person."""
        told, at = form.cleaned_data, timezone.now()
        made = actions.follow(
            subject.case_number,
            told["employer"],
            since=told["since"],
            evaluated_on=told["evaluated_on"],
            by=user_of(request),
            at=at,
        )
        return _followed(made)


def _followed(made: Transition) -> tuple[Done, str]:
    day = dutch.day(made.due_on) if made.due_on else ""
    undo = reverse("transitions:undo", kwargs={"pk": made.pk})
    return Done(f"Opgevolgd. De volgende evaluatie is gepland voor {day}.", undo), file_url(made.pk)
