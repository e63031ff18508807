"""Rows of a CSV file or a spreadsheet as text, within limits that are kept before reading."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import load_workbook

from koempel.errors import KoempelError
from koempel.region.csv_lines import cells_of
from koempel.region.issues import Issue

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
MOST_CELL: Final = 2_000
MOST_SIGNS: Final = 20_000_000
MOST_UNPACKED: Final = 150 * 1024 * 1024

Line = tuple[int, Sequence[str]]
"""The number of a row in the file and its cells."""

RUNS: Final = "=+-@＝＋－＠"
"""How a cell begins that a spreadsheet would run."""

_GUARD = re.compile(rf"^'(?=[\s']*[{re.escape(RUNS)}])")
"""What `harmless` puts before such a cell."""


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and never runs; reading a file gives the text back.

    Examples
    --------
    >>> harmless("=1+1"), harmless("  @SUM(A1)"), harmless("Yara")
    ("'=1+1", "'  @SUM(A1)", 'Yara')
    """
    stripped = re.sub(r"^[\s']+", "", text)
    runs = stripped.startswith(tuple(RUNS)) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if runs else text


class SheetError(KoempelError):
    """A file that cannot be read, or is larger than we take; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the names of its columns, and its rows as text.

    `problems` is what its reader found wrong already, by the number of the row and the name of the
    column: a file that is no table can hold what no cell can.
    """

    header: Sequence[str]
    rows: Sequence[Line]
    problems: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The table as it waits between two steps: reading a spreadsheet again is slow."""
        kept = [self.header, self.rows, [*self.problems.items()]]
        return json.dumps(kept, ensure_ascii=False).encode()

    @classmethod
    def kept_in(cls, path: Path) -> "Sheet":
        """A table as `as_bytes` made it."""
        header, rows, problems = json.loads(path.read_bytes())
        return cls(header, [(number, cells) for number, cells in rows], dict(problems))


def read_sheet(file: BinaryIO, name: str) -> Sheet:
    """The table in a file; its name tells the kind. Longer cells are cut: no field takes them.

    Raises
    ------
    SheetError
        When it cannot be read, is empty, or is larger than we take.
    """
    lines = _xlsx(file) if name.lower().endswith(".xlsx") else _csv(file)
    found = list(_within_limits(lines))
    if not found:
        raise SheetError("Dit bestand is leeg. Zet op de eerste regel de namen van de kolommen.")
    (_, header), *rows = found
    if len(header) > MOST_COLUMNS:
        raise SheetError(f"Dit bestand heeft meer dan {MOST_COLUMNS} kolommen. Schrap er.")
    return Sheet(header, rows)


def _within_limits(lines: Iterable[Line]) -> Iterator[Line]:
    n_signs = 0
    for count, line in enumerate(lines):
        n_signs += sum(map(len, line[1]))
        if count > MOST_ROWS:
            raise SheetError(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het.")
        if n_signs > MOST_SIGNS:
            raise SheetError("In dit bestand staat te veel tekst. Verdeel het.")
        yield line


def _csv(file: BinaryIO) -> Iterator[Line]:
    for line in cells_of(file, "het bestand"):
        if isinstance(line, Issue):
            raise SheetError(f"Regel {line.line}: {line.problem}. Doe dit: {line.remedy}.")
        number, cells = line
        yield number, [_tidy(cell) for cell in cells]


def _xlsx(file: BinaryIO) -> Iterator[Line]:
    _refuse_bomb(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for number, values in enumerate(rows, 1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells
    except Exception as error:
        # openpyxl raises whatever its parsers do on a broken file.
        raise SheetError("Dit rekenblad is niet te lezen. Bewaar het opnieuw.") from error


def _refuse_bomb(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SheetError("Dit bestand is geen rekenblad. Bewaar het als .xlsx of .csv.") from error
    if unpacked > MOST_UNPACKED:
        raise SheetError("Dit rekenblad is uitgepakt te groot. Verdeel het.")


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else _tidy(str(value))


def _tidy(text: str) -> str:
    return _GUARD.sub("", text.strip())[: MOST_CELL + 1]
