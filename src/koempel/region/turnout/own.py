"""What stands between everybody and one job, with own means; see `koempel.region.obstacles`."""

from functools import cached_property

import numpy as np

from koempel.region.levers.course import falls_short
from koempel.region.obstacles.registry import BIT, Masks
from koempel.region.outcome import ObstacleKind, TravelMode
from koempel.region.reach import Levers
from koempel.region.rows import Cycling
from koempel.region.setting import MODES, Flags, Setting
from koempel.region.shifts import IntArray
from koempel.region.travel import FAR
from koempel.region.trips import Trips, in_some_way
from koempel.region.turnout.care import Care
from koempel.region.turnout.crowd import NO_END, Crowd
from koempel.region.turnout.trips import BUS, Roads
from koempel.region.wishes import OUTSIDE, wish_of

N_MODES = len(MODES)
_CYCLING = [MODES.index(TravelMode.BIKE), MODES.index(TravelMode.EBIKE)]
_NEVER = 0


class Means:
    """Everybody with own means before one job; arrays run over people.

    Parameters
    ----------
    job : int
        Row of the job in the setting.
    """

    def __init__(self, crowd: Crowd, setting: Setting, levers: Levers, job: int) -> None:
        self.crowd, self.setting, self.job = crowd, setting, job
        self.demand = setting.demands[int(setting.jobs.demand[job])]
        self.first_day: IntArray = np.maximum(crowd.first_day, setting.jobs.start_from[job])
        self.roads = Roads(crowd, setting, levers, job)
        self.care = Care(crowd, setting, job, self.first_day)

    @cached_property
    def wanting(self) -> Flags:
        """Who looks for this kind of work."""
        isco = self.setting.region.jobs[self.job].isco
        return self.crowd.wants.flags(lambda wants: wish_of(isco, wants) != OUTSIDE)

    @cached_property
    def right_until(self) -> IntArray:
        """Last day on which a recorded right opens the job; far away where none is asked."""
        measures = self.setting.jobs.measures[self.job]
        rights = self.crowd.rights
        until = np.full(len(self.first_day), _NEVER if measures else NO_END, np.int32)
        helps = (rights.measure & measures) != 0
        np.maximum.at(until, rights.person[helps], rights.until[helps])
        return until

    @cached_property
    def last_start(self) -> IntArray:
        """Last day on which each person can start."""
        start_to = self.setting.jobs.start_to[self.job]
        last = np.minimum(self.right_until, self.crowd.permit_until)
        last_start: IntArray = np.minimum(last, start_to)
        return last_start

    # ---- trips --------------------------------------------------------------------------------

    @cached_property
    def direct(self) -> Trips:
        """Trips in every way that leave no child anywhere, whether own or not."""
        return self.roads.direct()

    @cached_property
    def chained(self) -> Trips:
        """Trips of the parents along the present care of their children."""
        parents = np.arange(len(self.crowd.families))
        going = self.crowd.families.exists
        return self.roads.past(parents, self.care.present_stops(parents, going))

    @cached_property
    def chained_fits(self) -> Flags:
        """Where the trip along present care fits, in every way, for everybody."""
        fits = self.direct.fits.copy()
        fits[:, self.crowd.families.person] = self.chained.fits
        return fits

    @cached_property
    def chained_in_time(self) -> Flags:
        """Whether the trip along present care is in time in some own way, for everybody."""
        in_time = self.direct.in_time.copy()
        in_time[:, self.crowd.families.person] = self.chained.in_time
        return self.in_some_own_way(in_time)

    def in_some_own_way(self, flags: Flags) -> Flags:
        """Who has a flag in a way that needs no lever; everybody."""
        return in_some_way(flags[:N_MODES] & self.crowd.owns)

    @cached_property
    def quickest(self) -> tuple[IntArray, IntArray]:
        """Row in `MODES` and minutes of the quickest own trip that fits; for who has one."""
        out_min = self.direct.out_min[:N_MODES].copy()
        out_min[:, self.crowd.families.person] = self.chained.out_min[:N_MODES]
        fits = self.chained_fits[:N_MODES] & self.crowd.owns
        minutes = np.where(fits, out_min, np.int32(FAR))
        # Of two that are as quick the first counts, as in `reach`.
        return minutes.argmin(axis=0).astype(np.int32), minutes.min(axis=0)

    # ---- obstacles ----------------------------------------------------------------------------

    @cached_property
    def obstacles(self) -> Masks:
        """Obstacles with own means, as bits (`obstacles.registry.BIT`)."""
        masks = np.zeros(len(self.first_day), np.uint16)
        for kind, blocks in {**self._bars(), **self._on_the_road(), **self._at_home()}.items():
            masks |= np.where(blocks, BIT[kind], np.uint16(0))
        return masks

    def _bars(self) -> dict[ObstacleKind, Flags]:
        """What the road and the care have no part in."""
        crowd, jobs, demand = self.crowd, self.setting.jobs, self.demand
        asked = demand.levels
        hours = jobs.hours[self.job]
        hours_suit = (hours >= crowd.hours_min) & (hours <= crowd.hours_max)
        skills, licences = self.setting.skills, self.setting.licences
        return {
            ObstacleKind.OUTSIDE_WISH: ~self.wanting,
            ObstacleKind.RIGHT: self.right_until < self.first_day,
            ObstacleKind.FUNCTIONAL_NEED: (crowd.forbidden & jobs.strains[self.job]) != 0,
            ObstacleKind.WORK_PERMIT: self.first_day > crowd.permit_until,
            ObstacleKind.SHIFT_CONFLICT: ~self.roads.has_time | ~hours_suit,
            ObstacleKind.START_DATE: self.first_day > jobs.start_to[self.job],
            ObstacleKind.LANGUAGE: crowd.levels.flags(lambda levels: falls_short(levels, asked)),
            ObstacleKind.SKILL: crowd.skills.flags(
                lambda words: bool(demand.skills & ~skills.mask(words))
            ),
            ObstacleKind.LICENCE: crowd.licences.flags(
                lambda words: bool(demand.licences & ~licences.mask(words))
            ),
        }

    @cached_property
    def _reaches(self) -> Flags:
        """Who comes there with own means, children left aside.

        A trip in legs past the childcare can be within the longest trip of a mode where the
        straight one is not.
        """
        return self.in_some_own_way(self.direct.fits) | self.in_some_own_way(self.chained_fits)

    @cached_property
    def _all_covered(self) -> Flags:
        """Whose children all have care that holds the shifts."""
        covered = np.ones(len(self.first_day), bool)
        covered[self.crowd.families.person] = self.care.covered.all(axis=1)
        return covered

    def _on_the_road(self) -> dict[ObstacleKind, Flags]:
        """Too far, or no bus at those hours, or a bike would do."""
        bus = self.direct.in_time[BUS] & ~self.roads.bus_runs(self.direct)
        learns = self.crowd.cycling.flags(lambda cycling: cycling is not Cycling.YES)
        timetable = bus & ~self._reaches
        cannot = ~self._reaches & ~timetable & learns & in_some_way(self.direct.fits[_CYCLING])
        too_far = ~self._reaches & ~timetable & ~cannot
        detour = self._all_covered & self._reaches & ~self.chained_in_time
        return {
            ObstacleKind.MOBILITY_DISTANCE: too_far | detour,
            ObstacleKind.MOBILITY_TIMETABLE: timetable,
            ObstacleKind.CANNOT_CYCLE: cannot,
        }

    def _at_home(self) -> dict[ObstacleKind, Flags]:
        """A child without care, or with care at other hours."""
        nobody = np.zeros(len(self.first_day), bool)
        nobody[self.crowd.families.person] = (self.care.has_nobody & ~self.care.covered).any(axis=1)
        fits = self.in_some_own_way(self.chained_fits)
        too_tight = self._all_covered & self.chained_in_time & ~fits & self._reaches
        return {
            ObstacleKind.CHILDCARE_PLACE: nobody,
            ObstacleKind.CHILDCARE_HOURS: (~self._all_covered & ~nobody) | too_tight,
        }
