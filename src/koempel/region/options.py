"""All options of a region: every person, job and minimal bundle, rated and counted.

This is the door between the region and the solver: people and levers go in, arrays come out, and
an option number leads back to its person, job, levers and trip.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from koempel.errors import StoppedError
from koempel.planner import Problem
from koempel.region.levers.stock import BundleColumns
from koempel.region.obstacles.registry import MODULES, Masks
from koempel.region.reach import Explorer, Reach, Ways
from koempel.region.region_toml import Floor
from koempel.region.setting import Setting
from koempel.region.worth import Rater, Rating

Numbers = npt.NDArray[np.int32]
Progress = Callable[[int, int], bool | None]
"""Called with how many people are done and how many there are; True stops."""


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """Counts per person, one array per fact; only jobs with an open seat count.

    Attributes
    ----------
    today : ndarray of int32
        Jobs within reach by own means.
    with_levers : ndarray of int32
        Jobs within reach by own means or with levers.
    alone : ndarray of uint16
        Obstacles, as bits, that alone stand between the person and some job.
    tied_jobs, tie_job : ndarray of shape (n_people, n_kinds), int32
        Per obstacle kind: to how many jobs it is the only obstacle that no lever removes, and one
        such job (-1 for none).
    """

    today: Numbers
    with_levers: Numbers
    alone: Masks
    tied_jobs: Numbers
    tie_job: Numbers


@dataclass(frozen=True, slots=True)
class Options:
    """Every option of a region, sorted by person.

    The arrays run parallel; `start` is the first day of work as an ordinal, `mode` an index into
    `koempel.region.reach.ALL_MODES`.
    """

    person: Numbers
    job: Numbers
    bundle: Numbers
    mode: Numbers
    out_min: Numbers
    back_min: Numbers
    start: Numbers
    own: Masks
    """Obstacles with own means that the levers of the option remove, as bits."""
    rating: Rating
    bundles: BundleColumns
    counts: PersonCounts
    job_today: npt.NDArray[np.bool_]
    """Per job: whether somebody reaches it by own means."""
    job_with_levers: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.person)

    def take(self, rows: npt.NDArray[np.int64]) -> "Options":
        """Only some of the options, by their numbers, rising; what was counted stays."""
        columns = {name: getattr(self, name)[rows] for name in ("person", *_WAYS, "own")}
        return replace(self, **columns, rating=self.rating.take(rows))


def survey(explorer: Explorer, progress: Progress | None = None) -> Options:
    """Find, rate and count the options of everybody.

    Raises
    ------
    StoppedError
        When `progress` returns True.
    """
    setting = explorer.setting
    n_people = len(setting.region.people)
    found: list[Ways] = []
    masks: list[Masks] = []
    counter = _Counter(setting)
    for number, reach in enumerate(explorer.everybody()):
        found.append(reach.ways)
        masks.append(reach.own[reach.ways.job])
        counter.add(number, reach)
        if progress is not None and progress(number + 1, n_people):
            raise StoppedError("Gestopt. Er is niets geschreven.")
    return _options(explorer, found, masks, counter)


def _options(
    explorer: Explorer, found: list[Ways], masks: list[Masks], counter: "_Counter"
) -> Options:
    sizes = [len(ways.job) for ways in found]
    person = np.repeat(np.arange(len(found), dtype=np.int32), sizes)
    columns = {name: _joined([getattr(ways, name) for ways in found]) for name in _WAYS}
    bundles = explorer.levers.stock.columns()
    rating = Rater(explorer.setting).rate(
        person,
        columns["job"],
        columns["bundle"],
        columns["mode"],
        columns["out_min"],
        columns["start"],
        bundles,
    )
    return Options(
        person,
        **columns,
        own=np.concatenate(masks) if masks else np.zeros(0, np.uint16),
        rating=rating,
        bundles=bundles,
        counts=counter.counts,
        job_today=counter.job_today,
        job_with_levers=counter.job_with_levers,
    )


def without(explorer: Explorer, options: Options, barred: Collection[tuple[str, str]]) -> Options:
    """Leave out what a person decided against.

    Parameters
    ----------
    barred : collection of (str, str)
        Pairs of the id of a person and the id of a job; ids that are not in the region are passed
        over.
    """
    people, jobs = explorer.setting.person_index, explorer.setting.job_index
    n_jobs = explorer.setting.n_jobs
    pairs = [
        people[person] * n_jobs + jobs[job]
        for person, job in barred
        if person in people and job in jobs
    ]
    if not pairs:
        return options
    own = options.person.astype(np.int64) * n_jobs + options.job
    return options.take(np.flatnonzero(~np.isin(own, pairs)))


_WAYS = ("job", "bundle", "mode", "out_min", "back_min", "start")


def _joined(arrays: list[Numbers]) -> Numbers:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


class _Counter:
    """Counts while the people pass by, so that no table of all pairs is ever kept."""

    def __init__(self, setting: Setting) -> None:
        n_people = len(setting.region.people)
        self._open = np.array([job.seats > 0 for job in setting.region.jobs], bool)
        self.counts = PersonCounts(
            today=np.zeros(n_people, np.int32),
            with_levers=np.zeros(n_people, np.int32),
            alone=np.zeros(n_people, np.uint16),
            tied_jobs=np.zeros((n_people, len(MODULES)), np.int32),
            tie_job=np.full((n_people, len(MODULES)), -1, np.int32),
        )
        self.job_today = np.zeros(setting.n_jobs, bool)
        self.job_with_levers = np.zeros(setting.n_jobs, bool)

    def add(self, person: int, reach: Reach) -> None:
        today = np.zeros(len(self._open), bool)
        today[reach.ways.job[reach.ways.bundle == 0]] = True
        with_levers = np.zeros(len(self._open), bool)
        with_levers[reach.ways.job] = True
        self.job_today |= today
        self.job_with_levers |= with_levers
        self.counts.today[person] = np.count_nonzero(today & self._open)
        self.counts.with_levers[person] = np.count_nonzero(with_levers & self._open)
        self.counts.alone[person] = np.bitwise_or.reduce(_single(reach.own[self._open]), initial=0)
        self._add_ties(person, reach.ties)

    def _add_ties(self, person: int, ties: Masks) -> None:
        tied = np.flatnonzero(self._open & (np.bitwise_count(ties) == 1))
        bits, first, jobs = np.unique(ties[tied], return_index=True, return_counts=True)
        kinds = [bit.bit_length() - 1 for bit in bits.tolist()]
        self.counts.tied_jobs[person, kinds] = jobs
        self.counts.tie_job[person, kinds] = tied[first]


def _single(masks: Masks) -> Masks:
    single: Masks = masks[np.bitwise_count(masks) == 1]
    return single


def problem_of(explorer: Explorer, options: Options, chosen: npt.NDArray[np.int64]) -> Problem:
    """The arrays that the solver takes, for some of the options.

    Parameters
    ----------
    chosen : ndarray of int64
        Numbers of the options, rising.
    """
    region = explorer.setting.region
    groups = [_members(explorer.setting, floor) for floor in region.floors]
    member = np.stack(groups, axis=1) if groups else np.zeros((len(region.people), 0), np.int64)
    return Problem(
        person=options.person[chosen].astype(np.int64),
        value=options.rating.value[chosen],
        usage=_usage(options, chosen),
        capacity=np.array([r.capacity for r in explorer.levers.stock.resources], np.int64),
        n_people=len(region.people),
        member=csr_array(member),
        floor=np.array([floor.at_least for floor in region.floors], np.int64),
        penalty=np.array([_penalty(explorer.setting, floor) for floor in region.floors], np.int64),
    )


def _usage(options: Options, chosen: npt.NDArray[np.int64]) -> csr_array:
    levers = options.bundles.usage[options.bundle[chosen]]
    n = len(chosen)
    # The seat of a job is the resource with the number of the job.
    seats = csr_array(
        (np.ones(n, np.int64), options.job[chosen], np.arange(n + 1)), shape=levers.shape
    )
    return csr_array(levers + seats)


def _members(setting: Setting, floor: Floor) -> npt.NDArray[np.int64]:
    return np.array(
        [
            floor.of in (person.village, setting.municipality_of[person.village])
            for person in setting.region.people
        ],
        np.int64,
    )


def _penalty(setting: Setting, floor: Floor) -> int:
    placements = floor.penalty_placements
    if placements is None:
        placements = setting.rules.floor_penalty
    return round(placements * setting.rules.weights.placement)
