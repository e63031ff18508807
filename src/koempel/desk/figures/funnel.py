"""From a referral to durable work: how many took each step, per group.

Counted from the rows of toeleiding and of work, and from nothing else. What is counted is
referrals that were made in one calendar year: years share none, so that no two of them tell more
than each.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from koempel.desk.figures.hiding import hide
from koempel.desk.jobs.enums import MEASURE_WORDS
from koempel.desk.jobs.reach import FEW
from koempel.desk.people.models import Person
from koempel.desk.placements.enums import AtWork
from koempel.desk.placements.models import Placement
from koempel.desk.placements.terms import follow_ups_of
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral, ReferralEvent
from koempel.region import dutch

REFERRED, INVITED, INTERVIEWED, HIRED = range(4)
_RANK = {
    ReferralState.INVITED: INVITED,
    ReferralState.INTERVIEWED: INTERVIEWED,
    ReferralState.HIRED: HIRED,
}
NOBODY = "Afgeschermd of gewist"
"""Of whom it is not told where they live."""

NO_MEASURE = "Zonder maatregel"
TOGETHER = "Kleinere groepen samen"
"""Groups of less than five: they have no rows of their own to open."""


@dataclass(frozen=True, slots=True)
class Way:
    """A referral, the groups it belongs to, and how far it came."""

    key: int
    town: str
    partner: str
    measure: str
    steps: int
    """How many steps of the path were taken, the referral itself included."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its counts; None where one stays hidden."""

    name: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups of one kind, which add up to the same totals."""

    key: str
    title: str
    of: Callable[[Way], str]


GROUPINGS = (
    Grouping("gemeente", "Gemeente", lambda way: way.town),
    Grouping("partner", "Partner", lambda way: way.partner),
    Grouping("maatregel", "Maatregel van de vacature", lambda way: way.measure),
)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The path of a year: the names of its steps, the totals, and the groups."""

    year: int
    steps: tuple[str, ...]
    totals: tuple[int | None, ...]
    tables: tuple[tuple[Grouping, tuple[Line, ...]], ...]


def step_names(months: Iterable[int]) -> tuple[str, ...]:
    """What the steps are called.

    Examples
    --------
    >>> step_names([3])
    ('Verwezen', 'Uitgenodigd', 'Gesprek gehad', 'Aangeworven', 'Aan het werk na 3 maanden')
    """
    later = (f"Aan het werk na {each} maanden" for each in months)
    return ("Verwezen", "Uitgenodigd", "Gesprek gehad", "Aangeworven", *later)


def years() -> list[int]:
    """Years in which somebody was referred, the last first."""
    found = Referral.objects.order_by().annotate(year=ExtractYear("made_at"))
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def referrals_of(year: int) -> QuerySet[Referral]:
    """Referrals that were made in a year."""
    return Referral.objects.filter(made_at__year=year).order_by("pk")


def months_of(year: int) -> tuple[int, ...]:
    """After how many months it is asked whether work goes on that began in a year."""
    return tuple(sorted(follow_ups_of(date(year, 1, 1))))


def months_told(year: int, *, today: date) -> tuple[int, ...]:
    """Those of the months after which somebody of a year can have been asked by today."""
    days = sorted(follow_ups_of(date(year, 1, 1)).items())
    return tuple(each for each, day in days if day <= today)


def ways(year: int, *, today: date) -> list[Way]:
    """Every referral of a year with how far it came; who asks may see all."""
    rows = list(referrals_of(year).select_related("vacancy__employer"))
    reached, work, towns = _reached(rows), _work_of(rows), _towns(rows)
    months = months_of(year)
    return [
        Way(
            row.pk,
            town=towns.get(row.case_number, NOBODY),
            partner=row.vacancy.employer.name,
            measure=_measure(row.vacancy.measures),
            steps=1 + _steps(row, reached[row.pk], work.get(row.pk), months, today),
        )
        for row in rows
    ]


def _steps(
    row: Referral, reached: int, work: Placement | None, months: Sequence[int], today: date
) -> int:
    if row.state != ReferralState.HIRED or work is None:
        return reached
    lasted = [each for each in months if work.at_work_after(each, today=today) is AtWork.YES]
    return HIRED + len(lasted)


def _reached(rows: Sequence[Referral]) -> dict[int, int]:
    """How far each came before it was hired, or ended: by its own steps."""
    events = ReferralEvent.objects.filter(referral__in=rows).order_by()
    found: dict[int, int] = defaultdict(int)
    for key, state in events.values_list("referral", "to_state"):
        found[key] = max(found[key], _RANK.get(ReferralState(state), REFERRED))
    return found


def _work_of(rows: Sequence[Referral]) -> dict[int, Placement]:
    """The work that each hired one led to; of erased people the rows of a seat are all alike."""
    hired = [row for row in rows if row.state == ReferralState.HIRED]
    places = Placement.objects.filter(vacancy__in={row.vacancy_id for row in hired})
    waiting: dict[tuple[str, int, date | None], list[Placement]] = defaultdict(list)
    for place in places.order_by("pk").prefetch_related("follow_ups"):
        waiting[place.case_number, place.vacancy_id, place.started_on].append(place)
    found = {}
    for row in hired:
        same = waiting[row.case_number, row.vacancy_id, row.starts_on]
        if same:
            found[row.pk] = same.pop(0)
    return found


def _towns(rows: Sequence[Referral]) -> dict[str, str]:
    people = Person.objects.filter(case_number__in={row.case_number for row in rows})
    shown = people.filter(address_shield=False).order_by()
    return dict(shown.values_list("case_number", "village__municipality__name"))


def _measure(measures: Sequence[str]) -> str:
    names = dict(MEASURE_WORDS)
    if not measures:
        return NO_MEASURE
    return dutch.capital(dutch.joined(names[each] for each in measures))


def funnel(year: int, *, today: date) -> Funnel:
    """The path of a year, ready to show: small numbers are hidden in all tables alike."""
    found = ways(year, today=today)
    names = step_names(months_told(year, today=today))
    counted = [(each, _joined(counts_per(found, each, len(names)))) for each in GROUPINGS]
    shown = len(names)
    for _, groups in counted:
        shown = hide(list(groups.values()), n_steps=len(names), totals=shown).totals
    totals = [sum(way.steps > at for way in found) for at in range(len(names))]
    return Funnel(
        year,
        names,
        _cut(totals, shown),
        tuple((each, _lines(groups, len(names), shown)) for each, groups in counted),
    )


def counts_per(found: Iterable[Way], grouping: Grouping, n_steps: int) -> dict[str, list[int]]:
    """Of each group how many took each step, the largest group first."""
    far: dict[str, Counter[int]] = defaultdict(Counter)
    for way in found:
        far[grouping.of(way)][way.steps] += 1
    rows = {
        name: [sum(n for steps, n in each.items() if steps > at) for at in range(n_steps)]
        for name, each in far.items()
    }
    return dict(sorted(rows.items(), key=lambda item: (-item[1][0], item[0])))


def _joined(groups: dict[str, list[int]]) -> dict[str, list[int]]:
    """Groups of less than five as one: each alone would say nothing."""
    small = [counts for counts in groups.values() if counts[0] < FEW]
    if len(small) < 2:
        return groups
    large = {name: counts for name, counts in groups.items() if counts[0] >= FEW}
    return large | {TOGETHER: [sum(column) for column in zip(*small, strict=True)]}


def _lines(groups: dict[str, list[int]], n_steps: int, shown: int) -> tuple[Line, ...]:
    rows = hide(list(groups.values()), n_steps=n_steps, totals=shown).rows
    return tuple(
        Line(name, _cut(counts, cut))
        for (name, counts), cut in zip(groups.items(), rows, strict=True)
    )


def _cut(counts: Sequence[int], shown: int) -> tuple[int | None, ...]:
    return tuple(count if at < shown else None for at, count in enumerate(counts))


def table_rows(found: Funnel) -> Iterator[list[str]]:
    """All of it as lines of a file."""
    for grouping, lines in found.tables:
        for line in (Line("Allemaal samen", found.totals), *lines):
            yield [grouping.title, line.name, *map(cell_word, line.cells)]


def cell_word(count: int | None) -> str:
    """A count as it is shown."""
    return "verborgen" if count is None else dutch.number(count)
