"""Reads of placements: what each side sees of somebody's work, as frozen copies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from koempel.desk.common.context import Context, Relation, current
from koempel.desk.common.links import works
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.disclosures import Who, who_are, who_for_employer
from koempel.desk.people.keepers import ERASED
from koempel.desk.people.models import Person, SupportRight
from koempel.desk.placements.enums import (
    SAID,
    WORKS_ON,
    Answer,
    AtWork,
    EndReason,
    Party,
    PlacementState,
    Source,
)
from koempel.desk.placements.models import FollowUp, FollowUpLink, Placement
from koempel.desk.placements.terms import durable_months, late_before
from koempel.region.rows import RightState

_UNNAMED = Who("Iemand die hier werkte")
"""For an employer, once the work is over."""


@dataclass(frozen=True, slots=True)
class PlacementSeen:
    """Work as the employer, who guides or who directs sees it."""

    pk: int
    who: Who
    vacancy: Vacancy
    measure: str
    source: Source
    started_on: date
    state: PlacementState
    ended_on: date | None
    end_reason: EndReason | None
    explanation: str
    goes_on: bool
    """Whether somebody is at work still, here or elsewhere, as far as the reader may know."""

    @property
    def label(self) -> str:
        """Who it is about."""
        return self.who.label

    @property
    def is_working(self) -> bool:
        """Whether somebody still works there."""
        return self.state == PlacementState.WORKING


def visible_placements(context: Context) -> QuerySet[Placement]:
    """Placements that the asker may see: at the own firm, of people within reach, or all."""
    rows = Placement.objects.select_related(
        "vacancy__employer", "vacancy__establishment__village__municipality"
    )
    if context.relation is Relation.ANY:
        return rows
    if context.relation is Relation.OWN:
        return rows.filter(vacancy__employer=context.organisation)
    return rows.filter(case_number__in=Person.objects.values("case_number"))


def placements_of(context: Context, case_number: str) -> QuerySet[Placement]:
    """All work of one person, the last first."""
    return visible_placements(context).filter(case_number=case_number)


def has_work(case_number: str) -> bool:
    """Whether somebody works somewhere, as far as we know."""
    rows = Placement.objects.filter(case_number=case_number)
    return rows.filter(state=PlacementState.WORKING).exists()


def measure_used(case_number: str, vacancy: Vacancy, *, on: date) -> str:
    """By which measure somebody takes a seat: the granted right that the vacancy asks.

    Where the vacancy asks no right there is none, even for who has one: we would have to guess
    that it was used.
    """
    rights = SupportRight.objects.filter(
        person=case_number,
        state=RightState.GRANTED.value,
        measure__in=vacancy.measures,
        granted_on__lte=on,
    )
    holds = rights.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    last = holds.order_by(F("granted_on").desc(), "pk").values_list("measure", flat=True).first()
    return str(last or "")


def placements_seen(rows: Iterable[Placement]) -> list[PlacementSeen]:
    """Placements ready to show; what they disclose is noted for the audit trail."""
    found = list(rows)
    known = _who(found)
    return [_seen(row, known[row.pk]) for row in found if row.pk in known]


def _seen(row: Placement, who: Who) -> PlacementSeen:
    return PlacementSeen(
        pk=row.pk,
        who=who,
        vacancy=row.vacancy,
        measure=row.get_measure_display() if row.measure else "",
        source=Source(row.source),
        started_on=row.started_on,
        state=PlacementState(row.state),
        ended_on=row.ended_on,
        end_reason=EndReason(row.end_reason) if who.knows_guidance and row.end_reason else None,
        explanation=row.explanation if who.knows_guidance else "",
        goes_on=row.is_working or (who.knows_guidance and row.end_reason in WORKS_ON),
    )


def _who(rows: Sequence[Placement]) -> dict[int, Who]:
    numbers = {row.case_number for row in rows}
    if current().relation is not Relation.OWN:
        known = who_are(numbers)
        return {row.pk: known[row.case_number] for row in rows if row.case_number in known}
    told = {row.case_number for row in rows if row.is_working}
    known = {
        # Why work ends is not the employer's to read: it may have been told by the person.
        number: Who(each.label, each.phone)
        for number, each in who_for_employer(numbers, told).items()
    }
    return {
        row.pk: known.get(row.case_number, _UNNAMED) if row.is_working else _UNNAMED for row in rows
    }


# ---- whether it goes on -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUpSeen:
    """A day on which it is asked whether work goes on, as the reader may see it."""

    pk: int
    months: int
    due_on: date
    answer: Answer | None
    told_by: Party | None
    goes_well: bool | None
    needs: str
    answered_at: datetime | None
    is_waiting: bool


def follow_ups_seen(
    seen: PlacementSeen, *, today: date, party: Party | None = None
) -> list[FollowUpSeen]:
    """The follow-ups of a placement, the first to come first.

    Parameters
    ----------
    party : Party, optional
        Whose own words are shown though they may not read of the guidance.
    """
    rows = FollowUp.objects.filter(placement=seen.pk)
    waits = set(waiting_follow_ups(rows, today).values_list("pk", flat=True))
    return [
        FollowUpSeen(
            pk=row.pk,
            months=row.months,
            due_on=row.due_on,
            answer=Answer(row.answer) if row.answer else None,
            told_by=Party(row.told_by) if row.told_by else None,
            goes_well=row.goes_well if _may_read(seen, row, party) else None,
            needs=row.needs if _may_read(seen, row, party) else "",
            answered_at=row.answered_at,
            is_waiting=row.pk in waits,
        )
        for row in rows
    ]


def _may_read(seen: PlacementSeen, row: FollowUp, party: Party | None) -> bool:
    return seen.who.knows_guidance or (party is not None and row.told_by == party)


def waiting_follow_ups(rows: QuerySet[FollowUp], today: date) -> QuerySet[FollowUp]:
    """Those of some that are due and have no answer.

    A later one that is due takes the place of an earlier one: nobody is asked twice at once.
    """
    later = FollowUp.objects.filter(
        Q(due_on__lte=today) | Q(answer__in=SAID),
        placement=OuterRef("placement"),
        months__gt=OuterRef("months"),
    )
    goes_on = Q(placement__state=PlacementState.WORKING) | Q(placement__end_reason__in=WORKS_ON)
    return (
        rows.filter(goes_on, ~Exists(later), due_on__lte=today)
        .exclude(answer__in=SAID)
        .exclude(placement__case_number=ERASED)
        .select_related("placement__vacancy__employer")
        .order_by("due_on", "pk")
    )


def visible_follow_ups(context: Context) -> QuerySet[FollowUp]:
    """Follow-ups of placements that the asker may see."""
    return FollowUp.objects.filter(placement__in=visible_placements(context).order_by())


def follow_ups_to_ask(context: Context, *, today: date, at: datetime) -> QuerySet[FollowUp]:
    """Those that wait for who guides: no link to answer is under way, or it stopped."""
    links = FollowUpLink.objects.filter(works(at), follow_up=OuterRef("pk"))
    # Who answered by the link that they do not know leaves it to who guides.
    is_asked = Exists(links) & Q(answer="")
    return waiting_follow_ups(visible_follow_ups(context), today).exclude(is_asked)


def follow_ups_asked(
    context: Context, party: Party, *, today: date, at: datetime
) -> QuerySet[FollowUp]:
    """Those for which a link was made for somebody, and that wait for the answer."""
    links = FollowUpLink.objects.filter(works(at), follow_up=OuterRef("pk"), party=party)
    return waiting_follow_ups(visible_follow_ups(context), today).filter(Exists(links), answer="")


def late_follow_ups(context: Context, today: date) -> QuerySet[FollowUp]:
    """Those that have no answer long after they were due."""
    rows = waiting_follow_ups(visible_follow_ups(context), today)
    return rows.filter(due_on__lt=late_before(today))


def needs_told(context: Context, since: datetime) -> QuerySet[FollowUp]:
    """What somebody said by a link to be in need of, the last first."""
    rows = visible_follow_ups(context).filter(answered_at__gte=since, answered_by=None)
    found = rows.filter(answer=Answer.YES, goes_well=False).order_by("-answered_at", "pk")
    return found.select_related("placement__vacancy__employer")


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many placements of which the twelve months are over lasted."""

    durable: int
    over: int
    unknown: int

    @property
    def all(self) -> int:
        """All of which the twelve months are over."""
        return self.durable + self.over + self.unknown


def lasting(rows: Iterable[Placement], *, today: date) -> Lasting:
    """Count placements by whether they are durable; `rows` have their follow-ups read."""
    found = [each.at_work_after(durable_months(each.started_on), today=today) for each in rows]
    return Lasting(found.count(AtWork.YES), found.count(AtWork.NO), found.count(AtWork.UNKNOWN))
