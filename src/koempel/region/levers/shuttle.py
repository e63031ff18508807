"""Shuttle seats: lines that run where and when the bus does not."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from koempel.region.levers.stock import Item, Resource, Stock
from koempel.region.outcome import LeverKind, TravelMode
from koempel.region.rows import Day, Direction, ShuttleLine, ShuttleRun
from koempel.region.setting import Place, Setting
from koempel.region.shifts import IntArray
from koempel.region.travel import FAR, Minutes, Points
from koempel.region.windows import DAY_MIN, WEEK_MIN

NOBODY = -1
Stop = tuple[int, int]
"""Minute of the week at which a run stops at work, and its resource."""

_STARTS = {day: number * DAY_MIN for number, day in enumerate(Day)}


class Shuttles:
    """Every line, with the runs that bring people to each job and home again.

    Attributes
    ----------
    pick_ups : ndarray of shape (n_lines, 2)
        Where people get in.
    out_min, back_min : ndarray of shape (n_lines, n_jobs), int32
        Minutes from the pick-up to the start of the shift and from its end to the pick-up,
        waiting and walking included; `FAR` where the line is of no use.
    item : ndarray of shape (n_lines, n_jobs), int32
        Item that a seat to this job is; -1 where there is none.
    """

    def __init__(self, setting: Setting, stock: Stock) -> None:
        lines = setting.region.shuttle_lines
        shape = (len(lines), setting.n_jobs)
        self.pick_ups: Points = np.array([(x.from_lon, x.from_lat) for x in lines]).reshape(-1, 2)
        self.out_min: IntArray = np.full(shape, FAR, np.int32)
        self.back_min: IntArray = np.full(shape, FAR, np.int32)
        self.item: IntArray = np.full(shape, NOBODY, np.int32)
        self._setting, self._stock = setting, stock
        # Homes share an address and families a school.
        self._walks: dict[Place, Minutes] = {}
        runs = [(run, _register(run, lines, stock)) for run in setting.region.shuttle_runs]
        for number, line in enumerate(lines):
            self._fill(number, line, [(run, r) for run, r in runs if run.line == line.id])

    def walks_from(self, place: Place) -> Minutes:
        """Minutes on foot from a place to each pick-up; `FAR` over the longest walk."""
        if place not in self._walks:
            self._walks[place] = self.walks([place])[0]
        return self._walks[place]

    def walks(self, places: Sequence[Place] | Points) -> Minutes:
        """Minutes on foot from some places to each pick-up; `FAR` over the longest walk."""
        setting = self._setting
        walks = setting.times.minutes((TravelMode.WALK,), np.array(places), self.pick_ups)[0]
        return np.where(walks <= setting.rules.shuttle_walk_min, walks, FAR)

    def _fill(self, number: int, line: ShuttleLine, runs: list[tuple[ShuttleRun, int]]) -> None:
        setting = self._setting
        stop = np.array([[line.to_lon, line.to_lat]])
        walk = setting.times.minutes((TravelMode.WALK,), stop, setting.jobs.sites)[0, 0]
        there, home = (_stops(runs, way) for way in (Direction.TO_WORK, Direction.HOME))
        for job in np.flatnonzero(walk <= setting.rules.shuttle_walk_min):
            shifts = setting.patterns.shifts[setting.jobs.pattern[job]]
            self._fill_job(number, line, there, home, int(job), int(walk[job]), shifts)

    def _fill_job(
        self,
        number: int,
        line: ShuttleLine,
        arrivals: list[Stop],
        departures: list[Stop],
        job: int,
        walk: int,
        shifts: tuple[tuple[int, int], ...],
    ) -> None:
        longest = self._setting.rules.shuttle_wait_min
        there = [_last_before(arrivals, start, walk, longest) for start, _ in shifts]
        home = [_first_after(departures, start + length, walk, longest) for start, length in shifts]
        if None in there or None in home:
            return
        found = [trip for trip in there + home if trip is not None]
        self.out_min[number, job] = max(m for m, _ in found[: len(there)]) + line.ride_min
        self.back_min[number, job] = max(m for m, _ in found[len(there) :]) + line.ride_min
        self.item[number, job] = self._seat(line, sorted({resource for _, resource in found}))

    def _seat(self, line: ShuttleLine, runs: list[int]) -> int:
        part = ", ".join(self._stock.resources[run].part for run in runs)
        ready = self._setting.region.date + timedelta(days=line.wait_days)
        return self._stock.item(
            Item(
                LeverKind.SHUTTLE_SEAT,
                line.id,
                line.name,
                tuple((run, 1) for run in runs),
                ready.toordinal(),
                line.cost_eur,
                part,
            )
        )


Trip = tuple[int, int] | None
"""Minutes between the stop at work and the shift, and the run's resource."""


def _last_before(stops: list[Stop], start: int, walk: int, longest: int) -> Trip:
    waits = (((start - moment) % WEEK_MIN, resource) for moment, resource in stops)
    return min((trip for trip in waits if walk <= trip[0] <= walk + longest), default=None)


def _first_after(stops: list[Stop], end: int, walk: int, longest: int) -> Trip:
    waits = (((moment - end) % WEEK_MIN, resource) for moment, resource in stops)
    return min((trip for trip in waits if walk <= trip[0] <= walk + longest), default=None)


def _stops(runs: list[tuple[ShuttleRun, int]], direction: Direction) -> list[Stop]:
    return [
        (_STARTS[day] + run.time, resource)
        for run, resource in runs
        if run.direction is direction
        for day in run.days
    ]


def _register(run: ShuttleRun, lines: tuple[ShuttleLine, ...], stock: Stock) -> int:
    name = next(line.name for line in lines if line.id == run.line)
    part = f"{run.direction} {run.time // 60:02}:{run.time % 60:02}"
    return stock.add_resource(
        Resource(f"{run.line}/{run.id}", LeverKind.SHUTTLE_SEAT, run.line, name, part, run.seats)
    )
