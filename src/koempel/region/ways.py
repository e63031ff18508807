"""Every way of one person to a job today: what else a guide can choose for them.

Counted afresh from what is free now, so that a way that is shown can be taken. Nothing is weighed
against other people here: that is what a plan does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from koempel.planner import solve
from koempel.region.options import Options, problem_of, survey
from koempel.region.outcome import Proposal
from koempel.region.reach import Explorer
from koempel.region.reasons import Reasons, Standing
from koempel.region.setting import Setting
from koempel.region.tables import Region


@dataclass(frozen=True, slots=True)
class WaysOfPerson:
    """The ways of one person.

    Attributes
    ----------
    ways : tuple of Proposal
        At most one per job, that of most worth with everything free; the best first.
    jobs_today, jobs_with_levers : int
        Jobs with an open seat within reach by own means; and with levers as well.
    """

    ways: tuple[Proposal, ...]
    jobs_today: int
    jobs_with_levers: int


def ways_of(region: Region, person: str, *, job: str | None = None) -> WaysOfPerson:
    """Find the ways of one person, to all jobs or to one.

    Parameters
    ----------
    region : Region
        With the stock of now.
    person, job : str
        Ids of rows of the region.

    Raises
    ------
    KeyError
        When there is no such person.
    """
    explorer = Explorer(Setting(_alone(region, person)))
    options = survey(explorer)
    rows = np.arange(len(options))
    problem = problem_of(explorer, options, rows)
    # Alone there is nothing to share out: the search ends at once.
    standing = Standing.of(problem, solve(problem))
    reasons = Reasons(explorer, options, standing)
    chosen = _best_per_job(options, standing)
    if job is not None:
        at = explorer.setting.job_index.get(job, -1)
        chosen = (option for option in chosen if options.job[option] == at)
    return WaysOfPerson(
        tuple(reasons.proposal(0, option) for option in chosen),
        int(options.counts.today[0]),
        int(options.counts.with_levers[0]),
    )


def _alone(region: Region, person: str) -> Region:
    """A region in which nobody else lives."""
    people = tuple(each for each in region.people if each.id == person)
    if not people:
        raise KeyError(person)
    return replace(
        region,
        people=people,
        rights=tuple(each for each in region.rights if each.person == person),
        children=tuple(each for each in region.children if each.person == person),
        traits=(),
        floors=(),
    )


def _best_per_job(options: Options, standing: Standing) -> Iterator[int]:
    seen: set[int] = set()
    problem = standing.problem
    for option in np.argsort(-options.rating.value, kind="stable").tolist():
        job = int(options.job[option])
        uses = standing.uses(option)
        if job not in seen and all(problem.capacity[r] >= n for r, n in uses.items()):
            seen.add(job)
            yield option
