"""The kinds of files that vacancies come in and go out: a new kind is a row in `WRITERS`."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Final

from koempel.desk.common.sheets import Sheet, harmless, read_sheet
from koempel.desk.jobs.exchange import jobposting, vdab
from koempel.desk.jobs.exchange.rows import COLUMNS, TITLES, texts_of
from koempel.desk.jobs.exchange.texts import load
from koempel.desk.jobs.models import Vacancy

ENDINGS: Final = (".csv", ".xlsx", ".json", ".jsonld")
_JSON: Final = (b"{", b"[")


def read_vacancies(file: BinaryIO, name: str) -> Sheet:
    """The rows of a file with vacancies; what stands in it tells the kind.

    Raises
    ------
    SheetError
        When it cannot be read, is empty, or is larger than we take.
    """
    if not _is_json(file):
        return read_sheet(file, name)
    data: Any = load(file)
    return vdab.read(data) if vdab.is_ours(data) else jobposting.read(data)


def _is_json(file: BinaryIO) -> bool:
    start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    return start.startswith(_JSON)


def _write_csv(file: IO[bytes], vacancies: Iterable[Vacancy]) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([TITLES[name] for name in COLUMNS])
    for each in vacancies:
        row = texts_of(each)
        writer.writerow([harmless(row[name]) for name in COLUMNS])
    text.detach()


@dataclass(frozen=True, slots=True)
class Writer:
    """A kind of file that vacancies go out in."""

    title: str
    told: str
    file_name: str
    content_type: str
    write: Callable[[IO[bytes], Iterable[Vacancy]], None]


WRITERS: Final = {
    "csv": Writer(
        "CSV",
        "Een tabel voor een rekenblad. Koempel leest ze weer in.",
        "vacatures.csv",
        "text/csv; charset=utf-8",
        _write_csv,
    ),
    "jsonld": Writer(
        "JobPosting",
        "JSON-LD van schema.org, voor een website of een zoekmachine. Koempel leest het weer in.",
        "vacatures.jsonld",
        "application/ld+json",
        jobposting.write,
    ),
    "vdab": Writer(
        "VDAB",
        "Nog niet nagekeken: we zagen geen echt bestand van VDAB. Alleen om te proberen.",
        "vacatures-vdab.json",
        "application/json",
        vdab.write,
    ),
}
"""All kinds, by the word in the address."""
