"""Dated policy parameters: rules, terms and weights with a source and a date.

Nothing that a decree, a partner or a yearly table can change stands in code. A parameter is
looked up for a day; without a value for that day the calculation stops, since a rule of another
year is not a guess that anybody may make unseen. `parameters.toml` beside this file holds the
values that Koempel starts with; a region's own rows come before them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any

from koempel.errors import KoempelError


class ParameterError(KoempelError):
    """A row is no parameter; `index` tells which row, counted from 0."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


class ParameterMissingError(KoempelError):
    """No value for this key on this day."""


class Status(StrEnum):
    """Whether a person confirmed the value."""

    DRAFT = "DRAFT"
    CONFIRMED = "CONFIRMED"


@dataclass(frozen=True, slots=True)
class PolicyParameter:
    """One value of one key, with the days on which it holds."""

    key: str
    value: Any
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    status: Status
    checked_on: date | None = None
    checked_by: str = ""
    origin: str = "koempel"

    def holds_on(self, day: date) -> bool:
        """Tell whether the value holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def version(self) -> str:
        """Short mark of this value, for the record of a run."""
        return f"{self.valid_from.isoformat()} {self.origin} {self.status}"


@dataclass(frozen=True, slots=True)
class Parameters:
    """All rows known; the region's own first, then those that come with Koempel."""

    rows: tuple[PolicyParameter, ...] = field(repr=False)

    @classmethod
    def read(
        cls, rows: Sequence[Mapping[str, object]], origin: str = "region.toml"
    ) -> "Parameters":
        """Make parameters of rows of a TOML file, before Koempel's own.

        Raises
        ------
        ParameterError
            When a row lacks a field, has an unknown key or a value of another kind than
            Koempel's own value of that key.
        """
        own = tuple(_read_row(row, index, origin) for index, row in enumerate(rows))
        for index, row in enumerate(own):
            _refuse_overlap(row, own[:index], index)
        return cls(own + _shipped())

    def on(self, key: str, day: date) -> PolicyParameter:
        """Look up the parameter that holds on a day.

        Raises
        ------
        ParameterMissingError
            When none does.
        """
        for row in self.rows:
            if row.key == key and row.holds_on(day):
                return row
        raise ParameterMissingError(
            f"Geen waarde voor «{key}» op {day.isoformat()}. "
            "Koempel rekent niet met een regel van een andere datum. "
            "Zet een rij [[parameters]] met deze sleutel en datum in region.toml."
        )

    def value(self, key: str, day: date) -> Any:
        """Value of a key on a day."""
        return self.on(key, day).value

    def own_rows(self) -> tuple[PolicyParameter, ...]:
        """Rows that the region brought itself."""
        return tuple(row for row in self.rows if row.origin != "koempel")

    def versions_on(self, day: date) -> dict[str, dict[str, Any]]:
        """Value and version of every known key on a day, for the record of a run."""
        return {
            key: {"value": row.value, "version": row.version}
            for key in KEYS
            for row in (self.on(key, day),)
        }


def first_guess(
    key: str, value: object, unit: str, source: str = "working guess"
) -> PolicyParameter:
    """A first value of a term, which holds until somebody confirms it or writes another one."""
    return PolicyParameter(
        key=key,
        value=value,
        unit=unit,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        source=source,
        status=Status.DRAFT,
    )


_TEXTS = ("key", "unit", "source", "status")


def _read_row(row: Mapping[str, object], index: int, origin: str) -> PolicyParameter:
    for name in (*_TEXTS, "valid_from", "value"):
        if name not in row:
            raise ParameterError(f"het veld «{name}» ontbreekt", index)
    for name in _TEXTS:
        if not isinstance(row[name], str):
            raise ParameterError(f"«{name}» moet tekst zijn", index)
    unknown = sorted(set(row) - set(PolicyParameter.__dataclass_fields__))
    if unknown:
        raise ParameterError(f"onbekend veld «{unknown[0]}»", index)
    made = PolicyParameter(
        key=str(row["key"]),
        value=row["value"],
        unit=str(row["unit"]),
        valid_from=_day(row, "valid_from", index),
        valid_to=_day(row, "valid_to", index) if "valid_to" in row else None,
        source=str(row["source"]),
        status=_status(str(row["status"]), index),
        checked_on=_day(row, "checked_on", index) if "checked_on" in row else None,
        checked_by=str(row.get("checked_by", "")),
        origin=origin,
    )
    if origin != "koempel":
        _refuse_other_kind(made, index)
    return made


def _day(row: Mapping[str, object], name: str, index: int) -> date:
    value = row[name]
    if type(value) is not date:
        raise ParameterError(f"«{name}» moet een datum zijn, zoals 2026-01-01", index)
    return value


def _status(text: str, index: int) -> Status:
    try:
        return Status(text)
    except ValueError:
        raise ParameterError("«status» moet DRAFT of CONFIRMED zijn", index) from None


def _refuse_other_kind(row: PolicyParameter, index: int) -> None:
    shipped = [known for known in _shipped() if known.key == row.key]
    if not shipped:
        raise ParameterError(f"onbekende sleutel «{row.key}»", index)
    if _shape(row.value) != _shape(shipped[0].value):
        raise ParameterError(
            f"de waarde van «{row.key}» moet dezelfde vorm hebben als {shipped[0].value!r}", index
        )


def _refuse_overlap(row: PolicyParameter, before: Sequence[PolicyParameter], index: int) -> None:
    for other in before:
        if other.key == row.key and (
            other.holds_on(row.valid_from) or row.holds_on(other.valid_from)
        ):
            raise ParameterError(f"twee waarden van «{row.key}» gelden op dezelfde dag", index)


def _shape(value: object) -> object:
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | float):
        return float
    if isinstance(value, Mapping):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return type(value)


_cache: list[tuple[PolicyParameter, ...]] = []


def _shipped() -> tuple[PolicyParameter, ...]:
    if not _cache:
        text = files("koempel.region").joinpath("parameters.toml").read_text("utf-8")
        rows = tomllib.loads(text)["parameters"]
        _cache.append(tuple(_read_row(row, index, "koempel") for index, row in enumerate(rows)))
    return _cache[0]


KEYS: tuple[str, ...] = tuple(dict.fromkeys(row.key for row in _shipped()))
"""Every key that the planner asks for; `docs/parameters.md` lists them with their sources."""
