"""The weeks of a rotation: from the fields of an editor and back, their hours and kinds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koempel.desk.jobs.enums import ShiftKind
from koempel.errors import KoempelError
from koempel.region import dutch
from koempel.region.rows import Day
from koempel.region.windows import DAY_MIN, WEEK_MIN, Windows, parse_windows

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

Place = tuple[str, Day, int]
"""Week, day and stretch of the day."""

Grid = dict[Place, Times]
"""What is typed; what is empty is left out."""


class WeekError(KoempelError):
    """What is wrong in the editor, all of it; the messages are Dutch."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = tuple(messages)
        super().__init__(" ".join(messages))


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of work as typed; `start` and `length` in minutes of the week."""

    week: str
    day: Day
    start: int
    length: int

    @property
    def end(self) -> int:
        """Minute of the week at which it ends; past the end of the week for a Sunday night."""
        return self.start + self.length

    def __str__(self) -> str:
        return f"{DAY_WORDS[self.day]} {_clock(self.start)}–{_clock(self.end)}"


def rotation_of(grid: Mapping[Place, Times]) -> tuple[Windows, ...]:
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
    weeks = shifts_of(grid)
    return tuple(Windows(tuple((each.start, each.length) for each in week)) for week in weeks)


def shifts_of(grid: Mapping[Place, Times]) -> list[list[Shift]]:
    """The stretches of work of each week that is not empty, in order.

    Raises
    ------
    WeekError
        See `rotation_of`.
    """
    faults: list[str] = []
    weeks = [_week(grid, week, faults) for week in WEEKS]
    filled = [week for week in weeks if week]
    if not filled and not faults:
        faults.append("Vul de uren van minstens één dag in.")
    if faults:
        raise WeekError(faults)
    return filled


def _week(grid: Mapping[Place, Times], week: str, faults: list[str]) -> list[Shift]:
    shifts = []
    for place in sorted((p for p in grid if p[0] == week), key=lambda p: (DAYS.index(p[1]), p[2])):
        if any(grid[place]):
            try:
                shifts.append(_shift(week, place[1], grid[place]))
            except ValueError as error:
                faults.append(str(error))
    shifts.sort(key=lambda shift: shift.start)
    faults.extend(_overlaps(shifts, week))
    return shifts


def _overlaps(shifts: Sequence[Shift], week: str) -> Iterator[str]:
    """Each pair that overlaps; a Sunday night runs into the Monday of the same week."""
    for index, shift in enumerate(shifts):
        after = shifts[(index + 1) % len(shifts)]
        starts = after.start + (WEEK_MIN if index + 1 == len(shifts) else 0)
        if shift.end > starts and len(shifts) > 1:
            yield f"In week {week} overlappen {shift} en {after}."


def _shift(week: str, day: Day, times: Times) -> Shift:
    where = f"{DAY_WORDS[day]}, week {week}"
    if not all(times):
        missing = "beginuur" if not times[0] else "einduur"
        raise ValueError(f"Vul ook het {missing} in ({where}).")
    start, end = (_minute(text, where) for text in times)
    length = (end - start) % DAY_MIN
    if not length:
        raise ValueError(f"Begin en einde zijn gelijk ({where}).")
    if length > LONGEST_MIN:
        raise ValueError(
            f"Van {_clock(start)} tot {_clock(end)} is {dutch.trimmed(length / 60)} uur. Een stuk "
            f"werk duurt hoogstens {LONGEST_MIN // 60} uur ({where})."
        )
    return Shift(week, day, DAYS.index(day) * DAY_MIN + start, length)


def _minute(text: str, where: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    if found:
        minute = int(found[1]) * 60 + int(found[2] or 0)
        if minute <= DAY_MIN:
            return minute
    raise ValueError(f"«{text[:10]}» is geen uur, zoals 6:00 of 14:30 ({where}).")


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest between the work of two days, in hours."""

    before: Shift
    after: Shift
    hours: float


def short_rests(weeks: Sequence[Sequence[Shift]], least_hours: float) -> list[Rest]:
    """Where there are fewer hours between the work of two days than the law asks.

    The weeks come round: the last one is followed by the first.

    Examples
    --------
    >>> late, early = ("14:00", "22:00"), ("6:00", "14:00")
    >>> weeks = shifts_of({("A", Day.MO, 0): late, ("A", Day.TU, 0): early})
    >>> [(str(rest.before), rest.hours) for rest in short_rests(weeks, 11)]
    [('maandag 14:00–22:00', 8.0)]
    """
    offset = {week[0].week: number * WEEK_MIN for number, week in enumerate(weeks)}
    shifts = [shift for week in weeks for shift in week]
    found = []
    for shift, after in zip(shifts, [*shifts[1:], *shifts[:1]], strict=True):
        gap = offset[after.week] + after.start - offset[shift.week] - shift.end
        rest = Rest(shift, after, gap % (len(weeks) * WEEK_MIN) / 60)
        if (shift.week, shift.day) != (after.week, after.day) and rest.hours < least_hours:
            found.append(rest)
    return found


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


LEAST_HOURS, MOST_HOURS = 1, 60
"""Of a week of work."""


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
