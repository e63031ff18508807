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


def care_codes(hours: str, *, on: date) -> list[str]:
    """Parts of the week in which a childcare site is open."""
    windows = parse_windows(hours)
    rules = Rules.on(Parameters.read(()), on)
    return [
        f"{day.value}/{name}"
        for (number, day), (name, first, end) in product(enumerate(Day), rules.parts)
        if windows.overlaps(number * DAY_MIN + first, end - first)
    ]
