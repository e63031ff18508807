"""What people do in toeleiding. Each action is one transaction: all of it, or nothing.

Locks are taken in one order, so that nobody waits in a ring: the referral, its vacancy, the person,
the placement, the accepted proposal, and the end of the audit trail last. Of two people who act at
once one wins and the other is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.actions import give_seat, lock_vacancy, take_seat
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.mail.actions import drop_mail, forget_mail
from koempel.desk.people.actions import note_referral
from koempel.desk.people.keepers import ERASED
from koempel.desk.placements.actions import begin_placement, undo_placement
from koempel.desk.placements.enums import Source
from koempel.desk.placements.locks import lock_work
from koempel.desk.planning.actions import conclude_proposal, lock_accepted, reopen_proposal
from koempel.desk.referrals.candidates import candidates_for
from koempel.desk.referrals.enums import BY_LINK, OPEN, Asks, ReferralState
from koempel.desk.referrals.errors import (
    NoRightError,
    ReferralError,
    TooLateError,
)
from koempel.desk.referrals.mailing import SLOTS, mail_after, mail_employer, mails_of, was_mailed
from koempel.desk.referrals.models import UNDONE, AnswerLink, Referral, ReferralEvent, TalkSlot
from koempel.desk.referrals.queries import slots_of
from koempel.desk.referrals.rules import NOTHING, Words, check_step, due_after
from koempel.desk.referrals.telling import told
from koempel.desk.referrals.terms import undo_within
from koempel.region import dutch

MADE = "refer"
"""The first event of a referral."""

TOGETHER = (MADE, "withdraw")
"""What can be done, and taken back, to several at once."""

CLASSES = ("K2", "K3")


@transaction.atomic
def refer(
    vacancy: Vacancy,
    case_numbers: Iterable[str],
    *,
    message: str,
    by_mail: bool = False,
    by: User,
    at: datetime,
) -> list[Referral]:
    """Refer people within reach of the context to a vacancy; all of them, or nobody.

    Parameters
    ----------
    message : str
        What the employer should know; the same for all.
    by_mail : bool
        Whether the employer gets a mail about each, and a reminder before the term ends.

    Raises
    ------
    ReferralError
        When the vacancy is no longer open, somebody is referred to it already, or the employer
        has no address for mail.
    NoRightError
        When the vacancy is for people with a right, and somebody has none that holds.
    """
    today, numbers = timezone.localdate(at), sorted(set(case_numbers))
    _check_open(vacancy, today)
    found = {each.case_number: each for each in candidates_for(vacancy, numbers, today=today)}
    if found.keys() != set(numbers):
        raise ReferralError("Verwijs alleen wie werk zoekt. Laad de bladzijde opnieuw.")
    lacking = [each.case_number for each in found.values() if each.lacks_right]
    if lacking:
        raise NoRightError(
            f"Deze vacature is alleen voor wie een recht heeft. Dat ontbreekt bij dossier "
            f"{', '.join(lacking)}. Schrijf eerst de beslissing van VDAB of OCMW op."
        )
    return [
        _refer(vacancy, each, message=message, by_mail=by_mail, by=by, at=at) for each in numbers
    ]


def _check_open(vacancy: Vacancy, today: date) -> None:
    if not open_vacancies(today).filter(pk=vacancy.pk).exists() or vacancy.seats_left < 1:
        raise ReferralError("Deze vacature is niet meer open. Kies een andere.")


def _refer(
    vacancy: Vacancy, case_number: str, *, message: str, by_mail: bool, by: User, at: datetime
) -> Referral:
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                case_number=case_number,
                vacancy=vacancy,
                state=ReferralState.REFERRED,
                due_on=due_after(
                    ReferralState.REFERRED, today=timezone.localdate(at), talk_on=None
                ),
                message=message,
                by_mail=by_mail,
                made_by=by,
                made_at=at,
                changed_by=by,
                changed_at=at,
            )
    except IntegrityError as error:
        raise ReferralError(
            f"Dossier {case_number} is al naar deze vacature verwezen. Kijk bij Toeleiding."
        ) from error
    also = mail_employer(referral, by=by, at=at) if by_mail else ""
    _note(referral, MADE, {}, who=_Who(by), at=at, also=also)
    return referral


@transaction.atomic
def take_step(
    key: int, step: str, told_with: Words = NOTHING, *, by: User, at: datetime
) -> Referral:
    """Take a step of a referral.

    Parameters
    ----------
    key : int
        Of a referral that the asker may see: the caller has found it.
    told_with : Words
        What belongs to the step.

    Raises
    ------
    NotNowError
        When somebody else was first, or the vacancy has no seat left.
    ReferralError
        When this role may not, or something is missing.
    """
    return _take(key, step, told_with, role=by.role, who=_Who(by), at=at)


@transaction.atomic
def answer_by_link(key: int, step: str, told_with: Words, *, name: str, at: datetime) -> Referral:
    """Take the step of an employer who answers by a link.

    Parameters
    ----------
    key : int
        Of the referral behind the link: the caller has looked that it works.
    name : str
        Who says to be answering.

    Raises
    ------
    As `take_step`.
    """
    if step not in BY_LINK:
        raise ReferralError("Dit antwoord kan niet met een link.")
    if not name.strip():
        raise ReferralError("Schrijf wie antwoordt.")
    return _take(key, step, told_with, role=Role.EMPLOYER, who=_Who(None, name), at=at)


@transaction.atomic
def choose_by_link(key: int, slot: datetime, *, at: datetime) -> Referral:
    """Choose one of the offered moments as the person who opened the own link.

    Raises
    ------
    NotNowError
        When it was chosen already, or taken back.
    ReferralError
        When that moment was not offered, or is past.
    """
    told = Words(talk_at=slot, by_mail=was_mailed(key, SLOTS))
    return _take(key, "choose", told, role=Role.CASEWORKER, who=_Who(None), at=at)


@transaction.atomic
def take_back(key: int, *, by: User, at: datetime) -> Referral | None:
    """Take one's own last step back; gives None when the referral itself was taken back.

    Raises
    ------
    TooLateError
        When somebody else took the last step, or the term is over.
    """
    referral = _locked(key)
    last, term = referral.events.first(), undo_within(timezone.localdate(at))
    if last is None or last.by_id != by.pk or at - last.at > term:
        minutes = dutch.number(term.total_seconds() / 60)
        raise TooLateError(f"Terugnemen kan alleen wie de stap zette, en {minutes} minuten lang.")
    drop_mail(mails_of(referral.pk), at=at)
    if last.step == MADE:
        note_referral(
            referral.case_number, title=f"Verwijzing teruggenomen: {referral.vacancy}", by=by, at=at
        )
        _trail("take_back", referral, at=at)
        referral.delete()
        return None
    if referral.state == ReferralState.HIRED:
        _unhire(referral, by=by, at=at)
    _restore(referral, last.before)
    referral.revision += 1
    referral.changed_by = by
    referral.save()
    last.delete()
    title = f"Stap teruggenomen: {referral.vacancy}"
    note_referral(referral.case_number, title=title, by=by, at=at)
    _trail("take_back", referral, at=at)
    return referral


@transaction.atomic
def withdraw_many(
    keys: Iterable[int], told_with: Words, *, by: User, at: datetime
) -> list[Referral]:
    """Withdraw several referrals for one reason; all of them, or none.

    Raises
    ------
    As `take_step`.
    """
    return [take_step(row.pk, "withdraw", told_with, by=by, at=at) for row in _lock_all(keys)]


@transaction.atomic
def take_back_many(keys: Iterable[int], *, by: User, at: datetime) -> int:
    """Take back several referrals that were made or withdrawn together; gives how many.

    Raises
    ------
    ReferralError
        When something else happened to one of them.
    TooLateError
        As `take_back`.
    """
    rows = _lock_all(keys)
    last = [row.events.first() for row in rows]
    if not rows or any(each is None or each.step not in TOGETHER for each in last):
        raise ReferralError("Er gebeurde intussen iets anders. Neem ze een voor een terug.")
    for row in rows:
        take_back(row.pk, by=by, at=at)
    return len(rows)


def _lock_all(keys: Iterable[int]) -> list[Referral]:
    """Lock all rows before the first line in the trail, in one order."""
    rows = Referral.objects.filter(pk__in=set(keys)).order_by("pk")
    return list(rows.select_for_update(of=("self",)))


@transaction.atomic
def forget_referrals(case_number: str, *, at: datetime) -> None:
    """Take a person out of all referrals; that there were some stays in the figures."""
    rows = Referral.objects.filter(case_number=case_number)
    for each in rows:
        forget_mail(mails_of(each.pk), at=at)
    ReferralEvent.objects.filter(referral__in=rows).update(text="", by_name="", before={})
    AnswerLink.objects.filter(referral__in=rows).delete()
    TalkSlot.objects.filter(referral__in=rows).delete()
    rows.filter(state__in=OPEN).update(state=ReferralState.WITHDRAWN, due_on=None, reason="OTHER")
    rows.update(case_number=ERASED, message="", talk_place="", explanation="")


# ---- steps of an action -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Who:
    """Who acts: a user, or who said to be answering by a link."""

    user: User | None
    name: str = ""


def _take(key: int, step: str, told_with: Words, *, role: str, who: _Who, at: datetime) -> Referral:
    referral = _locked(key)
    chosen = check_step(step, referral.state, role, told_with)
    if chosen.asks is Asks.SLOT:
        # One hour may be offered to several: of those who choose it at once one has it.
        lock_vacancy(referral.vacancy_id)
        _check_offered(referral, told_with, at)
    before = _kept(referral)
    referral.state = chosen.to
    referral.talk_at = told_with.talk_at or referral.talk_at
    referral.talk_place = told_with.talk_place or referral.talk_place
    referral.starts_on = told_with.starts_on
    referral.reason = told_with.reason or ""
    referral.explanation = told_with.explanation
    if chosen.asks is Asks.SLOTS:
        _offer(referral, told_with)
    referral.revision += 1
    _settle(referral, by=who.user, at=at)
    if chosen.to == ReferralState.HIRED and who.user is not None:
        _hire(referral, by=who.user, at=at)
    drop_mail(mails_of(referral.pk), at=at)
    also = mail_after(referral, before["state"], told_with, by=who.user, at=at)
    _note(referral, step, before, who=who, at=at, also=also)
    return referral


def _check_offered(referral: Referral, told_with: Words, at: datetime) -> None:
    slot = told_with.talk_at
    if slot is None or slot <= at or slot not in slots_of(referral.pk):
        raise ReferralError("Dat uur kan niet meer. Kies een ander.")


def _offer(referral: Referral, told_with: Words) -> None:
    """Put down the moments to choose from, in place of those of an offer that was taken back."""
    referral.slots.all().delete()
    TalkSlot.objects.bulk_create(
        TalkSlot(referral=referral, at=each) for each in sorted(set(told_with.slots))
    )
    if len(slots_of(referral.pk)) < len(set(told_with.slots)):
        raise ReferralError("Op een van deze uren komt al een andere kandidaat. Kies een ander.")


def _locked(key: int) -> Referral:
    found = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("vacancy__employer")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise ReferralError("Deze verwijzing bestaat niet meer.")
    return found


def _settle(referral: Referral, *, by: User | None, at: datetime) -> None:
    today = timezone.localdate(at)
    first = referral.talk_at
    if referral.state == ReferralState.OFFERED:
        first = referral.slots.values_list("at", flat=True).first()
    talk_on = timezone.localdate(first) if first else None
    referral.due_on = due_after(ReferralState(referral.state), today=today, talk_on=talk_on)
    referral.changed_by, referral.changed_at = by, at
    referral.save()


def _hire(referral: Referral, *, by: User, at: datetime) -> None:
    with acting(system("aanwerving")):
        vacancy = take_seat(_lock_both_sides(referral), by=by, at=at)
        begin_placement(
            referral.case_number,
            vacancy,
            started_on=referral.starts_on or timezone.localdate(at),
            source=Source.REFERRAL,
            by=by,
            at=at,
        )
        conclude_proposal(referral.case_number, referral.vacancy_id, at=at)


def _unhire(referral: Referral, *, by: User, at: datetime) -> None:
    with acting(system("aanwerving")):
        give_seat(_lock_both_sides(referral), by=by, at=at)
        undo_placement(referral.case_number, referral.vacancy_id, by=by, at=at)
        reopen_proposal(referral.case_number, referral.vacancy_id, at=at)


def _lock_both_sides(referral: Referral) -> Vacancy:
    """Lock the vacancy, the person, the work and the proposal, in order, before the trail.

    Gives the vacancy as it is now: others may have taken a seat since the referral was read.
    """
    vacancy = lock_vacancy(referral.vacancy_id)
    lock_work(referral.case_number)
    lock_accepted(referral.case_number, referral.vacancy_id)
    return vacancy


def _kept(referral: Referral) -> dict[str, Any]:
    values = {name: getattr(referral, name) for name in UNDONE}
    return {
        # A moment is a day as well.
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


_READ = {
    "due_on": date.fromisoformat,
    "starts_on": date.fromisoformat,
    "talk_at": datetime.fromisoformat,
    "changed_at": datetime.fromisoformat,
}


def _restore(referral: Referral, before: dict[str, Any]) -> None:
    for name, value in before.items():
        read = _READ.get(name)
        setattr(referral, name, read(value) if read and value else value)


def _note(
    referral: Referral,
    step: str,
    before: dict[str, Any],
    *,
    who: _Who,
    at: datetime,
    also: str = "",
) -> None:
    title, text = told(referral)
    if also:
        text = " ".join(filter(None, (dutch.sentence(text) if text else "", also)))
    event = ReferralEvent.objects.create(
        referral=referral,
        step=step,
        to_state=referral.state,
        at=at,
        by=who.user,
        by_name=who.name,
        text=text,
        before=before,
    )
    if who.user is None:
        text = " ".join(filter(None, (dutch.sentence(text) if text else "", f"{event.who}.")))
    note_referral(referral.case_number, title=title, text=text, by=who.user, at=at)
    _trail(step, referral, at=at)


def _trail(step: str, referral: Referral, *, at: datetime) -> None:
    audit.record(
        f"referrals.{step}",
        kind="person",
        objects=[referral.case_number],
        classes=CLASSES,
        at=at,
    )
