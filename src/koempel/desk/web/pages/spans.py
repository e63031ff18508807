"""Stretches of days over the months as inline SVG; a table with the same days stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.desk.web.pages.values import Tone

_WIDTH, _LEFT, _TOP, _ROW, _BAR = 800, 168, 26, 48, 15
_MOST_MONTHS = 18
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


class Mark(StrEnum):
    """How a stretch looks; the value is its class in the style."""

    HERE = "f-care"
    NEXT = "f-soft"
    GAP = "f-gap dash"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days, both ends with it."""

    first: date
    last: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the drawing: a name with a note below it, and stretches on two heights."""

    name: str
    note: str
    tone: Tone
    upper: Sequence[Bar]
    lower: Sequence[Bar]


def spans(rows: Sequence[Row], *, first: date, caption: str) -> SafeString:
    """Draw some rows from the month of a day on, as far as they reach and a year and a half."""
    start = first.replace(day=1)
    ends = [bar.last for row in rows for bar in (*row.upper, *row.lower)]
    last = max([first, *ends])
    months = _months(start, last)
    scale = _Scale(start, months[-1])
    height = _TOP + _ROW * len(rows)
    inner = [_month(month, scale, height) for month in months[:-1]]
    inner += [_row(row, scale, _TOP + _ROW * number) for number, row in enumerate(rows)]
    return format_html(
        '<svg class="dr spans" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, height, f"{caption}. De tabel eronder heeft dezelfde dagen."),
        format_html_join("", "{}", ((part,) for part in inner)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    end: date

    def x(self, day: date) -> float:
        within = min(max(day, self.start), self.end)
        share = (within - self.start).days / (self.end - self.start).days
        return _LEFT + (_WIDTH - _LEFT) * share


def _months(start: date, last: date) -> list[date]:
    """Firsts of months, up to the one after the last day."""
    found = [start]
    while found[-1] <= last and len(found) <= _MOST_MONTHS:
        found.append((found[-1] + timedelta(days=32)).replace(day=1))
    return found


def _month(month: date, scale: _Scale, height: int) -> SafeString:
    x = scale.x(month)
    return format_html(
        '<path class="s-line" d="M{} {}V{}"/><text class="m" x="{}" y="12">{}</text>',
        *(f"{x:.1f}", _TOP - 6, height, f"{x + 2:.1f}", _MONTHS[month.month - 1]),
    )


def _row(row: Row, scale: _Scale, y: int) -> SafeString:
    bars = [(bar, y) for bar in row.upper] + [(bar, y + _BAR + 4) for bar in row.lower]
    return format_html(
        '<text class="b" x="0" y="{}">{}</text><text class="{}" x="0" y="{}">{}</text>{}',
        *(y + 12, row.name, row.tone.value or "m", y + 29, row.note),
        format_html_join("", "{}", ((_bar(bar, scale, top),) for bar, top in bars)),
    )


def _bar(bar: Bar, scale: _Scale, y: int) -> SafeString:
    left, right = scale.x(bar.first), scale.x(bar.last + timedelta(days=1))
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        *(bar.mark, f"{left:.1f}", y, f"{max(right - left, 3):.1f}", _BAR),
    )
