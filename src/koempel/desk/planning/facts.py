"""Records of a plan in columns of JSON, and back."""

from collections.abc import Iterable
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from koempel.region.outcome import Outcome

Record = TypeVar("Record")

_converter = make_converter()

FIGURES = ("prices", "levers", "fairness", "floors", "places", "flows", "hours", "obstacles")
"""What an outcome says of the whole: nothing in it is about one person."""


def as_json(record: Any) -> Any:
    """A frozen record, or many, as lists, dictionaries, texts and numbers."""
    return _converter.unstructure(record)


def from_json(data: Any, kind: type[Record]) -> Record:
    """The record behind `as_json`."""
    return _converter.structure(data, kind)


def many_from_json(data: Iterable[Any], kind: type[Record]) -> tuple[Record, ...]:
    """Several records of one kind."""
    return tuple(_converter.structure(each, kind) for each in data)


def figures_of(outcome: Outcome) -> dict[str, Any]:
    """The figures of a plan, by name."""
    return {name: as_json(getattr(outcome, name)) for name in FIGURES}
