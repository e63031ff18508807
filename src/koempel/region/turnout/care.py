"""What care holds around one job, and the stops on the way that it asks for."""

from functools import cached_property
from itertools import combinations

import numpy as np

from koempel.region.setting import Flags, Setting
from koempel.region.shifts import CLOSED, IntArray, Slack
from koempel.region.turnout.columns import Indices, slack_of
from koempel.region.turnout.crowd import Crowd
from koempel.region.turnout.families import NOWHERE
from koempel.region.turnout.trips import Stops
from koempel.region.windows import Windows

OPEN = 10**6
"""Room where no care is asked for: more than any trip."""


class Care:
    """The children of all parents on the days of one job; `Families` tells the shapes.

    Attributes
    ----------
    slack : Slack
        Room that the present care leaves; `CLOSED` where it has ended before the job begins.
    covered, has_nobody : ndarray of bool, shape (n_parents, n_children)
        Where the present care holds the shifts with time for one stop; where there is none.
    first_day : ndarray of int32, shape (n_parents, 1)
    """

    def __init__(self, crowd: Crowd, setting: Setting, job: int, first_day: IntArray) -> None:
        families = crowd.families
        self._families, self._setting = families, setting
        self._pattern = int(setting.jobs.pattern[job])
        self.first_day: IntArray = first_day[families.person, None]
        hours = slack_of(families.hours, setting.patterns, self._pattern)
        shape = families.exists.shape
        # A day that is never reached needs no look: who has no end keeps the care.
        is_closed = families.has_none | (self.first_day > families.until)
        self.slack = Slack(
            np.where(is_closed, CLOSED, hours.before.reshape(shape)),
            np.where(is_closed, CLOSED, hours.after.reshape(shape)),
        )
        room = np.where(families.is_placed, setting.rules.stop_min, 0)
        self.covered: Flags = ~families.exists | self.slack.fits(room, room)
        self.has_nobody: Flags = families.exists & is_closed

    def present_stops(self, parents: Indices, going: Flags) -> Stops:
        """The stops that present care asks for when these children go to it."""
        families = self._families
        spot = np.where(going & families.is_placed[parents], families.spot[parents], NOWHERE)
        before, after = self.slack.before[parents], self.slack.after[parents]
        at_home = going & families.exists[parents] & ~families.is_placed[parents]
        return Stops(*_distinct(spot, before, after), _least(Slack(before, after), at_home))

    def stops_with(self, parents: Indices, site: Indices, brought: Flags, room: Slack) -> Stops:
        """The stops when some children go to a site and the others to their present care."""
        present = self.present_stops(parents, ~brought)
        spot = np.column_stack([present.spot, self._families.site_spot[site]])
        before = np.column_stack([present.slack.before, room.before])
        after = np.column_stack([present.slack.after, room.after])
        return Stops(*_distinct(spot, before, after), present.at_home)

    def keeps_elsewhere(self, parents: Indices, ready: IntArray) -> Flags:
        """Children who still have their school or care when a site begins, per parent."""
        families = self._families
        begins = np.maximum(self.first_day[parents], ready[:, None])
        return families.is_placed[parents] & (begins <= families.until[parents])

    def site_room(self, parents: Indices, site: Indices, brought: Flags, elsewhere: Flags) -> Slack:
        """Room that a site leaves, together with the school or care that a child keeps."""
        bare, joined = self._rooms_of_sites
        hours = self._families.hours.of_row.reshape(self._families.exists.shape)[parents]
        before, after = (
            np.where(elsewhere, joined[end][site[:, None], hours], bare[end][site, None])
            for end in (0, 1)
        )
        return _least(Slack(before, after), brought)

    @cached_property
    def _rooms_of_sites(self) -> tuple[IntArray, IntArray]:
        """Room before and after the shifts: per site, and per site with other hours."""
        bare = [self._room(hours) for hours in self._families.site_hours]
        joined = [[self._room(hours) for hours in row] for row in self._families.with_site]
        width = len(self._families.hours.values)
        return (
            np.array(bare, np.int32).reshape(-1, 2).T,
            np.moveaxis(np.array(joined, np.int32).reshape(-1, width, 2), 2, 0),
        )

    def _room(self, hours: Windows) -> tuple[int, int]:
        slack = self._setting.patterns.slack(hours)
        return int(slack.before[self._pattern]), int(slack.after[self._pattern])


def _distinct(spot: Indices, before: IntArray, after: IntArray) -> tuple[Indices, Slack]:
    """Stops at distinct spots: where two are the same, both rooms must hold."""
    spot, before, after = spot.copy(), before.copy(), after.copy()
    for first, again in combinations(range(spot.shape[1]), 2):
        same = (spot[:, again] != NOWHERE) & (spot[:, first] == spot[:, again])
        for room in (before, after):
            room[same, first] = np.minimum(room[same, first], room[same, again])
        spot[same, again] = NOWHERE
    return spot, Slack(before, after)


def _least(slack: Slack, of: Flags) -> Slack:
    """The least room over some of the children of each parent."""
    return Slack(
        np.where(of, slack.before, OPEN).min(axis=1, initial=OPEN),
        np.where(of, slack.after, OPEN).min(axis=1, initial=OPEN),
    )
