"""Reads of toeleiding: what each side sees of a referral, as frozen copies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet

from koempel.desk.common.context import Context, Relation, current
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.disclosures import Who, mail_address_of, who_are, who_for_employer
from koempel.desk.people.models import Person
from koempel.desk.referrals.enums import OPEN, Reason, ReferralState
from koempel.desk.referrals.models import Referral, ReferralEvent, TalkSlot

TOLD_TO_EMPLOYER = (*OPEN, ReferralState.HIRED)
"""While these last an employer knows who it is; after that there is nothing to call about."""


@dataclass(frozen=True, slots=True)
class ReferralSeen:
    """A referral as the employer, who guides or who directs sees it."""

    pk: int
    who: Who
    vacancy: Vacancy
    state: ReferralState
    due_on: date | None
    made_at: datetime
    changed_at: datetime
    message: str
    talk_at: datetime | None
    talk_place: str
    starts_on: date | None
    reason: Reason | None
    explanation: str
    by_mail: bool

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


def waiting_for_employer(context: Context) -> QuerySet[Referral]:
    """Open referrals of which the next word is the employer's, not the person's."""
    return open_referrals(context).exclude(state=ReferralState.OFFERED)


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


def slots_of(referral: int) -> list[datetime]:
    """Moments that were offered and that no other candidate chose, the first one first."""
    invited = Referral.objects.filter(
        vacancy=OuterRef("referral__vacancy"),
        state=ReferralState.INVITED,
        talk_at=OuterRef("at"),
    )
    rows = TalkSlot.objects.filter(~Exists(invited), referral=referral)
    return list(rows.values_list("at", flat=True))


def can_mail_person(seen: ReferralSeen) -> bool:
    """Whether Koempel can mail who is referred, for a reader who may know as much."""
    number = Referral.objects.values_list("case_number", flat=True).get(pk=seen.pk)
    return seen.who.knows_guidance and bool(mail_address_of(number))


def _seen(row: Referral, who: Who) -> ReferralSeen:
    return ReferralSeen(
        pk=row.pk,
        who=who,
        vacancy=row.vacancy,
        state=ReferralState(row.state),
        due_on=row.due_on,
        made_at=row.made_at,
        changed_at=row.changed_at,
        message=row.message if who.knows_guidance else "",
        talk_at=row.talk_at,
        talk_place=row.talk_place if who.knows_guidance else "",
        starts_on=row.starts_on,
        reason=Reason(row.reason) if who.knows_guidance and row.reason else None,
        explanation=row.explanation if who.knows_guidance else "",
        by_mail=row.by_mail,
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
        What an employer reads in the others, where there is nothing to call about any more.
    """
    numbers = {row.case_number for row in rows}
    if current().relation is not Relation.OWN:
        known = who_are(numbers)
        return {row.pk: known[row.case_number] for row in rows if row.case_number in known}
    known = who_for_employer(numbers, {row.case_number for row in rows if row.state in told})
    unnamed = Who(stranger, knows_guidance=True)
    return {
        row.pk: known.get(row.case_number, unnamed) if row.state in told else unnamed
        for row in rows
    }
