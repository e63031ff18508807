"""What toeleiding keeps about a person: told to the person, and let go when the case is erased."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from koempel.desk.common.days import midnight, moment
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.queries import mail_of
from koempel.desk.people.keepers import Known, Part, register
from koempel.desk.referrals.actions import forget_referrals
from koempel.desk.referrals.mailing import SLOTS, TALK, mails_of
from koempel.desk.referrals.models import Referral
from koempel.region import dutch


class Referrals:
    """The referrals of a person."""

    def known(self, case_number: str) -> Part:
        """Every referral with what came of it; no names of employees."""
        rows = Referral.objects.filter(case_number=case_number).select_related("vacancy__employer")
        return Part("Toeleiding", "Referral", [tuple(_known(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """End what is open, and take the person out of what stays."""
        forget_referrals(case_number, at=midnight(on))


register(Referrals())


def _known(row: Referral) -> Iterator[Known]:
    job = f"{row.vacancy.title} bij {row.vacancy.employer.name}"
    yield Known("vacancy", "Job", row.vacancy.number, job)
    yield Known("state", "Stand", row.state, row.get_state_display())
    made_on = timezone.localdate(row.made_at)
    yield Known("made_at", "Verwezen op", row.made_at.isoformat(), dutch.day(made_on))
    for name, label in (("due_on", "Antwoord voor"), ("starts_on", "Eerste werkdag")):
        day: date | None = getattr(row, name)
        yield Known(name, label, day and day.isoformat(), dutch.day(day) if day else "–")
    talk = row.talk_at
    yield Known("talk_at", "Gesprek", talk and talk.isoformat(), moment(talk) if talk else "–")
    yield Known("talk_place", "Waar", row.talk_place, row.talk_place or "–")
    yield Known("message", "Wat de werkgever las", row.message, row.message or "–")
    yield Known("reason", "Reden", row.reason, row.get_reason_display() or "–")
    yield Known("explanation", "Uitleg", row.explanation, row.explanation or "–")
    mails = list(_mails(row))
    days = dutch.joined(dutch.day(each) for each in mails) if mails else "–"
    yield Known("mails", "Koempel mailde jou op", [each.isoformat() for each in mails], days)


def _mails(row: Referral) -> Iterator[date]:
    """On which days the person was mailed about it."""
    for what in (SLOTS, TALK):
        left = mail_of(mails_of(row.pk, what)).filter(state=MailState.SENT, ended_at__isnull=False)
        yield from (timezone.localdate(at) for at in left.values_list("ended_at", flat=True) if at)
