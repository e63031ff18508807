"""Parts of the desk above people that keep something about a person.

They register here, so that what a person gets to see is complete and erasing reaches everything,
though people know nothing of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

ERASED = "gewist"
"""Stands in place of the case number of somebody who was erased, the same for all."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: its label, its value as data, and in words."""

    name: str
    label: str
    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table."""

    title: str
    name: str
    rows: Sequence[Sequence[Known]]


class Keeper(Protocol):
    """Keeps something about people under their case numbers."""

    def known(self, case_number: str) -> Part:
        """All that it keeps about one person, for the person."""
        ...

    def erase(self, case_number: str, *, on: date) -> None:
        """Let go of one person, in the transaction of the caller and before the case goes."""
        ...


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Take part in telling and erasing."""
    _keepers.append(keeper)


def keepers() -> tuple[Keeper, ...]:
    """All that registered."""
    return tuple(_keepers)
