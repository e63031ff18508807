"""Reads of placements: what each side sees of somebody's work, as frozen copies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from koempel.desk.common.context import Context, Relation, current
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.disclosures import Who, who_are, who_for_employer
from koempel.desk.people.models import Person, SupportRight
from koempel.desk.placements.enums import EndReason, PlacementState, Source
from koempel.desk.placements.models import Placement
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
