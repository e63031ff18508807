"""Work begins and ends. Each action is one transaction: all of it, or nothing.

Locks are taken in the order of `koempel.desk.placements.locks`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import GUIDES
from koempel.desk.jobs.models import Vacancy
from koempel.desk.mail.actions import forget_mail
from koempel.desk.people.actions import begin_work, note_referral, stop_work
from koempel.desk.people.keepers import ERASED
from koempel.desk.placements.enums import WORKS_ON, Answer, Party, PlacementState, Source
from koempel.desk.placements.errors import PlacementError, TooLateError
from koempel.desk.placements.locks import PURPOSE, lock_work, locked_follow_up, locked_placement
from koempel.desk.placements.mailing import mails_of
from koempel.desk.placements.models import FollowUp, FollowUpLink, Placement
from koempel.desk.placements.queries import has_work, measure_used
from koempel.desk.placements.rules import End, check_end
from koempel.desk.placements.telling import told_answer, told_end
from koempel.desk.placements.terms import follow_ups_of, undo_within
from koempel.region import dutch

CLASSES = ("K2", "K3")


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells: a user, or who said to be answering by a link."""

    user: User | None
    name: str = ""

    @property
    def signature(self) -> str:
        """What stands below a line of somebody without an account."""
        return "" if self.user else f"{self.name}, met de link."


@transaction.atomic
def begin_placement(
    case_number: str, vacancy: Vacancy, *, started_on: date, source: Source, by: User, at: datetime
) -> Placement:
    """Note that somebody goes to work; the case stands on "at work" from then on.

    Whoever begins it tells the timeline what led to it: a referral or a transition.

    Parameters
    ----------
    vacancy : Vacancy
        Whose seat was taken; the caller holds its lock.

    Raises
    ------
    PlacementError
        When the person works there already.
    """
    with acting(system(PURPOSE)):
        lock_work(case_number)
        if _working(case_number, vacancy.pk) is not None:
            raise PlacementError("Deze persoon werkt hier al. Laad de bladzijde opnieuw.")
        placement = Placement.objects.create(
            case_number=case_number,
            vacancy=vacancy,
            measure=measure_used(case_number, vacancy, on=started_on),
            source=source,
            started_on=started_on,
            made_by=by,
            made_at=at,
        )
        FollowUp.objects.bulk_create(
            FollowUp(placement=placement, months=months, due_on=day)
            for months, day in follow_ups_of(started_on).items()
        )
        begin_work(case_number, by=by, at=at)
    trail("begin", placement, at=at)
    return placement


@transaction.atomic
def undo_placement(case_number: str, vacancy: int, *, by: User, at: datetime) -> None:
    """Take back that somebody went to work; the person looks for work again.

    Raises
    ------
    PlacementError
        When the work ended meanwhile.
    """
    lock_work(case_number)
    placement = _working(case_number, vacancy)
    if placement is None:
        raise PlacementError("Het werk is intussen gestopt. Terugnemen kan niet meer.")
    trail("undo", placement, at=at)
    placement.delete()
    look_again(case_number, by=by, at=at)


@transaction.atomic
def end_placement(key: int, end: End, *, teller: Teller, at: datetime) -> Placement:
    """Note that somebody no longer works there, and looks for work again.

    Who went on elsewhere at once is still at work.

    Parameters
    ----------
    key : int
        Of a placement that the asker may see: the caller has found it.

    Raises
    ------
    PlacementError
        When it ended already, or its last day cannot be.
    """
    placement = locked_placement(key)
    if not placement.is_working:
        raise PlacementError("Dit werk is al gestopt. Laad de bladzijde opnieuw.")
    check_end(end, started_on=placement.started_on, today=timezone.localdate(at))
    close(placement, end, by=teller.user, at=at)
    if end.reason not in WORKS_ON:
        look_again(placement.case_number, by=teller.user, at=at)
    title, text = told_end(placement)
    text = " ".join(filter(None, (text, teller.signature)))
    note_referral(placement.case_number, title=title, text=text, by=teller.user, at=at)
    trail("end", placement, at=at)
    return placement


@transaction.atomic
def take_back_end(key: int, *, by: User, at: datetime) -> Placement:
    """Take back that work ended: one's own word for a while, what came by a link at any time.

    Raises
    ------
    TooLateError
        When somebody else wrote it, or the term is over.
    PlacementError
        When the person works there again meanwhile.
    """
    placement = locked_placement(key)
    _check_take_back(placement, by=by, at=at)
    reopen(placement)
    with acting(system(PURPOSE)):
        begin_work(placement.case_number, by=by, at=at)
    title = f"Toch nog aan het werk: {placement.vacancy.title}, {placement.vacancy.employer}"
    note_referral(placement.case_number, title=title[:200], by=by, at=at)
    trail("take_back", placement, at=at)
    return placement


def _check_take_back(placement: Placement, *, by: User, at: datetime) -> None:
    if placement.is_working or _working(placement.case_number, placement.vacancy_id) is not None:
        raise PlacementError("Deze persoon werkt hier al. Laad de bladzijde opnieuw.")
    if not can_take_back(placement, by=by, at=at):
        raise TooLateError(_only_oneself(at))


def can_take_back(placement: Placement, *, by: User, at: datetime) -> bool:
    """Whether somebody may take back that work ended."""
    told_at = placement.end_told_at
    return told_at is not None and _may_take_back(placement.ended_by_id, told_at, by=by, at=at)


def can_take_back_answer(follow_up: FollowUp, *, by: User, at: datetime) -> bool:
    """Whether somebody may take back what was said."""
    said_at = follow_up.answered_at
    return said_at is not None and _may_take_back(follow_up.answered_by_id, said_at, by=by, at=at)


def _may_take_back(said_by: int | None, said_at: datetime, *, by: User, at: datetime) -> bool:
    if said_by is None:
        return by.role in GUIDES
    return said_by == by.pk and at - said_at <= undo_within(timezone.localdate(at))


def _only_oneself(at: datetime) -> str:
    minutes = dutch.number(undo_within(timezone.localdate(at)).total_seconds() / 60)
    return f"Terugnemen kan alleen wie het noteerde, en {minutes} minuten lang."


_NOTHING_SAID = {
    "answer": "",
    "told_by": "",
    "goes_well": None,
    "needs": "",
    "answered_at": None,
    "answered_by": None,
    "answered_name": "",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of work.

    Attributes
    ----------
    party : Party
        Who says it: also when a guide writes it down after a call.
    goes_well, needs :
        Whether all is fine, and what is needed; for work that goes on.
    end : End, optional
        When and why it ended; for work that is over.
    """

    answer: Answer
    party: Party
    goes_well: bool | None = None
    needs: str = ""
    end: End | None = None


@transaction.atomic
def answer_follow_up(key: int, told: Told, *, teller: Teller, at: datetime) -> FollowUp:
    """Write down whether work goes on; a no ends it.

    Parameters
    ----------
    key : int
        Of a follow-up that the asker may see, or behind a link that works.

    Raises
    ------
    PlacementError
        When it was answered already, is not due yet, or does not say how the work ended.
    """
    follow_up = locked_follow_up(key)
    _check_waits(follow_up, today=timezone.localdate(at))
    if told.answer is Answer.NO:
        _end_by_answer(follow_up.placement, told, teller=teller, at=at)
    follow_up.answer, follow_up.told_by = told.answer, told.party
    follow_up.goes_well, follow_up.needs = told.goes_well, told.needs
    follow_up.answered_at, follow_up.answered_by = at, teller.user
    follow_up.answered_name = teller.name
    follow_up.save()
    title, text = told_answer(follow_up)
    text = " ".join(filter(None, (text, teller.signature)))
    number = follow_up.placement.case_number
    note_referral(number, title=title, text=text, by=teller.user, at=at)
    trail("answer", follow_up.placement, at=at)
    return follow_up


def _check_waits(follow_up: FollowUp, *, today: date) -> None:
    if follow_up.is_said:
        raise PlacementError("Hier kwam al een antwoord op. Laad de bladzijde opnieuw.")
    if follow_up.due_on > today:
        raise PlacementError(f"Dit vraag je pas op {dutch.day(follow_up.due_on)}.")
    placement = follow_up.placement
    if not placement.is_working and placement.end_reason not in WORKS_ON:
        raise PlacementError("Dit werk is al gestopt. Er is niets meer te vragen.")


def _end_by_answer(placement: Placement, told: Told, *, teller: Teller, at: datetime) -> None:
    if not placement.is_working:
        # Went on elsewhere at once, and that is over as well.
        look_again(placement.case_number, by=teller.user, at=at)
        return
    if told.end is None:
        raise PlacementError("Zeg wanneer en waarom het werk stopte.")
    end_placement(placement.pk, told.end, teller=teller, at=at)


@transaction.atomic
def take_back_answer(key: int, *, by: User, at: datetime) -> FollowUp:
    """Take back what was said: one's own word for a while, what came by a link at any time.

    Raises
    ------
    TooLateError
        When somebody else wrote it, or the term is over.
    """
    follow_up = locked_follow_up(key)
    if not can_take_back_answer(follow_up, by=by, at=at):
        raise TooLateError(_only_oneself(at))
    placement = follow_up.placement
    if follow_up.answer == Answer.NO and placement.end_told_at == follow_up.answered_at:
        take_back_end(placement.pk, by=by, at=at)
    FollowUp.objects.filter(pk=key).update(**_NOTHING_SAID)
    title = f"Antwoord teruggenomen: opvolging na {follow_up.months} maanden"
    note_referral(placement.case_number, title=title, by=by, at=at)
    trail("take_back", placement, at=at)
    return FollowUp.objects.get(pk=key)


@transaction.atomic
def forget_placements(case_number: str, *, at: datetime) -> None:
    """Take a person out of all placements; that there were some stays in the figures."""
    rows = Placement.objects.filter(case_number=case_number)
    FollowUpLink.objects.filter(follow_up__placement__in=rows).delete()
    for key in FollowUp.objects.filter(placement__in=rows).values_list("pk", flat=True):
        forget_mail(mails_of(key), at=at)
    FollowUp.objects.filter(placement__in=rows).update(needs="", answered_name="")
    rows.update(case_number=ERASED, explanation="")


def close(placement: Placement, end: End, *, by: User | None, at: datetime) -> None:
    """Write down that work is over; the caller holds the lock and has looked at the day."""
    placement.state = PlacementState.ENDED
    placement.ended_on, placement.end_reason = end.on, end.reason
    placement.explanation = end.explanation
    placement.ended_by, placement.end_told_at = by, at
    placement.save()


def reopen(placement: Placement) -> None:
    """Write down that work goes on after all; the caller holds the lock."""
    placement.state = PlacementState.WORKING
    placement.ended_on, placement.end_reason, placement.explanation = None, "", ""
    placement.ended_by, placement.end_told_at = None, None
    placement.save()
    # That it was over was wrong, also where it was said in answer to a question.
    placement.follow_ups.filter(answer=Answer.NO).update(**_NOTHING_SAID)


def look_again(case_number: str, *, by: User | None, at: datetime) -> None:
    """The person looks for work, unless there is other work that goes on."""
    if has_work(case_number):
        return
    with acting(system(PURPOSE)):
        stop_work(case_number, by=by, at=at)


def _working(case_number: str, vacancy: int) -> Placement | None:
    rows = Placement.objects.filter(case_number=case_number, vacancy=vacancy)
    return rows.filter(state=PlacementState.WORKING).first()


def trail(verb: str, placement: Placement, *, at: datetime) -> None:
    """Write what was done with somebody's work in the audit trail."""
    audit.record(
        f"placements.{verb}",
        kind="person",
        objects=[placement.case_number],
        classes=CLASSES,
        at=at,
    )
