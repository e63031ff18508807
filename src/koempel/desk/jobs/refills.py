"""The buttons of the week editor: hours to start from, and a day or a week taken over."""

from collections.abc import Iterator
from dataclasses import dataclass

from koempel.desk.jobs.weeks import (
    DAYS,
    STRETCHES,
    WEEKS,
    WORKDAYS,
    Grid,
    Place,
    Times,
    grid_of,
)
from koempel.region.rows import Day
from koempel.region.windows import parse_rotation


@dataclass(frozen=True, slots=True)
class Preset:
    """Hours that many jobs have, to start from with one click."""

    key: str
    title: str
    notation: str


PRESETS = (
    Preset("dag", "Overdag", "Mo-Fr 08:00-16:30"),
    Preset("vroeg", "Vroege shift", "Mo-Fr 06:00-14:00"),
    Preset("laat", "Late shift", "Mo-Fr 14:00-22:00"),
    Preset("nacht", "Nacht", "Mo-Fr 22:00-06:00"),
    Preset("twee", "Twee ploegen", "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00"),
    Preset("drie", "Drie ploegen", "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00 | Mo-Fr 22:00-06:00"),
    Preset("voormiddag", "Voormiddagen", "Mo-Fr 08:30-12:30"),
    Preset("school", "Schooluren", "Mo,Tu,Th,Fr 09:00-15:00; We 09:00-12:00"),
    Preset("weekend", "Weekend", "Sa,Su 08:00-18:00"),
    Preset("leeg", "Wis alles", "off"),
)
WORKWEEK, DAY, WEEK = "kopie-", "dag-", "week-"
"""What the other buttons begin with: the first day for all workdays, a day like the one before
it, a week like the one before it. The name of the week follows, and of the day."""


def refilled(grid: Grid, what: str) -> Grid:
    """The editor after one of its buttons; an unknown button changes nothing.

    Examples
    --------
    >>> copied = refilled({("A", Day.TU, 0): ("7:00", "12:00")}, "kopie-A")
    >>> [day.value for _, day, _ in copied]
    ['Mo', 'Tu', 'We', 'Th', 'Fr']
    """
    for preset in PRESETS:
        if preset.key == what:
            return grid_of(parse_rotation(preset.notation))
    for start, taken_over in ((WORKWEEK, _workweek), (DAY, _day), (WEEK, _week)):
        if what.startswith(start):
            return taken_over(grid, what.removeprefix(start))
    return grid


def _workweek(grid: Grid, week: str) -> Grid:
    days = [day for day in DAYS if any((week, day, number) in grid for number in range(STRETCHES))]
    if not days:
        return grid
    kept = {key: times for key, times in grid.items() if key[0] != week or key[1] not in WORKDAYS}
    return kept | {
        place: times for day in WORKDAYS for place, times in _moved(grid, week, days[0], day)
    }


def _day(grid: Grid, place: str) -> Grid:
    week, _, name = place.partition("-")
    index = DAYS.index(Day(name)) if name in set(DAYS) else 0
    if not index:
        return grid
    kept = {key: times for key, times in grid.items() if key[:2] != (week, DAYS[index])}
    return kept | dict(_moved(grid, week, DAYS[index - 1], DAYS[index]))


def _moved(grid: Grid, week: str, source: Day, target: Day) -> Iterator[tuple[Place, Times]]:
    """The stretches of a day, on another day."""
    for number in range(STRETCHES):
        if (week, source, number) in grid:
            yield (week, target, number), grid[week, source, number]


def _week(grid: Grid, week: str) -> Grid:
    index = WEEKS.find(week)
    if index < 1:
        return grid
    kept = {key: times for key, times in grid.items() if key[0] != week}
    return kept | {
        (week, day, number): times
        for (name, day, number), times in grid.items()
        if name == WEEKS[index - 1]
    }
