"""Why it did not work out: counts of people per reason and place of work, for who directs.

Who is counted stays unknown. One to four people are hidden, over all municipalities of a year at
once, so that a filter never tells more than the whole; behind a count stands how many share a town,
a kind of employer and hours, and what fewer than five of them share is left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import Context
from koempel.desk.jobs.enums import ShiftKind
from koempel.desk.jobs.reach import FEW
from koempel.desk.planning.small_numbers import Shown, shown
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import visible_referrals

Facts = tuple[str, str, str]
"""What a row may tell, the coarsest first: town, kind of employer, hours."""

_N_FACTS = 3
_COLUMNS = (
    "case_number",
    "reason",
    "vacancy__establishment__village__municipality__name",
    "vacancy__employer__kind",
    "vacancy__shift_kinds",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One person for whom something was the last reason; `town` is where the work is."""

    reason: Reason
    town: str
    employer: str
    hours: str

    @property
    def facts(self) -> Facts:
        """What a row may tell."""
        return self.town, self.employer, self.hours


@dataclass(frozen=True, slots=True)
class ReasonCounts:
    """How many people per municipality had a reason, in the order of the towns asked for."""

    reason: Reason
    shown: Shown


def ended_with_reason(context: Context) -> QuerySet[Referral]:
    """Referrals that ended for a reason."""
    return visible_referrals(context).exclude(reason="")


def years_with_refusals(context: Context) -> list[int]:
    """Years in which some ended, the last first."""
    days = ended_with_reason(context).order_by().dates("changed_at", "year", order="DESC")
    return [day.year for day in days]


def refusals_in(context: Context, year: int) -> list[Refusal]:
    """Each person once per reason: as it was the last time in a year."""
    rows = ended_with_reason(context).filter(changed_at__year=year).order_by("changed_at", "pk")
    last = {(row[0], row[1]): row for row in rows.values_list(*_COLUMNS)}
    return [_refusal(row) for row in last.values()]


def _refusal(row: Sequence[str]) -> Refusal:
    _, reason, town, kind, hours = row
    kinds = [str(ShiftKind(each).label) for each in hours.split()]
    return Refusal(Reason(reason), town, str(OrganisationKind(kind).label), ", ".join(kinds))


def towns_of(refusals: Iterable[Refusal]) -> list[str]:
    """Municipalities in which there are some, by name."""
    return sorted({each.town for each in refusals})


def counted(refusals: Sequence[Refusal], towns: Sequence[str]) -> list[ReasonCounts]:
    """Counts per reason and town; a reason that nobody had is left out."""
    counts = Counter((each.reason, each.town) for each in refusals)
    rows = [(reason, [counts[reason, town] for town in towns]) for reason in Reason]
    return [ReasonCounts(reason, shown(cells)) for reason, cells in rows if any(cells)]


def count_of(row: ReasonCounts, towns: Sequence[str], town: str) -> int | None:
    """The count of one town, or of all; None where it stays hidden."""
    return row.shown.cells[towns.index(town)] if town else row.shown.total


def alike(refusals: Collection[Refusal]) -> Counter[Facts]:
    """How many people share what their rows may tell; nothing is told that fewer than five share.

    Examples
    --------
    >>> early = Refusal(Reason.HOURS, "Beringen", "gewone werkgever", "vroeg")
    >>> night = Refusal(Reason.HOURS, "Beringen", "gewone werkgever", "nacht")
    >>> dict(alike([early] * 5 + [night]))
    {('Beringen', 'gewone werkgever', ''): 6}
    """
    return Counter(_told([each.facts for each in refusals], depth=0))


def _told(rows: Sequence[Facts], depth: int) -> list[Facts]:
    """Rows that share what comes before a depth, with the rest as far as enough share it.

    What is hidden is hidden of at least five, or of all: else a row that is left alone would be
    told by what it is not.
    """
    if depth == _N_FACTS:
        return [*rows]
    groups: dict[str, list[Facts]] = {}
    for facts in rows:
        groups.setdefault(facts[depth], []).append(facts)
    large = sorted((group for group in groups.values() if len(group) >= FEW), key=len)
    if 0 < len(rows) - sum(map(len, large)) < FEW:
        large = large[1:]
    found = [facts for group in large for facts in _told(group, depth + 1)]
    before = rows[0][:depth] if rows else ()
    hidden = (*before, "", "", "")[:_N_FACTS]
    return found + [(hidden[0], hidden[1], hidden[2])] * (len(rows) - len(found))


def behind(
    row: ReasonCounts, refusals: Iterable[Refusal], towns: Sequence[str], town: str
) -> list[Refusal]:
    """Those behind a count, of one town or of all; a town whose count is hidden is not told."""
    hidden = {name for name, cell in zip(towns, row.shown.cells, strict=True) if cell is None}
    found = [each for each in refusals if each.reason == row.reason and town in ("", each.town)]
    return [replace(each, town="") if each.town in hidden else each for each in found]
