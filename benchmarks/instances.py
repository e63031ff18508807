"""Seeded regions at the level of the planner: homes, jobs with seats, and levers that bind.

A person may take a job within reach directly or with a bundle of levers: a bike of the own
town's depot for a middle distance, a shuttle seat on the own town's line and the job's hour for a
long one, childcare places in each half-day block that the shift covers, a course seat for a
language gap. Resources stand in that order: seats, bikes, childcare, courses, shuttles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import csr_array

from koempel.planner import Problem

SIZES = {
    "400x100": (400, 100, 0.75),
    "4000x1000": (4_000, 1_000, 0.75),
    "40000x12000": (40_000, 12_000, 0.8),
}
"""People, jobs and seats per person, such that levers bind."""

TRADES, BLOCKS, HOURS, LEVELS = 12, 10, 4, 3
KM2_PER_PERSON = 0.12
DIRECT, BIKE, SHUTTLE = 0, 1, 2
COST = np.array([0, 60, 110])

Array = NDArray[np.generic]


@dataclass(frozen=True)
class Region:
    """A problem and how many of its first resources are seats; the others are levers."""

    problem: Problem
    n_jobs: int

    def without_lever_limits(self) -> Problem:
        """Return the same problem with levers for all: how much do the limits cost?"""
        capacity = self.problem.capacity.copy()
        capacity[self.n_jobs :] = self.problem.n_people
        return self.problem.replace(capacity=capacity)


@dataclass(frozen=True)
class Jobs:
    site: Array
    trade: Array
    hour: Array
    first_block: Array
    n_blocks: Array
    seats: Array
    level: Array


@dataclass(frozen=True)
class People:
    home: Array
    town: Array
    skill: Array
    level: Array
    bike: Array
    car: Array
    child: Array
    waiting: Array


def region(
    n_people: int, n_jobs: int, seats_each: float = 0.75, *, seed: int = 7, options_each: int = 35
) -> Region:
    """Make an invented region with the best `options_each` options of everyone."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform(0, np.sqrt(n_people * KM2_PER_PERSON), (max(2, n_people // 400), 2))
    jobs, people = _jobs(rng, n_jobs, seats_each * n_people, towns), _people(rng, n_people, towns)
    offsets, capacity = _resources(rng, n_people, jobs.seats, len(towns))
    person, value, lengths, columns = [], [], [], []
    for i in range(n_people):
        job, kind, worth = _options(i, people, jobs, options_each)
        uses = _uses(i, people, jobs, offsets, job, kind)
        person.append(np.full(len(job), i))
        value.append(worth)
        lengths.append((uses >= 0).sum(axis=1))
        columns.append(uses[uses >= 0])
    row = np.concatenate(([0], np.cumsum(np.concatenate(lengths))))
    column = np.concatenate(columns)
    usage = csr_array((np.ones(len(column), int), column, row), (len(row) - 1, len(capacity)))
    options = np.concatenate(person), np.concatenate(value)
    return Region(Problem(*options, usage, capacity, n_people=n_people), n_jobs)


def _jobs(rng: Generator, n: int, n_seats: float, towns: Array) -> Jobs:
    return Jobs(
        site=towns[rng.integers(len(towns), size=n)] + rng.normal(0, 2.5, (n, 2)),
        trade=rng.integers(TRADES, size=n),
        hour=rng.integers(HOURS, size=n),
        first_block=rng.integers(0, 4, size=n),
        n_blocks=rng.integers(3, 7, size=n),
        seats=1 + rng.poisson(max(0.0, n_seats / n - 1), n),
        level=rng.choice(LEVELS, n, p=[0.35, 0.4, 0.25]),
    )


def _people(rng: Generator, n: int, towns: Array) -> People:
    town = rng.integers(len(towns), size=n)
    return People(
        home=towns[town] + rng.normal(0, 1.5, (n, 2)),
        town=town,
        skill=rng.random((n, TRADES)),
        level=rng.choice(LEVELS, n, p=[0.3, 0.35, 0.35]),
        bike=rng.random(n) < 0.2,
        car=rng.random(n) < 0.12,
        child=rng.random(n) < 0.35,
        waiting=rng.integers(0, 120, n),
    )


def _resources(rng: Generator, n_people: int, seats: Array, n_towns: int) -> tuple[Array, Array]:
    """Where each kind of lever begins, and all capacities; each place has its own scarcity."""
    per_town = n_people / n_towns
    levers = [
        rng.integers(0.01 * per_town, 0.06 * per_town, n_towns),  # bikes
        rng.integers(0.02 * per_town, 0.10 * per_town, n_towns * BLOCKS),  # childcare
        rng.integers(0.01 * per_town, 0.03 * per_town, n_towns * LEVELS),  # courses
        rng.integers(2, 9, n_towns * HOURS),  # shuttles
    ]
    offsets = len(seats) + np.cumsum([0] + [len(lever) for lever in levers])
    return offsets, np.concatenate([seats, *levers])


def _options(i: int, people: People, jobs: Jobs, at_most: int) -> tuple[Array, Array, Array]:
    """Job, way of travel and worth of the best options of one person."""
    km = 1.3 * np.hypot(*(jobs.site - people.home[i]).T)
    near = np.flatnonzero(km < 25)
    km = km[near]
    gap = jobs.level[near] > people.level[i]
    fit = 0.25 + 0.75 * people.skill[i, jobs.trade[near]]
    worth = 1000 * fit * (1.0 - 0.012 * km - 0.1 * gap) + people.waiting[i]
    worth = worth - 80 * gap - 40 * people.child[i]
    own = np.full(len(near), True) if people.car[i] else km <= (14.0 if people.bike[i] else 3.0)
    possible = np.stack((own, ~own & (km <= 14.0), ~own & (km > 3.0)))
    worth = np.where(possible, worth[None, :] - COST[:, None], -np.inf).ravel()
    best = np.argsort(-worth, kind="stable")[: min(at_most, int(possible.sum()))]
    return (
        near[best % len(near)],
        best // len(near),
        np.maximum(1, np.rint(worth[best])).astype(int),
    )


def _uses(i: int, people: People, jobs: Jobs, offsets: Array, job: Array, kind: Array) -> Array:
    """Resources of each option, one of each; -1 for none."""
    bikes, care, courses, shuttles = offsets[:4]
    town = people.town[i]
    block = np.arange(BLOCKS)
    first, last = jobs.first_block[job], jobs.first_block[job] + jobs.n_blocks[job]
    covered = (block >= first[:, None]) & (block < last[:, None]) & people.child[i]
    gap = jobs.level[job] > people.level[i]
    return np.column_stack(
        (
            job,
            np.where(kind == BIKE, bikes + town, -1),
            np.where(covered, care + town * BLOCKS + block, -1),
            np.where(gap, courses + town * LEVELS + jobs.level[job], -1),
            np.where(kind == SHUTTLE, shuttles + town * HOURS + jobs.hour[job], -1),
        )
    )
