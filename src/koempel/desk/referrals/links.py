"""Links by which an employer answers a referral, or a person chooses an hour, without an account.

A link opens one referral and nothing else, for as long as somebody waits for the answer; only its
hash is kept, so nobody can read it from the tables.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.links import digest_of, new_token, works
from koempel.desk.people.actions import note_referral
from koempel.desk.referrals.enums import Opens, ReferralState
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.models import AnswerLink, Referral
from koempel.desk.referrals.terms import link_lasts


def make_answer_link(key: int, *, by: User, at: datetime) -> str:
    """Make a link for the employer; the one before stops. Gives the secret part of its address.

    Raises
    ------
    ReferralError
        When the referral no longer waits for an answer.
    """
    return _make(key, Opens.ANSWER, by=by, at=at)


def make_choice_link(key: int, *, by: User, at: datetime) -> str:
    """Make a link for the person to choose an hour; the one before stops.

    Raises
    ------
    ReferralError
        When there is nothing to choose.
    """
    return _make(key, Opens.CHOICE, by=by, at=at)


_NEEDS = {
    Opens.ANSWER: (
        ReferralState.REFERRED,
        "De werkgever heeft al geantwoord. Een link is niet meer nodig.",
        "Link om te antwoorden gemaakt",
    ),
    Opens.CHOICE: (
        ReferralState.OFFERED,
        "Er is geen uur meer te kiezen. Een link is niet meer nodig.",
        "Link om een uur te kiezen gemaakt",
    ),
}
"""In which state a link makes sense, what is said otherwise, and what stands on the timeline."""


@transaction.atomic
def _make(key: int, opens: Opens, *, by: User, at: datetime) -> str:
    referral = (
        Referral.objects.select_for_update(of=("self",)).select_related("vacancy").get(pk=key)
    )
    state, refusal, title = _NEEDS[opens]
    if referral.state != state:
        raise ReferralError(refusal)
    working_links(referral, opens, at=at).update(withdrawn_at=at)
    token = new_link(referral, opens, by=by, at=at)
    note_referral(referral.case_number, title=f"{title}: {referral.vacancy}", by=by, at=at)
    audit.record(
        "referrals.link", kind="person", objects=[referral.case_number], classes=["K3"], at=at
    )
    return token


def new_link(referral: Referral, opens: Opens, *, by: User | None, at: datetime) -> str:
    """A link beside those that work: one that was mailed stays good when another is mailed."""
    token = new_token()
    AnswerLink.objects.create(
        referral=referral,
        opens=opens,
        digest=digest_of(token),
        made_by=by or referral.made_by,
        made_at=at,
        ends_at=at + link_lasts(timezone.localdate(at)),
    )
    return token


def working_links(referral: Referral, opens: Opens, *, at: datetime) -> QuerySet[AnswerLink]:
    """Links of a referral that work."""
    return AnswerLink.objects.filter(works(at), referral=referral, opens=opens)


def referral_behind(token: str, opens: Opens, *, at: datetime) -> Referral | None:
    """The referral of a link; a wrong, an old and a withdrawn one are the same None."""
    link = AnswerLink.objects.filter(works(at), digest=digest_of(token), opens=opens)
    found = link.select_related("referral__vacancy__employer", "referral__made_by").first()
    return found.referral if found is not None else None
