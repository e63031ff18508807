"""What people do in doorstroom. Each action is one transaction: all of it, or nothing.

Locks are taken in one order, so that nobody waits in a ring: the round, its vacancies, the person,
and the end of the audit trail last. Of two people who act at once one wins and the other is told.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.mail.actions import forget_mail
from koempel.desk.people.actions import begin_work, lock_people, note_transition, stop_work
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.keepers import ERASED
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.enums import OPEN, PHASES, STAYS, STEPS, Asks, TransitionState
from koempel.desk.transitions.errors import NotNowError, TooLateError, TransitionError
from koempel.desk.transitions.models import MADE, UNDONE, Transition, TransitionEvent
from koempel.desk.transitions.queries import agreement_of, pauses_of, talks_of, why_not_begin
from koempel.desk.transitions.rules import (
    NOTHING,
    Pause,
    Talk,
    Told,
    check_pause,
    check_step,
    cut_short,
    due_after,
    is_paused,
    next_talk,
)
from koempel.desk.transitions.seats import move_seats, refuse_full_seat
from koempel.desk.transitions.telling import text_of, title_of
from koempel.desk.transitions.terms import aftercare_days, undo_within
from koempel.desk.transitions.work import move_work
from koempel.region import dutch

CLASSES = ("K2", "K3", "K4")
_PURPOSE = "doorstroom"


@transaction.atomic
def follow(
    case_number: str,
    employer: Organisation,
    *,
    since: date,
    evaluated_on: date | None,
    by: User,
    at: datetime,
    vacancy: Vacancy | None = None,
) -> Transition:
    """Write down that somebody works in a social enterprise; the first evaluation is planned.

    Parameters
    ----------
    case_number : str
        Of somebody whom the asker may follow: the caller has found the case or the referral.
    evaluated_on : date, optional
        The day of the last evaluation; without one the first day of work counts.

    Raises
    ------
    TransitionError
        When the employer is no social enterprise, the days cannot be, or the person is followed.
    """
    _check_days(since, evaluated_on, timezone.localdate(at))
    if employer.kind != OrganisationKind.SOCIAL_ENTERPRISE:
        raise TransitionError(f"{employer} is geen sociale-economiebedrijf. Kies een ander.")
    row = Transition(case_number=case_number, employer=employer, vacancy=vacancy, since=since)
    _plan_evaluation(row, evaluated_on or since, by=by, at=at)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TransitionError("Deze doorstroom wordt al gevolgd. Kijk bij Doorstroom.") from error
    note_step(row, MADE, _begin_work(row, by=by, at=at), "", by=by, at=at)
    return row


def follow_hired(referral: Referral, *, by: User, at: datetime) -> Transition:
    """Follow somebody who was hired by a social enterprise; see `follow`."""
    return follow(
        referral.case_number,
        referral.vacancy.employer,
        since=referral.starts_on or timezone.localdate(at),
        evaluated_on=None,
        by=by,
        at=at,
        vacancy=referral.vacancy,
    )


@transaction.atomic
def take_step(key: int, step: str, told: Told = NOTHING, *, by: User, at: datetime) -> Transition:
    """Take a step of a round.

    Parameters
    ----------
    key : int
        Of a round that the asker may see: the caller has found it.
    told : Told
        What belongs to the step.

    Raises
    ------
    NotNowError
        When somebody else was first.
    VacancyError
        When the regular vacancy has no seat left.
    TransitionError
        When this role may not, or something is missing or cannot be.
    """
    row, today = locked(key), timezone.localdate(at)
    paused = is_paused(pauses_of(row), today)
    chosen = check_step(step, row.state, by.role, told, paused=paused)
    _check_visit(chosen.asks, told, row, today)
    if step == "intern":
        _check_begins(row, today)
    before = _kept(row)
    _tell(row, chosen.asks, told)
    _move_terms(row, step, told.pause, today)
    state = row.state
    if chosen.to is not None:
        row.state, row.state_on = chosen.to, today
    move_seats(row, state, by=by, at=at)
    move_work(row, state, by=by, at=at)
    if chosen.to is not None or row.state in PHASES:
        row.due_on = due_after(TransitionState(row.state), on=row.state_on, pauses=pauses_of(row))
    row.changed_by, row.changed_at = by, at
    row.save()
    if row.state in STAYS:
        _next_round(row, by=by, at=at)
    note_step(row, step, before, text_of(chosen, told), by=by, at=at)
    return row


@transaction.atomic
def mark_talk(key: int, number: int, *, is_done: bool, by: User, at: datetime) -> Transition:
    """Note that the coach asked how it goes, or that this was not done after all.

    Parameters
    ----------
    number : int
        Which of the talks of the round, from 0.

    Raises
    ------
    NotNowError
        When there is no such talk in a round in aftercare, or it stood so already.
    """
    row, today = locked(key), timezone.localdate(at)
    talks = list(talks_of(row))
    is_there = row.state == TransitionState.AFTERCARE and number < len(talks)
    if not is_there or (talks[number].done_on is not None) is is_done:
        raise NotNowError("Dat is intussen veranderd. Laad de bladzijde opnieuw.")
    talks[number] = Talk(talks[number].due_on, today if is_done else None)
    _plan_talks(row, talks)
    row.changed_by, row.changed_at = by, at
    row.save()
    text = f"Gepland op {dutch.day(talks[number].due_on)}"
    note_step(row, "talk" if is_done else "talk_undone", {}, text, by=by, at=at)
    return row


@transaction.atomic
def take_back(key: int, *, by: User, at: datetime) -> Transition | None:
    """Take one's own last step back; gives None when the round itself was taken back.

    Raises
    ------
    TooLateError
        When somebody else took the last step, the term is over, or the next round went on.
    """
    row = locked(key)
    last = _own_last(row, by=by, at=at)
    is_whole = last.step == MADE
    if is_whole:
        _unfollow(row, last, by=by, at=at)
    else:
        _undo(row, last, by=by, at=at)
    title = f"Stap teruggenomen: {row.employer}"
    note_transition(row.case_number, title=title, by=by, at=at)
    audit.record(
        "transitions.take_back", kind="person", objects=[row.case_number], classes=CLASSES, at=at
    )
    return None if is_whole else row


@transaction.atomic
def forget_transitions(case_number: str, *, at: datetime) -> None:
    """Take a person out of all rounds; that there were some stays in the figures."""
    rows = Transition.objects.filter(case_number=case_number)
    for key in rows.values_list("pk", flat=True):
        forget_mail(mails_of(key), at=at)
    TransitionEvent.objects.filter(transition__in=rows).update(text="", by_name="", before={})
    rows.filter(state__in=OPEN).update(state=TransitionState.LEFT, due_on=None, reason="OTHER")
    rows.update(case_number=ERASED, view_text="", coach="", explanation="")


def mails_of(key: int) -> str:
    """What the keys of the mails about a round begin with."""
    return f"doorstroom/{key}/"


def note_step(
    row: Transition,
    step: str,
    before: dict[str, Any],
    text: str,
    *,
    by: User | None,
    at: datetime,
    by_name: str = "",
) -> None:
    """Write a step in the round, on the timeline of the case and in the trail.

    Parameters
    ----------
    by_name : str
        Which party acted, where a link was used and `by` is nobody.
    """
    event = TransitionEvent.objects.create(
        transition=row,
        step=step,
        to_state=row.state,
        at=at,
        by=by,
        by_name=by_name,
        text=text,
        before=before,
    )
    if by is None:
        text = " ".join(filter(None, (dutch.sentence(text) if text else "", f"{event.who}.")))
    note_transition(row.case_number, title=title_of(row, step), text=text, by=by, at=at)
    audit.record(
        f"transitions.{step}", kind="person", objects=[row.case_number], classes=CLASSES, at=at
    )


def locked(key: int) -> Transition:
    """A round that nobody else can change meanwhile.

    Raises
    ------
    NotNowError
        When it was taken back.
    """
    found = (
        Transition.objects.select_for_update(of=("self",))
        .select_related("employer")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotNowError("Deze doorstroom bestaat niet meer.")
    return found


# ---- steps of an action -----------------------------------------------------------------------


def _check_days(since: date, evaluated_on: date | None, today: date) -> None:
    if evaluated_on is None:
        return
    if not since <= evaluated_on <= today:
        raise TransitionError(
            "De laatste evaluatie ligt voor de eerste werkdag, of nog in de toekomst."
        )


def _check_visit(asks: Asks, told: Told, row: Transition, today: date) -> None:
    if asks is Asks.VISIT and told.day is not None and not row.since <= told.day <= today:
        raise TransitionError("Het bezoek was na de eerste werkdag en ten laatste vandaag.")


def _check_begins(row: Transition, today: date) -> None:
    if reason := why_not_begin(agreement_of(row.pk), today):
        raise TransitionError(reason)


def _plan_evaluation(row: Transition, evaluated_on: date, *, by: User, at: datetime) -> None:
    row.state, row.state_on = TransitionState.EVALUATION_DUE, timezone.localdate(at)
    row.due_on = due_after(TransitionState.EVALUATION_DUE, on=evaluated_on)
    row.made_by = row.changed_by = by
    row.made_at = row.changed_at = at


def _begin_work(row: Transition, *, by: User, at: datetime) -> dict[str, Any]:
    """Put who still looks for work at work; tells whether that was so."""
    with acting(system(_PURPOSE)):
        people = lock_people([row.case_number])
        was_looking = any(each.status == CaseStatus.ACTIVE for each in people)
        begin_work(row.case_number, by=by, at=at)
    return {"was_looking": was_looking}


def _tell(row: Transition, asks: Asks, told: Told) -> None:
    """Keep what was told with a step; the rest stays as it was."""
    if asks is Asks.VIEW:
        row.view, row.view_text = told.view or "", told.explanation
    elif asks in (Asks.VISIT, Asks.REASON):
        row.reason, row.explanation = told.reason or "", told.explanation
    if asks is Asks.VISIT:
        row.visited_on = told.day
    elif asks is Asks.CONTRACT and told.day is not None:
        row.starts_on, row.regular_id = told.day, told.vacancy
        _plan_talks(row, [Talk(day) for day in aftercare_days(told.day)])
    row.guided_hours = Decimal(row.guided_hours) + (told.hours or 0)
    row.coach = told.coach or row.coach


def _plan_talks(row: Transition, talks: Sequence[Talk]) -> None:
    row.talks = [
        [each.due_on.isoformat(), each.done_on.isoformat() if each.done_on else None]
        for each in talks
    ]
    row.talk_on = next_talk(talks)


def _move_terms(row: Transition, step: str, pause: Pause | None, today: date) -> None:
    pauses = pauses_of(row)
    if STEPS[step].asks is Asks.PAUSE and pause is not None and row.due_on is not None:
        check_pause(pause, pauses, began_on=row.state_on, due_on=row.due_on)
        pauses = (*pauses, pause)
    elif step == "resume":
        pauses = cut_short(pauses, today)
    row.pauses = [
        [each.reason.value, each.first.isoformat(), each.until.isoformat()] for each in pauses
    ]


def _next_round(row: Transition, *, by: User, at: datetime) -> None:
    """Plan the next evaluation of who stays in the social enterprise."""
    follows = Transition(
        case_number=row.case_number,
        employer=row.employer,
        vacancy=row.vacancy,
        since=row.since,
        follows=row,
    )
    _plan_evaluation(follows, row.visited_on or timezone.localdate(at), by=by, at=at)
    follows.save()


def _own_last(row: Transition, *, by: User, at: datetime) -> TransitionEvent:
    last, term = row.events.first(), undo_within(timezone.localdate(at))
    is_own = last is not None and last.by_id == by.pk and at - last.at <= term
    if last is None or not is_own or last.step not in (MADE, *STEPS):
        minutes = dutch.number(term.total_seconds() / 60)
        raise TooLateError(f"Terugnemen kan alleen wie de stap zette, en {minutes} minuten lang.")
    return last


def _unfollow(row: Transition, last: TransitionEvent, *, by: User, at: datetime) -> None:
    """Take the whole round back, and let who looked for work look again."""
    if last.before.get("was_looking"):
        with acting(system(_PURPOSE)):
            stop_work(row.case_number, by=by, at=at)
    row.delete()


def _undo(row: Transition, last: TransitionEvent, *, by: User, at: datetime) -> None:
    _drop_next_round(row)
    if last.step == "contract":
        refuse_full_seat(row)
    state, row.state = row.state, last.before["state"]
    move_seats(row, state, by=by, at=at)
    move_work(row, state, by=by, at=at)
    _restore(row, last.before)
    row.changed_by, row.changed_at = by, at
    row.save()
    last.delete()


def _drop_next_round(row: Transition) -> None:
    """Take the next evaluation back, as long as nobody did anything with it."""
    after = Transition.objects.select_for_update(of=("self",)).filter(follows=row).first()
    if after is not None and after.events.exists():
        raise TooLateError("De volgende evaluatie is al bezig. Terugnemen kan niet meer.")
    if after is not None:
        after.delete()


def _kept(row: Transition) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in UNDONE}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_DAYS = ("state_on", "due_on", "visited_on", "starts_on")


def _restore(row: Transition, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(row, name, date.fromisoformat(value) if value and name in _DAYS else value)
