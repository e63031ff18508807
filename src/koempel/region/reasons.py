"""Why this plan: for each proposal its reasons, for each person left out what would help.

The facts come from the prices: value plus bonus minus the price of everything that an option takes
is its net worth, and the plan gives everyone the option with the highest net worth unless
something in it is full. Sentences are made elsewhere (`koempel.region.words`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from koempel.planner import Problem, Result, bound_at
from koempel.region.day import CareStop, Journey, care_stops, holds, tightest_day
from koempel.region.levers.stock import Item, Resource
from koempel.region.obstacles.registry import MODULES, describe, kinds_of
from koempel.region.options import Options
from koempel.region.outcome import (
    SEAT,
    Alternative,
    DayTrip,
    Help,
    HelpKind,
    LeftOut,
    LeverKind,
    LeverUse,
    ObstacleKind,
    Proposal,
    TravelMode,
)
from koempel.region.reach import ALL_MODES, Explorer
from koempel.region.rows import Day
from koempel.region.rules import PARTS
from koempel.region.seeker import ChildFacts, Seeker
from koempel.region.wishes import WISHES

ALTERNATIVES = 3
TIGHT_MIN = 5
"""A day with less room than this gets a warning."""

_RIDES = frozenset(
    {
        ObstacleKind.MOBILITY_DISTANCE,
        ObstacleKind.MOBILITY_TIMETABLE,
        ObstacleKind.CANNOT_CYCLE,
    }
)
_CARE = frozenset({ObstacleKind.CHILDCARE_PLACE, ObstacleKind.CHILDCARE_HOURS})
REMOVES: dict[LeverKind, frozenset[ObstacleKind]] = {
    LeverKind.BIKE: _RIDES,
    LeverKind.EBIKE_LOAN: _RIDES,
    LeverKind.BIKE_LESSON: _RIDES,
    LeverKind.SHUTTLE_SEAT: _RIDES,
    LeverKind.FLEX_CHILDCARE: _CARE,
    LeverKind.URGENT_CHILDCARE: _CARE,
    LeverKind.REGULAR_CHILDCARE: _CARE,
    LeverKind.OUT_OF_SCHOOL_CARE: _CARE,
    LeverKind.DUTCH_COURSE: frozenset({ObstacleKind.LANGUAGE}),
    LeverKind.SKILL_COURSE: frozenset({ObstacleKind.SKILL}),
    LeverKind.DRIVING_LICENCE: frozenset({ObstacleKind.LICENCE}),
}
"""Which obstacles each kind of lever can remove."""

CARE_KINDS = frozenset(kind for kind, removed in REMOVES.items() if removed is _CARE)


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as arrays: the problem, its result, and what is left of everything."""

    problem: Problem
    result: Result
    net: npt.NDArray[np.float64]
    """Net worth of each option."""
    free: npt.NDArray[np.int64]
    """Units of each resource that nobody takes."""

    @classmethod
    def of(cls, problem: Problem, result: Result) -> "Standing":
        """Work out what the reasons need."""
        chosen = result.choice[result.choice >= 0]
        used = np.asarray(problem.usage[chosen].sum(axis=0)).reshape(-1)
        net = bound_at(problem, result.prices, result.bonuses).net
        return cls(problem, result, net, problem.capacity - used.astype(np.int64))

    def uses(self, option: int) -> dict[int, int]:
        """Amount of each resource that an option takes."""
        usage = self.problem.usage
        at = slice(usage.indptr[option], usage.indptr[option + 1])
        return dict(zip(usage.indices[at].tolist(), usage.data[at].tolist(), strict=True))

    def lacking(self, option: int, given_back: dict[int, int]) -> list[int]:
        """Resources of which others leave too little, dearest first."""
        short = [
            resource
            for resource, amount in self.uses(option).items()
            if amount > self.free[resource] + given_back.get(resource, 0)
        ]
        return sorted(short, key=lambda resource: (-self.result.prices[resource], resource))


class Reasons:
    """Makes the records of a plan's proposals and of the people left out."""

    def __init__(self, explorer: Explorer, options: Options, standing: Standing) -> None:
        self._explorer = explorer
        self._setting = explorer.setting
        self._options = options
        self._standing = standing
        self._resources = explorer.levers.stock.resources
        people = np.arange(len(self._setting.region.people) + 1)
        self._first = np.searchsorted(options.person, people)
        self._sites = {site.row.id: site.row for site in explorer.levers.care.sites}
        lines = self._setting.region.shuttle_lines
        self._line = {line.id: number for number, line in enumerate(lines)}

    def proposals(self) -> Iterator[Proposal]:
        """A proposal for each person placed, in the order of the people."""
        for person, option in enumerate(self._standing.result.choice.tolist()):
            if option >= 0:
                yield self.proposal(person, option)

    def left_out(self) -> Iterator[LeftOut]:
        """A record for each person without a proposal."""
        counts = self._options.counts
        for person, option in enumerate(self._standing.result.choice.tolist()):
            if option < 0:
                row = self._setting.region.people[person]
                today, levers = int(counts.today[person]), int(counts.with_levers[person])
                yield LeftOut(row.id, today, levers, self.help(person))

    # ---- a proposal ---------------------------------------------------------------------------

    def proposal(self, person: int, option: int) -> Proposal:
        """Record of one option, as the plan's proposal for a person."""
        options, job = self._options, int(self._options.job[option])
        mask = int(options.own[option])
        seeker = self._explorer.seeker(person)
        trip = self._trip(seeker, option)
        return Proposal(
            person=seeker.row.id,
            job=self._setting.region.jobs[job].id,
            start_on=date.fromordinal(int(options.start[option])),
            obstacles=describe(seeker, job, mask),
            levers=tuple(lever_use(item, mask) for item in self._items(option)),
            trip=trip,
            worth=int(options.rating.value[option]),
            fit_percent=round(100 * float(options.rating.fit[option])),
            wish=WISHES[options.rating.wish[option]],
            jobs_today=int(options.counts.today[person]),
            jobs_with_levers=int(options.counts.with_levers[person]),
            takes=self._takes(option),
            decided_by=self._decided_by(option),
            alternatives=tuple(self._alternatives(person, option)),
            warnings=tuple(self._warnings(person, option, trip)),
        )

    def _items(self, option: int) -> tuple[Item, ...]:
        return self._explorer.levers.stock.items_of(int(self._options.bundle[option]))

    def _trip(self, seeker: Seeker, option: int) -> DayTrip:
        mode = ALL_MODES[self._options.mode[option]]
        line, site = -1, None
        for item in self._items(option):
            if item.kind is LeverKind.SHUTTLE_SEAT:
                line = self._line[item.lever]
            if item.kind in CARE_KINDS:
                row = self._sites[item.lever]
                site = CareStop(row.name, (row.lon, row.lat), row.hours)
        job = int(self._options.job[option])
        start = date.fromordinal(int(self._options.start[option]))
        journey = Journey(TravelMode.SHUTTLE if line >= 0 else mode, line)
        # The shortest set of children to bring that makes the day fit is the one that was planned.
        days = [
            tightest_day(seeker, job, journey, care_stops(seeker, brought, site, start))
            for brought in _brought(seeker, job, site)
        ]
        return next((day for day in days if holds(day)), days[0])

    def _takes(self, option: int) -> tuple[tuple[str, int], ...]:
        uses = self._standing.uses(option)
        return tuple((self._resources[resource].id, uses[resource]) for resource in sorted(uses))

    def _decided_by(self, option: int) -> tuple[str, ...]:
        prices = self._standing.result.prices
        dear = [
            (-amount * prices[resource], resource)
            for resource, amount in self._standing.uses(option).items()
            if prices[resource] > 0
        ]
        return tuple(self._resources[resource].id for _, resource in sorted(dear))

    def _alternatives(self, person: int, chosen: int) -> Iterator[Alternative]:
        """The best other jobs, by net worth; one option per job."""
        standing, options = self._standing, self._options
        first, last = self._first[person], self._first[person + 1]
        seen = {int(options.job[chosen])}
        given_back = standing.uses(chosen)
        for option in first + np.argsort(-standing.net[first:last], kind="stable"):
            job = int(options.job[option])
            if job in seen:
                continue
            seen.add(job)
            yield Alternative(
                job=self._setting.region.jobs[job].id,
                levers=tuple(item.kind for item in self._items(int(option))),
                worth=int(options.rating.value[option]),
                short_of=int(options.rating.value[chosen] - options.rating.value[option]),
                scarce=self._ids(standing.lacking(int(option), given_back)),
            )
            if len(seen) > ALTERNATIVES:
                return

    def _ids(self, resources: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._resources[resource].id for resource in resources)

    def _warnings(self, person: int, option: int, trip: DayTrip) -> Iterator[str]:
        if self._options.bundles.temporary[self._options.bundle[option]]:
            yield "care_ends"
        if trip.margin_min is not None and trip.margin_min < TIGHT_MIN:
            yield "tight_margin"
        if self._is_tie(person, option):
            yield "tie"

    def _is_tie(self, person: int, chosen: int) -> bool:
        """Whether another job is worth the same and still has room."""
        standing, options = self._standing, self._options
        rows = np.arange(self._first[person], self._first[person + 1])
        same = options.rating.value[rows] == options.rating.value[chosen]
        same &= options.job[rows] != options.job[chosen]
        given_back = standing.uses(chosen)
        return any(not standing.lacking(int(row), given_back) for row in rows[same])

    # ---- a person left out --------------------------------------------------------------------

    def help(self, person: int) -> Help:
        """The smallest change that would help somebody who is left out."""
        if self._first[person] < self._first[person + 1]:
            return self._more_of(person)
        return self._lift(person)

    def _more_of(self, person: int) -> Help:
        """The fewest full things that stand in the way; a lever before a seat."""
        options = np.arange(self._first[person], self._first[person + 1])
        best = int(options[self._efforts.order(options)[0]])
        lacking = self._standing.lacking(best, {})
        opened = options[~self._efforts.lack_other_things(options, lacking)]
        return Help(
            HelpKind.MORE_OF,
            self._whole(lacking),
            jobs=len(np.unique(self._options.job[opened])),
            example_job=self._setting.region.jobs[self._options.job[best]].id,
        )

    @cached_property
    def _efforts(self) -> "_Efforts":
        return _Efforts(self._standing, self._options, self._resources)

    def _whole(self, resources: Sequence[int]) -> tuple[str, ...]:
        """Ids of full things; several full parts of one lever are that lever as a whole."""
        levers = Counter(self._resources[resource].lever for resource in resources)
        ids = [
            self._resources[r].id
            if levers[self._resources[r].lever] == 1
            else self._resources[r].lever
            for r in resources
        ]
        return tuple(dict.fromkeys(ids))

    def _lift(self, person: int) -> Help:
        """The one obstacle without which most jobs open; a wider wish only when nothing else."""
        counts = self._options.counts
        kinds = [module.KIND for module in MODULES]
        jobs = counts.tied_jobs[person].tolist()
        order = sorted(
            (kinds[at] is ObstacleKind.OUTSIDE_WISH, -jobs[at], at)
            for at in range(len(kinds))
            if jobs[at]
        )
        if not order:
            return Help(HelpKind.NOTHING_NEAR)
        at = order[0][2]
        job = int(counts.tie_job[person, at])
        obstacle = MODULES[at].describe(self._explorer.seeker(person), job)
        example = self._setting.region.jobs[job].id
        return Help(HelpKind.LIFT, obstacle=obstacle, jobs=jobs[at], example_job=example)


class _Efforts:
    """What each option lacks when everybody else keeps what they have, for all options at once."""

    def __init__(self, standing: Standing, options: Options, resources: Sequence[Resource]) -> None:
        usage = standing.problem.usage
        self._start = usage.indptr
        self._is_short = usage.data > standing.free[usage.indices]
        self._resource = usage.indices
        self._option = np.repeat(np.arange(len(options)), np.diff(usage.indptr))
        self._worth = options.rating.value
        at = np.flatnonzero(self._is_short)
        self._n_whole = self._count_whole(at, [each.lever for each in resources])
        is_seat = np.array([each.kind == SEAT for each in resources], bool)
        self._lacks_seat = np.zeros(len(options), bool)
        self._lacks_seat[self._option[at[is_seat[self._resource[at]]]]] = True

    def order(self, options: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Places of some options: what lacks least first, a lever before a seat, then by worth."""
        return np.lexsort(
            (-self._worth[options], self._lacks_seat[options], self._n_whole[options])
        )

    def lack_other_things(
        self, options: npt.NDArray[np.int64], enough: Sequence[int]
    ) -> npt.NDArray[np.bool_]:
        """Which of the options of a person still lack something when there is enough of some."""
        first = options[0]
        at = slice(self._start[first], self._start[options[-1] + 1])
        other = self._is_short[at] & ~np.isin(self._resource[at], enough)
        lacks = np.zeros(len(options), bool)
        lacks[self._option[at][other] - first] = True
        return lacks

    def _count_whole(
        self, at: npt.NDArray[np.int64], levers: Sequence[str]
    ) -> npt.NDArray[np.int64]:
        """Per option how many levers and jobs it lacks: parts of one lever count once."""
        number = {lever: index for index, lever in enumerate(dict.fromkeys(levers))}
        lever = np.array([number[each] for each in levers], np.int64)
        pairs = np.unique(self._option[at] * len(number) + lever[self._resource[at]])
        return np.bincount(pairs // max(len(number), 1), minlength=len(self._worth))


def lever_use(item: Item, mask: int) -> LeverUse:
    """An item as a record, with the obstacles of a mask that it removes."""
    removed = tuple(kind for kind in kinds_of(mask) if kind in REMOVES[item.kind])
    return LeverUse(
        kind=item.kind,
        lever=item.lever,
        name=item.name,
        removes=removed,
        ready_on=date.fromordinal(item.ready),
        cost_eur=item.cost_eur,
        part=week_part(item.part) if item.kind in CARE_KINDS else item.part,
    )


def week_part(part: str) -> str:
    """Places of a week, shortened.

    Examples
    --------
    >>> week_part("Mo/early Mo/morning Tu/early Tu/morning We/early We/morning Fr/morning")
    'Mo-We early morning, Fr morning'
    """
    days = [day.value for day in Day]
    blocks = [block.split("/") for block in part.split()]
    of_day = {
        day: " ".join(part for part in PARTS if [day, part] in blocks)
        for day in days
        if any(block[0] == day for block in blocks)
    }
    texts = []
    for parts, group in groupby(days, key=lambda day: of_day.get(day, "")):
        named = list(group)
        if parts:
            span = named[0] if len(named) == 1 else f"{named[0]}-{named[-1]}"
            texts.append(f"{span} {parts}")
    return ", ".join(texts)


def _brought(seeker: Seeker, job: int, site: CareStop | None) -> list[tuple[ChildFacts, ...]]:
    """Sets of children to bring to a site: those without care first, then all."""
    if site is None:
        return [()]
    uncovered = tuple(child for child in seeker.children if not child.covered[job])
    return [uncovered, seeker.children] if uncovered else [seeker.children]
