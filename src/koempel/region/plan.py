"""From a region to a plan: options, solver, independent check, reasons."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from koempel import __version__
from koempel.planner import Result, VerificationError, solve, verify
from koempel.region.day import holds
from koempel.region.fairness import Marks, fairness_rows
from koempel.region.figures import Figures
from koempel.region.options import Options, problem_of, survey, without
from koempel.region.outcome import Outcome, Proposal, RunRecord
from koempel.region.reach import Explorer
from koempel.region.reasons import Reasons, Standing
from koempel.region.setting import Setting
from koempel.region.standing import Ids, StandingPlan, carried_over
from koempel.region.tables import Region

Progress = Callable[[str, float], bool | None]
"""Called with a stage (`STAGES`) and how much of it is done, 0 to 1; True asks to stop."""

STAGES = ("reach", "prices", "places", "exact", "reasons")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan to read, and the arrays to plan on from."""

    outcome: Outcome
    standing: StandingPlan


class Clock:
    """Seconds per stage, for the record of the run; they decide nothing."""

    def __init__(self) -> None:
        self._last = perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Write down the time since the last lap."""
        now = perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


def make_plan(
    region: Region,
    *,
    seed: int = 0,
    seconds: float | None = None,
    exact: bool = False,
    barred: Collection[tuple[str, str]] = (),
    earlier: StandingPlan | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan a region.

    Parameters
    ----------
    region : Region
    seed : int
        The same region, seed and earlier plan give the same plan.
    seconds : float, optional
        Time limit of the solver; without it the run ends by count.
    exact : bool
        Search until the plan is proved the best.
    barred : collection of (str, str)
        Pairs of a person and a job that somebody decided against; they are never proposed.
    earlier : StandingPlan, optional
        A plan to plan on from: people keep what it gave them unless a change is worth something.
    progress : callable, optional
        Told of every stage; returning True during a search keeps the best plan so far.

    Raises
    ------
    ParameterMissingError
        When a parameter has no value on the day of the plan.
    StoppedError
        When `progress` asks to stop before anything was found.
    VerificationError
        When the independent check finds a fault; then nobody sees the plan.
    """
    told = progress or (lambda stage, done: None)
    clock = Clock()
    explorer = Explorer(Setting(region))
    everything = survey(explorer, lambda done, total: told("reach", done / total))
    options = without(explorer, everything, barred)
    clock.lap("reach")
    problem = problem_of(explorer, options, np.arange(len(options)))
    ids = _ids(explorer)
    start = carried_over(earlier, problem, ids) if earlier else None
    result = solve(problem, seconds=seconds, seed=seed, exact=exact, start=start, progress=told)
    clock.lap("solve")
    verify(problem, result)
    clock.lap("verify")
    outcome = _outcome(explorer, options, Standing.of(problem, result), exact, clock, told)
    _verify_barred(outcome.proposals, barred)
    return Plan(outcome, StandingPlan(problem, result, ids))


def _ids(explorer: Explorer) -> Ids:
    region = explorer.setting.region
    return Ids(
        resources=tuple(
            (each.id, each.lever, each.kind) for each in explorer.levers.stock.resources
        ),
        people=tuple(each.id for each in region.people),
        groups=tuple(each.of for each in region.floors),
    )


def _verify_days(proposals: tuple[Proposal, ...]) -> None:
    """Refuse a plan with a day that cannot be done, as worked out step by step."""
    broken = [
        f"{each.person} kan {each.job} niet op tijd bereiken"
        for each in proposals
        if not holds(each.trip)
    ]
    if broken:
        raise VerificationError(broken)


def _verify_barred(proposals: tuple[Proposal, ...], barred: Collection[tuple[str, str]]) -> None:
    """Refuse a plan that proposes what somebody decided against."""
    again = {(each.person, each.job) for each in proposals} & set(barred)
    if again:
        raise VerificationError([f"{person} en {job} waren uitgesloten" for person, job in again])


def _outcome(
    explorer: Explorer,
    options: Options,
    standing: Standing,
    exact: bool,
    clock: Clock,
    told: Progress,
) -> Outcome:
    told("reasons", 0.0)
    figures = Figures(explorer, options, standing)
    reasons = Reasons(explorer, options, standing)
    counts = options.counts
    today = counts.today > 0
    ways = counts.with_levers > 0
    proposals = tuple(reasons.proposals())
    _verify_days(proposals)
    made = Outcome(
        run=_record(explorer, options, standing, exact, clock),
        reach_today=int(today.sum()),
        reach_with_levers=int((ways & ~today).sum()),
        no_way=int((~ways).sum()),
        one_step_away=int((~ways & counts.tied_jobs.any(axis=1)).sum()),
        proposals=proposals,
        left_out=tuple(reasons.left_out()),
        prices=figures.prices(),
        levers=figures.levers(),
        fairness=fairness_rows(explorer.setting.region, _marks(options, standing.result)),
        floors=figures.floors(),
        places=figures.places(),
        flows=figures.flows(),
        hours=figures.hours(),
        obstacles=figures.obstacles(),
    )
    clock.lap("reasons")
    told("reasons", 1.0)
    return made


def _marks(options: Options, result: Result) -> Marks:
    proposed = result.choice >= 0
    given = np.zeros(len(proposed), bool)
    given[proposed] = options.bundle[result.choice[proposed]] != 0
    return Marks(options.counts.today > 0, options.counts.with_levers > 0, proposed, given)


def _record(
    explorer: Explorer, options: Options, standing: Standing, exact: bool, clock: Clock
) -> RunRecord:
    region, result = explorer.setting.region, standing.result
    return RunRecord(
        region=region.name,
        plan_date=region.date,
        invented=region.invented,
        inputs_digest=region.digest,
        koempel_version=__version__,
        seed=result.seed,
        exact=exact,
        people=len(region.people),
        jobs=len(region.jobs),
        seats=sum(job.seats for job in region.jobs),
        options=len(options),
        value=result.value,
        bound=result.bound,
        gap=result.gap,
        status=result.status,
        proposals=result.n_placed,
        verified=True,  # `verify` raises otherwise, and then there is no record
        parameters=region.parameters.versions_on(region.date),
        versions=dict(result.versions),
        seconds=clock.seconds,
    )
