"""The map: outlines, villages as circles, and the largest flows as arrows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from koempel.region.dutch import number
from koempel.region.outcome import Flow
from koempel.region.report.charts import svg
from koempel.region.report.places import PlaceRow
from koempel.region.rows import Village

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

WIDTH = 824
_MARGIN = 24
_TALLEST = 620
_LARGEST = 34.0
_LETTER = 0.65
"""Width of a letter over its height in a wide font: a reader may not have the narrow one."""

_AIR = 1.5
"""Between a circle and a name that is not its own."""

_LABELS = {"wide": 13.0, "narrow": 25.0}
"""Height of the letters on a desk and on a phone, where the drawing is half as large."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """From degrees to the drawing: north up, one scale for both directions."""

    west: float
    north: float
    squeeze: float
    scale: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "_Frame":
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        squeeze = cos(radians(sum(lats) / len(lats)))
        wide = max((max(lons) - min(lons)) * squeeze, 1e-6)
        tall = max(max(lats) - min(lats), 1e-6)
        scale = min((WIDTH - 2 * _MARGIN) / wide, (_TALLEST - 2 * _MARGIN) / tall)
        return cls(min(lons), max(lats), squeeze, scale, tall * scale + 2 * _MARGIN)

    def at(self, lon: float, lat: float) -> Point:
        x = _MARGIN + (lon - self.west) * self.squeeze * self.scale
        return x, _MARGIN + (self.north - lat) * self.scale


@dataclass(frozen=True, slots=True)
class _Circle:
    row: PlaceRow
    x: float
    y: float
    radius: float

    def inner(self, people: int) -> float:
        return self.radius * sqrt(people / self.row.looking)

    def covers(self, box: Box) -> bool:
        """Whether a box touches the circle: around it there is more room than around its square."""
        left, top, right, bottom = box
        aside = self.x - min(max(self.x, left), right)
        down = self.y - min(max(self.y, top), bottom)
        return hypot(aside, down) < self.radius + _AIR


def region_map(
    outlines: dict[str, Any],
    villages: dict[str, Village],
    rows: Sequence[PlaceRow],
    flows: Sequence[Flow],
) -> Markup | None:
    """Draw the map; None when the outlines hold no polygon.

    Parameters
    ----------
    outlines : dict
        GeoJSON feature collection of polygons.
    villages : dict of str to Village
        Where the villages lie.
    rows : sequence of PlaceRow
        Rows of the list; those of a single village become a circle.
    flows : sequence of Flow
        Flows between such villages, to draw as arrows.
    """
    rings = list(_rings(outlines))
    if not rings:
        return None
    frame = _Frame.around([point for ring in rings for point in ring])
    circles = _circles(rows, villages, frame)
    at = {circle.row.villages[0]: circle for circle in circles}
    body = [
        *(_outline(ring, frame) for ring in rings),
        *_arrows(flows, at),
        *(_draw(circle) for circle in circles),
        *(_labels(circles, frame, css, size) for css, size in _LABELS.items()),
    ]
    label = "Kaart: per dorp het aantal mensen op zoek. De lijst ernaast heeft dezelfde cijfers."
    return svg(WIDTH, round(frame.height), body, label=label, css="map")


def _rings(outlines: dict[str, Any]) -> Iterable[list[Point]]:
    for feature in outlines.get("features", []):
        shape = feature.get("geometry") or {}
        if shape.get("type") == "Polygon":
            yield from _points(shape["coordinates"])
        elif shape.get("type") == "MultiPolygon":
            for polygon in shape["coordinates"]:
                yield from _points(polygon)


def _points(polygon: list[list[list[float]]]) -> Iterable[list[Point]]:
    for ring in polygon:
        yield [(each[0], each[1]) for each in ring]


def _outline(ring: Sequence[Point], frame: _Frame) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.at(*each) for each in ring))
    return f'<polygon class="gem" points="{points}"/>'


def _circles(
    rows: Sequence[PlaceRow], villages: dict[str, Village], frame: _Frame
) -> list[_Circle]:
    single = [each for each in rows if len(each.villages) == 1 and each.looking > 0]
    most = max((each.looking for each in single), default=1)
    # In a large region circles shrink with the number of villages, so that they stay apart.
    largest = min(_LARGEST, 105 / sqrt(max(len(single), 1)))
    circles = []
    for row in sorted(single, key=lambda each: -each.looking):
        village = villages[row.villages[0]]
        radius = max(largest * sqrt(row.looking / most), 3)
        circles.append(_Circle(row, *frame.at(village.lon, village.lat), radius))
    return circles


def _draw(circle: _Circle) -> str:
    row = circle.row
    title = (
        f"{escape(row.name)}: {number(row.looking)} op zoek, {number(row.today)} kunnen vandaag, "
        f"{number(row.extra)} extra met hefbomen"
    )
    rings = (
        _ring(circle, "f-surf s-line2", circle.radius),
        _ring(circle, "f-lamp", circle.inner(row.today + row.extra)),
        _ring(circle, "f-pine", circle.inner(row.today)),
    )
    return f"<g><title>{title}</title>{''.join(rings)}</g>"


def _ring(circle: _Circle, css: str, radius: float) -> str:
    return f'<circle class="{css}" cx="{circle.x:.1f}" cy="{circle.y:.1f}" r="{radius:.1f}"/>'


def _arrows(flows: Sequence[Flow], at: dict[str, _Circle]) -> Iterable[str]:
    most = max((flow.people for flow in flows), default=1)
    for flow in flows:
        if flow.from_village in at and flow.to_village in at:
            width = 1.5 + 3.5 * flow.people / most
            yield _arrow(at[flow.from_village], at[flow.to_village], width)


def _arrow(start: _Circle, end: _Circle, width: float) -> str:
    bend = 0.18
    middle_x = (start.x + end.x) / 2 + (end.y - start.y) * bend
    middle_y = (start.y + end.y) / 2 - (end.x - start.x) * bend
    x, y = _before(end, middle_x, middle_y, end.radius + 2)
    neck_x, neck_y = _before(end, middle_x, middle_y, end.radius + 2 + 1.6 * width + 5)
    tip_x, tip_y = x - neck_x, y - neck_y
    half = 0.5
    wings = (
        f"{x:.1f},{y:.1f} {neck_x - tip_y * half:.1f},{neck_y + tip_x * half:.1f} "
        f"{neck_x + tip_y * half:.1f},{neck_y - tip_x * half:.1f}"
    )
    path = f"M{start.x:.1f} {start.y:.1f}Q{middle_x:.1f} {middle_y:.1f} {neck_x:.1f} {neck_y:.1f}"
    return (
        f'<path class="f-none s-ink flow" d="{path}" stroke-width="{width:.1f}"/>'
        f'<polygon class="f-ink tip" points="{wings}"/>'
    )


def _before(end: _Circle, from_x: float, from_y: float, distance: float) -> Point:
    length = hypot(end.x - from_x, end.y - from_y) or 1
    share = min(distance / length, 1)
    return end.x + (from_x - end.x) * share, end.y + (from_y - end.y) * share


def _labels(circles: Sequence[_Circle], frame: _Frame, css: str, size: float) -> str:
    """Names of the largest villages first; one that would touch another stays off the map."""
    taken: list[Box] = []
    texts = []
    for circle in circles:
        for anchor, x, y, box in _spots(circle, size):
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= frame.height
            covered = any(other.covers(box) for other in circles)
            if inside and not covered and not any(_touch(box, other) for other in taken):
                taken.append(box)
                name = escape(circle.row.name)
                texts.append(f'<text class="b halo {anchor}" x="{x:.1f}" y="{y:.1f}">{name}</text>')
                break
    return f'<g class="{css}">{"".join(texts)}</g>'


def _spots(circle: _Circle, size: float) -> Iterable[tuple[str, float, float, Box]]:
    """Where a name can stand, best first: below, above, beside, and at the four corners."""
    x, y, gap, near = circle.x, circle.y, circle.radius + 6, circle.radius * 0.75 + 3
    length = len(circle.row.name)
    yield _spot("c", x, y + gap + 0.7 * size, length, size)
    yield _spot("c", x, y - gap, length, size)
    for side, down in ((gap, 0.3 * size), (near, near + 0.5 * size), (near, -near)):
        yield _spot("", x + side, y + down, length, size)
        yield _spot("e", x - side, y + down, length, size)


def _spot(
    anchor: str, x: float, y: float, length: int, size: float
) -> tuple[str, float, float, Box]:
    width = _LETTER * size * length
    left = {"c": x - width / 2, "": x, "e": x - width}[anchor]
    return anchor, x, y, (left, y - 0.77 * size, left + width, y + 0.23 * size)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
