"""Writes of vacancies. Each is one transaction with its event and its line in the audit trail."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import current
from koempel.desk.jobs.enums import BY_CLOCK, STEPS, Step, VacancyState
from koempel.desk.jobs.models import EventKind, Vacancy, VacancyEvent, new_number
from koempel.desk.jobs.queries import steps_of, vacancies_past_term
from koempel.desk.jobs.rules import OFFERS_WORK, can_keep, taken_after
from koempel.desk.jobs.terms import MAX_DAYS_ONLINE, terms
from koempel.desk.partners.actions import save_establishment
from koempel.errors import KoempelError
from koempel.region.parameters import Parameters

KIND = "vacancy"
COPY_SUFFIX = " (kopie)"


class VacancyError(KoempelError):
    """Something that cannot be done with a vacancy; the message is Dutch."""


def lock_vacancy(key: int) -> Vacancy:
    """A vacancy as it is now, which nobody else can change meanwhile."""
    return Vacancy.objects.select_for_update(of=("self",)).get(pk=key)


def save_vacancy(vacancy: Vacancy, *, by: User, at: datetime, changed: Iterable[str]) -> Vacancy:
    """Store a new or changed vacancy, and its establishment when that is new.

    Parameters
    ----------
    changed : iterable of str
        Dutch names of the fields that changed, for the timeline.

    Raises
    ------
    VacancyError
        When the asker may not keep the vacancies of this employer, the employer offers no work, or
        the establishment is of somebody else.
    """
    _refuse_stranger(vacancy)
    if vacancy.employer.kind not in OFFERS_WORK:
        raise VacancyError(f"{vacancy.employer} is geen werkgever.")
    place = vacancy.establishment
    if place.organisation_id != vacancy.employer_id:
        raise VacancyError(f"{place} is geen vestiging van {vacancy.employer}.")
    is_new = vacancy.pk is None
    text = "" if is_new else ", ".join(changed)[:300]
    with transaction.atomic():
        if place._state.adding:
            vacancy.establishment = save_establishment(place, by=by, at=at)
        vacancy.save()
        _note(vacancy, EventKind.MADE if is_new else EventKind.CHANGED, by, at, text)
        audit.record("jobs.save_vacancy", kind=KIND, objects=[vacancy.number], at=at)
    return vacancy


def take_step(
    vacancy: Vacancy,
    key: str,
    *,
    by: User | None,
    at: datetime,
    on: date,
    parameters: Parameters,
) -> Vacancy:
    """Change the state of a vacancy by one of its steps.

    Going online sets the days online anew, for as long as the dated parameter allows.

    Raises
    ------
    VacancyError
        When the asker may not, or the step is not open from the present state.
    """
    _refuse_stranger(vacancy)
    with transaction.atomic():
        stored = lock_vacancy(vacancy.pk)
        step = STEPS.get(key)
        if step is None or step not in steps_of(stored):
            raise VacancyError(f"Dat kan niet meer: de vacature is {stored.get_state_display()}.")
        make_step(stored, step, by, at, on, parameters)
        audit.record(f"jobs.{key}_vacancy", kind=KIND, objects=[stored.number], at=at)
    return stored


def make_step(
    vacancy: Vacancy,
    step: Step,
    by: User | None,
    at: datetime,
    on: date,
    parameters: Parameters,
) -> None:
    """Make a step that was found open, with its event; the vacancy is locked by the caller."""
    event = VacancyEvent(
        vacancy=vacancy,
        at=at,
        by=by,
        kind=EventKind.STATE,
        step=step.key,
        from_state=vacancy.state,
        to_state=step.to,
        from_taken=vacancy.taken,
        online_from=vacancy.publish_from,
        online_to=vacancy.publish_to,
    )
    if step.to == VacancyState.PUBLISHED != vacancy.state:
        _go_online(vacancy, on, parameters)
    vacancy.state = step.to
    vacancy.taken = taken_after(step.key, seats=vacancy.seats, taken=vacancy.taken)
    vacancy.save()
    event.save()


def _go_online(vacancy: Vacancy, on: date, parameters: Parameters) -> None:
    """Set the days online; a draft may wait for a day that was planned."""
    _refuse_past_start(vacancy, on)
    days = int(parameters.value(MAX_DAYS_ONLINE, on))
    planned = vacancy.publish_from if vacancy.state == VacancyState.DRAFT else None
    vacancy.publish_from = max(planned or on, on)
    vacancy.publish_to = vacancy.publish_from + timedelta(days=days)


def _refuse_past_start(vacancy: Vacancy, on: date) -> None:
    if vacancy.start_to < on:
        raise VacancyError("De laatste startdag is voorbij. Pas eerst de startdagen aan.")


def undo_step(vacancy: Vacancy, *, by: User | None, at: datetime) -> Vacancy:
    """Take the last step back, with the days online and the seats as they were.

    Raises
    ------
    VacancyError
        When the asker may not, or the last thing that happened is no step.
    """
    _refuse_stranger(vacancy)
    with transaction.atomic():
        stored = lock_vacancy(vacancy.pk)
        last = stored.events.first()
        if last is None or not last.step or last.to_state != stored.state:
            raise VacancyError("Dit kan niet meer ongedaan gemaakt worden.")
        before, stored.state = stored.state, last.from_state
        if last.from_taken is not None:
            stored.taken = last.from_taken
            stored.publish_from, stored.publish_to = last.online_from, last.online_to
        stored.save()
        _note(stored, EventKind.UNDONE, by, at, before=before)
        audit.record("jobs.undo_step", kind=KIND, objects=[stored.number], at=at)
    return stored


def take_seat(vacancy: Vacancy, *, by: User, at: datetime) -> Vacancy:
    """Note that somebody was hired for a seat; the last one fills the vacancy.

    Raises
    ------
    VacancyError
        When no seat is left, or the vacancy is not online.
    """
    last = vacancy.seats_left <= 1
    return _take_step_now(vacancy, "fill" if last else "take", by=by, at=at)


def give_seat(vacancy: Vacancy, *, by: User, at: datetime) -> Vacancy:
    """Note that a seat is free again after all; a vacancy that was full goes online again.

    Raises
    ------
    VacancyError
        When no seat is taken, or the vacancy was closed meanwhile.
    """
    is_full = vacancy.state == VacancyState.FILLED
    return _take_step_now(vacancy, "refill" if is_full else "free", by=by, at=at)


def _take_step_now(vacancy: Vacancy, key: str, *, by: User, at: datetime) -> Vacancy:
    on = timezone.localdate(at)
    return take_step(vacancy, key, by=by, at=at, on=on, parameters=terms())


def copy_vacancy(vacancy: Vacancy, *, by: User | None, at: datetime) -> Vacancy:
    """Make a draft with the same facts.

    Raises
    ------
    VacancyError
        When the asker may not keep the vacancies of this employer.
    """
    _refuse_stranger(vacancy)
    source = vacancy.number
    made = Vacancy.objects.get(pk=vacancy.pk)
    made.pk, made.number, made.state = None, new_number(), VacancyState.DRAFT
    made._state.adding = True
    made.title = made.title[: 120 - len(COPY_SUFFIX)] + COPY_SUFFIX
    made.publish_from = made.publish_to = None
    made.taken = 0
    made.source = made.source_id = ""
    with transaction.atomic():
        made.save()
        _note(made, EventKind.MADE, by, at, f"kopie van {source}")
        audit.record("jobs.copy_vacancy", kind=KIND, objects=[source, made.number], at=at)
    return made


def expire_vacancies(*, today: date, at: datetime, parameters: Parameters) -> int:
    """Take vacancies offline whose term is over; return how many.

    Raises
    ------
    ParameterMissingError
        When there is no term for that day.
    """
    with transaction.atomic():
        found = list(vacancies_past_term(today, parameters).select_for_update(of=("self",)))
        for vacancy in found:
            make_step(vacancy, STEPS[BY_CLOCK], None, at, today, parameters)
        if found:
            numbers = [vacancy.number for vacancy in found]
            audit.record("jobs.expire_vacancies", kind=KIND, objects=numbers, at=at)
    return len(found)


def _refuse_stranger(vacancy: Vacancy) -> None:
    if not can_keep(current(), vacancy.employer_id):
        raise VacancyError("Je kunt alleen vacatures van je eigen organisatie aanpassen.")


def _note(
    vacancy: Vacancy,
    kind: EventKind,
    by: User | None,
    at: datetime,
    text: str = "",
    *,
    before: str = "",
) -> None:
    VacancyEvent.objects.create(
        vacancy=vacancy,
        at=at,
        by=by,
        kind=kind,
        from_state=before,
        to_state=vacancy.state if before else "",
        text=text,
    )
