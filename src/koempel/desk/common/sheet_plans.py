"""What a table would do, row by row, before it does anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from koempel.desk.common.sheets import Sheet
from koempel.desk.common.text import plain
from koempel.desk.common.uploads import store
from koempel.region import dutch
from koempel.region.cells import CellError, Reader, reader_of
from koempel.region.rows import Column

Tidy = Callable[[str, str], str]
"""From the name of a column and the text of a cell to the text as the planner writes it."""

_REMEMBERED = 5_000


class Outcome(StrEnum):
    """What happens to a row."""

    NEW = "nieuw"
    CHANGED = "bijgewerkt"
    SAME = "ongewijzigd"
    REFUSED = "geweigerd"


@dataclass(slots=True)
class ReadRow:
    """A row of the file: its cells, what they mean, what is wrong and where.

    `known` is the number of what we have already and the row is about.
    """

    line: int
    cells: Sequence[str]
    facts: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = Outcome.NEW
    known: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do; `problem` is one of the file as a whole."""

    header: Sequence[str]
    mapping: Mapping[str, int]
    rows: Sequence[ReadRow]
    problem: str = ""

    def of(self, outcome: Outcome) -> list[ReadRow]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    def n(self, outcome: Outcome) -> int:
        """How many rows have it."""
        return sum(row.outcome is outcome for row in self.rows)


def mapped_by_name(
    header: Sequence[str], titles: Mapping[str, str], also: Mapping[str, str]
) -> dict[str, int]:
    """Which column of the file holds what, by its Dutch title, the planner's name or another."""
    known = {plain(title): name for name, title in titles.items()}
    known |= {name: name for name in titles} | dict(also)
    found: dict[str, int] = {}
    for index, title in enumerate(header):
        words = plain(title)
        name = known.get(words) or known.get(words.replace(" ", "_"))
        if name is not None:
            found.setdefault(name, index)
    return found


def missing(mapping: Mapping[str, int], required: Sequence[str], titles: Mapping[str, str]) -> str:
    """What to say of columns that must be there and are not; nothing when all are."""
    names = [titles[name] for name in required if name not in mapping]
    return f"Deze kolommen ontbreken: {', '.join(names)}." if names else ""


class CellReader:
    """Reads the cells of rows, with what is wrong in each, and remembers what it read before."""

    def __init__(
        self,
        columns: Mapping[str, Column],
        mapping: Mapping[str, int],
        *,
        longest: Mapping[str, int],
        tidy: Tidy = lambda name, text: text,
    ) -> None:
        self._mapping = mapping
        self._readers = {
            name: _remembering(_short(reader_of(column), longest.get(name)), partial(tidy, name))
            for name, column in columns.items()
        }
        self._lines: dict[tuple[str | None, str], int] = {}

    def values(self, row: ReadRow) -> dict[str, Any]:
        """The values of a row; a cell that is no good gets its problem."""
        values: dict[str, Any] = {}
        for name, read in self._readers.items():
            value = read(self._text(row, name))
            if isinstance(value, CellError):
                row.problems[name] = told(value)
            else:
                values[name] = value
        self._refuse_twice(row, values)
        return values

    def given(self, row: ReadRow) -> set[str]:
        """The columns in which a row says something."""
        return {name for name in self._mapping if self._text(row, name)}

    def _text(self, row: ReadRow, name: str) -> str:
        index = self._mapping.get(name)
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def _refuse_twice(self, row: ReadRow, values: Mapping[str, Any]) -> None:
        number = values.get("source_id")
        if number is None:
            return
        if (first := self._lines.setdefault((values.get("source"), number), row.line)) != row.line:
            row.problems["source_id"] = f"Dit nummer staat ook op regel {first}."


def _short(read: Reader, longest: int | None) -> Reader:
    if longest is None:
        return read

    def short(text: str) -> Any:
        value = read(text)
        if len(str(value)) > longest:
            raise CellError(
                f"is langer dan {longest} tekens", expected="minder", remedy="maak het korter"
            )
        return value

    return short


def _remembering(read: Reader, tidy: Callable[[str], str]) -> Callable[[str], Any]:
    # The same few texts stand in most rows of a column: reading them once halves the time.
    known: dict[str, Any] = {}

    def remembered(text: str) -> Any:
        if text in known:
            return known[text]
        try:
            value = read(tidy(text))
        except CellError as error:
            value = error
        if len(known) < _REMEMBERED:
            known[text] = value
        return value

    return remembered


def told(error: CellError) -> str:
    """What is wrong with a cell and what to do, in two sentences."""
    return f"{dutch.sentence(error.problem)} {dutch.sentence(error.remedy)}"


def counts_of(plan: Plan) -> dict[str, int]:
    """How many rows there are of each outcome."""
    return {each.value: plan.n(each) for each in Outcome}


def wrong_rows(plan: Plan, titles: Mapping[str, str]) -> Sheet:
    """Only the refused rows, with what is wrong in a last column."""
    width = len(plan.header)
    lines = []
    for row in plan.of(Outcome.REFUSED):
        filled = [*row.cells, *[""] * width][:width]
        lines.append((row.line, [*filled, _problems(row, titles)]))
    return Sheet([*plan.header, "wat is er mis"], lines)


def _problems(row: ReadRow, titles: Mapping[str, str]) -> str:
    return " ".join(f"{titles[name]}: {problem}" for name, problem in row.problems.items())


def keep_wrong_rows(plan: Plan, titles: Mapping[str, str], *, owner: str, now: datetime) -> str:
    """Keep the refused rows for who mends them; the name to get them by, or nothing."""
    if not plan.n(Outcome.REFUSED):
        return ""
    file = SimpleUploadedFile("fout", wrong_rows(plan, titles).as_bytes())
    return store().keep(file, owner=owner, now=now).token
