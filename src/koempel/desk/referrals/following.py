"""What follows when nobody answers: a reminder, and then somebody else.

Run by the worker, with the day as an argument. Each is done once for each referral, and follows
from what the page said when somebody referred.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from koempel.desk.common import audit
from koempel.desk.people.actions import note_referral
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.mailing import remind_employer
from koempel.desk.referrals.models import SILENT, Referral, ReferralEvent
from koempel.desk.referrals.terms import reminded_until
from koempel.region import dutch


def remind_employers(at: datetime) -> int:
    """Mail employers whose answer is due soon; gives how many were reminded now."""
    today = timezone.localdate(at)
    due = Referral.objects.filter(due_on__gte=today, due_on__lte=reminded_until(today))
    return _each(due.filter(state=ReferralState.REFERRED, by_mail=True), _remind, at)


def give_up_waiting(at: datetime) -> int:
    """Note which referrals ran past their term without an answer or a choice; gives how many.

    From then on the director counts them, and who guides sees who else could take the seat.
    """
    noted = ReferralEvent.objects.filter(
        referral=OuterRef("pk"), step=SILENT, to_state=OuterRef("state")
    )
    late = Referral.objects.filter(due_on__lt=timezone.localdate(at)).exclude(Exists(noted))
    return _each(late.filter(state__in=_SILENCES), _note_silence, at)


_SILENCES = {
    ReferralState.REFERRED: "Geen antwoord van de werkgever",
    ReferralState.OFFERED: "Nog geen uur gekozen",
}


def _each(rows: QuerySet[Referral], act: Callable[[Referral, datetime], bool], at: datetime) -> int:
    """Do something with each in a transaction of its own, if it is still among the rows then."""
    done = 0
    for key in rows.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            locked = rows.select_for_update(of=("self",)).select_related(
                "vacancy__employer", "made_by__organisation"
            )
            found = locked.filter(pk=key).first()
            done += found is not None and act(found, at)
    return done


def _remind(referral: Referral, at: datetime) -> bool:
    if not remind_employer(referral, at=at):
        return False
    title = f"Werkgever herinnerd: {referral.vacancy}"
    note_referral(referral.case_number, title=title, by=None, at=at)
    _trail("remind", referral, at)
    return True


def _note_silence(referral: Referral, at: datetime) -> bool:
    text = f"De termijn was {dutch.day(referral.due_on)}." if referral.due_on else ""
    ReferralEvent.objects.create(
        referral=referral, step=SILENT, to_state=referral.state, at=at, text=text
    )
    title = f"{_SILENCES[ReferralState(referral.state)]}: {referral.vacancy}"
    note_referral(referral.case_number, title=title, text=text, by=None, at=at)
    _trail(SILENT, referral, at)
    return True


def _trail(what: str, referral: Referral, at: datetime) -> None:
    audit.record(
        f"referrals.{what}", kind="person", objects=[referral.case_number], classes=["K2"], at=at
    )
