"""Jobs that are not there yet, put beside the problem that a plan kept.

Who could come to a new job is asked of everybody at once (`koempel.region.turnout`); only for those
few are the bundles of levers listed. What comes of it are the options that a whole new plan would
find for that job, in the arrays of the standing plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from koempel.planner import bound_at
from koempel.region.outcome import SEAT
from koempel.region.reach import ALL_MODES, Explorer, Ways
from koempel.region.rows import Job
from koempel.region.setting import MODES, Setting
from koempel.region.standing import Ids, StandingPlan
from koempel.region.tables import Region
from koempel.region.turnout import Crowd, Turnout, turnouts
from koempel.region.worth import Rater

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NewOptions:
    """Every way of everybody to one new job.

    The arrays run parallel.

    Attributes
    ----------
    person : ndarray of int64
        Row of the person in the region, rising.
    value : ndarray of int64
        Worth in points.
    takes : sparse array of shape (n_options, n_resources)
        What each takes of `resources`; the seat is not in it.
    resources : tuple of str
        Ids of the levers, part by part.
    """

    person: Numbers
    value: Numbers
    takes: Any
    resources: tuple[str, ...]


def options_to(job: Job, region: Region, crowd: Crowd) -> NewOptions:
    """Find every option of a job that does not stand in a region.

    Parameters
    ----------
    job : Job
        Its number of seats changes nothing here.
    region : Region
        The region that the plan was made of.
    crowd : Crowd
        Its people.
    """
    (found,) = turnouts(crowd, region, (job,))
    today, helped = np.flatnonzero(found.obstacles == 0), np.flatnonzero(found.with_levers)
    # What stands between is known by now: to work it out again would take a third of the time.
    own = found.obstacles[helped, np.newaxis]
    explorer = Explorer(Setting(_with_only(region, helped, job), crowd.times), own)
    ways = [reach.ways for reach in explorer.everybody()]
    person = np.append(today, np.repeat(helped, [len(each.job) for each in ways]))
    order = np.argsort(person, kind="stable")
    return _rated(
        person[order], _in_order([_by_own_means(today, found), *ways], order), explorer, region
    )


def _by_own_means(rows: Numbers, found: Turnout) -> Ways:
    """Of who can come as things are: one option each, the quickest trip, and no lever.

    The turnout knows it; to search these people for levers would take most of the time.
    """
    none = np.zeros(len(rows), np.int32)
    out_min = found.out_min[rows]
    return Ways(none, none, _AMONG_ALL[found.mode[rows]], out_min, out_min, found.start[rows])


_AMONG_ALL = np.array([ALL_MODES.index(mode) for mode in MODES], np.int32)


def _in_order(parts: Sequence[Ways], order: Numbers) -> Ways:
    names = (each.name for each in fields(Ways))
    return Ways(*(np.concatenate([getattr(each, name) for each in parts])[order] for name in names))


def _rated(person: Numbers, ways: Ways, explorer: Explorer, region: Region) -> NewOptions:
    """The options with their worth; `person` holds rows of the region, rising."""
    rows, place = np.unique(person, return_inverse=True)
    setting = Setting(_with_only(region, rows, explorer.setting.region.jobs[0]))
    bundles = explorer.levers.stock.columns()
    rating = Rater(setting).rate(
        place.astype(np.int32), ways.job, ways.bundle, ways.mode, ways.out_min, ways.start, bundles
    )
    _, *levers = (each.id for each in explorer.levers.stock.resources)
    return NewOptions(person, rating.value, bundles.usage[ways.bundle][:, 1:], tuple(levers))


def _with_only(region: Region, rows: Numbers, job: Job) -> Region:
    """A region with some of its people and one job; every lever stays."""
    people = tuple(region.people[row] for row in rows.tolist())
    kept = {person.id for person in people}
    return replace(
        region,
        people=people,
        rights=tuple(each for each in region.rights if each.person in kept),
        children=tuple(each for each in region.children if each.person in kept),
        jobs=(job,),
        traits=(),
        floors=(),
    )


def with_new_jobs(
    standing: StandingPlan, jobs: Sequence[Job], found: Sequence[NewOptions]
) -> StandingPlan:
    """The standing plan as it would be with some jobs more, nobody placed in them yet.

    Parameters
    ----------
    jobs : sequence of Job
        With ids that no job of the plan has.
    found : sequence of NewOptions
        Those of each job.
    """
    if not jobs:
        return standing
    problem, result, ids = standing.problem, standing.result, standing.ids
    person = np.concatenate([problem.person, *(each.person for each in found)])
    # A stable order: the options of a person stay as they were, the new ones come behind them.
    order = np.argsort(person, kind="stable")
    # One more at the end, for who has no option: -1 points there.
    place = np.full(len(order) + 1, -1)
    place[order] = np.arange(len(order))
    wider = problem.replace(
        person=person[order],
        value=np.concatenate([problem.value, *(each.value for each in found)])[order],
        usage=_usage(standing, found)[order],
        capacity=np.concatenate([problem.capacity, [job.seats for job in jobs]]),
    )
    moved = replace(
        result,
        choice=place[result.choice],
        prices=np.append(result.prices, _first_prices(standing, jobs, found)),
    )
    seats = tuple((job.id, job.id, SEAT) for job in jobs)
    return StandingPlan(wider, moved, replace(ids, resources=(*ids.resources, *seats)))


def _first_prices(
    standing: StandingPlan, jobs: Sequence[Job], found: Sequence[NewOptions]
) -> npt.NDArray[np.float64]:
    """What a seat of each new job is about worth: what the first person without one would gain.

    From a price of nothing everybody wants the job, and the search for prices has far to go.
    """
    problem, result = standing.problem, standing.result
    best = np.zeros(problem.n_people)
    np.maximum.at(best, problem.person, bound_at(problem, result.prices, result.bonuses).net)
    bonus = problem.member @ result.bonuses
    price_of = dict(zip(standing.ids.of_resources, result.prices.tolist(), strict=True))
    prices = []
    for job, ways in zip(jobs, found, strict=True):
        cost = ways.takes @ np.array([price_of[each] for each in ways.resources])
        gain = np.zeros(problem.n_people)
        worth = ways.value + bonus[ways.person] - cost - best[ways.person]
        np.maximum.at(gain, ways.person, worth)
        first_without = np.sort(gain)[::-1][job.seats : job.seats + 1]
        prices.append(float(first_without.sum()))
    return np.array(prices)


def _usage(standing: StandingPlan, found: Sequence[NewOptions]) -> csr_array:
    """What each option takes: those of the plan first, then those of each new job."""
    usage = standing.problem.usage
    shape = (usage.shape[0], usage.shape[1] + len(found))
    # The same arrays in a wider table: no plan option takes a seat of a new job.
    blocks = [csr_array((usage.data, usage.indices, usage.indptr), shape=shape)]
    blocks += [_wide(each, standing.ids, number, shape[1]) for number, each in enumerate(found)]
    return csr_array(vstack(blocks, format="csr"))


def _wide(found: NewOptions, ids: Ids, number: int, width: int) -> csr_array:
    column = {each: at for at, each in enumerate(ids.of_resources)}
    levers = np.array([column[each] for each in found.resources], np.int64)
    takes, rows = found.takes.tocoo(), np.arange(len(found.person))
    return csr_array(
        (
            np.append(takes.data, np.ones(len(rows), np.int64)),
            (
                np.append(takes.row, rows),
                np.append(levers[takes.col], np.full(len(rows), len(column) + number)),
            ),
        ),
        shape=(len(rows), width),
    )
