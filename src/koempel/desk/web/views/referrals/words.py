"""What the pages say of a referral."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from koempel.desk.referrals.enums import OPEN, ReferralState
from koempel.desk.referrals.queries import ReferralSeen
from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch

_TONES = {
    ReferralState.REFERRED: Tone.NEEDS_YOU,
    ReferralState.OFFERED: Tone.NEEDS_YOU,
    ReferralState.INVITED: Tone.NEEDS_YOU,
    ReferralState.INTERVIEWED: Tone.NEEDS_YOU,
    ReferralState.HIRED: Tone.GOOD,
    ReferralState.NOT_HIRED: Tone.BAD,
    ReferralState.NO_SHOW: Tone.BAD,
    ReferralState.WITHDRAWN: Tone.QUIET,
}

WAITS_FOR = {
    ReferralState.REFERRED: "op een antwoord van de werkgever",
    ReferralState.OFFERED: "op de kandidaat, die een uur kiest",
    ReferralState.INVITED: "op het gesprek en wat eruit komt",
    ReferralState.INTERVIEWED: "op de keuze van de werkgever",
}
"""What an open referral waits for."""


def file_url(pk: int) -> str:
    """Address of a referral."""
    return reverse("referrals:file", kwargs={"pk": pk})


def status_of(state: ReferralState) -> Status:
    """Where a referral stands."""
    return Status(dutch.capital(state.label), _TONES[state])


def silent_days(seen: ReferralSeen, today: date) -> int | None:
    """Since how many days nothing happened; nothing for what is over."""
    if seen.state not in OPEN:
        return None
    return (today - timezone.localdate(seen.changed_at)).days


def late_of(seen: ReferralSeen, today: date) -> Status | None:
    """By when something should happen; nothing for what is over."""
    if seen.state not in OPEN or seen.due_on is None:
        return None
    return due_now(seen.due_on, today) or Status(f"tegen {dutch.day(seen.due_on)}")
