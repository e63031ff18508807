"""The occupations that come with Koempel: ISCO-08 unit groups with our own Dutch labels.

The labels and synonyms in `occupations.csv` are ours; the codes are those of ISCO-08 (ILO, 2008).
"""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from koempel.desk.common.text import plain
from koempel.desk.jobs.models import Occupation

VERSION = "2026-11"
"""Version of the labels; the codes do not change."""

SOURCE = "ISCO-08, met eigen Nederlandse namen"


def fill_occupations(using: str = "default", **rest: Any) -> None:
    """Write every occupation that comes with Koempel, and correct those that differ."""
    if Occupation._meta.db_table not in connections[using].introspection.table_names():
        return  # the tables were just taken away
    with transaction.atomic(using):
        Occupation.objects.using(using).bulk_create(
            [Occupation(**row, search=_search_text(row), version=VERSION) for row in shipped()],
            update_conflicts=True,
            unique_fields=["isco"],
            update_fields=["title", "synonyms", "search", "version"],
        )


@cache
def shipped() -> tuple[dict[str, str], ...]:
    """Rows of the table: code, title and synonyms parted by commas."""
    text = files(__package__).joinpath("occupations.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter=";"))


def _search_text(row: dict[str, str]) -> str:
    return plain(f"{row['isco']} {row['title']} {row['synonyms']}")


def matching(words: str) -> QuerySet[Occupation]:
    """Occupations in whose code, title or synonyms each of the words stands."""
    found = Occupation.objects.all()
    for word in plain(words).split():
        found = found.filter(search__contains=word)
    return found
