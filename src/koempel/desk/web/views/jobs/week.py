"""The drawing of a week of shifts, with the table beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.desk.jobs.weeks import DAY_WORDS, DAYS, WEEKS
from koempel.region.windows import DAY_MIN, WEEK_MIN, Windows

_LEFT, _TOP = 40, 36
_COLUMN = 77
_BAR = 54
_HEIGHT = 160
_WIDTH = _LEFT + 7 * _COLUMN
_HOURS = (0, 6, 12, 18, 24)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the table: its name and hours in words."""

    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class WeekPlot:
    """A week as a drawing and as a table."""

    title: str
    drawing: SafeString
    caption: str
    lines: Sequence[DayLine]


def week_plots(rotation: Sequence[Windows]) -> list[WeekPlot]:
    """One drawing per week; a single week needs no name."""
    is_rotation = len(rotation) > 1
    return [
        _plot(f"Week {name}" if is_rotation else "", windows)
        for name, windows in zip(WEEKS, rotation, strict=False)
    ]


def _plot(title: str, windows: Windows) -> WeekPlot:
    caption = f"Uren van {title.lower() or 'de week'}"
    return WeekPlot(title, _drawing(windows, caption), caption, list(_lines(windows)))


def _lines(windows: Windows) -> Iterator[DayLine]:
    for index, day in enumerate(DAYS):
        starting = [span for span in windows.spans if span[0] // DAY_MIN == index]
        if starting:
            hours = " en ".join(
                f"{_clock(start)}–{_clock(start + long)}" for start, long in starting
            )
            yield DayLine(DAY_WORDS[day], hours)


def _clock(minute: int) -> str:
    minute = minute % DAY_MIN
    return f"{minute // 60}.{minute % 60:02}"


def _drawing(windows: Windows, caption: str) -> SafeString:
    parts = [*map(_hour, _HOURS), *map(_name, range(7)), *map(_block, _pieces(windows))]
    return format_html(
        '<svg class="dr" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDTH,
        _TOP + _HEIGHT + 8,
        f"{caption}. De tabel ernaast zegt hetzelfde.",
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _hour(hour: int) -> SafeString:
    y = _y(hour * 60)
    return format_html(
        '<path class="s-line" d="M{} {}H{}"/><text class="m e" x="{}" y="{}">{}</text>',
        *(_LEFT, y, _WIDTH, _LEFT - 8, y + 4, hour),
    )


def _name(index: int) -> SafeString:
    middle = _LEFT + (index + 0.5) * _COLUMN
    return format_html(
        '<text class="c b" x="{}" y="16">{}</text>', middle, DAY_WORDS[DAYS[index]][:2]
    )


def _pieces(windows: Windows) -> Iterator[tuple[int, int, int]]:
    """Stretches cut at midnight: day, first minute and last minute."""
    for start, length in windows.spans:
        here, end = start, start + length
        while here < end:
            stop = min(end, (here // DAY_MIN + 1) * DAY_MIN)
            day, first = divmod(here % WEEK_MIN, DAY_MIN)
            yield day, first, first + stop - here
            here = stop


def _block(piece: tuple[int, int, int]) -> SafeString:
    day, first, last = piece
    left = _LEFT + day * _COLUMN + (_COLUMN - _BAR) / 2
    height = round(_HEIGHT * (last - first) / DAY_MIN, 1)
    return format_html(
        '<rect class="f-pine" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        *(left, _y(first), _BAR, height),
    )


def _y(minute: int) -> float:
    return round(_TOP + _HEIGHT * minute / DAY_MIN, 1)
