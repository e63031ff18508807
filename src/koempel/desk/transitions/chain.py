"""The chain: somebody moves on, a seat is free, and who takes it or could.

What happened is read from the rounds: who began on the seat after it came free. Where the chain is
open, those who look for work are counted against the seat, as far as the reader may know them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from koempel.desk.common.context import Context, acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.referrals.candidates import candidates_for
from koempel.desk.referrals.enums import OPEN as WAITS
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.enums import AT_REGULAR_WORK, BEFORE_INTERNSHIP, TransitionState
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import visible_transitions

MOST_LINKS = 8

MOVING = (*BEFORE_INTERNSHIP, TransitionState.INTERNSHIP)
"""On the way to regular work: each of them will make a seat free."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Somebody who left a seat or sits on it; `row` is None for who is out of reach."""

    row: Transition | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """From who moved on first to the seat that is free now.

    Attributes
    ----------
    links : tuple of ChainLink
        The one who moved on, and each who took the seat after that.
    is_open : bool
        Whether the seat is free, so that somebody could take it.
    n_referred : int
        People who are referred to the seat and wait for an answer.
    n_to_come : int
        People of the same enterprise who are on the way to regular work.
    """

    seat: Vacancy
    links: tuple[ChainLink, ...]
    is_open: bool
    n_referred: int
    n_to_come: int


def chain_of(row: Transition, context: Context, *, today: date) -> Chain | None:
    """The chain that somebody began by moving on; None without a seat that came free."""
    if row.state not in AT_REGULAR_WORK or row.vacancy is None:
        return None
    rows = _sitters(row)
    reach = {row.pk, *visible_transitions(context).filter(pk__in=rows).values_list("pk", flat=True)}
    links = tuple(
        ChainLink(each if each.pk in reach else None, each.state in AT_REGULAR_WORK)
        for each in (row, *rows.values())
    )
    seat = Vacancy.objects.select_related("employer").get(pk=row.vacancy.pk)
    is_free = open_vacancies(today).filter(pk=seat.pk).exists() and seat.seats_left > 0
    with acting(system("keten")):
        referred = Referral.objects.filter(vacancy=seat, state__in=WAITS).count()
    to_come = Transition.objects.filter(employer=row.employer_id, state__in=MOVING).count()
    return Chain(seat, links, is_free, referred, to_come)


def _sitters(row: Transition) -> dict[int, Transition]:
    """Who began on the seat since it came free, each after the one before moved on."""
    found: dict[int, Transition] = {}
    last: Transition | None = row
    while last is not None and len(found) < MOST_LINKS and last.state in AT_REGULAR_WORK:
        rows = Transition.objects.filter(
            vacancy=row.vacancy_id, since__gte=last.starts_on, follows__isnull=True
        )
        after = rows.exclude(pk__in=[row.pk, *found]).order_by("since", "pk").first()
        if after is not None:
            after = _latest(after)
            found[after.pk] = after
        last = after
    return found


def _latest(row: Transition) -> Transition:
    """The last round of who began with this one."""
    while (after := Transition.objects.filter(follows=row).first()) is not None:
        row = after
    return row


@dataclass(frozen=True, slots=True)
class CouldTake:
    """How many of some people could take a seat: as they are, and with levers besides."""

    n_today: int
    n_with_levers: int


def who_could(seat: Vacancy, case_numbers: Collection[str], *, today: date) -> CouldTake:
    """Count those of some people who could take a seat."""
    found = candidates_for(seat, case_numbers, today=today)
    return CouldTake(
        sum(1 for each in found if not each.obstacles),
        sum(1 for each in found if each.obstacles and each.with_levers),
    )
