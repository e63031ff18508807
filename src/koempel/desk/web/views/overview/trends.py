"""Twelve months of doing, counted from the rows themselves.

One to four are not shown, and nothing is added up over months, so that no total gives a hidden
month away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from babel.dates import format_date
from django.utils import timezone
from django.utils.safestring import SafeString

from koempel.desk.common.days import midnight
from koempel.desk.levers.queries import handed_over_per_month
from koempel.desk.people.queries import placed_per_month
from koempel.desk.planning.queries import days_to_decide
from koempel.desk.web.pages import drawings
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.region import dutch

MONTHS = 12
FEW = 5

Values = Sequence[float | None]
"""A value per month; None where there are too few to show."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the months; `url` is the list behind it, where the reader may open it."""

    title: str
    note: str
    drawing: SafeString
    url: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Trends:
    """All of them, over the same months."""

    months: Sequence[str]
    trends: Sequence[Trend]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table beside the drawings: a month with its figures."""
        return [
            (month, [trend.cells[index] for trend in self.trends])
            for index, month in enumerate(self.months)
        ]


def trends(request: DeskRequest, now: datetime) -> Trends:
    """The figures of the last twelve months, this one included."""
    months = last_months(timezone.localdate(now))
    first = midnight(months[0])
    days = days_to_decide(first)
    decided = {month: len(found) for month, found in days.items()}
    middle = [
        float(median(days[month])) if len(days.get(month, ())) >= FEW else None for month in months
    ]
    made = (
        ("Plaatsingen", "Mensen die aan het werk gingen.", counts(placed_per_month(first), months),
         "people:pseudonyms"),
        ("Beslissingen", "Voorstellen waarover een mens besliste.", counts(decided, months),
         "proposals:list"),
        ("Dagen tot een beslissing", "De helft wacht korter.", middle, "proposals:list"),
        ("Hefbomen meegegeven", "Fietsen, opvangplaatsen en zitplaatsen die in gebruik gingen.",
         counts(handed_over_per_month(first), months), "levers:board"),
    )  # fmt: skip
    names = [_month(month) for month in months]
    return Trends(
        names,
        [
            Trend(
                title,
                note,
                drawings.trend(names, values, caption=title),
                open_address(request, name) if name else "",
                [_cell(value) for value in values],
            )
            for title, note, values, name in made
        ],
    )


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, this one included.

    Examples
    --------
    >>> [f"{day:%Y-%m}" for day in last_months(date(2026, 11, 25))][::11]
    ['2025-12', '2026-11']
    """
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def counts(found: Mapping[date, int], months: Sequence[date]) -> Values:
    """A count per month, one to four hidden."""
    every = (found.get(month, 0) for month in months)
    return [None if 0 < count < FEW else float(count) for count in every]


def _cell(value: float | None) -> str:
    return "te weinig" if value is None else dutch.number(value, 0 if value.is_integer() else 1)


def _month(month: date) -> str:
    return str(format_date(month, "MMM yy", locale="nl_BE")).replace(".", "")
