"""Vacancies in the shape of VDAB. NOT VERIFIED.

No real file of VDAB was seen: its vacancy service asks an approved application first. The names of
the fields below are working guesses. They stand in this module and nowhere else, and the sample in
the tests is invented. When a real sample is there: mend `FIELDS`, replace the sample, and take the
warnings away here, in `docs/handleiding/vacatures-uitwisselen.md` and on the page.
"""

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

from koempel.desk.common.sheets import Sheet
from koempel.desk.jobs.exchange.rows import Texts, sheet_of, texts_of
from koempel.desk.jobs.exchange.texts import Node, OddError, many, part, text
from koempel.desk.jobs.models import Vacancy

SOURCE: Final = "VDAB"
_LIST: Final = "vacatures"

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("referentie", "bron"),
    "source_id": ("referentie", "nummer"),
    "title": ("functie", "titel"),
    "occupation": ("functie", "iscoCode"),
    "description": ("functie", "omschrijving"),
    "establishment": ("tewerkstelling", "vestiging"),
    "shifts": ("arbeidstijd", "uurrooster"),
    "hours_per_week": ("arbeidstijd", "urenPerWeek"),
    "contract": ("arbeidscontract", "code"),
    "wage": ("arbeidscontract", "loon"),
    "seats": ("aantalPlaatsen",),
    "start_from": ("start", "vanaf"),
    "start_to": ("start", "tot"),
    "dutch_listening": ("nederlands", "luisteren"),
    "dutch_speaking": ("nederlands", "spreken"),
    "dutch_reading": ("nederlands", "lezen"),
    "dutch_writing": ("nederlands", "schrijven"),
    "skills": ("vereisten", "vaardigheden"),
    "licences": ("vereisten", "rijbewijzen"),
    "strains": ("vereisten", "lichamelijk"),
    "measures": ("vereisten", "maatregelen"),
}
"""Where each column stands in a vacancy; all of it is a guess."""

_LISTS: Final = ("skills", "licences", "strains", "measures")


def is_ours(data: Any) -> bool:
    """Whether a JSON file has this shape."""
    return isinstance(data, dict) and _LIST in data and "@context" not in data


def read(data: Node) -> Sheet:
    """The vacancies of a file.

    Raises
    ------
    SheetError
        When there is none, or more than we take.
    """
    return sheet_of(_row(each) for each in many(data[_LIST]))


def _row(node: Any) -> tuple[Texts, dict[str, str]]:
    texts: Texts = {}
    problems: dict[str, str] = {}
    for column, path in FIELDS.items():
        value = node
        for name in path:
            value = part(value, name)
        try:
            texts[column] = _cell(column, value)
        except OddError as error:
            problems[column] = str(error)
    texts["source"] = texts.get("source") or SOURCE
    return texts, problems


def _cell(column: str, value: Any) -> str:
    if column in _LISTS:
        return " ".join(text(each) for each in many(value))
    return text(value)


def write(file: IO[bytes], vacancies: Iterable[Vacancy]) -> None:
    """Write vacancies as one file."""
    data = {_LIST: [_vacancy(texts_of(each)) for each in vacancies]}
    file.write(json.dumps(data, ensure_ascii=False, indent=1).encode())


def _vacancy(row: Texts) -> Node:
    found: Node = {}
    for column, path in FIELDS.items():
        node = found
        for name in path[:-1]:
            node = node.setdefault(name, {})
        node[path[-1]] = row[column].split() if column in _LISTS else row[column]
    return found
