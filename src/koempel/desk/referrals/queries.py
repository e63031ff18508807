"""Reads of toeleiding: what each side sees of a referral, as frozen copies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import QuerySet

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Context, Relation, Show, current
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.disclosures import cases_in_reach, contacts
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.desk.referrals.enums import OPEN, Reason, ReferralState
from koempel.desk.referrals.models import Referral, ReferralEvent

TOLD_TO_EMPLOYER = (*OPEN, ReferralState.HIRED)
"""While these last an employer knows who it is; after that there is nothing to call about."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is referred, as far as the reader may know; what is empty is not for them.

    `knows_guidance` tells whether the reader may read what belongs to the case, such as why it
    ended.
    """

    label: str
    phone: str = ""
    case_number: str = ""
    knows_guidance: bool = False


@dataclass(frozen=True, slots=True)
class ReferralSeen:
    """A referral as the employer, who guides or who directs sees it."""

    pk: int
    who: Who
    vacancy: Vacancy
    state: ReferralState
    due_on: date | None
    made_at: datetime
    message: str
    talk_at: datetime | None
    talk_place: str
    starts_on: date | None
    reason: Reason | None
    explanation: str

    @property
    def label(self) -> str:
        """Who it is about."""
        return self.who.label


def visible_referrals(context: Context) -> QuerySet[Referral]:
    """Referrals that the asker may see: to own vacancies, of people within reach, or all."""
    rows = Referral.objects.select_related(
        "vacancy__employer", "vacancy__establishment__village__municipality"
    )
    if context.relation is Relation.ANY:
        return rows
    if context.relation is Relation.OWN:
        return rows.filter(vacancy__employer=context.organisation)
    return rows.filter(case_number__in=Person.objects.values("case_number"))


def open_referrals(context: Context) -> QuerySet[Referral]:
    """Those that somebody still has to do something about, the most urgent first."""
    return visible_referrals(context).filter(state__in=OPEN).order_by("due_on", "pk")


def silent_referrals(context: Context, today: date) -> QuerySet[Referral]:
    """Referrals whose term ran out without a word, the latest first."""
    return open_referrals(context).filter(due_on__lt=today)


def referrals_of(context: Context, case_number: str) -> QuerySet[Referral]:
    """All referrals of one person, the last first."""
    return visible_referrals(context).filter(case_number=case_number).order_by("-made_at", "-pk")


def events_of(referral: int) -> QuerySet[ReferralEvent]:
    """The steps of a referral, the last first."""
    return ReferralEvent.objects.filter(referral=referral).select_related("by__organisation")


def referrals_seen(rows: Iterable[Referral]) -> list[ReferralSeen]:
    """Referrals ready to show; what they disclose is noted for the audit trail."""
    found = list(rows)
    known = people_behind(found, told=TOLD_TO_EMPLOYER, stranger="Een kandidaat")
    return [_seen(row, known[row.pk]) for row in found]


def _seen(row: Referral, who: Who) -> ReferralSeen:
    return ReferralSeen(
        pk=row.pk,
        who=who,
        vacancy=row.vacancy,
        state=ReferralState(row.state),
        due_on=row.due_on,
        made_at=row.made_at,
        message=row.message if who.knows_guidance else "",
        talk_at=row.talk_at,
        talk_place=row.talk_place if who.knows_guidance else "",
        starts_on=row.starts_on,
        reason=Reason(row.reason) if who.knows_guidance and row.reason else None,
        explanation=row.explanation if who.knows_guidance else "",
    )


class AboutSomebody(Protocol):
    """A row that knows a person by the case number alone."""

    pk: int
    case_number: str
    state: str


def people_behind(
    rows: Sequence[AboutSomebody], *, told: Collection[str], stranger: str
) -> dict[int, Who]:
    """Who each row is about, as far as the reader may know; what is told is noted.

    Parameters
    ----------
    told : collection of str
        States in which an employer knows who it is.
    stranger : str
        What an employer reads in the others.
    """
    context = current()
    numbers = {row.case_number for row in rows}
    note_shown(numbers, (DataClass.K2,))
    if context.relation is Relation.OWN:
        return _for_employer(rows, told, stranger)
    if context.show is Show.PSEUDONYM:
        return {row.pk: Who(row.case_number, case_number=row.case_number) for row in rows}
    return _for_guide(rows, numbers)


def _for_guide(rows: Sequence[AboutSomebody], numbers: set[str]) -> dict[int, Who]:
    cases = cases_in_reach(numbers)
    open_cases = {number for number, case in cases.items() if case.knows_guidance}
    note_shown(open_cases, (DataClass.K4,))
    return {
        row.pk: Who(
            label=cases[row.case_number].name or row.case_number,
            case_number=row.case_number,
            knows_guidance=row.case_number in open_cases,
        )
        for row in rows
        if row.case_number in cases
    }


def _for_employer(
    rows: Sequence[AboutSomebody], told: Collection[str], stranger: str
) -> dict[int, Who]:
    known = contacts({row.case_number for row in rows if row.state in told})
    found = {}
    for row in rows:
        contact = known.get(row.case_number) if row.state in told else None
        found[row.pk] = Who(
            label=contact.name if contact else stranger,
            phone=contact.phone if contact else "",
            knows_guidance=True,
        )
    return found
