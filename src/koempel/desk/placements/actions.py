"""Work begins and ends. Each action is one transaction: all of it, or nothing.

Locks are taken in the order of `koempel.desk.referrals.actions`: the person, the placement, and the
end of the audit trail last.
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
from koempel.desk.people.actions import begin_work, note_referral, stop_work
from koempel.desk.people.keepers import ERASED
from koempel.desk.people.models import Person
from koempel.desk.placements.enums import WORKS_ON, PlacementState, Source
from koempel.desk.placements.errors import PlacementError, TooLateError
from koempel.desk.placements.models import Placement
from koempel.desk.placements.queries import has_work, measure_used
from koempel.desk.placements.rules import End, check_end
from koempel.desk.placements.telling import told_end
from koempel.desk.placements.terms import undo_within
from koempel.region import dutch

CLASSES = ("K2", "K3")
_PURPOSE = "werk opvolgen"


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
    with acting(system(_PURPOSE)):
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
        begin_work(case_number, by=by, at=at)
    _trail("begin", placement, at=at)
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
    _trail("undo", placement, at=at)
    placement.delete()
    _look_again(case_number, by=by, at=at)


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
    placement = _locked(key)
    if not placement.is_working:
        raise PlacementError("Dit werk is al gestopt. Laad de bladzijde opnieuw.")
    check_end(end, started_on=placement.started_on, today=timezone.localdate(at))
    placement.state = PlacementState.ENDED
    placement.ended_on, placement.end_reason = end.on, end.reason
    placement.explanation = end.explanation
    placement.ended_by, placement.end_told_at = teller.user, at
    placement.save()
    if end.reason not in WORKS_ON:
        _look_again(placement.case_number, by=teller.user, at=at)
    title, text = told_end(placement)
    text = " ".join(filter(None, (text, teller.signature)))
    note_referral(placement.case_number, title=title, text=text, by=teller.user, at=at)
    _trail("end", placement, at=at)
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
    placement = _locked(key)
    _check_take_back(placement, by=by, at=at)
    placement.state = PlacementState.WORKING
    placement.ended_on, placement.end_reason, placement.explanation = None, "", ""
    placement.ended_by, placement.end_told_at = None, None
    placement.save()
    with acting(system(_PURPOSE)):
        begin_work(placement.case_number, by=by, at=at)
    title = f"Toch nog aan het werk: {placement.vacancy.title}, {placement.vacancy.employer}"
    note_referral(placement.case_number, title=title[:200], by=by, at=at)
    _trail("take_back", placement, at=at)
    return placement


def _check_take_back(placement: Placement, *, by: User, at: datetime) -> None:
    if placement.is_working or _working(placement.case_number, placement.vacancy_id) is not None:
        raise PlacementError("Deze persoon werkt hier al. Laad de bladzijde opnieuw.")
    if not can_take_back(placement, by=by, at=at):
        minutes = dutch.number(undo_within(timezone.localdate(at)).total_seconds() / 60)
        raise TooLateError(f"Terugnemen kan alleen wie het noteerde, en {minutes} minuten lang.")


def can_take_back(placement: Placement, *, by: User, at: datetime) -> bool:
    """Whether somebody may take back that work ended."""
    if placement.end_told_at is None:
        return False
    if placement.ended_by_id is None:
        return by.role in GUIDES
    is_soon = at - placement.end_told_at <= undo_within(timezone.localdate(at))
    return placement.ended_by_id == by.pk and is_soon


@transaction.atomic
def forget_placements(case_number: str) -> None:
    """Take a person out of all placements; that there were some stays in the figures."""
    rows = Placement.objects.filter(case_number=case_number)
    rows.update(case_number=ERASED, explanation="")


def lock_work(case_number: str) -> None:
    """Lock a person and what is known of their work, before the first line in the trail."""
    with acting(system(_PURPOSE)):
        list(Person.objects.filter(pk=case_number).select_for_update(of=("self",)))
    list(Placement.objects.filter(case_number=case_number).select_for_update(of=("self",)))


def _locked(key: int) -> Placement:
    found = Placement.objects.filter(pk=key).values_list("case_number", flat=True).first()
    if found is None:
        raise PlacementError("Deze plaatsing bestaat niet meer.")
    lock_work(found)
    return Placement.objects.select_related("vacancy__employer").get(pk=key)


def _working(case_number: str, vacancy: int) -> Placement | None:
    rows = Placement.objects.filter(case_number=case_number, vacancy=vacancy)
    return rows.filter(state=PlacementState.WORKING).first()


def _look_again(case_number: str, *, by: User | None, at: datetime) -> None:
    """The person looks for work, unless there is other work that goes on."""
    if has_work(case_number):
        return
    with acting(system(_PURPOSE)):
        stop_work(case_number, by=by, at=at)


def _trail(verb: str, placement: Placement, *, at: datetime) -> None:
    audit.record(
        f"placements.{verb}",
        kind="person",
        objects=[placement.case_number],
        classes=CLASSES,
        at=at,
    )
