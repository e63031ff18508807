"""Names on the map stand beside their circle and on no other, as many as there is room for."""

import re

from koempel.region.report.map import region_map
from koempel.region.report.places import PlaceRow
from koempel.region.rows import Village

LOOKING = {
    "Beringen": 383, "Paal": 363, "Houthalen": 269, "Koersel": 268, "Beringen-Mijn": 258,
    "Zolder": 251, "Berkenbos": 172, "Boekt": 169, "Heusden": 162, "Halvijvers": 127,
    "Eversel": 126, "Lindeman": 102,
}  # fmt: skip
AT = {
    "Beringen": (226, 198), "Paal": (122, 228), "Houthalen": (513, 245), "Koersel": (313, 169),
    "Beringen-Mijn": (214, 138), "Zolder": (388, 275), "Berkenbos": (369, 218),
    "Boekt": (321, 292), "Heusden": (331, 238), "Halvijvers": (369, 258), "Eversel": (307, 203),
    "Lindeman": (427, 218),
}  # fmt: skip
"""Where the villages of three municipalities lie in the drawing, close together in the middle."""

FAR = {f"Ver {number}": (560 + 25 * number, 420) for number in range(9)}
"""As many again, out of the way: circles shrink with their number."""

EDGE = [(24, 24), (800, 24), (800, 524), (24, 524), (24, 24)]
SQUEEZE = 0.63


def degrees(x: float, y: float) -> list[float]:
    return [5 + x / 1000, 51 - y * SQUEEZE / 1000]


def names_on_a_desk() -> list[str]:
    villages = {
        name: Village(name, name, "71004", "3580", *degrees(*at)) for name, at in (AT | FAR).items()
    }
    rows = [
        PlaceRow(name, (name,), people, 50, 20, 30)
        for name, people in (LOOKING | dict.fromkeys(FAR, 100)).items()
    ]
    outline = {"type": "Polygon", "coordinates": [[degrees(*point) for point in EDGE]]}
    drawn = str(region_map({"features": [{"geometry": outline}]}, villages, rows, []))
    wide = re.search(r'<g class="wide">(.*?)</g>', drawn)
    return re.findall(r">([^<]+)</text>", wide[1]) if wide else []


def test_name_may_stand_in_the_corner_that_a_circle_leaves_free() -> None:
    left_out = set(AT) - set(names_on_a_desk())

    assert left_out <= {"Eversel", "Lindeman"}
