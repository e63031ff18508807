"""The lines of a CSV file as lists of cells, whatever a spreadsheet made of them.

A cell never holds a line break, so that each line stands alone: one quotation mark too many
spoils its own line and not the thousand after it.
"""

import csv
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, TypeAlias

from koempel.region.issues import Issue

NumberedCells: TypeAlias = tuple[int, list[str]]

_LONGEST_LINE = 100_000


def cells_of(stream: BinaryIO, file: str) -> Iterator[Issue | NumberedCells]:
    """Read a CSV file line by line.

    Parameters
    ----------
    stream : binary file
        UTF-8, with or without byte order mark; `;` or `,` between the cells, as the first line
        shows.
    file : str
        Its name, for the messages.

    Yields
    ------
    Issue or (int, list of str)
        A line that is no good, or its number and cells. The first cells are the header; empty
        lines are left out.
    """
    separator = ""
    for number, raw in enumerate(iter(partial(stream.readline, _LONGEST_LINE), b""), 1):
        if len(raw) == _LONGEST_LINE:
            yield _too_long(file, number)
            return
        if not raw.isascii() and (fault := _not_utf8(raw, file, number)):
            yield fault
        text = _decoded(raw, number)
        if not text.strip(";, \t\r\n"):
            continue
        is_header = not separator
        separator = separator or (";" if text.count(";") >= text.count(",") else ",")
        try:
            yield number, next(csv.reader((text,), delimiter=separator, strict=True))
        except csv.Error:
            yield _unreadable(file, number)
            if is_header:
                return


def _decoded(raw: bytes, number: int) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        # Told already; read as the usual other encoding, so that the rest is checked too.
        text = raw.decode("cp1252", "replace")
    return text.removeprefix("\N{BYTE ORDER MARK}") if number == 1 else text


def _not_utf8(raw: bytes, file: str, number: int) -> Issue | None:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return Issue(
            file,
            number,
            "",
            "de regel heeft tekens die geen UTF-8 zijn",
            "tekst in UTF-8",
            "bewaar het bestand als CSV UTF-8; letters met een accent gaan anders verloren",
        )
    return None


def _too_long(file: str, number: int) -> Issue:
    return Issue(
        file,
        number,
        "",
        f"de regel is langer dan {_LONGEST_LINE} tekens; het bestand is niet verder gelezen",
        "een rij per regel",
        "bewaar de tabel opnieuw als CSV",
    )


def _unreadable(file: str, number: int) -> Issue:
    return Issue(
        file,
        number,
        "",
        "de aanhalingstekens kloppen niet of er staat een regeleinde midden in de rij",
        'hele cellen tussen aanhalingstekens, en "" voor een aanhalingsteken in een cel',
        "kijk de aanhalingstekens na",
    )
