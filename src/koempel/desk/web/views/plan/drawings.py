"""The curve of a lever: how many proposals there are with none of it up to many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.region import dutch

_WIDTH, _HEIGHT = 460, 250
_LEFT, _RIGHT, _TOP, _BASE = 46, 440, 26, 204
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_TICKS = 4

Points = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The amounts to point at."""

    now: int
    asked: int


def curve(points: Points, marks: Marks, *, unit: str) -> SafeString:
    """Proposals by how many there are of a lever.

    Parameters
    ----------
    points : sequence of (amount, proposals)
        In rising order of amounts.
    """
    low, high, step = _axis([n for _, n in points])
    top = max(points[-1][0], 1)

    def at(amount: int, count: float) -> tuple[str, str]:
        x = _LEFT + (_RIGHT - _LEFT) * amount / top
        y = _BASE - (_BASE - _TOP) * (count - low) / (high - low)
        return f"{x:.1f}", f"{y:.1f}"

    parts = [
        *(_rule(at(0, count)[1], count) for count in range(low, high + 1, step)),
        *(_below(at(amount, low)[0], amount) for amount in _amounts(top)),
        format_html('<text class="m e" x="{}" y="{}">{}</text>', _RIGHT, _HEIGHT - 6, unit),
        format_html('<text class="m" x="0" y="12">{}</text>', "mensen met een voorstel"),
        _track([at(*point) for point in points]),
        *_dots(dict(points), marks, at),
    ]
    return format_html(
        '<svg class="dr curve" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, _HEIGHT, f"Mensen met een voorstel bij 0 tot {top} {unit}"),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _axis(counts: Sequence[int]) -> tuple[int, int, int]:
    """Lowest and highest mark of the axis, and how far they are apart."""
    wide = max(counts) - min(counts)
    step = next((each for each in _STEPS if wide <= _TICKS * each), _STEPS[-1])
    low = step * floor(min(counts) / step)
    high = step * ceil(max(counts) / step)
    return low, max(high, low + step), step


def _amounts(top: int) -> range:
    step = next((each for each in _STEPS if top <= 5 * each), _STEPS[-1])
    return range(0, top + 1, step)


def _rule(y: str, count: int) -> SafeString:
    return format_html(
        '<path class="s-line" d="M{} {}H{}"/><text class="m e" x="{}" y="{}" dy="4">{}</text>',
        *(_LEFT, y, _RIGHT, _LEFT - 8, y, dutch.number(count)),
    )


def _below(x: str, amount: int) -> SafeString:
    return format_html(
        '<text class="m c" x="{}" y="{}">{}</text>', x, _BASE + 18, dutch.number(amount)
    )


def _track(places: Sequence[tuple[str, str]]) -> SafeString:
    line = " ".join(f"{x},{y}" for x, y in places)
    return format_html(
        '<path class="s-ink" d="M{} {}H{}"/>'
        '<polyline class="f-none s-sky" stroke-width="2.25" stroke-linejoin="round" points="{}"/>',
        *(_LEFT, _BASE, _RIGHT, line),
    )


def _dots(
    counts: dict[int, int], marks: Marks, at: Callable[[int, float], tuple[str, str]]
) -> Iterator[SafeString]:
    """Now, and what is asked."""
    for amount, css, word in (
        (marks.now, "f-surf s-ink", "nu"),
        (marks.asked, "f-lamp s-ink", "wat als"),
    ):
        x, y = at(amount, counts[amount])
        yield format_html(
            '<circle class="{}" cx="{}" cy="{}" r="6" stroke-width="1.75"/>'
            '<text class="b hp" x="{}" y="{}" dx="9" dy="18">{} {}</text>',
            *(css, x, y, x, y, word, dutch.number(amount)),
        )
