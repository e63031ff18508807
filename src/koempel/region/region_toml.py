"""`region.toml`: what holds for a region as a whole, read key by key with every fault reported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomli_w

from koempel.region.cells import CellError, quoted, refuse_national_number, suggestion
from koempel.region.issues import Issue
from koempel.region.national_number import looks_like_insz
from koempel.region.parameters import ParameterError, Parameters, PolicyParameter

FILE = "region.toml"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many placements for the people of one place, if there is a way.

    Attributes
    ----------
    of : str
        NIS code of a municipality, or id of a village.
    at_least : int
        Number of placements.
    penalty_placements : float or None
        What each missing one costs, in placements; None takes the parameter.
    """

    of: str
    at_least: int
    penalty_placements: float | None = None


@dataclass(slots=True)
class Head:
    """The content of `region.toml`."""

    name: str = ""
    date: date = date.min
    invented: bool = False
    credit: str = ""
    parameters: Parameters = field(default_factory=lambda: Parameters.read([], FILE))
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one key; `meaning` is for the documentation."""

    kind: str
    meaning: str
    is_right: Callable[[Any], bool]
    expected: str
    required: bool = True


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= 1_000_000


def _is_amount(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= 1_000_000  # type: ignore[operator]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


KEYS = {
    "format": Key(
        "whole",
        f"Version of this format: {FORMAT}.",
        lambda value: type(value) is int and value == FORMAT,
        f"format = {FORMAT}",
    ),
    "name": Key("text", "Name of the region.", _is_text, 'tekst, zoals name = "Mijn regio"'),
    "date": Key(
        "date",
        "Day for which is planned; parameters are looked up for it.",
        lambda value: type(value) is date,
        "een datum zonder aanhalingstekens, zoals date = 2027-01-04",
    ),
    "invented": Key(
        "true or false",
        "Whether the people in it are invented.",
        lambda value: isinstance(value, bool),
        "invented = true of invented = false",
    ),
    "credit": Key(
        "text",
        "Where the geography comes from; may be an empty text.",
        lambda value: isinstance(value, str),
        'tekst, zoals credit = "OpenStreetMap-bijdragers"',
    ),
    "parameters": Key(
        "tables",
        "Own values of dated parameters; see below.",
        _is_list_of_tables,
        "rijen die met [[parameters]] beginnen",
        required=False,
    ),
    "floors": Key(
        "tables",
        "Least numbers of placements; see below.",
        _is_list_of_tables,
        "rijen die met [[floors]] beginnen",
        required=False,
    ),
}

FLOOR_KEYS = {
    "of": Key("text", "NIS code of a municipality, or id of a village.", _is_text, 'of = "71070"'),
    "at_least": Key(
        "whole",
        "Least number of placements of its people; a floor that cannot be met is reported.",
        _is_count,
        "een geheel getal vanaf 0, zoals at_least = 100",
    ),
    "penalty_placements": Key(
        "number",
        "What each missing placement costs, in placements; left out it takes the parameter.",
        _is_amount,
        "een getal vanaf 0, zoals penalty_placements = 2.5",
        required=False,
    ),
}


def read_head(data: bytes, head: Head) -> Iterator[Issue]:
    """Read `region.toml` into a head and report every fault.

    Parameters
    ----------
    data : bytes
        Content of the file.
    head : Head
        Filled with what could be read.
    """
    try:
        text = data.decode("utf-8-sig")
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        yield _unreadable(data, error)
        return
    yield from _national_numbers(found, text)
    for name, fault in _faults(found, KEYS):
        yield Issue.of(fault, FILE, _line_of_key(text, name), name if name in KEYS else "")
    good = {
        name: found[name] for name in KEYS if name in found and KEYS[name].is_right(found[name])
    }
    for name in ("name", "date", "invented", "credit"):
        setattr(head, name, good.get(name, getattr(head, name)))
    yield from _read_parameters(good.get("parameters", []), text, head)
    yield from _read_floors(good.get("floors", []), text, head)


def write_head(head: Head) -> bytes:
    """Content of `region.toml` for a head; reads back the same."""
    document: dict[str, object] = {
        "format": FORMAT,
        "name": head.name,
        "date": head.date,
        "invented": head.invented,
        "credit": head.credit,
        "floors": [_filled(floor, FLOOR_KEYS) for floor in head.floors],
        "parameters": [_filled(row, _PARAMETER_FIELDS) for row in head.parameters.own_rows()],
    }
    return tomli_w.dumps({name: value for name, value in document.items() if value != []}).encode()


_PARAMETER_FIELDS = tuple(name for name in PolicyParameter.__dataclass_fields__ if name != "origin")


def _filled(row: Any, names: Any) -> dict[str, object]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: str(value) if name == "status" else value
        for name, value in values.items()
        if value is not None and not (name == "checked_by" and value == "")
    }


def _unreadable(data: bytes, error: Exception) -> Issue:
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        problem, remedy = "is geen UTF-8", "bewaar het bestand als UTF-8"
    else:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else 0
        problem = "is niet te lezen als TOML"
        remedy = "kijk de aanhalingstekens, haakjes en dubbele sleutels in en boven deze regel na"
    return Issue(
        FILE, line, "", problem, "sleutel = waarde, zoals in docs/region-format.md", remedy
    )


def _national_numbers(value: object, text: str, name: str = "") -> Iterator[Issue]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _national_numbers(key, text)
            yield from _national_numbers(inner, text, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _national_numbers(inner, text, name)
    elif isinstance(value, str) or (type(value) is int and 0 <= value < 10**11):
        try:
            refuse_national_number(str(value))
        except CellError as error:
            yield Issue.of(error, FILE, _line_with(text, str(value)), name)


def _line_with(text: str, value: str) -> int:
    before, found, _ = text.partition(value)
    return before.count("\n") + 1 if found else 0


def _faults(found: dict[str, Any], keys: dict[str, Key]) -> Iterator[tuple[str, CellError]]:
    for name in sorted(found.keys() - keys.keys()):
        remedy = suggestion(name, keys) or "haal de sleutel weg"
        expected = "een van " + ", ".join(keys)
        yield name, CellError(f"{quoted(name)} is onbekend", expected=expected, remedy=remedy)
    for name, key in keys.items():
        if name not in found and key.required:
            problem, remedy = "ontbreekt", "zet de sleutel erbij"
        elif name in found and not key.is_right(found[name]):
            problem, remedy = f"{quoted(_shown(found[name]))} kan hier niet", "verbeter de waarde"
        else:
            continue
        yield name, CellError(problem, expected=key.expected, remedy=remedy)


def _shown(value: object) -> str:
    try:
        return str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:  # Python prints no whole numbers of more than 4,300 digits.
        return "een veel te groot getal"


def _line_of_key(text: str, name: str) -> int:
    found = re.search(rf"^\s*\[*\s*(?={re.escape(name)}\b)", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _line_of_row(text: str, name: str, index: int) -> int:
    starts = [row.end() for row in re.finditer(rf"^\s*\[\[\s*{name}\s*\]\]", text, re.MULTILINE)]
    return text.count("\n", 0, starts[index]) + 1 if index < len(starts) else 0


def _read_parameters(rows: list[dict[str, Any]], text: str, head: Head) -> Iterator[Issue]:
    faults = [
        _parameter_issue(fault, index, text)
        for index, row in enumerate(rows)
        if (fault := _parameter_fault([row]))
    ]
    yield from faults
    together = None if faults else _parameter_fault(rows)
    if together:
        yield _parameter_issue(together, together.index, text)
    elif not faults:
        head.parameters = Parameters.read(rows, FILE)


def _parameter_fault(rows: list[dict[str, Any]]) -> ParameterError | None:
    try:
        Parameters.read(rows, FILE)
    except ParameterError as error:
        return error
    return None


def _parameter_issue(fault: ParameterError, index: int, text: str) -> Issue:
    # The message of the fault may quote any text of the row.
    problem = "is geen parameter" if looks_like_insz(str(fault)) else str(fault)
    error = CellError(
        problem,
        expected="een rij zoals in docs/region-format.md",
        remedy=f"verbeter rij {index + 1} van [[parameters]], of haal ze weg",
    )
    return Issue.of(error, FILE, _line_of_row(text, "parameters", index), "parameters")


def _read_floors(rows: list[dict[str, Any]], text: str, head: Head) -> Iterator[Issue]:
    for index, row in enumerate(rows):
        faults = list(_faults(row, FLOOR_KEYS))
        line = _line_of_row(text, "floors", index)
        for name, error in faults:
            yield Issue.of(error, FILE, line, name if name in FLOOR_KEYS else "floors")
        if not faults:
            head.floors += (Floor(**row),)
