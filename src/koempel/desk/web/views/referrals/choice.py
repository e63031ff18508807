"""The page on which a person chooses an hour for a talk, by a link and without an account."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.utils import timezone

from koempel.desk.common.days import appointment
from koempel.desk.referrals.actions import choose_by_link
from koempel.desk.referrals.enums import Opens, ReferralState
from koempel.desk.referrals.forms import SlotForm
from koempel.desk.referrals.links import referral_behind
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import slots_of
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest


class ChoicePage(FormPage):
    """The moments that are left, or what was chosen. No name stands on it."""

    button = "Kies dit uur"
    template = "web/referrals/choice.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Referral:
        """What is behind the link; one that does not work is like one that never was."""
        found = referral_behind(keys["token"], Opens.CHOICE, at=timezone.now())
        if found is None:
            raise Http404
        return found

    def title(self, subject: Referral) -> str:
        """What to do."""
        is_open = subject.state == ReferralState.OFFERED
        return "Kies een uur voor je gesprek" if is_open else "Je gesprek"

    def form(self, request: DeskRequest, subject: Referral, data: Any) -> BaseForm:
        """Which moment."""
        slots = slots_of(subject.pk) if subject.state == ReferralState.OFFERED else ()
        return SlotForm(data, slots=slots, now=timezone.now())

    def more(self, request: DeskRequest, subject: Referral, form: Any) -> dict[str, Any]:
        """The job, what was chosen already, and whom to call."""
        return {
            "job": subject.vacancy,
            "place": subject.talk_place if subject.state in _TOLD else "",
            "said": _said(subject),
            "slots": form.fields["slot"].choices,
            "guide": subject.made_by,
        }

    def save(self, request: DeskRequest, subject: Referral, form: Any) -> tuple[Done, str]:
        """Choose."""
        chosen = form.words().talk_at
        choose_by_link(subject.pk, chosen, at=timezone.now())
        return Done("Bedankt. Je uur staat vast."), request.path


_TOLD = (ReferralState.OFFERED, ReferralState.INVITED)


def _said(referral: Referral) -> str:
    if referral.state == ReferralState.OFFERED:
        return ""
    if referral.state == ReferralState.INVITED and referral.talk_at is not None:
        return f"Je gesprek is op {appointment(referral.talk_at)}."
    return "Je hoeft geen uur meer te kiezen."
