"""The weeks of a rotation: from the fields of an editor and back, their hours and kinds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from koempel.desk.jobs.enums import ShiftKind
from koempel.errors import KoempelError
from koempel.region.rows import Day
from koempel.region.windows import DAY_MIN, WEEK_MIN, Windows, parse_rotation, parse_windows

DAYS = tuple(Day)
WORKDAYS = DAYS[:5]
DAY_WORDS = {
    Day.MO: "maandag",
    Day.TU: "dinsdag",
    Day.WE: "woensdag",
    Day.TH: "donderdag",
    Day.FR: "vrijdag",
    Day.SA: "zaterdag",
    Day.SU: "zondag",
}
WEEKS = "ABC"
STRETCHES = 2
"""How many stretches of work a day can have in the editor."""

LONGEST_MIN = 16 * 60
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.,uh]?([0-5][0-9]))?[uh]?")
"""As people type it: 6, 6:30, 6.30, 6u30, 0630."""

_NIGHT = parse_windows("Mo-Su 00:00-05:00")

Times = tuple[str, str]
"""From and until, as typed."""

Grid = dict[tuple[str, Day, int], Times]
"""What is typed: week, day and stretch of the day, with its times; what is empty is left out."""


class WeekError(KoempelError):
    """Something in the editor that cannot be; the message is Dutch."""


def rotation_of(grid: Mapping[tuple[str, Day, int], Times]) -> tuple[Windows, ...]:
    """The weeks that are typed, empty weeks left out.

    Raises
    ------
    WeekError
        When a time is missing or cannot be read, a stretch is too long or overlaps another, or
        nothing is typed at all.

    Examples
    --------
    >>> [str(week) for week in rotation_of({("A", Day.MO, 0): ("22:00", "06:00")})]
    ['Mo 22:00-06:00']
    """
    weeks = [_week(grid, week) for week in WEEKS]
    filled = tuple(week for week in weeks if week.spans)
    if not filled:
        raise WeekError("Vul de uren van minstens één dag in.")
    return filled


def _week(grid: Mapping[tuple[str, Day, int], Times], week: str) -> Windows:
    spans = []
    for (name, day, _), times in grid.items():
        if name == week and any(times):
            spans.append(_span(day, times, f"{DAY_WORDS[day]}, week {week}"))
    windows = Windows(tuple(spans))
    if windows.minutes < sum(length for _, length in spans):
        raise WeekError(f"In week {week} overlappen twee stukken werk.")
    return windows


def _span(day: Day, times: Times, where: str) -> tuple[int, int]:
    if not all(times):
        missing = "beginuur" if not times[0] else "einduur"
        raise WeekError(f"Vul ook het {missing} in ({where}).")
    start, end = (_minute(text, where) for text in times)
    length = (end - start) % DAY_MIN
    if not length:
        raise WeekError(f"Begin en einde zijn gelijk ({where}).")
    if length > LONGEST_MIN:
        raise WeekError(f"Een stuk werk duurt hoogstens 16 uur ({where}).")
    return DAYS.index(day) * DAY_MIN + start, length


def _minute(text: str, where: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    if found:
        minute = int(found[1]) * 60 + int(found[2] or 0)
        if minute <= DAY_MIN:
            return minute
    raise WeekError(f"«{text[:10]}» is geen uur, zoals 6:00 of 14:30 ({where}).")


def grid_of(rotation: Iterable[Windows]) -> Grid:
    """Weeks as the editor shows them.

    Examples
    --------
    >>> grid_of([parse_windows("Mo 22:00-06:00")])
    {('A', <Day.MO: 'Mo'>, 0): ('22:00', '06:00')}
    """
    grid: Grid = {}
    for week, windows in zip(WEEKS, rotation, strict=False):
        for start, length in windows.spans:
            day = DAYS[start // DAY_MIN]
            stretch = sum((week, day, number) in grid for number in range(STRETCHES))
            grid[week, day, stretch] = (_clock(start), _clock(start + length))
    return grid


def _clock(minute: int) -> str:
    return f"{minute % DAY_MIN // 60:02}:{minute % 60:02}"


def hours_per_week(rotation: tuple[Windows, ...]) -> float:
    """Hours a week on average over the weeks, rounded to quarters.

    Examples
    --------
    >>> hours_per_week((parse_windows("Mo-Fr 06:00-14:00"), parse_windows("Mo-Fr 14:00-21:00")))
    37.5
    """
    return round(sum(week.minutes for week in rotation) / len(rotation) / 15) / 4


def later(rotation: tuple[Windows, ...], minutes: int) -> tuple[Windows, ...]:
    """The same shifts, some minutes later.

    Examples
    --------
    >>> [str(week) for week in later((parse_windows("Mo-Fr 06:00-14:00"),), 30)]
    ['Mo-Fr 06:30-14:30']
    """
    return tuple(
        Windows(tuple(((start + minutes) % WEEK_MIN, length) for start, length in week.spans))
        for week in rotation
    )


def shift_kinds(rotation: tuple[Windows, ...]) -> list[ShiftKind]:
    """What the shifts look like; plain day work when nothing else is said.

    Examples
    --------
    >>> [kind.value for kind in shift_kinds((parse_windows("Mo-Fr 06:00-14:00"),))]
    ['EARLY']
    """
    spans = [span for week in rotation for span in week.spans]
    starts = [start % DAY_MIN for start, _ in spans]
    ends = [start % DAY_MIN + length for start, length in spans]
    night = any(_NIGHT.overlaps(*span) for span in spans)
    found = {
        ShiftKind.ROTATION: len(set(rotation)) > 1,
        ShiftKind.EARLY: any(5 * 60 <= start < 7 * 60 for start in starts),
        ShiftKind.LATE: any(end > 20 * 60 for end in ends) and not night,
        ShiftKind.NIGHT: night,
        ShiftKind.WEEKEND: any(start >= 5 * DAY_MIN for start, _ in spans),
    }
    kinds = [kind for kind, is_so in found.items() if is_so]
    return kinds or [ShiftKind.DAY]


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
    Preset("twee", "Twee ploegen", "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00"),
    Preset("drie", "Drie ploegen", "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00 | Mo-Fr 22:00-06:00"),
    Preset("leeg", "Wis alles", "off"),
)
COPY = "kopie-"
"""Before the name of a week: copy its first day to all workdays."""


def refilled(grid: Grid, what: str) -> Grid:
    """The editor after one of its buttons: a preset, or a day copied to all workdays.

    An unknown button changes nothing.

    Examples
    --------
    >>> copied = refilled({("A", Day.TU, 0): ("7:00", "12:00")}, "kopie-A")
    >>> [day.value for _, day, _ in copied]
    ['Mo', 'Tu', 'We', 'Th', 'Fr']
    """
    for preset in PRESETS:
        if preset.key == what:
            return grid_of(parse_rotation(preset.notation))
    return _copied(grid, what.removeprefix(COPY)) if what.startswith(COPY) else grid


def _copied(grid: Grid, week: str) -> Grid:
    days = [day for day in DAYS if any((week, day, number) in grid for number in range(STRETCHES))]
    if not days:
        return grid
    kept = {key: times for key, times in grid.items() if key[0] != week or key[1] not in WORKDAYS}
    copies = {
        (week, day, number): grid[week, days[0], number]
        for day in WORKDAYS
        for number in range(STRETCHES)
        if (week, days[0], number) in grid
    }
    return kept | copies
