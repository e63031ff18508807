"""Drawings as inline SVG: no script; colours come from the page, a table stands beside each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.desk.web.pages.values import Figure
from koempel.region import dutch

_WIDTH = 590
_HEIGHT = 190
_TOP = 24
_BASE = 150
_BAR = 1216


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its name: an hour, a month, a village."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with the table beside it."""

    drawing: SafeString
    caption: str
    heads: tuple[str, str]
    points: Sequence[Point]


def bars(points: Sequence[Point], *, caption: str, heads: tuple[str, str]) -> Plot:
    """A bar per point, its value above it; `heads` are those of the table."""
    most = max((point.value for point in points), default=0) or 1
    column = _WIDTH / max(len(points), 1)
    width = min(column * 0.66, 44)
    parts = [
        _bar(point, (index + 0.5) * column, width, (_BASE - _TOP) * point.value / most)
        for index, point in enumerate(points)
    ]
    return Plot(_drawing(parts, caption), caption, heads, points)


def _bar(point: Point, middle: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="f-pine" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="c b" x="{}" y="{}">{}</text><text class="c m" x="{}" y="{}">{}</text>',
        *(_cut(middle - width / 2), _cut(_BASE - height), _cut(width), _cut(height)),
        *(_cut(middle), _cut(_BASE - height - 6), dutch.number(point.value)),
        *(_cut(middle), _BASE + 18, point.name),
    )


_NAME, _ROW, _LONGEST = 150, 34, 370


def path(points: Sequence[Point], *, caption: str, heads: tuple[str, str]) -> Plot:
    """A lying bar per step of a path, its name before it and its value behind it."""
    most = max((point.value for point in points), default=0) or 1
    parts = [
        _lying(point, _ROW * at, _LONGEST * point.value / most) for at, point in enumerate(points)
    ]
    drawing = format_html(
        '<svg class="dr" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, _ROW * len(points), f"{caption}. De tabel ernaast heeft dezelfde cijfers."),
        format_html_join("", "{}", ((part,) for part in parts)),
    )
    return Plot(drawing, caption, heads, points)


def _lying(point: Point, top: int, width: float) -> SafeString:
    return format_html(
        '<text x="2" y="{}">{}</text>'
        '<rect class="f-pine" x="{}" y="{}" width="{}" height="22"/>'
        '<text class="b" x="{}" y="{}">{}</text>',
        *(top + 20, point.name),
        *(_NAME, top + 4, _cut(width)),
        *(_cut(_NAME + width + 8), top + 20, dutch.number(point.value)),
    )


def line(points: Sequence[Point], *, caption: str, heads: tuple[str, str]) -> Plot:
    """A line through the points; the first and last are named, the last has its value."""
    most = max((point.value for point in points), default=0) or 1
    step = (_WIDTH - 60) / max(len(points) - 1, 1)
    places = [
        (4 + index * step, _BASE - (_BASE - _TOP) * point.value / most)
        for index, point in enumerate(points)
    ]
    parts = [_line(places), *_ends(points, places)] if points else []
    return Plot(_drawing(parts, caption), caption, heads, points)


def _line(places: Sequence[tuple[float, float]]) -> SafeString:
    track = " ".join(f"{_cut(x)},{_cut(y)}" for x, y in places)
    return format_html('<polyline class="f-none s-ink" stroke-width="1.75" points="{}"/>', track)


def _ends(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[SafeString]:
    x, y = places[-1]
    below = _BASE + 18
    return [
        format_html('<circle class="f-ink" cx="{}" cy="{}" r="3.5"/>', _cut(x), _cut(y)),
        format_html(
            '<text class="b" x="{}" y="{}">{}</text>',
            *(_cut(x + 8), _cut(y + 4), dutch.number(points[-1].value)),
        ),
        format_html('<text class="m" x="2" y="{}">{}</text>', below, points[0].name),
        format_html('<text class="m e" x="{}" y="{}">{}</text>', _cut(x), below, points[-1].name),
    ]


_SMALL, _SMALL_TOP, _SMALL_BASE, _SMALL_END = (270, 78), 8, 56, 210


def trend(names: Sequence[str], values: Sequence[float | None], *, caption: str) -> SafeString:
    """A small line over the months; where there is no value to show the line breaks."""
    most = max((value for value in values if value is not None), default=0) or 1
    step = (_SMALL_END - 4) / max(len(values) - 1, 1)
    places = [
        None
        if value is None
        else (4 + index * step, _SMALL_BASE - (_SMALL_BASE - _SMALL_TOP) * value / most)
        for index, value in enumerate(values)
    ]
    parts = [*_pieces(places), *_last(places, values), *_small_ends(names)]
    label = f"{caption}, van {names[0]} tot {names[-1]}. De tabel eronder heeft dezelfde cijfers."
    return format_html(
        '<svg class="dr trend" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *_SMALL,
        label,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _pieces(places: Sequence[tuple[float, float] | None]) -> list[SafeString]:
    pieces: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(place)
    return [_line(piece) if len(piece) > 1 else _dot(piece[0], "2") for piece in pieces if piece]


def _last(
    places: Sequence[tuple[float, float] | None], values: Sequence[float | None]
) -> list[SafeString]:
    place, value = places[-1], values[-1]
    if place is None or value is None:
        return []
    x, y = place
    text = dutch.number(value, 0 if value == int(value) else 1)
    return [
        _dot(place, "3.5"),
        format_html('<text class="b" x="{}" y="{}">{}</text>', _cut(x + 8), _cut(y + 4), text),
    ]


def _dot(place: tuple[float, float], radius: str) -> SafeString:
    return format_html(
        '<circle class="f-ink" cx="{}" cy="{}" r="{}"/>', _cut(place[0]), _cut(place[1]), radius
    )


def _small_ends(names: Sequence[str]) -> list[SafeString]:
    return [
        format_html('<text class="s m" x="2" y="75">{}</text>', names[0]),
        format_html('<text class="s m e" x="{}" y="75">{}</text>', _SMALL_END + 2, names[-1]),
    ]


def whole(figures: Sequence[Figure]) -> SafeString:
    """All that is counted in one bar, a piece per figure in the colour of its key."""
    total = sum(figure.value for figure in figures) or 1
    pieces, start = [], 0.0
    for figure in figures:
        width = _BAR * figure.value / total
        css = f"f-{figure.key}" + (" s-line2" if figure.key == "sunk" else "")
        pieces.append((css, _cut(start), _cut(max(width - 2, 0))))
        start += width
    rects = format_html_join("", '<rect class="{}" x="{}" y=".5" width="{}" height="25"/>', pieces)
    return format_html(
        '<svg class="dr bigbar" viewBox="0 0 {} 26" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        _BAR,
        rects,
    )


_COLUMNS, _NARROWEST = 40, 8
"""Over the bar; a figure with its words needs a fifth of it."""


def over_bar(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a bar, each above its own piece; what is too small takes of the largest.

    Examples
    --------
    >>> [each.span for each in over_bar([Figure(value, "", "") for value in (58, 2, 40)])]
    [16, 8, 16]
    """
    total = sum(figure.value for figure in figures) or 1
    spans = [max(round(_COLUMNS * each.value / total), _NARROWEST) for each in figures]
    while sum(spans) > _COLUMNS and max(spans) > _NARROWEST:
        spans[spans.index(max(spans))] -= 1
    return [replace(each, span=span) for each, span in zip(figures, spans, strict=True)]


def _drawing(parts: Sequence[SafeString], caption: str) -> SafeString:
    inner = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="dr" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="s-ink" d="M0 {}H{}"/>{}</svg>',
        *(_WIDTH, _HEIGHT, f"{caption}. De tabel ernaast heeft dezelfde cijfers."),
        *(_BASE, _WIDTH, inner),
    )


def _cut(value: float) -> str:
    return f"{value:.1f}"
