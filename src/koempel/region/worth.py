"""What a placement is worth: a rating of a combination, never of a person.

    worth = placement x fit x stay  -  cost of the levers  -  delay  +  waiting

`fit` says how far the job meets what the person wants, `stay` is the chance that the placement
lasts twelve months, and both are shares of 1. Levers cost money and effort; a course or a wait
delays the start. `waiting` is the same for every job of a person: who waits longest goes first
where all else is equal. Every weight is a dated parameter (``value.*``). Sex, age, origin, name
and health are not looked at, and cannot be: they are not in the columns below.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from koempel.region.levers.stock import BundleColumns
from koempel.region.reach import ALL_MODES
from koempel.region.setting import Setting
from koempel.region.wishes import EXACT, NEAR, WISHES

Numbers = npt.NDArray[np.int32]
Shares = npt.NDArray[np.float64]

DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Rating:
    """Worth of each option, with its parts.

    Attributes
    ----------
    value : ndarray of int64
        Points, rounded.
    fit : ndarray of float64
        Share of a full fit.
    wish : ndarray of int8
        Index into `koempel.region.wishes.WISHES`.
    """

    value: npt.NDArray[np.int64]
    fit: Shares
    wish: npt.NDArray[np.int8]

    def take(self, rows: npt.NDArray[np.int64]) -> "Rating":
        """The ratings of some options."""
        return Rating(self.value[rows], self.fit[rows], self.wish[rows])


class Rater:
    """Rates options of a region."""

    def __init__(self, setting: Setting) -> None:
        people = setting.region.people
        self._setting = setting
        self._weights = setting.rules.weights
        wants = list(dict.fromkeys(person.wants for person in people))
        number = {each: index for index, each in enumerate(wants)}
        self._wants = np.array([number[person.wants] for person in people], np.int32)
        wishes = [setting.wishes.of(each) for each in wants]
        self._wish = np.array(wishes, np.int8).reshape(len(wants), setting.n_jobs)
        self._hours_max = np.array([person.hours_max for person in people], float)
        days = [(setting.region.date - person.registered_on).days for person in people]
        months = np.array(days, float) / DAYS_A_MONTH
        self._waited = np.clip(months, 0, self._weights.waiting_max_months)
        first_days = [max(p.available_from.toordinal(), setting.today) for p in people]
        self._first_day = np.array(first_days, np.int64)
        self._accept = np.array(
            [[p.max_travel_min or setting.rules.accept_min[m] for m in ALL_MODES] for p in people],
            float,
        ).reshape(len(people), len(ALL_MODES))

    def rate(
        self,
        person: Numbers,
        job: Numbers,
        bundle: Numbers,
        mode: Numbers,
        out_min: Numbers,
        start: Numbers,
        columns: BundleColumns,
    ) -> Rating:
        """Rate options given as parallel arrays."""
        weights = self._weights
        wish = self._wish[self._wants[person], job]
        fit = self._fit(person, job, wish)
        stay = self._stay(person, job, mode, out_min, columns.temporary[bundle])
        levers = weights.per_100_eur * columns.cost_eur[bundle] / 100
        levers += weights.each_lever * columns.n_items[bundle]
        points = (
            weights.placement * fit * stay
            - levers
            - weights.delay_per_week * self._delay_weeks(person, job, start)
            + weights.waiting_per_month * self._waited[person]
        )
        return Rating(np.rint(points).astype(np.int64), fit, wish)

    def _fit(self, person: Numbers, job: Numbers, wish: npt.NDArray[np.int8]) -> Shares:
        weights = self._weights
        gain = np.zeros(len(WISHES))
        gain[NEAR], gain[EXACT] = weights.fit_wish_near, weights.fit_wish_exact
        most = np.maximum(self._hours_max[person], 1)
        hours = np.minimum(self._setting.jobs.hours[job] / most, 1)
        fit = weights.fit_base + gain[wish] + weights.fit_hours * hours
        clipped: Shares = np.clip(fit, 0, 1)
        return clipped

    def _stay(
        self,
        person: Numbers,
        job: Numbers,
        mode: Numbers,
        out_min: Numbers,
        care_ends: npt.NDArray[np.bool_],
    ) -> Shares:
        weights = self._weights
        long_trip = np.minimum(out_min / self._accept[person, mode], 1)
        stay = (
            weights.stay_base
            + weights.stay_indefinite * self._setting.jobs.indefinite[job]
            + weights.stay_long_trip * long_trip
            + weights.stay_care_ends * care_ends
        )
        clipped: Shares = np.clip(stay, 0, 1)
        return clipped

    def _delay_weeks(self, person: Numbers, job: Numbers, start: Numbers) -> Shares:
        first = np.maximum(self._first_day[person], self._setting.jobs.start_from[job])
        return np.maximum(start - first, 0) / 7
