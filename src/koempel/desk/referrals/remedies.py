"""A refusal becomes a search: which support takes away what stood between this person and this job.

The planner's own reach says which kind is enough alone; the ledger says what is free, and when
something is free again. Nothing is asked here: who guides does that with a button.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from types import MappingProxyType

from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.choices import NEAR_KM, Choice, Shelf, Wanted
from koempel.desk.levers.enums import FAMILY_OF, Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.terms import dutch_between
from koempel.desk.people.disclosures import Home, Needs
from koempel.desk.people.models import Person
from koempel.desk.planning.choices import ways_among
from koempel.desk.planning.snapshot import rows_of
from koempel.desk.referrals.candidates import candidates_for
from koempel.desk.referrals.enums import Reason
from koempel.region.outcome import LeverKind
from koempel.region.parameters import Parameters
from koempel.region.row_rules import distance_km
from koempel.region.rows import Day, Level
from koempel.region.rules import Rules
from koempel.region.windows import DAY_MIN

MOST_REMEDIES = 3

KINDS: Mapping[Reason, tuple[LeverKind, ...]] = MappingProxyType(
    {
        Reason.NO_TRANSPORT: (
            LeverKind.BIKE,
            LeverKind.EBIKE_LOAN,
            LeverKind.BIKE_LESSON,
            LeverKind.SHUTTLE_SEAT,
        ),
        Reason.NO_CHILDCARE: (
            LeverKind.FLEX_CHILDCARE,
            LeverKind.URGENT_CHILDCARE,
            LeverKind.OUT_OF_SCHOOL_CARE,
        ),
        Reason.DUTCH: (LeverKind.DUTCH_COURSE,),
        Reason.SKILL: (LeverKind.SKILL_COURSE,),
        Reason.LICENCE: (LeverKind.DRIVING_LICENCE,),
    }
)
"""Kinds that can take away what a reason names, the usual one first."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A lever that would take it away.

    Attributes
    ----------
    n_free : int
        How many are free, of the part with the fewest.
    codes : sequence of str
        For childcare, the parts of the week that the job asks.
    enough_between : pair of date or None
        For lessons of Dutch: when the level of the job could be reached, an estimate.
    """

    choice: Choice
    n_free: int
    codes: Sequence[str] = ()
    enough_between: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """What there is, the best first; `is_enough` when one of them alone opens this job."""

    found: Sequence[Remedy]
    is_enough: bool
    enough_between: tuple[date, date] | None = None
    """For Dutch: when lessons that begin today could be enough."""


def remedies_for(
    reason: Reason, vacancy: Vacancy, person: Person, *, needs: Needs, home: Home, today: date
) -> Remedies:
    """What would take a reason away, for one person and one job."""
    alone = _enough_alone(vacancy, person, today)
    kinds = [kind for kind in KINDS[reason] if kind in alone]
    search = _Search(vacancy, person, needs, home, today)
    found = search.among(kinds) if kinds else []
    is_enough = bool(found)
    return Remedies(
        found=(found or search.among(KINDS[reason]))[:MOST_REMEDIES],
        is_enough=is_enough,
        enough_between=_dutch_from(reason, person, vacancy, today),
    )


def _enough_alone(vacancy: Vacancy, person: Person, today: date) -> Collection[LeverKind]:
    """Kinds of which one lever is enough; nothing for who looks for no work."""
    found = candidates_for(vacancy, [person.case_number], today=today)
    return found[0].levers if found else ()


class _Search:
    """Looks for levers for one person and one job."""

    def __init__(
        self, vacancy: Vacancy, person: Person, needs: Needs, home: Home, today: date
    ) -> None:
        self._vacancy, self._person, self._needs = vacancy, person, needs
        self._home, self._today = home, today
        self._shelf = Shelf(today)
        self._first_day = max(today, person.available_from, vacancy.start_from)

    def among(self, kinds: Sequence[LeverKind]) -> list[Remedy]:
        """Levers of some kinds, those that can be had first, then what comes free first."""
        found: dict[int, Remedy] = {}
        for kind in kinds:
            codes = self._codes() if FAMILY_OF[kind] is Family.CHILDCARE else ()
            for choice in self._shelf.choices(self._home, self._wanted(kind, codes)):
                if LeverKind(choice.lever.kind) in kinds and self._helps(choice):
                    found.setdefault(choice.lever.pk, self._remedy(choice, codes))
        return sorted(found.values(), key=_rank)

    def _wanted(self, kind: LeverKind, codes: Sequence[str]) -> Wanted:
        is_care = FAMILY_OF[kind] is Family.CHILDCARE
        # A course or a bike can begin before the job does; care begins with it.
        first = self._first_day if is_care else max(self._today, self._person.available_from)
        return Wanted(
            kind,
            first,
            codes=codes,
            birth_month=self._needs.birth_month,
            level=self._needs.level,
        )

    def _helps(self, choice: Choice) -> bool:
        lever = choice.lever
        if choice.fit.never is not None:
            return False
        if lever.family is Family.TRAINING:
            return lever.course.starts_on >= self._today and self._teaches(lever)
        if lever.family is Family.TRANSPORT:
            place, line = self._vacancy.establishment, lever.line
            return distance_km((place.lon, place.lat), (line.to_lon, line.to_lat)) <= NEAR_KM
        return True

    def _teaches(self, lever: Lever) -> bool:
        missing = {
            LeverKind.SKILL_COURSE: {*self._vacancy.skills} - {*self._person.skills},
            LeverKind.DRIVING_LICENCE: {*self._vacancy.licences} - {*self._person.licences},
        }.get(LeverKind(lever.kind))
        return missing is None or lever.course.teaches in missing

    def _remedy(self, choice: Choice, codes: Sequence[str]) -> Remedy:
        parts = [part for part in choice.lever.parts.all() if not codes or part.code in codes]
        free = [part.free for part in parts]
        return Remedy(
            choice,
            n_free=min(free, default=0) if codes else max(free, default=0),
            codes=codes,
            enough_between=self._enough_between(choice.lever),
        )

    def _enough_between(self, lever: Lever) -> tuple[date, date] | None:
        if lever.kind != LeverKind.DUTCH_COURSE:
            return None
        asked, reached = _highest(_asked(self._vacancy)), Level(lever.course.teaches)
        ends = lever.course.ends_on
        if not _is_below(reached, asked):
            return ends, ends
        return dutch_between(reached, asked, since=ends)

    def _codes(self) -> list[str]:
        """Parts of the week in which a child needs care for this job.

        Those of the planner's way to it, which knows the trip; else those of the shifts.
        """
        case = self._person.case_number
        found = ways_among(rows_of([case], [self._vacancy.number], self._today), case)
        ways = found.ways if found else ()
        taken = [thing.partition("/")[2] for way in ways for thing, _ in way.takes]
        days = {day.value for day in Day}
        codes = [code for code in taken if code.partition("/")[0] in days]
        return codes or shift_codes(self._vacancy, on=self._today)


def shift_codes(vacancy: Vacancy, *, on: date) -> list[str]:
    """Parts of the week in which a job has shifts, over all weeks of its rotation."""
    rules = Rules.on(Parameters.read(()), on)
    return [
        f"{day.value}/{name}"
        for (number, day), (name, first, end) in product(enumerate(Day), rules.parts)
        if any(week.overlaps(number * DAY_MIN + first, end - first) for week in vacancy.rotation)
    ]


def _dutch_from(
    reason: Reason, person: Person, vacancy: Vacancy, today: date
) -> tuple[date, date] | None:
    level, asked = Level(person.dutch_speaking), _highest(_asked(vacancy))
    if reason is not Reason.DUTCH or not _is_below(level, asked):
        return None
    return dutch_between(level, asked, since=today)


def _asked(vacancy: Vacancy) -> list[Level]:
    return [
        Level(getattr(vacancy, f"dutch_{skill}"))
        for skill in ("listening", "speaking", "reading", "writing")
    ]


def _highest(levels: Iterable[Level]) -> Level:
    return max(levels, key=list(Level).index)


def _is_below(level: Level, other: Level) -> bool:
    known = list(Level)
    return known.index(level) < known.index(other)


def _rank(remedy: Remedy) -> tuple[bool, date]:
    fit = remedy.choice.fit
    return not fit.is_free, fit.first_day if fit.is_free else fit.free_on or date.max
