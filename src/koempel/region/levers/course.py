"""Courses: Dutch a level higher, a skill, a driving licence. They take weeks."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import numpy as np

from koempel.region.levers.stock import Item, Resource, Stock
from koempel.region.outcome import LeverKind
from koempel.region.rows import Course, CourseKind, Level
from koempel.region.setting import LEVELS, Demand, Flags, Setting

Levels = tuple[int, int, int, int]
SPEAKING = 1


class Courses:
    """Every course, and which sets of them fill the gap between a person and a job."""

    def __init__(self, setting: Setting, stock: Stock) -> None:
        self._setting = setting
        registered = [(row, _register(row, stock)) for row in setting.region.courses]
        # A course that has begun takes nobody any more.
        today = setting.region.date
        self._rows = tuple(pair for pair in registered if pair[0].starts_on >= today)
        # Level needed to take part and level reached, as numbers.
        self._dutch_courses = tuple(
            (LEVELS.index(row.from_level), LEVELS.index(Level(row.teaches)), item)
            for row, item in self._rows
            if row.kind is CourseKind.DUTCH_COURSE and row.from_level is not None
        )
        self._cache: dict[tuple[object, ...], tuple[tuple[int, ...], ...]] = {}
        self._no_dutch: dict[Levels, Flags] = {}
        self._dutch_after: dict[Levels, list[tuple[Levels, int]]] = {}
        self._taught_skills = setting.skills.mask(self._codes(CourseKind.SKILL_COURSE))
        self._taught_licences = setting.licences.mask(self._codes(CourseKind.DRIVING_LICENCE))

    def bundles(
        self, levels: Levels, skills: int, licences: int, demand: Demand
    ) -> tuple[tuple[int, ...], ...]:
        """Smallest sets of courses after which a person meets a demand.

        Parameters
        ----------
        levels : tuple of int
            Levels of Dutch of the person.
        skills, licences : int
            Bits that the person has.
        demand : Demand
            What the job asks.

        Returns
        -------
        tuple of tuple of int
            Item bundles; ``((),)`` when nothing is missing, ``()`` when no courses help.
            One course for Dutch, one per missing skill and one per missing licence.
        """
        asked = demand.levels if falls_short(levels, demand.levels) else None
        key = (
            levels if asked else None,
            asked,
            demand.skills & ~skills,
            demand.licences & ~licences,
        )
        if key not in self._cache:
            self._cache[key] = tuple(self._combine(*key))
        return self._cache[key]

    def untaught(self, levels: Levels, skills: int, licences: int) -> dict[CourseKind, Flags]:
        """Demands, one flag each, for which a person would need a course that nobody gives."""
        setting = self._setting
        return {
            CourseKind.DUTCH_COURSE: self._without_dutch(levels),
            CourseKind.SKILL_COURSE: setting.missing_skills.of(skills | self._taught_skills),
            CourseKind.DRIVING_LICENCE: setting.missing_licences.of(
                licences | self._taught_licences
            ),
        }

    def _without_dutch(self, levels: Levels) -> Flags:
        if levels not in self._no_dutch:
            flags = [
                falls_short(levels, demand.levels) and not self._dutch(levels, demand.levels)
                for demand in self._setting.demands
            ]
            self._no_dutch[levels] = np.array(flags, bool)
        return self._no_dutch[levels]

    def _codes(self, kind: CourseKind) -> list[str]:
        return [row.teaches for row, _ in self._rows if row.kind is kind]

    def _combine(
        self, levels: Levels | None, asked: Levels | None, skills: int, licences: int
    ) -> Iterator[tuple[int, ...]]:
        choices = [self._dutch(levels, asked)] if levels and asked else []
        for code in self._setting.skills.words_of(skills):
            choices.append(self._teaching(CourseKind.SKILL_COURSE, code))
        for code in self._setting.licences.words_of(licences):
            choices.append(self._teaching(CourseKind.DRIVING_LICENCE, code))
        yield from product(*choices)

    def _dutch(self, levels: Levels, asked: Levels) -> list[int]:
        if levels not in self._dutch_after:
            self._dutch_after[levels] = [
                (_after(levels, reached), item)
                for needed, reached, item in self._dutch_courses
                if needed <= levels[SPEAKING]
            ]
        return [item for after, item in self._dutch_after[levels] if not falls_short(after, asked)]

    def _teaching(self, kind: CourseKind, code: str) -> list[int]:
        return [item for row, item in self._rows if row.kind is kind and row.teaches == code]


def falls_short(levels: Levels, asked: Levels) -> bool:
    """Whether some level of Dutch is lower than asked."""
    # Written out: asked for every person and demand, a generator takes four times as long.
    return (
        levels[0] < asked[0] or levels[1] < asked[1] or levels[2] < asked[2] or levels[3] < asked[3]
    )


def _after(levels: Levels, reached: int) -> Levels:
    first, second, third, fourth = (max(level, reached) for level in levels)
    return first, second, third, fourth


def _register(row: Course, stock: Stock) -> int:
    kind = LeverKind(row.kind)
    resource = stock.add_resource(Resource(row.id, kind, row.id, row.name, "", row.capacity))
    ready = row.starts_on + timedelta(weeks=row.weeks)
    return stock.item(
        Item(kind, row.id, row.name, ((resource, 1),), ready.toordinal(), row.cost_eur)
    )
