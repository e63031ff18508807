"""The seats that somebody holds: the one in the social enterprise, and that of a regular vacancy.

A contract takes the second and offers the first again. The other way round it is the same: a return
without fault, and a step that is taken back. The caller holds the lock of the round.
"""

from datetime import date, datetime

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.actions import give_seat, lock_vacancy, save_vacancy, take_seat
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.placements.locks import lock_work
from koempel.desk.transitions.enums import AT_REGULAR_WORK, TransitionState
from koempel.desk.transitions.errors import TransitionError
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.terms import seat_open_until


def move_seats(row: Transition, before: str, *, by: User, at: datetime) -> None:
    """Take and offer the seats that a change of state asks.

    Parameters
    ----------
    row : Transition
        As it is after the change, not saved yet.
    before : str
        The state before it.

    Raises
    ------
    VacancyError
        When the regular vacancy has no seat left.
    """
    was, now = (state in AT_REGULAR_WORK for state in (before, row.state))
    if was == now:
        return
    with acting(system("doorstroom")):
        social, regular = _locked(row)
        # Before the first line in the trail, as everybody does.
        lock_work(row.case_number)
        if now:
            _begin(row, social, regular, by=by, at=at)
        else:
            _end(row, social, regular, by=by, at=at)


def refuse_full_seat(row: Transition) -> None:
    """Refuse to take a contract back once somebody else sits on the seat that it made free.

    Raises
    ------
    TransitionError
        When that is so.
    """
    if row.seat_given and row.vacancy_id is not None:
        social = lock_vacancy(row.vacancy_id)
        if not _has_seat(social):
            raise TransitionError(
                "De vrije plaats is intussen ingevuld of gesloten. Terugnemen kan niet meer."
            )


def _locked(row: Transition) -> tuple[Vacancy | None, Vacancy | None]:
    """Both vacancies, as they are now, locked in the order of their keys."""
    keys = [key for key in (row.vacancy_id, row.regular_id) if key is not None]
    rows = Vacancy.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {each.pk: each for each in rows}
    social = found.get(row.vacancy_id) if row.vacancy_id else None
    return social, found.get(row.regular_id) if row.regular_id else None


def _begin(
    row: Transition, social: Vacancy | None, regular: Vacancy | None, *, by: User, at: datetime
) -> None:
    if regular is not None:
        take_seat(regular, by=by, at=at)
    if social is not None and not row.seat_given and _is_taken(social):
        free_on = max(row.starts_on or timezone.localdate(at), timezone.localdate(at))
        _offer(social, free_on, by=by, at=at)
        row.seat_given = True


def _offer(vacancy: Vacancy, free_on: date, *, by: User, at: datetime) -> None:
    """Offer a seat again; one whose days to start are over gets new ones."""
    if vacancy.start_to < free_on:
        vacancy.start_from, vacancy.start_to = free_on, seat_open_until(free_on)
        save_vacancy(vacancy, by=by, at=at, changed=["startdagen"])
    give_seat(vacancy, by=by, at=at)


def _end(
    row: Transition, social: Vacancy | None, regular: Vacancy | None, *, by: User, at: datetime
) -> None:
    today = timezone.localdate(at)
    if regular is not None and _is_taken(regular):
        _offer(regular, today, by=by, at=at)
    # Whoever returns has the right to, also when somebody else sits on the seat by now.
    returns = row.state != TransitionState.LEFT
    if returns and row.seat_given and social is not None and _has_seat(social):
        take_seat(social, by=by, at=at)
        row.seat_given = False


def _is_taken(vacancy: Vacancy) -> bool:
    """Whether a seat can be offered again: what the employer closed is offered by nobody."""
    is_online = vacancy.state == VacancyState.PUBLISHED
    return vacancy.state == VacancyState.FILLED or (is_online and vacancy.taken > 0)


def _has_seat(vacancy: Vacancy) -> bool:
    return vacancy.state == VacancyState.PUBLISHED and vacancy.seats_left > 0
