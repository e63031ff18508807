"""The figures of a plan: prices, levers, places, flows and hours, each counted from the options."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from koempel.region.levers.stock import Resource
from koempel.region.obstacles.registry import BIT
from koempel.region.one_more import worth_of_one_more
from koempel.region.options import Options
from koempel.region.outcome import (
    SEAT,
    FloorResult,
    Flow,
    HourCount,
    KindCount,
    LeverKind,
    LeverSummary,
    PlaceCount,
    Price,
)
from koempel.region.reach import Explorer
from koempel.region.reasons import Standing
from koempel.region.standing import placement_worth
from koempel.region.windows import DAY_MIN

TOP_VILLAGES = 3

Numbers = npt.NDArray[np.int64]


class Figures:
    """Counts of one plan."""

    def __init__(self, explorer: Explorer, options: Options, standing: Standing) -> None:
        self._setting = explorer.setting
        self._resources = explorer.levers.stock.resources
        self._options = options
        self._standing = standing
        choice = standing.result.choice
        self._chosen = choice[choice >= 0]
        self._used = standing.problem.capacity - standing.free
        self._taken_by = self._count(self._chosen)
        self._placement = placement_worth(standing.problem, standing.result)
        self._wanters = self._people_who_want()
        self._one_more = worth_of_one_more(
            standing.problem, standing.result, [each.lever for each in self._resources]
        )
        self._worth = self._one_more.of_resource

    # ---- prices and levers --------------------------------------------------------------------

    def prices(self) -> tuple[Price, ...]:
        """Every part of a lever, and the seats that have a price; the dearest first."""
        rows = [
            self._price(number, resource)
            for number, resource in enumerate(self._resources)
            if self._worth[number] > 0 or (resource.kind != SEAT and len(self._wanters[number]))
        ]
        return tuple(sorted(rows, key=lambda row: (-row.worth, row.id)))

    def _price(self, number: int, resource: Resource) -> Price:
        worth = float(self._worth[number])
        return Price(
            id=resource.id,
            kind=resource.kind,
            name=resource.name,
            part=resource.part,
            capacity=resource.capacity,
            used=int(self._used[number]),
            worth=worth,
            placements=worth / self._placement,
            wanted=len(self._wanters[number]),
            unlocked=int(self._taken_by[number]),
        )

    def levers(self) -> tuple[LeverSummary, ...]:
        """Each lever with its parts together, the highest gain first."""
        parts: dict[str, list[int]] = {}
        for number, resource in enumerate(self._resources):
            if resource.kind != SEAT:
                parts.setdefault(resource.lever, []).append(number)
        rows = [self._lever(lever, numbers) for lever, numbers in parts.items()]
        return tuple(sorted(rows, key=lambda row: (-row.placements, row.id)))

    def _lever(self, lever: str, numbers: list[int]) -> LeverSummary:
        first = self._resources[numbers[0]]
        people = np.unique(np.concatenate([self._wanters[number] for number in numbers])).tolist()
        return LeverSummary(
            id=lever,
            kind=LeverKind(first.kind),
            name=first.name,
            capacity=max(self._resources[number].capacity for number in numbers),
            used=max(int(self._used[number]) for number in numbers),
            placements=self._one_more.of_lever[lever] / self._placement,
            wanted=len(people),
            villages=self._villages(people),
        )

    def _villages(self, people: Iterable[int]) -> tuple[str, ...]:
        counted = Counter(self._setting.region.people[person].village for person in people)
        ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(village for village, _ in ranked[:TOP_VILLAGES])

    def _people_who_want(self) -> list[Numbers]:
        """Per resource, the people with an option that takes it."""
        usage, n_people = self._standing.problem.usage, len(self._setting.region.people)
        rows = np.repeat(self._options.person.astype(np.int64), np.diff(usage.indptr))
        pairs = np.unique(usage.indices.astype(np.int64) * n_people + rows)
        resource, person = np.divmod(pairs, max(n_people, 1))
        return np.split(person, np.searchsorted(resource, np.arange(1, len(self._resources))))

    def _count(self, options: Numbers) -> Numbers:
        """Per resource, how many of some options take it."""
        usage = self._standing.problem.usage[options]
        return np.bincount(usage.indices, minlength=len(self._resources))

    # ---- places and flows ---------------------------------------------------------------------

    def places(self) -> tuple[PlaceCount, ...]:
        """People of each village."""
        counts = self._options.counts
        today = counts.today > 0
        extra = ~today & (counts.with_levers > 0)
        proposed = self._standing.result.choice >= 0
        return tuple(
            PlaceCount(
                village.id,
                int(here.sum()),
                int((here & today).sum()),
                int((here & extra).sum()),
                int((here & proposed).sum()),
            )
            for village in self._setting.region.villages
            for here in [self._lives_in(village.id)]
        )

    def _lives_in(self, village: str) -> npt.NDArray[np.bool_]:
        return np.array([person.village == village for person in self._setting.region.people], bool)

    def flows(self) -> tuple[Flow, ...]:
        """Proposals from village to village, the largest first."""
        people, jobs = self._setting.region.people, self._setting.region.jobs
        total: Counter[tuple[str, str]] = Counter()
        by_lever: Counter[tuple[str, str]] = Counter()
        for option in self._chosen.tolist():
            home = people[self._options.person[option]].village
            pair = (home, jobs[self._options.job[option]].village)
            total[pair] += 1
            by_lever[pair] += int(self._options.bundle[option] != 0)
        ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Flow(*pair, people, by_lever[pair]) for pair, people in ranked)

    # ---- hours --------------------------------------------------------------------------------

    def hours(self) -> tuple[HourCount, ...]:
        """Seats by the hour at which their first shift starts."""
        setting = self._setting
        seats = np.array([job.seats for job in setting.region.jobs], np.int64)
        filled = np.bincount(self._options.job[self._chosen], minlength=setting.n_jobs)
        starts = np.array(
            [
                min(start % DAY_MIN for start, _ in shifts) // 60
                for shifts in setting.patterns.shifts
            ]
        )
        hour = starts[setting.jobs.pattern] if setting.n_jobs else np.zeros(0, np.int64)
        return tuple(
            HourCount(
                each,
                int(seats[at].sum()),
                int(seats[at & self._options.job_today].sum()),
                int(seats[at & self._options.job_with_levers].sum()),
                int(filled[at].sum()),
            )
            for each in np.unique(hour).tolist()
            for at in [hour == each]
        )

    # ---- obstacles and floors -----------------------------------------------------------------

    def obstacles(self) -> tuple[KindCount, ...]:
        """For how many people each obstacle alone stands between them and some job."""
        alone = self._options.counts.alone
        counted = [KindCount(kind, int(((alone & bit) != 0).sum())) for kind, bit in BIT.items()]
        return tuple(sorted(counted, key=lambda row: (-row.people, row.kind)))

    def floors(self) -> tuple[FloorResult, ...]:
        """What came of each floor."""
        problem, result = self._standing.problem, self._standing.result
        names = {each.nis: each.name for each in self._setting.region.municipalities}
        names |= {each.id: each.name for each in self._setting.region.villages}
        placed = problem.member.T @ (result.choice >= 0).astype(np.int64)
        return tuple(
            FloorResult(
                floor.of,
                names[floor.of],
                floor.at_least,
                int(placed[number]),
                int(result.shortfall[number]),
                float(result.bonuses[number]),
            )
            for number, floor in enumerate(self._setting.region.floors)
        )
