"""Day trips of everybody to one job, in every way; see `koempel.region.trips` for one person.

Rows of the arrays are ways: the modes of `MODES`, then one shuttle line each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import permutations

import numpy as np

from koempel.region.outcome import TravelMode
from koempel.region.reach import Levers
from koempel.region.setting import MODES, Flags, Setting
from koempel.region.shifts import IntArray, Slack
from koempel.region.travel import FAR, Minutes, Points
from koempel.region.trips import ON_FOOT, Trips, better
from koempel.region.turnout.columns import Indices, slack_of
from koempel.region.turnout.crowd import Crowd
from koempel.region.turnout.families import NOWHERE
from koempel.region.windows import WEEK_MIN

BUS = MODES.index(TravelMode.BUS)
SHUTTLE = len(MODES)
"""Row of the longest trip by shuttle in `Crowd.accepts`."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Where some parents stop, and the room that the care there leaves around the shifts.

    Attributes
    ----------
    spot : ndarray of int, shape (n_parents, n_stops)
        Distinct spots, `NOWHERE` where there is no stop.
    slack : Slack
        Per parent and stop.
    at_home : Slack
        Room of the care at home, which must hold the whole time away; per parent.
    """

    spot: Indices
    slack: Slack
    at_home: Slack


class Roads:
    """The ways of everybody to one job and back, with the hours along them.

    Parameters
    ----------
    job : int
        Row of the job in the setting.
    """

    def __init__(self, crowd: Crowd, setting: Setting, levers: Levers, job: int) -> None:
        self._crowd, self._setting, self._shuttles = crowd, setting, levers.shuttles
        self._job = job
        n_lines = len(self._shuttles.pick_ups)
        self.mode = np.array([*range(len(MODES)), *[ON_FOOT] * n_lines])
        """Mode in which each way goes from place to place."""
        self.accepts: IntArray = crowd.accepts[[*range(len(MODES)), *[SHUTTLE] * n_lines]]
        pattern = int(setting.jobs.pattern[job])
        away = slack_of(crowd.away, setting.patterns, pattern)
        self.has_time = (away.before >= 1) & (away.after >= 1)
        # Who has no minute for any trip is barred by the shift and not by the road.
        self._hours = Slack(
            np.where(self.has_time, away.before, WEEK_MIN),
            np.where(self.has_time, away.after, WEEK_MIN),
        )
        bus = setting.patterns.slack(setting.rules.bus_hours)
        self._bus = bus.at(np.array([pattern], np.int32))
        self._homes = self._legs(crowd.homes)
        self._spots = self._legs(crowd.families.spots)

    def _legs(self, points: Points) -> tuple[Minutes, Minutes]:
        """Minutes from some points to the start of work, and from its end to those points."""
        setting, job = self._setting, self._job
        site = setting.jobs.sites[job : job + 1]
        by_mode = setting.times.minutes(MODES, points, site)[:, :, 0]
        walks = self._shuttles.walks(points).T
        there = np.minimum(walks + self._shuttles.out_min[:, job, None], FAR)
        home = np.minimum(walks + self._shuttles.back_min[:, job, None], FAR)
        return np.concatenate([by_mode, there]), np.concatenate([by_mode, home])

    # ---- trips --------------------------------------------------------------------------------

    def direct(self) -> Trips:
        """Trips of everybody that leave no child anywhere."""
        there, home = self._homes
        everybody = np.arange(there.shape[1])
        return self._ended(everybody, there, home, np.ones(there.shape, bool))

    def past(self, parents: Indices, stops: Stops) -> Trips:
        """Trips of some parents along all their stops, in whichever order suits each best."""
        shape = (len(self.mode), len(parents))
        out, back = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        in_time, fits = np.zeros(shape, bool), np.zeros(shape, bool)
        n_stops = (stops.spot != NOWHERE).sum(axis=1)
        for count in np.unique(n_stops).tolist():
            at = np.flatnonzero(n_stops == count)
            trips = self._past(parents[at], _packed(stops, at, count))
            out[:, at], back[:, at] = trips.out_min, trips.back_min
            in_time[:, at], fits[:, at] = trips.in_time, trips.fits
        return Trips(out, back, in_time, fits, _no_care(shape))

    def _past(self, parents: Indices, stops: Stops) -> Trips:
        """Trips of parents who all have as many stops."""
        orders = permutations(range(stops.spot.shape[1]))
        return reduce(better, (self._along(parents, stops, order) for order in orders))

    def _along(self, parents: Indices, stops: Stops, order: Sequence[int]) -> Trips:
        families = self._crowd.families
        person = families.person[parents]
        start, end = self._spots if order else self._homes
        last = stops.spot[:, order[-1]] if order else person
        before, after = start[:, last], end[:, last]
        fits = np.ones(before.shape, bool)
        for index in range(len(order) - 1, -1, -1):
            stop = order[index]
            before = before + self._setting.rules.stop_min
            after = after + self._setting.rules.stop_min
            room = Slack(stops.slack.before[:, stop], stops.slack.after[:, stop])
            fits &= room.fits(before, after)
            step = self._step(parents, stops, order, index)
            before, after = before + step, after + step
        fits &= stops.at_home.fits(before, after)
        return self._ended(person, before, after, fits)

    def _step(self, parents: Indices, stops: Stops, order: Sequence[int], index: int) -> Minutes:
        """Minutes to a stop from the one before it, or from home."""
        families, here = self._crowd.families, stops.spot[:, order[index]]
        mode = self.mode[:, None]
        step: Minutes = (
            families.between[mode, stops.spot[:, order[index - 1]], here]
            if index
            else families.from_home[mode, parents, here]
        )
        return step

    def _ended(self, person: Indices, out: Minutes, back: Minutes, fits: Flags) -> Trips:
        """Trips that are whole, with the hours of their people and of the bus."""
        fits &= self._hours.at(person).fits(out, back)
        in_time = np.maximum(out, back) <= self.accepts[:, person]
        trips = Trips(out, back, in_time, in_time & fits, _no_care(out.shape))
        trips.fits[BUS] &= self.bus_runs(trips)
        return trips

    def bus_runs(self, trips: Trips) -> Flags:
        """Where the bus runs at the hours of the trips by bus."""
        return self._bus.fits(trips.out_min[BUS], trips.back_min[BUS])


def _packed(stops: Stops, at: Indices, count: int) -> Stops:
    """The stops of some parents, who have so many, without the columns to spare."""
    spot = stops.spot[at]
    order = np.argsort(spot == NOWHERE, axis=1, kind="stable")[:, :count]
    before, after = stops.slack.before[at], stops.slack.after[at]
    return Stops(
        np.take_along_axis(spot, order, axis=1),
        Slack(np.take_along_axis(before, order, axis=1), np.take_along_axis(after, order, axis=1)),
        Slack(stops.at_home.before[at], stops.at_home.after[at]),
    )


def _no_care(shape: tuple[int, ...]) -> IntArray:
    """No time at any care is asked for here."""
    return np.zeros((2, *shape), np.int32)
