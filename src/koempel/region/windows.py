"""The week in minutes, and windows in it.

A week has 10,080 minutes and starts on Monday at 00:00. A window is a half-open stretch
``[start, start + length)`` with ``0 <= start < 10080``; one that passes Sunday midnight runs on
into the next week's Monday. The notation is OpenStreetMap's ``opening_hours``, read by a kept
parser; only what is the same every week is accepted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

# The package's type stub forgets its own exception.
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

WEEK_MIN = 7 * 24 * 60
DAY_MIN = 24 * 60

_LONGEST_TEXT = 1_000
_MONDAY = datetime(2029, 1, 1)  # noqa: DTZ001 - any Monday will do; a week has no time zone
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAYS_NL = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_Piece: TypeAlias = tuple[int, int, int]


class WindowsError(ValueError):
    """The text is no set of weekly windows; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Weekly windows: sorted pairs (start, length) in minutes, none touching another.

    Spans may be given in any order, overlapping or past the end of the week; they are joined.

    Parameters
    ----------
    spans : iterable of (int, int)
        Start in minutes of the week and length in minutes.

    Raises
    ------
    ValueError
        When a length is not positive.

    Examples
    --------
    >>> Windows(((600, 60), (540, 60))).spans
    ((540, 120),)
    >>> Windows(((9960, 120), (0, 240))).spans
    ((9960, 360),)
    """

    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", _joined(self.spans))

    def __str__(self) -> str:
        return _notation(self.spans)

    @property
    def minutes(self) -> int:
        """Minutes a week inside the windows."""
        return sum(length for _, length in self.spans)

    def around(self, start: int, length: int) -> tuple[int, int] | None:
        """How long the span around a window is open before and after it.

        Parameters
        ----------
        start, length : int
            The window, in minutes of the week; it may pass Sunday midnight.

        Returns
        -------
        (int, int) or None
            Minutes open before the start and after the end, a whole week each when it never
            closes; None when no single span holds the window.

        Examples
        --------
        >>> parse_windows("Mo 06:00-18:00").around(8 * 60, 8 * 60)
        (120, 120)
        """
        if self == ALWAYS:
            return WEEK_MIN, WEEK_MIN
        for first, span in self.spans:
            lead = (start - first) % WEEK_MIN
            if lead + length <= span:
                return lead, span - lead - length
        return None

    def overlaps(self, start: int, length: int) -> bool:
        """Whether any minute of the window lies inside."""
        for first, span in self.spans:
            if (start - first) % WEEK_MIN < span or (first - start) % WEEK_MIN < length:
                return True
        return False

    def union(self, other: "Windows") -> "Windows":
        """What lies in either."""
        return Windows(self.spans + other.spans)

    def minus(self, other: "Windows") -> "Windows":
        """What lies in this one and not in the other."""
        return self._rest().union(other)._rest()

    def _rest(self) -> "Windows":
        if not self.spans:
            return ALWAYS
        ends = [start + length for start, length in self.spans]
        starts = [start for start, _ in self.spans[1:]] + [self.spans[0][0] + WEEK_MIN]
        return Windows(tuple((a, b - a) for a, b in zip(ends, starts, strict=True) if b > a))


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[list[int]] = []
    for start, end in sorted(_unrolled(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    if len(joined) > 1 and joined[0][0] == 0 and joined[-1][1] == WEEK_MIN:
        joined[-1][1] += joined.pop(0)[1]
    return tuple((start, end - start) for start, end in joined)


def _unrolled(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, length in spans:
        if length <= 0:
            raise ValueError(f"a window of {length} minutes; it must be longer than 0")
        first = start % WEEK_MIN
        end = first + min(length, WEEK_MIN)
        yield first, min(end, WEEK_MIN)
        if end > WEEK_MIN:
            yield 0, end - WEEK_MIN


ALWAYS = Windows(((0, WEEK_MIN),))


_FORBIDDEN = (
    (re.compile(r"\b(PH|SH|easter)\b", re.I), "hangt af van feestdagen of vakanties"),
    (re.compile(r"\b(sunrise|sunset|dawn|dusk)\b", re.I), "hangt af van de zon"),
    (
        re.compile(r"\b(week|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d{4})\b|\[", re.I),
        "geldt niet elke week",
    ),
    (re.compile(r"\+"), "heeft geen einduur"),
    (re.compile(r"\bunknown\b|\"", re.I), "is niet zeker (unknown of een opmerking)"),
)
_WORDS = re.compile(r"(24/7|off|closed|open|Mo|Tu|We|Th|Fr|Sa|Su|\d{1,2}:\d\d|[-,; ])+", re.I)
_RANGE = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")


@lru_cache(maxsize=50_000)
def parse_windows(text: str) -> Windows:
    """Read weekly windows in OpenStreetMap's notation.

    Parameters
    ----------
    text : str
        Such as ``Mo-Fr 06:00-14:00``; a window may pass midnight.

    Returns
    -------
    Windows
        The windows; ``off`` has none.

    Raises
    ------
    WindowsError
        When the text cannot be read, is not the same every week, or may mean two things.

    Examples
    --------
    >>> parse_windows("Mo,We 22:00-06:00").spans
    ((1320, 480), (4200, 480))
    """
    _refuse_irregular(text)
    _refuse_ambiguous(text)
    try:
        return Windows(tuple(_open_stretches(OpeningHours(text))))
    except ParserError:
        raise WindowsError("is niet te lezen") from None


def parse_rotation(text: str) -> tuple[Windows, ...]:
    """Read the weeks of a rotation, parted by ``|``.

    Raises
    ------
    WindowsError
        When one of the weeks cannot be read.

    Examples
    --------
    >>> [str(week) for week in parse_rotation("Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00")]
    ['Mo-Fr 06:00-14:00', 'Mo-Fr 14:00-22:00']
    """
    return tuple(parse_windows(week.strip()) for week in text.split("|"))


def _refuse_irregular(text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise WindowsError(f"is langer dan {_LONGEST_TEXT} tekens")
    for pattern, why in _FORBIDDEN:
        if pattern.search(text):
            raise WindowsError(why)
    if not _WORDS.fullmatch(text):
        raise WindowsError("is niet te lezen")


def _refuse_ambiguous(text: str) -> None:
    ranges = [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in _RANGE.findall(text)]
    if any(start == end for start, end in ranges):
        raise WindowsError("heeft een venster zonder lengte")
    # A rule after a semicolon replaces the whole day, the tail of the night before included.
    if ";" in text and any(end < start or end > DAY_MIN for start, end in ranges):
        raise WindowsError(
            "heeft een nacht en een puntkomma; zet een komma, anders valt een stuk nacht weg"
        )


def _open_stretches(hours: OpeningHours) -> Iterator[tuple[int, int]]:
    for start, end, state, _ in hours.intervals(_MONDAY, _MONDAY + timedelta(minutes=WEEK_MIN)):
        if str(state) == "open":
            yield _minutes(start - _MONDAY), _minutes(end - start)


def _minutes(stretch: timedelta) -> int:
    return stretch // timedelta(minutes=1)


@lru_cache(maxsize=50_000)
def _notation(spans: tuple[tuple[int, int], ...]) -> str:
    if not spans:
        return "off"
    if spans == ALWAYS.spans:
        return "24/7"
    pieces = (piece for span in spans for piece in _at_most_a_day(*span))
    return ", ".join(
        f"{_day_list(days)} {','.join(_range(a, b) for a, b in ranges)}"
        for days, ranges in _by_days(pieces)
    )


def _at_most_a_day(start: int, length: int) -> Iterator[_Piece]:
    day, first = divmod(start, DAY_MIN)
    if length <= DAY_MIN:
        yield day % 7, first, first + length
        return
    yield day % 7, first, DAY_MIN
    yield from _at_most_a_day((day + 1) * DAY_MIN, length - DAY_MIN + first)


def _by_days(pieces: Iterable[_Piece]) -> list[tuple[list[int], tuple[tuple[int, int], ...]]]:
    ranges_of: dict[int, tuple[tuple[int, int], ...]] = {}
    for day, first, last in sorted(pieces):
        ranges_of[day] = (*ranges_of.get(day, ()), (first, last))
    days_of: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, ranges in ranges_of.items():
        days_of.setdefault(ranges, []).append(day)
    return [(days, ranges) for ranges, days in days_of.items()]


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _day_list(days: list[int]) -> str:
    return ",".join(
        _DAYS[run[0]] if len(run) == 1 else f"{_DAYS[run[0]]}-{_DAYS[run[-1]]}"
        for run in _runs(days)
    )


def _range(start: int, end: int) -> str:
    # An end at the clock time of the start would read as no time at all: 10:00-34:00.
    past_midnight = end > DAY_MIN and end - start < DAY_MIN
    return f"{_clock(start)}-{_clock(end - DAY_MIN if past_midnight else end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def in_words(windows: Windows) -> str:
    """The windows in Dutch, for people.

    Examples
    --------
    >>> in_words(parse_windows("Mo-Fr 06:30-14:15, Sa 08:00-12:00"))
    'maandag tot vrijdag van 6.30 tot 14.15 uur; zaterdag van 8 tot 12 uur'
    """
    if not windows.spans:
        return "nooit"
    if windows == ALWAYS:
        return "dag en nacht, elke dag"
    long = [span for span in windows.spans if _needs_both_days(*span)]
    short = [span for span in windows.spans if not _needs_both_days(*span)]
    pieces = (piece for span in short for piece in _at_most_a_day(*span))
    groups = [f"{_days_in_words(days)} {_hours(ranges)}" for days, ranges in _by_days(pieces)]
    return "; ".join(groups + [_stretch_in_words(*span) for span in long])


def _needs_both_days(start: int, length: int) -> bool:
    whole_days = start % DAY_MIN == 0 and length % DAY_MIN == 0
    return length >= DAY_MIN and not whole_days


def _days_in_words(days: list[int]) -> str:
    if len(days) == 7:
        return "elke dag"
    names: list[str] = []
    for run in _runs(days):
        if len(run) < 3:
            names += [_DAYS_NL[day] for day in run]
        else:
            names.append(f"{_DAYS_NL[run[0]]} tot {_DAYS_NL[run[-1]]}")
    return " en ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _hours(ranges: tuple[tuple[int, int], ...]) -> str:
    if ranges == ((0, DAY_MIN),):
        return "de hele dag"
    return " en ".join(f"van {_hour(a)} tot {_hour(b)} uur" for a, b in ranges)


def _hour(minute: int) -> str:
    shown = minute if minute <= DAY_MIN else minute - DAY_MIN
    return f"{shown // 60}.{shown % 60:02}" if shown % 60 else f"{shown // 60}"


def _stretch_in_words(start: int, length: int) -> str:
    return f"van {_moment(start)} tot {_moment((start + length) % WEEK_MIN)}"


def _moment(minute: int) -> str:
    return f"{_DAYS_NL[minute // DAY_MIN]} {_hour(minute % DAY_MIN)} uur"
