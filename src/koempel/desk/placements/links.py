"""Links by which an employer or a person says whether work goes on, without an account.

A link opens one question and nothing else, for as long as nobody answered; only its hash is kept.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.links import digest_of, new_token, works
from koempel.desk.people.actions import note_referral
from koempel.desk.placements.enums import Party
from koempel.desk.placements.errors import PlacementError
from koempel.desk.placements.locks import locked_follow_up
from koempel.desk.placements.models import FollowUp, FollowUpLink
from koempel.desk.placements.queries import waiting_follow_ups
from koempel.desk.placements.terms import link_lasts


@transaction.atomic
def make_follow_up_link(key: int, party: Party, *, by: User, at: datetime) -> str:
    """Make a link to send oneself; see `new_link`. Gives the secret part of its address."""
    token, link = new_link(key, party, by=by, at=at)
    title = f"Link voor {party.label} gemaakt: opvolging na {link.follow_up.months} maanden"
    note_referral(link.follow_up.placement.case_number, title=title, by=by, at=at)
    return token


def new_link(key: int, party: Party, *, by: User, at: datetime) -> tuple[str, FollowUpLink]:
    """A link for the employer or the person; the one before for the same stops.

    The caller holds a transaction, and says on the timeline what becomes of it.

    Raises
    ------
    PlacementError
        When there is nothing to ask, or when it is the employer's to tell of work elsewhere.
    """
    follow_up = locked_follow_up(key)
    placement, today = follow_up.placement, timezone.localdate(at)
    if not waiting_follow_ups(FollowUp.objects.filter(pk=key), today).exists():
        raise PlacementError("Hier is nu niets te vragen. Laad de bladzijde opnieuw.")
    if party is Party.EMPLOYER and not placement.is_working:
        raise PlacementError("Wie elders werkt, kan het alleen zelf zeggen.")
    token = new_token()
    working_links(at).filter(follow_up=follow_up, party=party).update(withdrawn_at=at)
    link = FollowUpLink.objects.create(
        follow_up=follow_up,
        party=party,
        digest=digest_of(token),
        made_by=by,
        made_at=at,
        ends_at=at + link_lasts(today),
    )
    audit.record(
        "placements.link", kind="person", objects=[placement.case_number], classes=["K3"], at=at
    )
    return token, link


def working_links(at: datetime) -> QuerySet[FollowUpLink]:
    """Links that work."""
    return FollowUpLink.objects.filter(works(at))


def link_behind(token: str, *, at: datetime) -> FollowUpLink | None:
    """The link of a secret; a wrong, an old and a withdrawn one are the same None."""
    found = working_links(at).filter(digest=digest_of(token))
    return found.select_related("follow_up__placement__vacancy__employer").first()
