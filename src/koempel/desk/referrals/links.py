"""Links by which an employer answers a referral without an account.

A link opens one referral and nothing else, for as long as somebody waits for the answer; only its
hash is kept, so nobody can read it from the tables.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.links import digest_of, new_token
from koempel.desk.people.actions import note_referral
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.models import AnswerLink, Referral
from koempel.desk.referrals.terms import link_lasts


@transaction.atomic
def make_answer_link(key: int, *, by: User, at: datetime) -> str:
    """Make a link for the employer; the one before stops. Gives the secret part of its address.

    Raises
    ------
    ReferralError
        When the referral no longer waits for an answer.
    """
    referral = (
        Referral.objects.select_for_update(of=("self",)).select_related("vacancy").get(pk=key)
    )
    if referral.state != ReferralState.REFERRED:
        raise ReferralError("De werkgever heeft al geantwoord. Een link is niet meer nodig.")
    working_links(referral, at=at).update(withdrawn_at=at)
    token = new_link(referral, by=by, at=at)
    title = f"Link om te antwoorden gemaakt: {referral.vacancy}"
    note_referral(referral.case_number, title=title, by=by, at=at)
    audit.record(
        "referrals.link", kind="person", objects=[referral.case_number], classes=["K3"], at=at
    )
    return token


def new_link(referral: Referral, *, by: User, at: datetime) -> str:
    """A link beside those that work: one that was mailed stays good when another is mailed."""
    token = new_token()
    AnswerLink.objects.create(
        referral=referral,
        digest=digest_of(token),
        made_by=by,
        made_at=at,
        ends_at=at + link_lasts(timezone.localdate(at)),
    )
    return token


def working_links(referral: Referral, *, at: datetime) -> QuerySet[AnswerLink]:
    """Links of a referral that work."""
    return AnswerLink.objects.filter(referral=referral, withdrawn_at__isnull=True, ends_at__gt=at)


def referral_behind(token: str, *, at: datetime) -> Referral | None:
    """The referral of a link; a wrong, an old and a withdrawn one are the same None."""
    link = AnswerLink.objects.filter(
        digest=digest_of(token), withdrawn_at__isnull=True, ends_at__gt=at
    )
    found = link.select_related("referral__vacancy__employer").first()
    return found.referral if found is not None else None
