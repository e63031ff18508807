"""Files of a list: one registry, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.utils import timezone
from openpyxl import Workbook

from koempel.desk.common.sheets import harmless

Plain = str | int | float | Decimal | date | bool | None
Lines = Iterable[Sequence[Plain]]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A kind of file: how to name it, and how to write it."""

    title: str
    suffix: str
    content_type: str
    write: Callable[[IO[bytes], Sequence[str], Lines], None]


def in_words(value: Plain) -> str:
    """A value as text in a file: decimal comma, day first, ja or nee.

    Examples
    --------
    >>> in_words(0.5), in_words(date(2027, 1, 4)), in_words(True), in_words(None)
    ('0,5', '04/01/2027', 'ja', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else harmless(value)


def write_csv(file: IO[bytes], head: Sequence[str], lines: Lines) -> None:
    """Semicolons, decimal commas and a mark of UTF-8, as spreadsheets here expect."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([harmless(title) for title in head])
    writer.writerows([in_words(value) for value in line] for line in lines)
    text.detach()


def write_xlsx(file: IO[bytes], head: Sequence[str], lines: Lines) -> None:
    """A workbook with one sheet; numbers and days stay what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Koempel")
    sheet.freeze_panes = "A2"
    sheet.append([harmless(title) for title in head])
    for line in lines:
        sheet.append([_cell(value) for value in line])
    book.save(file)


def _cell(value: Plain) -> Plain:
    if isinstance(value, datetime):
        # A workbook knows no time zones.
        return timezone.localtime(value).replace(tzinfo=None)
    return in_words(value) if isinstance(value, str | bool) else value


EXPORTERS = {
    each.suffix: each
    for each in (
        Exporter("CSV", "csv", "text/csv; charset=utf-8", write_csv),
        Exporter(
            "Excel",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
        ),
    )
}
"""All kinds of files, by the end of their name."""
