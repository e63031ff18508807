"""Seeded regions at the level of the planner: homes, jobs with seats, and levers that bind.

A person within reach of a job may take it directly or with a bundle of levers: a bike of the
nearest depot for a middle distance, a shuttle seat on a line and hour for a long one, childcare
places in each half-day block that the shift covers, a course seat for a language gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from koempel.planner import Problem

SIZES = {"small": (400, 100), "middle": (4_000, 1_000), "large": (40_000, 12_000)}
"""People and jobs of the three sizes; jobs have one seat or a few."""

AREA_KM2_PER_PERSON = 0.06
BLOCKS = 10  # half days of the working week
HOURS = 4  # starting hours of a shuttle


@dataclass(frozen=True)
class Region:
    """A problem and which of its resources are levers."""

    problem: Problem
    is_lever: np.ndarray

    def without_lever_limits(self) -> Problem:
        """Return the same problem with levers for all: how much do the limits cost?"""
        plenty = np.where(self.is_lever, self.problem.n_people, self.problem.capacity)
        return self.problem.replace(capacity=plenty)


def region(n_people: int, n_jobs: int, seed: int = 7, options_each: int = 35) -> Region:
    """Make an invented region.

    Parameters
    ----------
    n_people, n_jobs : int
    seed : int
    options_each : int
        Options kept per person at most, the best by value.
    """
    rng = np.random.default_rng(seed)
    side = np.sqrt(n_people * AREA_KM2_PER_PERSON)
    n_towns = max(2, n_people // 400)
    towns = rng.uniform(0, side, (n_towns, 2))
    home = towns[rng.integers(n_towns, size=n_people)] + rng.normal(0, 1.5, (n_people, 2))
    site = towns[rng.integers(n_towns, size=n_jobs)] + rng.normal(0, 2.5, (n_jobs, 2))
    trade = rng.integers(12, size=n_jobs)
    hour = rng.integers(HOURS, size=n_jobs)
    first_block = rng.integers(0, 4, size=n_jobs)
    n_blocks = rng.integers(3, 7, size=n_jobs)
    seats = 1 + rng.poisson(0.35, n_jobs)
    level_asked = rng.choice(3, n_jobs, p=[0.35, 0.4, 0.25])
    skills = rng.random((n_people, 12))
    level = rng.choice(3, n_people, p=[0.3, 0.35, 0.35])
    own_bike = rng.random(n_people) < 0.35
    car = rng.random(n_people) < 0.2
    child = rng.random(n_people) < 0.35
    town_of = np.argmin(((home[:, None] - towns[None]) ** 2).sum(2), axis=1)
    waiting = rng.integers(0, 120, n_people)

    # resources: job seats | bikes per town | childcare per town and block | courses | shuttles
    bike0 = n_jobs
    care0 = bike0 + n_towns
    course0 = care0 + n_towns * BLOCKS
    n_courses = max(2, n_towns // 2) * 2
    line0 = course0 + n_courses
    n_lines = max(1, n_towns)
    n_resources = line0 + n_lines * HOURS
    capacity = np.zeros(n_resources, dtype=np.int64)
    capacity[:n_jobs] = seats
    per_town = n_people / n_towns
    capacity[bike0:care0] = rng.integers(1, max(2, int(0.06 * per_town)) + 1, n_towns)
    capacity[care0:course0] = rng.integers(1, max(2, int(0.07 * per_town)) + 1, n_towns * BLOCKS)
    share = n_people / n_courses
    capacity[course0:line0] = rng.integers(1, max(2, int(0.07 * share)) + 1, n_courses)
    capacity[line0:] = rng.integers(2, 9, n_lines * HOURS)

    person, value, rows, cols = [], [], [], []
    tree_order = np.argsort(site[:, 0], kind="stable")
    sorted_x = site[tree_order, 0]
    n_options = 0
    for i in range(n_people):
        near = tree_order[
            np.searchsorted(sorted_x, home[i, 0] - 25) : np.searchsorted(sorted_x, home[i, 0] + 25)
        ]
        km = 1.3 * np.hypot(*(site[near] - home[i]).T)
        near, km = near[km < 25], km[km < 25]
        reach = 14.0 if own_bike[i] else 4.0
        needs_move = np.full(len(near), False) if car[i] else km > reach
        gap = level_asked[near] > level[i]
        fit = 0.25 + 0.75 * skills[i, trade[near]]
        stay = 1.0 - 0.012 * km - 0.1 * gap
        worth = 1000 * fit * stay + waiting[i]
        by_bike = needs_move & (km <= 14.0)
        by_line = needs_move & (km > 4.0)
        found = []
        for kind, mask, cost in ((0, ~needs_move, 0), (1, by_bike, 60), (2, by_line, 110)):
            v = worth - cost - 40 * child[i] - 80 * gap
            found += [(v[q], int(near[q]), kind, bool(gap[q])) for q in np.flatnonzero(mask)]
        found.sort(reverse=True)
        found = found[:options_each]
        for v, j, kind, short in found:
            used = [j]
            if kind == 1:
                used.append(bike0 + int(town_of[i]))
            if child[i]:
                first, last = first_block[j], first_block[j] + n_blocks[j]
                used += [care0 + int(town_of[i]) * BLOCKS + b for b in range(first, last)]
            if short:
                used.append(course0 + (int(town_of[i]) * 7 + int(level_asked[j])) % n_courses)
            if kind == 2:
                used.append(line0 + (int(town_of[i]) % n_lines) * HOURS + int(hour[j]))
            person.append(i)
            value.append(max(1, round(v)))
            rows += [n_options] * len(used)
            cols += used
            n_options += 1
    usage = csr_array((np.ones(len(rows), int), (rows, cols)), shape=(n_options, n_resources))
    problem = Problem(np.array(person), np.array(value), usage, capacity, n_people=n_people)
    return Region(problem, np.arange(n_resources) >= n_jobs)
