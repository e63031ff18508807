"""What if there were more of this and fewer of that: answers on the latest plan, without people.

A board is read once per plan and kept by the process; an answer is worked out by the planner, from
where the plan stands. Nothing of one person is in an answer: counts of the whole region, and per
municipality shares of counts that are rounded to fives. A new job could be made up to fit one
person, so with a new job everything that changes is told in fives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from koempel.desk.common.text import plain
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.reach import FEW
from koempel.desk.levers.models import Lever
from koempel.desk.planning.lever_rows import key_of, name_in_plan
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.new_jobs import (
    MOST_NEW_JOBS,
    Coming,
    Ground,
    NewJob,
    NewJobs,
    Workplace,
    coming_to,
    ground_of,
    id_of,
)
from koempel.desk.planning.queries import latest_run, standing_plan
from koempel.desk.planning.small_numbers import in_fives, shown
from koempel.planner import Problem, Result, solve
from koempel.region.dutch import day
from koempel.region.fairness import FEWEST, wilson
from koempel.region.one_more import worth_of_one_more
from koempel.region.outcome import SEAT, LeverSummary, Share
from koempel.region.standing import StandingPlan, placement_worth
from koempel.region.what_if import Change, ChangeError, ask, compared, plan_on

FLOOR = "FLOOR"
"""Kind of a change to what a municipality gets at least."""

NEW_JOB = "NEW_JOB"
"""Kind of a change that makes a job up."""

MOST = 999
"""Of one thing: more is a typing error."""

MOST_CHANGES = 20
MOST_FOUND = 8
KEPT_ANSWERS = 200
CURVE_STEPS = 5
NEXT_ONES = 6

Changes = tuple[tuple[str, int], ...]
"""Ids of a lever, a job or a municipality, each with its new number, in the order of the ids."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is changed: a lever, a job, a new job, or what a municipality gets at least."""

    what: str
    kind: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A count before and after."""

    before: int
    after: int

    @property
    def more(self) -> int:
        """How many more; negative when fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class NextOne:
    """A lever after the changes, with what one more brought before, in placements."""

    lever: LeverSummary
    before: float


@dataclass(frozen=True, slots=True)
class Town:
    """The part of a municipality that has a proposal; a share without a number stays hidden."""

    name: str
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class Tried:
    """A new job, what its workplace is called, and who would come to it."""

    job: NewJob
    where: str
    coming: Coming


@dataclass(frozen=True, slots=True)
class Answer:
    """Before and after some changes.

    Attributes
    ----------
    shortfall : Compared
        How many proposals the municipalities are short of what they get at least, rounded up to
        fives: what is asked less what is short is the number of people placed there.
    value : Compared
        Worth of the plans in points.
    gained, moved, lost : int
        People who get a proposal, another one, or none any more.
    gap : float
        How far the plan after the changes can at most be from the best one.
    next_ones : tuple of NextOne
        What was changed first, then what brings most.
    towns : tuple of Town
    share : float
        Of everybody, the part with a proposal after the changes.
    new_jobs : tuple of Tried
        In the order of asking. When there are any, all that changes is in fives.
    """

    changes: tuple[Changed, ...]
    proposals: Compared
    open_seats: Compared
    shortfall: Compared
    value: Compared
    gained: int
    moved: int
    lost: int
    gap: float
    seconds: float
    next_ones: tuple[NextOne, ...]
    towns: tuple[Town, ...]
    share: float
    new_jobs: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A job whose seats can be changed."""

    number: str
    title: str
    employer: str
    seats: int


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and what it gets at least."""

    nis: str
    name: str
    at_least: int


class Board:
    """What can be changed of a plan, and the answers that were already worked out."""

    def __init__(self, run: PlanRun, standing: StandingPlan) -> None:
        self.key = run.pk, run.state_digest
        self.levers = {each.id: each for each in run.levers}
        self.towns = {
            each.group: Place(each.group, each.name, each.at_least) for each in run.floor_results
        }
        self._standing = standing
        self._rows: dict[str, list[int]] = {}
        for row, (_, lever, _) in enumerate(standing.ids.resources):
            self._rows.setdefault(lever, []).append(row)
        self.jobs = self._jobs()
        self.notes = self._notes()
        self._placement = placement_worth(standing.problem, standing.result)
        self._run = run
        self._answers: dict[tuple[Changes, NewJobs], Answer] = {}
        self._turns: dict[int, int] = {}
        self._widened: tuple[NewJobs, StandingPlan] = ((), standing)

    def _jobs(self) -> dict[str, Job]:
        numbers = [lever for _, lever, kind in self._standing.ids.resources if kind == SEAT]
        told = Vacancy.objects.filter(number__in=numbers)
        return {
            number: Job(number, title, employer, self._most(number))
            for number, title, employer in told.values_list("number", "title", "employer__name")
        }

    def _notes(self) -> dict[str, str]:
        """Whose each lever is, and from when: two courses can have one name."""
        keys = list(filter(None, map(key_of, self.levers)))
        found = Lever.objects.filter(pk__in=keys).select_related("organisation", "course")
        return {name_in_plan(lever.pk): _note(lever) for lever in found}

    def _most(self, what: str) -> int:
        return int(self._standing.problem.capacity[self._rows[what]].max())

    def now(self, what: str) -> int | None:
        """How many there are of something; None when there is no such thing."""
        if what in self.levers:
            return self.levers[what].capacity
        if what in self.jobs:
            return self.jobs[what].seats
        return self.towns[what].at_least if what in self.towns else None

    def find_jobs(self, words: str) -> list[Job]:
        """Jobs in whose title, employer or number every word stands; the first few."""
        wanted = plain(words).split()
        found = (
            job
            for job in self.jobs.values()
            if all(word in plain(f"{job.title} {job.employer} {job.number}") for word in wanted)
        )
        return sorted(found, key=lambda job: (job.title, job.number))[:MOST_FOUND] if wanted else []

    def changes(self, wanted: Mapping[str, int]) -> Changes:
        """What of some numbers is another one than now.

        Raises
        ------
        ChangeError
            When something is unknown, too much is changed at once, or a number is asked for a
            municipality that would count out a few people.
        """
        unknown = sorted(what for what in wanted if self.now(what) is None)
        if unknown:
            raise ChangeError(f"«{unknown[0]}» staat niet in het laatste plan.")
        found = [(what, n) for what, n in wanted.items() if n != self.now(what)]
        if any(n % FEW for what, n in found if what in self.towns):
            raise ChangeError(f"Vraag per gemeente een veelvoud van {FEW}, zoals 10 of 25.")
        if len(found) > MOST_CHANGES:
            raise ChangeError(f"Verander hoogstens {MOST_CHANGES} dingen tegelijk.")
        # What can be had more of first, then what is asked for a municipality.
        return tuple(sorted(found, key=lambda each: (each[0] in self.towns, each)))

    def ground(self) -> Ground:
        """What new jobs are tried on.

        Raises
        ------
        ChangeError
            When the people of the plan are no longer kept.
        """
        ground = ground_of(self._run)
        if ground is None:
            raise ChangeError(
                "Een nieuwe job kan niet op dit plan: de gegevens waarvan het gemaakt is, worden "
                "niet meer bewaard. Maak eerst een nieuw plan."
            )
        return ground

    def places_of(self, jobs: NewJobs) -> tuple[Workplace, ...]:
        """Where some new jobs lie.

        Raises
        ------
        ChangeError
            When there are too many, the plan does not know a place, or its people are forgotten.
        """
        if len(jobs) > MOST_NEW_JOBS:
            raise ChangeError(f"Probeer hoogstens {MOST_NEW_JOBS} nieuwe jobs tegelijk.")
        return self.ground().places_of(jobs) if jobs else ()

    def answer(self, changes: Changes, jobs: NewJobs = ()) -> Answer:
        """What comes of some changes and new jobs; the same ones are worked out once.

        Raises
        ------
        ChangeError
            When a new job cannot be tried; see `places_of`.
        """
        places = self.places_of(jobs)
        known = self._answers.get((changes, jobs))
        if known is None:
            if len(self._answers) >= KEPT_ANSWERS:
                self._answers.clear()
            known = self._answers[changes, jobs] = self._worked_out(changes, jobs, places)
        return known

    def next_turn(self, asker: int) -> Callable[[], bool]:
        """Note that somebody asks something new; gives whether it is still the last they asked."""
        turn = self._turns[asker] = self._turns.get(asker, 0) + 1
        return lambda: self._turns[asker] == turn

    def curve(
        self,
        what: str,
        changes: Changes,
        jobs: NewJobs = (),
        *,
        top: int,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> list[tuple[int, int]] | None:
        """Proposals with none of something up to `top` of it, the other changes as they are.

        A curve is as much work as six answers. `is_wanted` is asked before each of them; None when
        it no longer is, so that what somebody asks next does not wait for it.
        """
        others = {each: n for each, n in changes if each != what}
        steps = {round(step * top / CURVE_STEPS) for step in range(CURVE_STEPS + 1)}
        amounts = sorted(steps | {self.now(what) or 0, dict(changes).get(what, 0)})
        points = []
        for amount in amounts:
            if not is_wanted():
                return None
            answer = self.answer(self.changes(others | {what: amount}), jobs)
            points.append((amount, answer.proposals.after))
        return points

    def _with(self, jobs: NewJobs) -> StandingPlan:
        """The plan with some new jobs beside its own; the last ones are kept."""
        kept, standing = self._widened
        if kept != jobs:
            standing = self.ground().widened(self._standing, jobs) if jobs else self._standing
            self._widened = jobs, standing
        return standing

    def _worked_out(self, changes: Changes, jobs: NewJobs, places: Sequence[Workplace]) -> Answer:
        standing = self._with(jobs)
        question = ask(standing, [each for change in changes for each in self._moves(*change)])
        result = plan_on(standing, question) if changes or jobs else standing.result
        told = compared(standing, question, result)
        answer = Answer(
            changes=(
                *(self._changed(what, amount) for what, amount in changes),
                *map(_new, range(len(jobs)), jobs, places),
            ),
            proposals=Compared(told.before.proposals, told.after.proposals),
            open_seats=Compared(
                _open_seats(self._standing, self._standing.problem, self._standing.result),
                _open_seats(standing, question.problem, result),
            ),
            shortfall=Compared(
                _up_to_five(told.before.shortfall), _up_to_five(told.after.shortfall)
            ),
            value=Compared(told.before.value, told.after.value),
            gained=len(told.gained),
            moved=len(told.moved),
            lost=len(told.lost),
            gap=result.gap,
            seconds=result.seconds,
            next_ones=self._next_ones(question.problem, result, [what for what, _ in changes]),
            towns=self._towns(result, len(told.gained) + len(told.lost)),
            share=told.after.proposals / max(standing.problem.n_people, 1),
            new_jobs=tuple(
                Tried(job, place.name, coming_to(number, standing, result, self._town_names()))
                for number, (job, place) in enumerate(zip(jobs, places, strict=True))
            ),
        )
        return _coarse(answer, standing.problem.n_people) if jobs else answer

    def _moves(self, what: str, amount: int) -> list[Change]:
        """A change of a lever as a whole changes each of its parts by as much."""
        if what not in self.levers:
            return [Change(what, amount, relative=False)]
        more = amount - self.levers[what].capacity
        capacity, ids = self._standing.problem.capacity, self._standing.ids.of_resources
        return [
            Change(ids[row], max(0, int(capacity[row]) + more), relative=False)
            for row in self._rows[what]
        ]

    def _changed(self, what: str, amount: int) -> Changed:
        before = self.now(what) or 0
        if what in self.levers:
            return Changed(
                what, self.levers[what].kind.value, self.levers[what].name, before, amount
            )
        if what in self.jobs:
            job = self.jobs[what]
            return Changed(what, SEAT, f"{job.title} bij {job.employer}", before, amount)
        return Changed(what, FLOOR, self.towns[what].name, before, amount)

    def _next_ones(
        self, problem: Problem, result: Result, changed: Sequence[str]
    ) -> tuple[NextOne, ...]:
        levers = [lever for _, lever, _ in self._standing.ids.resources]
        used = _used(problem, result)
        # Prices are an estimate: of what is left over, one more brings nothing.
        scarce = replace(result, prices=np.where(used < problem.capacity, 0.0, result.prices))
        # New jobs come behind the things of the plan.
        levers += [SEAT] * (problem.n_resources - len(levers))
        worth = worth_of_one_more(problem, scarce, levers).of_lever
        after = [
            replace(
                lever,
                capacity=int(problem.capacity[self._rows[lever.id]].max()),
                used=int(used[self._rows[lever.id]].max()),
                placements=worth[lever.id] / self._placement,
            )
            for lever in self.levers.values()
        ]
        after.sort(key=lambda each: (each.id not in changed, -each.placements, each.id))
        n_shown = max(NEXT_ONES, sum(each.id in changed for each in after))
        return tuple(NextOne(each, self.levers[each.id].placements) for each in after[:n_shown])

    def _towns(self, result: Result, n_changed: int) -> tuple[Town, ...]:
        member, before = self._standing.problem.member, self._standing.result
        people = np.asarray(member.sum(axis=0)).reshape(-1).tolist()
        first, second = _placed(member, before), _placed(member, result)
        if 0 < n_changed < FEW:
            # Where these few live could be read from what changes.
            second = [None] * len(second)
        return tuple(
            Town(place.name, _share(place, n, one), _share(place, n, other))
            for place, n, one, other in zip(self._places(), people, first, second, strict=True)
            if n
        )

    def _town_names(self) -> list[str]:
        return [place.name for place in self._places()]

    def _places(self) -> list[Place]:
        return [self.towns[group] for group in self._standing.ids.groups]


def _new(number: int, job: NewJob, place: Workplace) -> Changed:
    return Changed(id_of(number), NEW_JOB, f"{job.title} in {place.name}", 0, job.seats)


def _up_to_five(count: int) -> int:
    return FEW * -(-count // FEW)


def _coarse(answer: Answer, n_people: int) -> Answer:
    """An answer in which a few people more or fewer cannot be read."""
    before, exact = answer.proposals.before, answer.proposals.after
    after = before + in_fives(exact - before)
    return replace(
        answer,
        proposals=Compared(before, after),
        open_seats=replace(answer.open_seats, after=answer.open_seats.after + exact - after),
        gained=in_fives(answer.gained),
        moved=in_fives(answer.moved),
        lost=in_fives(answer.lost),
        next_ones=tuple(
            replace(each, lever=_left_in_fives(each.lever)) for each in answer.next_ones
        ),
        share=after / max(n_people, 1),
    )


def _left_in_fives(lever: LeverSummary) -> LeverSummary:
    left = lever.capacity - lever.used
    return replace(lever, used=lever.capacity - FEW * (left // FEW))


def _open_seats(standing: StandingPlan, problem: Problem, result: Result) -> int:
    seats = [row for row, (_, _, kind) in enumerate(standing.ids.resources) if kind == SEAT]
    return int((problem.capacity - _used(problem, result))[seats].sum())


def _note(lever: Lever) -> str:
    owner = lever.organisation.name
    start = f"start {day(lever.course.starts_on)}" if hasattr(lever, "course") else ""
    return " · ".join(filter(None, (owner if owner not in lever.name else "", start)))


def _used(problem: Problem, result: Result) -> Counts:
    chosen = result.choice[result.choice >= 0]
    return np.asarray(problem.usage[chosen].sum(axis=0)).reshape(-1).astype(np.int64)


def _placed(member: csr_array, result: Result) -> list[int | None]:
    counts = member.T @ (result.choice >= 0).astype(np.int64)
    return list(shown(counts.tolist()).cells)


def _share(place: Place, people: int, count: int | None) -> Share:
    if count is None or people < FEWEST:
        return Share(place.nis, place.name, people, 0, None, None, None)
    # In fives: one or two people more or fewer in a municipality cannot be read from it.
    coarse = min(FEW * round(count / FEW), people)
    low, high = wilson(coarse, people)
    return Share(place.nis, place.name, people, coarse, coarse / people, low, high)


_lock = Lock()
_boards: list[Board] = []


def board_of(run: PlanRun) -> Board | None:
    """The board of a plan, kept until another is asked; None when the plan is no longer kept."""
    with _lock:
        if not _boards or _boards[0].key != (run.pk, run.state_digest):
            standing = standing_plan(run)
            if standing is None:
                return None
            _boards[:] = [Board(run, standing)]
        return _boards[0]


def warm_up() -> None:
    """Load what the first answer would wait for: the kernels of the planner and the latest plan."""
    problem = Problem([0, 0], [2, 1], csr_array([[1, 0], [0, 1]]), [1, 1])
    solve(problem.replace(capacity=[0, 1]), start=solve(problem))
    run = latest_run()
    if run is not None and board_of(run) is not None:
        ground_of(run)
