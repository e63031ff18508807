"""Form fields of a vacancy: the week editor, and an occupation by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from koempel.desk.common.text import plain
from koempel.desk.jobs.models import Occupation
from koempel.desk.jobs.occupations import matching
from koempel.desk.jobs.refills import DAY, PRESETS, WEEK, WORKWEEK, refilled
from koempel.desk.jobs.weeks import (
    DAY_WORDS,
    DAYS,
    STRETCHES,
    WEEKS,
    Grid,
    WeekError,
    grid_of,
    rotation_of,
)
from koempel.region.rows import Day
from koempel.region.windows import parse_rotation

REFILL = "vul"
"""Name of the buttons that fill the week; their value says how."""

_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class TimeInput:
    """One time of the editor."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the editor with its stretches: pairs of from and until.

    `like` is the button that takes the hours of the day before it over; the first day has none.
    """

    word: str
    before: str
    like: str
    stretches: tuple[tuple[TimeInput, TimeInput], ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """A week of the editor; only the first stands open when the others are empty.

    `workweek` and `like` are buttons: the first day for all workdays, and the week before it.
    """

    name: str
    rows: tuple[DayRow, ...]
    is_open: bool
    workweek: str
    before: str
    like: str


class ShiftsWidget(forms.Widget):
    """The week editor: per week a table of days, as plain time fields."""

    use_fieldset = True
    template_name = "web/jobs/shifts.html"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The editor with what is typed, or with a stored rotation."""
        grid = grid_of(parse_rotation(value)) if isinstance(value, str) and value else value or {}
        weeks = [_table(name, week, grid) for week in WEEKS]
        content = {
            "weeks": weeks,
            "presets": PRESETS,
            "is_split": any(number for _, _, number in grid),
        }
        return render_to_string(self.template_name, content)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Grid:
        """What is typed; empty pairs are left out."""
        found: Grid = {}
        for place in product(WEEKS, DAYS, range(STRETCHES)):
            start, end = _names(name, *place)
            times = (data.get(start, "").strip(), data.get(end, "").strip())
            if any(times):
                found[place] = times
        return found

    def names(self, name: str) -> list[str]:
        """Names of all inputs of the editor."""
        places = product(WEEKS, DAYS, range(STRETCHES))
        return [each for place in places for each in _names(name, *place)]

    def data_of(self, name: str, grid: Grid) -> dict[str, str]:
        """What the inputs would send for some hours."""
        return {
            each: text
            for place, times in grid.items()
            for each, text in zip(_names(name, *place), times, strict=True)
        }

    def refilled(self, data: QueryDict, name: str, how: str) -> QueryDict:
        """What was typed in a form, with the week filled by one of the buttons."""
        filled = data.copy()
        for each in self.names(name):
            filled.pop(each, None)
        filled.update(self.data_of(name, refilled(self.value_from_datadict(data, {}, name), how)))
        return filled

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Empty times are an answer too."""
        return False


def _table(name: str, week: str, grid: Grid) -> WeekTable:
    rows = tuple(_row(name, week, day, grid) for day in DAYS)
    before = WEEKS[: WEEKS.index(week)][-1:]
    is_open = not before or any(key[0] == week for key in grid)
    return WeekTable(week, rows, is_open, f"{WORKWEEK}{week}", before, f"{WEEK}{week}")


def _row(name: str, week: str, day: Day, grid: Grid) -> DayRow:
    stretches = []
    for number in range(STRETCHES):
        times = grid.get((week, day, number), ("", ""))
        labels = _labels(week, day, number)
        names = _names(name, week, day, number)
        start, end = (TimeInput(*each) for each in zip(names, labels, times, strict=True))
        stretches.append((start, end))
    before = "".join(DAY_WORDS[each] for each in DAYS[: DAYS.index(day)][-1:])
    return DayRow(DAY_WORDS[day], before, f"{DAY}{week}-{day}", tuple(stretches))


def _labels(week: str, day: Day, number: int) -> tuple[str, str]:
    again = " opnieuw" if number else ""
    where = f"{DAY_WORDS[day]}, week {week}"
    return f"{where}{again} van", f"{where}{again} tot"


def _names(name: str, week: str, day: Day, number: int) -> tuple[str, str]:
    stem = f"{name}-{week}-{day.value}-{number}"
    return f"{stem}-van", f"{stem}-tot"


class ShiftsField(forms.Field):
    """The weekly hours, as the notation of a rotation."""

    widget = ShiftsWidget

    def clean(self, value: Any) -> str:
        """The rotation that is typed."""
        try:
            return " | ".join(str(week) for week in rotation_of(value))
        except WeekError as error:
            raise forms.ValidationError(list(error.messages)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other hours are typed than were stored."""
        stored = grid_of(parse_rotation(initial)) if initial else {}
        return bool(stored != data)


class OccupationInput(forms.TextInput):
    """A text field that suggests occupations by their name and synonyms."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "occupations", "autocomplete": "off"})


class OccupationField(forms.Field):
    """An occupation by its name, a synonym or its ISCO code."""

    widget = OccupationInput

    def prepare_value(self, value: Any) -> Any:
        """Show the name of a stored code."""
        known = Occupation.objects.filter(pk=value).first() if value else None
        return known.title if known else value

    def clean(self, value: Any) -> Occupation:
        """The occupation that is meant."""
        text = " ".join(str(value or "").split())
        if not text:
            raise forms.ValidationError("Vul een beroep in.")
        return occupation_named(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another name is typed than the stored one."""
        return plain(self.prepare_value(initial) or "") != plain(data or "")


def occupation_named(text: str) -> Occupation:
    """The occupation that somebody means with its name, a synonym or its code.

    Raises
    ------
    ValidationError
        When none is known by that name, or more than one.
    """
    found = list(matching(text)[: _MOST_NAMES + 1])
    exact = [each for each in found if plain(text) in (plain(each.title), each.isco)]
    exact = exact or [each for each in found if len(found) == 1]
    exact = exact or list(Occupation.objects.filter(title__iexact=text)[:1])
    if exact:
        return exact[0]
    raise forms.ValidationError(_no_match(text, found))


def _no_match(text: str, found: list[Occupation]) -> str:
    if not found:
        return f"We kennen geen beroep «{text[:40]}». Probeer een ander woord, zoals «poetsen»."
    names = ", ".join(each.title for each in found[:_MOST_NAMES])
    return f"«{text[:40]}» kan meer dan één beroep zijn. Kies er een: {names}."
