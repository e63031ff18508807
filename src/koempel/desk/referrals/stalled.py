"""People who look for work and with whom nothing moves: since when, and what could come next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from koempel.desk.common.days import midnight
from koempel.desk.people.enums import LEVER_FOR, CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.people.queries import PersonRow, person_rows
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import Decision, Proposal
from koempel.desk.referrals.enums import OPEN
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.terms import stalled_before
from koempel.region.outcome import LeverKind


class Next(StrEnum):
    """What could come next for somebody."""

    DECIDE = "DECIDE"
    """There is a proposal to decide about."""
    SUPPORT = "SUPPORT"
    """Something stands in the way that a lever takes away."""
    VACANCY = "VACANCY"
    """Nothing of that kind: look for a seat."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """Somebody with whom nothing moves."""

    row: PersonRow
    since: date
    next: Next
    lever: LeverKind | None = None


def stalled(people: QuerySet[Person], today: date) -> QuerySet[Person]:
    """Those of some people who look for work while nothing moves for as long as the term says.

    What moves: a contact, a next step that was agreed, a referral, a decision on a proposal, and a
    change of status.
    """
    before = stalled_before(today)
    since = midnight(before)
    referred = Referral.objects.filter(Q(state__in=OPEN) | Q(changed_at__gte=since))
    decided = Decision.objects.filter(at__gte=since)
    return (
        people.filter(status=CaseStatus.ACTIVE)
        .filter(status_since__lt=before, last_contact_on__lt=before)
        .filter(Q(next_step_on=None) | Q(next_step_on__lt=before))
        .exclude(case_number__in=referred.values("case_number"))
        .exclude(case_number__in=decided.values("proposal__person"))
    )


def stalled_rows(people: Sequence[Person], *, at: datetime) -> list[Stalled]:
    """Since when nothing moves with some people, and what could come next."""
    numbers = [each.case_number for each in people]
    last = _last_moves(numbers)
    waits = Proposal.objects.filter(person__in=numbers, state=ProposalState.OPEN)
    has_proposal = set(waits.values_list("person", flat=True))
    return [
        _stalled(row, _days_of(person) + last.get(row.case_number, []), has_proposal)
        for person, row in zip(people, person_rows(people, at=at), strict=True)
    ]


def _stalled(row: PersonRow, days: list[date], has_proposal: set[str]) -> Stalled:
    since = max(days)
    if row.case_number in has_proposal:
        return Stalled(row, since, Next.DECIDE)
    levers = [lever for each in row.obstacles if (lever := LEVER_FOR.get(each)) is not None]
    if levers:
        return Stalled(row, since, Next.SUPPORT, levers[0])
    return Stalled(row, since, Next.VACANCY)


def _days_of(person: Person) -> list[date]:
    days = (person.status_since, person.last_contact_on, person.next_step_on)
    return [each for each in days if each is not None]


def _last_moves(numbers: Sequence[str]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    referred: Any = Referral.objects.filter(case_number__in=numbers).order_by()
    decided: Any = Decision.objects.filter(proposal__person__in=numbers).order_by()
    rows = [
        *referred.values_list("case_number", "changed_at"),
        *decided.values_list("proposal__person", "at"),
    ]
    for number, moment in rows:
        found.setdefault(number, []).append(timezone.localdate(moment))
    return found
