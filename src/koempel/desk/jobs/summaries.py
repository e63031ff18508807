"""The hours that are typed, in words: each week, the average, and rest that is too short."""

from collections.abc import Mapping
from dataclasses import dataclass

from koempel.desk.jobs.weeks import (
    Place,
    Rest,
    Shift,
    Times,
    WeekError,
    hours_per_week,
    shifts_of,
    short_rests,
)
from koempel.region import dutch
from koempel.region.windows import Windows, in_words


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week: its name when there are several, its hours in words and how many they are."""

    name: str
    words: str
    hours: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What is typed, as somebody would say it; `average` only when weeks take turns."""

    weeks: list[WeekLine]
    average: str
    rests: list[str]


def summary_of(grid: Mapping[Place, Times], *, least_rest_hours: float) -> Summary | None:
    """The words for what is typed; None while something is missing or wrong.

    Examples
    --------
    >>> from koempel.region.rows import Day
    >>> found = summary_of({("A", Day.MO, 0): ("22:00", "6:00")}, least_rest_hours=11)
    >>> found.weeks
    [WeekLine(name='', words='Maandag van 22 tot 6 uur', hours='8 uren')]
    """
    try:
        weeks = shifts_of(grid)
    except WeekError:
        return None
    several = len(weeks) > 1
    lines = [_line(week, several=several) for week in weeks]
    average = _hours(hours_per_week(tuple(map(_windows, weeks)))) if several else ""
    rests = [_rest(each, least_rest_hours) for each in short_rests(weeks, least_rest_hours)]
    return Summary(lines, average, rests)


def _line(week: list[Shift], *, several: bool) -> WeekLine:
    windows = _windows(week)
    name = f"Week {week[0].week}" if several else ""
    return WeekLine(name, dutch.capital(in_words(windows)), _hours(windows.minutes / 60))


def _windows(week: list[Shift]) -> Windows:
    return Windows(tuple((shift.start, shift.length) for shift in week))


def _hours(hours: float) -> str:
    return f"{dutch.trimmed(hours)} {'uur' if hours == 1 else 'uren'}"


def _rest(rest: Rest, least_hours: float) -> str:
    return (
        f"Tussen {rest.before} en {rest.after} is er maar {dutch.trimmed(rest.hours)} uur rust. "
        f"De wet vraagt {dutch.trimmed(least_hours)} uur."
    )
