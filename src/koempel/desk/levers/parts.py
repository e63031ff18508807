"""Into which parts the stock of a lever falls."""

from datetime import date
from itertools import product

from koempel.desk.levers.models import ChildcareSite, Course, ShuttleLine
from koempel.region.parameters import Parameters
from koempel.region.rows import Day
from koempel.region.rules import Rules
from koempel.region.windows import DAY_MIN, parse_windows

Detail = ChildcareSite | Course | ShuttleLine
"""What only one family of levers has; bikes have none."""


def part_codes(detail: Detail | None, *, on: date) -> list[str]:
    """Codes of the parts of a lever: each open part of each day, none for a line yet, else one."""
    if isinstance(detail, ChildcareSite):
        return care_codes(detail.hours, on=on)
    return [] if isinstance(detail, ShuttleLine) else [""]


def part_hours(hours: str, *, on: date) -> dict[str, tuple[int, int]]:
    """First and last minute of each part of the day, as far as a site is open on any day.

    Examples
    --------
    >>> part_hours("Mo-Fr 05:30-20:00", on=date(2026, 11, 25))["early"]
    (330, 420)
    """
    spans = parse_windows(hours).spans
    opens = min(start % DAY_MIN for start, _ in spans)
    closes = max(start % DAY_MIN + length for start, length in spans)
    rules = Rules.on(Parameters.read(()), on)
    return {name: (max(first, opens), min(end, closes)) for name, first, end in rules.parts}


def care_codes(hours: str, *, on: date) -> list[str]:
    """Parts of the week in which a childcare site is open."""
    windows = parse_windows(hours)
    rules = Rules.on(Parameters.read(()), on)
    return [
        f"{day.value}/{name}"
        for (number, day), (name, first, end) in product(enumerate(Day), rules.parts)
        if windows.overlaps(number * DAY_MIN + first, end - first)
    ]
