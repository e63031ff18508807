"""Rows of a CSV file or a spreadsheet as text, within limits that are kept before reading."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import load_workbook

from koempel.errors import KoempelError
from koempel.region.csv_lines import cells_of
from koempel.region.issues import Issue

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
MOST_UNPACKED: Final = 150 * 1024 * 1024

Line = tuple[int, list[str]]
"""The number of a row in the file and its cells."""

_GUARD = re.compile(r"^'(?=\s*[=+@-])")
"""What our own files put before a cell that a spreadsheet would run."""


class SheetError(KoempelError):
    """A file that cannot be read, or is larger than we take; the message is Dutch."""


def read_sheet(path: Path, name: str) -> tuple[list[str], list[Line]]:
    """The header and the rows of a file; its name tells the kind.

    Raises
    ------
    SheetError
        When it cannot be read, is empty, or is larger than we take.
    """
    with path.open("rb") as stream:
        lines = _xlsx(stream) if name.lower().endswith(".xlsx") else _csv(stream)
        found = list(islice(lines, MOST_ROWS + 2))
    if not found:
        raise SheetError("Dit bestand is leeg. Zet op de eerste regel de namen van de kolommen.")
    if len(found) > MOST_ROWS + 1:
        raise SheetError(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het.")
    (_, header), *rows = found
    if len(header) > MOST_COLUMNS:
        raise SheetError(f"Dit bestand heeft meer dan {MOST_COLUMNS} kolommen.")
    return header, rows


def _csv(stream: BinaryIO) -> Iterator[Line]:
    for line in cells_of(stream, "het bestand"):
        if isinstance(line, Issue):
            raise SheetError(f"Regel {line.line}: {line.problem}. Doe dit: {line.remedy}.")
        number, cells = line
        yield number, [_GUARD.sub("", cell.strip()) for cell in cells]


def _xlsx(stream: BinaryIO) -> Iterator[Line]:
    _refuse_bomb(stream)
    try:
        # The stream and not its path: a kept file has no ending for openpyxl to look at.
        book = load_workbook(stream, read_only=True, data_only=True)
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


def _refuse_bomb(stream: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
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
    return "" if value is None else _GUARD.sub("", str(value).strip())
