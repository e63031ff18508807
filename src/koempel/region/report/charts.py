"""Drawings as inline SVG: no script, no image file; colours come from the page's tokens.

A drawing never stands alone: the page has its figures in a list or table beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor
from typing import NamedTuple

from markupsafe import Markup, escape

from koempel.region.dutch import number, percent
from koempel.region.outcome import HourCount, Share

_WIDTH = 1216
_BAR_HEIGHT = 26


def svg(
    width: float, height: float, body: Iterable[str], *, label: str, css: str, fit: str = "xMidYMid"
) -> Markup:
    """A drawing with its label for those who do not see it; `fit` ``"none"`` lets it stretch."""
    return Markup(
        f'<svg class="dr {css}" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="{fit}" '
        f'role="img" aria-label="{escape(label)}">{"".join(body)}</svg>'
    )


def people_bar(today: int, extra: int, no_way: int, one_step: int) -> Markup:
    """All people in one bar: today, extra with levers, no way yet; a dash at one step away."""
    total = max(today + extra + no_way, 1)
    first, second = _WIDTH * today / total, _WIDTH * (today + extra) / total
    step = second + _WIDTH * one_step / total
    body = (
        _rect("f-sunk s-line2", second + 0.5, 0.5, _WIDTH - second - 1, _BAR_HEIGHT - 1),
        _rect("f-pine", 0, 0, first, _BAR_HEIGHT),
        _rect("f-lamp", first, 0, second - first, _BAR_HEIGHT),
        _line("s-paper", (first, 0), (first, _BAR_HEIGHT)) if today and extra else "",
        _line("s-line2 dash", (step, 0), (step, _BAR_HEIGHT)) if 0 < one_step < no_way else "",
    )
    label = (
        f"{number(today)} mensen vandaag, {number(extra)} extra met een hefboom, "
        f"{number(no_way)} nog zonder weg"
    )
    return svg(_WIDTH, _BAR_HEIGHT, body, label=label, css="bigbar", fit="none")


def share_bar(part: float, whole: float, colour: str, label: str) -> Markup:
    """A thin bar that is filled for a share."""
    filled = 96 * min(part / whole, 1) if whole else 0
    body = (_rect("f-line", 0, 0, 96, 8), _rect(colour, 0, 0, filled, 8))
    return svg(96, 8, body, label=label, css="share", fit="none")


def count_bar(part: int, whole: int, label: str) -> Markup:
    """A horizontal bar in the colour of its row's kind."""
    filled = max(320 * part / whole, 1) if part else 0
    return svg(320, 14, (_rect("f-kind", 0, 0, filled, 14),), label=label, css="count", fit="none")


_HOURS_HEIGHT = 190
_HOURS_BASE = 140
_HOURS_TOP = 24


def hours_chart(hours: Sequence[HourCount]) -> Markup:
    """Seats per hour of the first shift: reachable today, with levers, by nobody."""
    most = max((each.seats for each in hours), default=0) or 1
    column = 590 / len(hours)
    body = [_line("s-ink", (0, _HOURS_BASE), (590, _HOURS_BASE))]
    for index, each in enumerate(hours):
        body += _hour(each, column * (index + 0.5), min(column * 0.66, 44), most)
    label = "Open plaatsen per startuur, en hoeveel daarvan iemand kan bereiken"
    return svg(590, _HOURS_HEIGHT, body, label=label, css="hours")


def _hour(it: HourCount, middle: float, width: float, most: int) -> list[str]:
    scale = (_HOURS_BASE - _HOURS_TOP) / most
    left = middle - width / 2
    all_, levers, today = it.seats * scale, it.with_levers * scale, it.today * scale
    share = it.with_levers / it.seats if it.seats else 0
    tone = "b t-brick" if share < 0.5 else "b"
    return [
        _rect("f-sunk s-line2", left, _HOURS_BASE - all_, width, all_),
        _rect("f-lamp", left, _HOURS_BASE - levers, width, levers),
        _rect("f-pine", left, _HOURS_BASE - today, width, today),
        _text(f"{tone} c s", middle, _HOURS_BASE - all_ - 7, _percent(share)) if it.seats else "",
        _text("c", middle, _HOURS_BASE + 18, f"{it.hour}"),
        _text("c s m", middle, _HOURS_BASE + 36, number(it.seats)),
    ]


def _percent(share: float) -> Markup:
    """A percentage whose sign a narrow page can leave out."""
    figure, sign = percent(share)[:-2], percent(share)[-2:]
    return Markup('{}<tspan class="sign">{}</tspan>').format(figure, sign)


_ROW = 50
_PLOT_LEFT, _PLOT_RIGHT = 150, 400


class _Look(NamedTuple):
    """Classes of an interval: its line, its dot and its figure."""

    line: str
    dot: str
    text: str


_QUIET = _Look("s-line2", "f-surf s-line2", "m")
_BRIGHT = _Look("s-ink", "f-lamp s-ink", "b")


def interval_plot(groups: Sequence[tuple[str, Share, Share]], average: float) -> Markup:
    """Two shares with their 95 % interval per group, and the line of the whole region.

    Parameters
    ----------
    groups : sequence of (name, Share, Share)
        The first share is drawn quiet, the second in the lamp's colour.
    average : float
        Share of the second kind over all people.
    """
    ticks = _ticks(groups, average)
    height = 26 + _ROW * len(groups) + 26

    def at(share: float) -> float:
        share_of_axis = (share - ticks[0]) / (ticks[-1] - ticks[0])
        return _PLOT_LEFT + share_of_axis * (_PLOT_RIGHT - _PLOT_LEFT)

    body = _axis([(at(share), share) for share in ticks], height)
    body.append(_line("s-ink dash", (at(average), 16), (at(average), height - 26)))
    body.append(_text("s c", at(average), 11, f"regio {percent(average)}"))
    for index, (name, quiet, bright) in enumerate(groups):
        top = 26 + _ROW * index
        body += _label(name, top + 26)
        body += _interval(quiet, at, top + 16, _QUIET)
        body += _interval(bright, at, top + 34, _BRIGHT)
    label = "Deel van de mensen per groep, met marge van 95 procent"
    return svg(460, height, body, label=label, css="plot")


def _ticks(groups: Sequence[tuple[str, Share, Share]], average: float) -> list[float]:
    ends = [end for _, *shares in groups for each in shares for end in (each.low, each.high)]
    known = [end for end in ends if end is not None] + [average]
    wide = max(known) - min(known)
    step = 0.05 if wide < 0.2 else 0.1 if wide < 0.5 else 0.25
    first, last = floor(min(known) / step), ceil(max(known) / step)
    return [step * index for index in range(first, max(last, first + 2) + 1)]


def _axis(ticks: Sequence[tuple[float, float]], height: float) -> list[str]:
    bottom = height - 26
    body = [_line("s-line", (x, 22), (x, bottom)) for x, _ in ticks]
    return body + [_text("s m c", x, bottom + 18, percent(share)) for x, share in ticks]


def _label(name: str, middle: float) -> list[str]:
    lines = _wrapped(name)
    start = middle - 7 * (len(lines) - 1)
    return [_text("b", 0, start + 15 * index, line) for index, line in enumerate(lines)]


def _wrapped(name: str) -> list[str]:
    for mark in ("-", " "):
        first, sign, rest = name.partition(mark)
        if len(name) > 18 and sign:
            return [first + sign.strip(), rest]
    return [name]


def _interval(share: Share, at: Callable[[float], float], y: float, look: _Look) -> list[str]:
    if share.share is None or share.low is None or share.high is None:
        return [_text("s m", _PLOT_LEFT, y + 4, "te weinig mensen")]
    left, right, middle = at(share.low), at(share.high), at(share.share)
    whisker = (
        f'<path class="{look.line}" stroke-width="2" d="M{left:.1f} {y:g}H{right:.1f}'
        f'M{left:.1f} {y - 4:g}v8M{right:.1f} {y - 4:g}v8"/>'
    )
    circle = (
        f'<circle class="{look.dot}" stroke-width="1.75" cx="{middle:.1f}" cy="{y:g}" r="5.5"/>'
    )
    return [whisker, circle, _text(f"s hp {look.text}", right + 7, y + 4, percent(share.share))]


def _rect(css: str, x: float, y: float, width: float, height: float) -> str:
    if width <= 0 or height <= 0:
        return ""
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{css}" {box}/>'


def _line(css: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    path = f"M{start[0]:.1f} {start[1]:g}L{end[0]:.1f} {end[1]:g}"
    return f'<path class="f-none {css}" d="{path}"/>'


def _text(css: str, x: float, y: float, text: str) -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
