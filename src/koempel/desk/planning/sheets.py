"""The sheet of a person: what was looked at, what is proposed, who decides, how to object.

Made for the person to read: no other people, no ranks, no scores, and support instead of obstacles.
A link opens one sheet and nothing else; only its hash is kept, so nobody can read it from the
tables.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.links import digest_of, new_token, works
from koempel.desk.people.actions import note_proposal
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.desk.planning.models import Decision, Proposal, SheetLink
from koempel.desk.planning.queries import decisions_of, standing_proposal
from koempel.desk.planning.terms import sheet_link_lasts

SHOWN = ("K2", "K3", "K4", "K5")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet of a person."""

    person: Person
    proposal: Proposal | None
    decision: Decision | None
    has_children: bool


@transaction.atomic
def make_sheet_link(person: Person, *, by: User, at: datetime) -> str:
    """Make a link for a person; the one before stops. Gives the secret part of its address."""
    token = new_token()
    withdraw_sheet_links(person, by=by, at=at)
    SheetLink.objects.create(
        person=person,
        digest=digest_of(token),
        made_by=by,
        made_at=at,
        ends_at=at + sheet_link_lasts(timezone.localdate(at)),
    )
    note_proposal(person, title="Link naar het eigen blad gemaakt", text="", by=by, at=at)
    audit.record("planning.sheet_link", kind="person", objects=[person.pk], classes=["K2"], at=at)
    return token


@transaction.atomic
def withdraw_sheet_links(person: Person, *, by: User, at: datetime) -> int:
    """Stop every link of a person; gives how many."""
    valid = SheetLink.objects.filter(works(at), person=person)
    stopped = valid.update(withdrawn_at=at)
    if stopped:
        audit.record("planning.sheet_link_off", kind="person", objects=[person.pk], at=at)
    return stopped


def valid_link(person: Person, *, at: datetime) -> SheetLink | None:
    """The link of a person that works."""
    return SheetLink.objects.filter(works(at), person=person).first()


def sheet_of(person: Person) -> Sheet:
    """The sheet of somebody whom the context may see; notes the disclosure."""
    note_shown([person.case_number], SHOWN)
    return Sheet(
        person=person,
        proposal=standing_proposal(person.case_number),
        decision=decisions_of(person).exclude(motivation="").first(),
        has_children=person.children.exists(),
    )


def person_behind(token: str, *, at: datetime) -> Person | None:
    """Whose link this is; a wrong, an old and a withdrawn one are the same None."""
    with acting(system("het eigen blad lezen")):
        link = SheetLink.objects.filter(works(at), digest=digest_of(token))
        found = link.select_related("person__village", "person__organisation").first()
        return found.person if found is not None else None
