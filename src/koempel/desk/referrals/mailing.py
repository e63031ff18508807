"""Which mail follows from which act of toeleiding.

Every mail waits until the act can no longer be taken back, and is dropped when it is, or when
another step follows first. The keys begin with the referral, and end with its revision.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.mail.actions import Attachment, queue_mail
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.letters import Letter
from koempel.desk.mail.queries import mail_of
from koempel.desk.partners.queries import mail_address_of as address_of_partner
from koempel.desk.people.disclosures import mail_address_of as address_of_person
from koempel.desk.referrals import letters
from koempel.desk.referrals.calendars import Method, talk_calendar
from koempel.desk.referrals.enums import Opens, ReferralState
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.links import new_link
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.rules import Words
from koempel.desk.referrals.terms import undo_within

ASK, REMIND, OVER = "vraag", "herinnering", "einde"
SLOTS, TALK, CHOSEN = "uren", "gesprek", "gekozen"
"""What a mail is about, as an operator reads it in its key."""

EMPLOYER_MAILED = "De werkgever krijgt een mail."
PERSON_MAILED = "De kandidaat krijgt een mail."
PERSON_CALLED_OFF = "De kandidaat krijgt een mail dat het gesprek niet doorgaat."

NO_ADDRESS = (
    "Van deze werkgever is geen e-mailadres bekend. Verwijs zonder mail, of vul bij Partners een "
    "contact met een adres in."
)


def mails_of(referral: int, what: str = "") -> str:
    """What the keys of the mails of a referral begin with."""
    return f"verwijzing/{referral}/{what}"


def was_mailed(referral: int, what: str) -> bool:
    """Whether such a mail has left."""
    return mail_of(mails_of(referral, what)).filter(state=MailState.SENT).exists()


def mail_employer(referral: Referral, *, by: User, at: datetime) -> str:
    """Mail the employer a link to answer; gives the line for the timeline.

    Raises
    ------
    ReferralError
        When no address is known.
    """
    to = address_of_partner(referral.vacancy.employer_id)
    if not to:
        raise ReferralError(NO_ADDRESS)
    letter = letters.asks_employer(referral, at=at)
    _queue(referral, ASK, letter, to=to, by=by, at=at, link=_answer_url(referral, at=at))
    return EMPLOYER_MAILED


def remind_employer(referral: Referral, *, at: datetime) -> bool:
    """Mail the employer once more, for the day by which an answer is due; gives whether it did."""
    key = f"{mails_of(referral.pk, REMIND)}/{referral.due_on}"
    to = address_of_partner(referral.vacancy.employer_id)
    if not to or mail_of(key).exists():
        return False
    by, letter = referral.made_by, letters.reminds_employer(referral, at=at)
    link = _answer_url(referral, at=at)
    queue_mail(key=key, to=to, subject=letter.subject, text=letter.text, link=link, by=by, at=at)
    return True


def mail_after(
    referral: Referral, before: str, told: Words, *, by: User | None, at: datetime
) -> str:
    """Mail what follows from a step that was taken; gives the line for the timeline.

    Parameters
    ----------
    before : str
        The state before the step.
    """
    if referral.state == ReferralState.OFFERED:
        return _mail_slots(referral, by=by, at=at) if told.by_mail else ""
    if referral.state == ReferralState.INVITED:
        to_person = _mail_talk(referral, by=by, at=at) if told.by_mail else ""
        return _joined(to_person, _mail_chosen(referral, before, by=by, at=at))
    if referral.state not in (ReferralState.NOT_HIRED, ReferralState.WITHDRAWN):
        return ""
    is_over = referral.state == ReferralState.WITHDRAWN and was_mailed(referral.pk, ASK)
    return _joined(
        _mail_call_off(referral, before, by=by, at=at),
        _mail_over(referral, by=by, at=at) if is_over else "",
    )


def _joined(*lines: str) -> str:
    return " ".join(filter(None, lines))


def must_call_off(referral: int, talk_at: datetime | None, *, at: datetime) -> bool:
    """Whether somebody was mailed about a talk that has still to come."""
    return talk_at is not None and talk_at > at and was_mailed(referral, TALK)


def must_withdraw_slots(referral: int, state: str) -> bool:
    """Whether somebody was mailed to choose an hour and did not yet."""
    return state == ReferralState.OFFERED and was_mailed(referral, SLOTS)


def _address_of_person(referral: Referral) -> str:
    to = address_of_person(referral.case_number)
    if not to:
        raise ReferralError("Van deze persoon is geen e-mailadres bekend. Bel zelf.")
    return to


def _mail_slots(referral: Referral, *, by: User | None, at: datetime) -> str:
    to, letter = _address_of_person(referral), letters.lets_person_choose(referral)
    link = _url("referral-slots", new_link(referral, Opens.CHOICE, by=by, at=at))
    _queue(referral, SLOTS, letter, to=to, by=by, at=at, link=link)
    return PERSON_MAILED


def _mail_talk(referral: Referral, *, by: User | None, at: datetime) -> str:
    to = _address_of_person(referral)
    is_moved = was_mailed(referral.pk, TALK)
    letter = letters.moves_person(referral) if is_moved else letters.invites_person(referral)
    _queue(referral, TALK, letter, to=to, by=by, at=at, method=Method.REQUEST)
    return PERSON_MAILED


def _mail_chosen(referral: Referral, before: str, *, by: User | None, at: datetime) -> str:
    """Tell an employer who is mailed which of the offered hours it became."""
    to = address_of_partner(referral.vacancy.employer_id)
    if before != ReferralState.OFFERED or not referral.by_mail or not to:
        return ""
    letter = letters.tells_employer_the_hour(referral)
    _queue(referral, CHOSEN, letter, to=to, by=by, at=at)
    return EMPLOYER_MAILED


def _mail_call_off(referral: Referral, before: str, *, by: User | None, at: datetime) -> str:
    to = address_of_person(referral.case_number)
    if to and must_withdraw_slots(referral.pk, before):
        _queue(referral, SLOTS, letters.withdraws_slots(referral), to=to, by=by, at=at)
        return PERSON_CALLED_OFF
    is_invited = before == ReferralState.INVITED
    if not to or not is_invited or not must_call_off(referral.pk, referral.talk_at, at=at):
        return ""
    letter = letters.calls_off(referral)
    _queue(referral, TALK, letter, to=to, by=by, at=at, method=Method.CANCEL)
    return PERSON_CALLED_OFF


def _mail_over(referral: Referral, *, by: User | None, at: datetime) -> str:
    to = address_of_partner(referral.vacancy.employer_id)
    if not to:
        return ""
    _queue(referral, OVER, letters.tells_employer_it_is_over(referral), to=to, by=by, at=at)
    return EMPLOYER_MAILED


def _queue(
    referral: Referral,
    what: str,
    letter: Letter,
    *,
    to: str,
    by: User | None,
    at: datetime,
    link: str = "",
    method: Method | None = None,
) -> None:
    queue_mail(
        key=f"{mails_of(referral.pk, what)}/{referral.revision}",
        to=to,
        subject=letter.subject,
        text=letter.text,
        link=link,
        attachments=[_attached(referral, method, to=to, at=at)] if method else (),
        by=by,
        at=at,
        # Whoever answered by a link cannot take it back.
        not_before=leaves_at(at) if by else at,
    )


def leaves_at(at: datetime) -> datetime:
    """When a mail leaves: once what it follows from can no longer be taken back."""
    return at + undo_within(timezone.localdate(at)) + timedelta(minutes=1)


def _attached(referral: Referral, method: Method, *, to: str, at: datetime) -> Attachment:
    text = talk_calendar(referral, method, to=to, at=at)
    return Attachment("gesprek.ics", f"text/calendar; method={method}", text)


def _answer_url(referral: Referral, *, at: datetime) -> str:
    return _url("referral-answer", new_link(referral, Opens.ANSWER, by=None, at=at))


def _url(name: str, token: str) -> str:
    return settings.SITE + reverse(name, kwargs={"token": token})
