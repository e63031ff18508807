"""Who could come to one job, all people at once.

`koempel.region.reach` asks one person about all jobs and lists every bundle of levers: a plan
needs that. While a shift is being typed the question is the other way round: one job, everybody,
and only counts. Here arrays run over people. What can be is the same as in `reach`, person by
person: `tests/region/test_turnout.py` holds the two side by side.
"""

from dataclasses import dataclass, replace

from koempel.region.obstacles.registry import Masks
from koempel.region.outcome import LeverKind
from koempel.region.reach import Levers
from koempel.region.rows import Job
from koempel.region.setting import Flags, Setting
from koempel.region.shifts import IntArray
from koempel.region.tables import Region
from koempel.region.turnout.crowd import Crowd
from koempel.region.turnout.days import ALONE, ANY
from koempel.region.turnout.own import Means
from koempel.region.turnout.support import Support

__all__ = ["Crowd", "Turnout", "turnouts"]


@dataclass(frozen=True, slots=True)
class Turnout:
    """What stands between everybody and one job; arrays run over people.

    Attributes
    ----------
    wanting : ndarray of bool
        Who looks for this kind of work.
    obstacles : ndarray of uint16
        Obstacles with own means, as bits (`obstacles.registry.BIT`); 0 for who can come today.
    with_levers : ndarray of bool
        Who can come, but only with levers.
    alone : dict
        Who can come only with levers, and for whom one lever of a kind is enough.
    mode, out_min, start : ndarray of int32
        Of who can come today: row in `setting.MODES` and minutes of the quickest trip there, and
        the first day of work as an ordinal. For the others they say nothing.
    """

    wanting: Flags
    obstacles: Masks
    with_levers: Flags
    alone: dict[LeverKind, Flags]
    mode: IntArray
    out_min: IntArray
    start: IntArray


def turnouts(crowd: Crowd, region: Region, jobs: tuple[Job, ...]) -> list[Turnout]:
    """Who could come to each of some jobs.

    Parameters
    ----------
    crowd : Crowd
        The people of the region.
    region : Region
        The levers and the day; its people and jobs are left aside.
    jobs : tuple of Job
    """
    bare = replace(region, people=(), rights=(), children=(), jobs=jobs, traits=(), floors=())
    setting = Setting(bare, crowd.times)
    levers = Levers(setting)
    return [_turnout(Means(crowd, setting, levers, job), levers) for job in range(len(jobs))]


def _turnout(means: Means, levers: Levers) -> Turnout:
    needs = means.obstacles != 0
    can = Support(means, levers).can & needs
    alone = {kind: can[row] for kind, row in ALONE.items()}
    return Turnout(
        means.wanting, means.obstacles, can[ANY], alone, *means.quickest, means.first_day
    )
