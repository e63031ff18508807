"""The one neutral row of a vacancy: every file is read to it and written from it.

A row is text by column, as it would stand in a cell: never more than one line. The planner's own
readers and writers know the columns, so that what is written reads back the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from koempel.desk.common.sheets import MOST_CELL, MOST_ROWS, MOST_SIGNS, Sheet, SheetError
from koempel.desk.jobs.models import Vacancy
from koempel.region.cells import writer_of
from koempel.region.rows import Column, Contract, Job, columns_of

OWN: Final = "koempel"
"""The source of a vacancy that was written here; its number is the number of the vacancy."""

BREAK: Final = "⏎"
"""A line break within a cell."""

_PLANNER = columns_of(Job)
_MAY_BE_EMPTY: Mapping[str, object] = {
    "seats": 1,
    "hours_per_week": None,
    "contract": Contract.INDEFINITE,
}

COLUMNS: Final[Mapping[str, Column]] = {
    "source": Column("text", "", required=False, default="", high=40),
    "source_id": _PLANNER["id"],
    "title": Column("text", ""),
    "occupation": Column("text", ""),
    "establishment": Column("text", "", high=500),
    "shifts": _PLANNER["shifts"],
    **{
        name: replace(_PLANNER[name], required=False, default=value)
        for name, value in _MAY_BE_EMPTY.items()
    },
    **{
        name: column
        for name, column in _PLANNER.items()
        if name.startswith(("start", "dutch"))
        or name in ("skills", "licences", "strains", "measures")
    },
    "description": Column("text", "", required=False, default="", high=2_000),
    "wage": Column("text", "", required=False, default=""),
}
"""All columns that a file may have."""

REQUIRED: Final = tuple(name for name, column in COLUMNS.items() if column.required)
IDENTITY: Final = ("source", "source_id")
FREE_TEXT: Final = ("title", "description", "wage")

TITLES: Final[Mapping[str, str]] = {
    "source": "bron",
    "source_id": "nummer",
    "title": "titel",
    "occupation": "beroep",
    "establishment": "vestiging",
    "shifts": "uren",
    "start_from": "start vanaf",
    "start_to": "start tot",
    "seats": "plaatsen",
    "hours_per_week": "uren per week",
    "contract": "contract",
    "dutch_listening": "luisteren",
    "dutch_speaking": "spreken",
    "dutch_reading": "lezen",
    "dutch_writing": "schrijven",
    "skills": "vaardigheden",
    "licences": "rijbewijzen",
    "strains": "voor het lichaam",
    "measures": "alleen voor recht",
    "description": "omschrijving",
    "wage": "loon",
}
"""The Dutch name of each column; a file may use this one or the planner's."""

ALSO: Final = {
    "id": "source_id",
    "isco": "occupation",
    "dorp": "establishment",
    "village": "establishment",
}
"""Other names of columns."""

Texts = dict[str, str]

_WRITERS = {name: writer_of(column) for name, column in COLUMNS.items()}
_LINE_ENDS = re.compile(r"\r\n?|\n")


def said(text: str) -> str:
    """A text as a cell holds it: printable signs on one line.

    Examples
    --------
    >>> said(" Je stapelt.\\r\\nJe telt.")
    'Je stapelt.⏎Je telt.'
    """
    on_one_line = _LINE_ENDS.sub(BREAK, text)
    return "".join(sign if sign.isprintable() else _instead(sign) for sign in on_one_line).strip()


def _instead(sign: str) -> str:
    return " " if sign.isspace() else ""


def texts_of(vacancy: Vacancy) -> Texts:
    """The row of a vacancy."""
    source, number = identity_of(vacancy)
    values: dict[str, Any] = {
        name: getattr(vacancy, name)
        for name in COLUMNS
        if name not in (*IDENTITY, *FREE_TEXT, "occupation", "establishment", "shifts")
    }
    return {
        "source": source,
        "source_id": number,
        **{name: said(getattr(vacancy, name)) for name in FREE_TEXT},
        "occupation": vacancy.occupation_id,
        "establishment": place_word(vacancy),
        "shifts": _WRITERS["shifts"](vacancy.rotation),
        **{name: _WRITERS[name](value) for name, value in values.items()},
    }


def identity_of(vacancy: Vacancy) -> tuple[str, str]:
    """By which source and number other software knows a vacancy."""
    if vacancy.source_id:
        return vacancy.source, vacancy.source_id
    return OWN, vacancy.number


def place_word(vacancy: Vacancy) -> str:
    """How a file names the establishment."""
    place = vacancy.establishment
    return place.number or said(place.name)


def sheet_of(rows: Iterable[tuple[Texts, Mapping[str, str]]]) -> Sheet:
    """Rows that were no table as one, each with what is wrong in it already.

    Raises
    ------
    SheetError
        When there are none, or more than we take.
    """
    lines, problems, n_signs = [], {}, 0
    for number, (texts, wrong) in enumerate(rows, 1):
        cells = [texts.get(name, "")[: MOST_CELL + 1] for name in COLUMNS]
        n_signs += sum(map(len, cells))
        if number > MOST_ROWS or n_signs > MOST_SIGNS:
            raise SheetError("In dit bestand staat te veel. Verdeel het.")
        lines.append((number, cells))
        if wrong:
            problems[number] = wrong
    if not lines:
        raise SheetError("In dit bestand staat geen vacature.")
    return Sheet([TITLES[name] for name in COLUMNS], lines, problems)
