"""Everything that is kept about one person, from the declarations of the fields.

For the person: readable, and as data. Names of employees are left out, and nothing that belongs
to others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.jobs.wishes import title_of
from koempel.desk.people import enums
from koempel.desk.people.fields import DECLARED, Export
from koempel.desk.people.keepers import Known, Part, keepers
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)
from koempel.region import dutch, vocabulary
from koempel.region.windows import in_words, parse_windows

_TABLES: tuple[tuple[str, type[models.Model], str], ...] = (
    ("Persoon", Person, "case_number"),
    ("Kinderen", Child, "person"),
    ("Rechten", SupportRight, "person"),
    ("Drempels", PersonObstacle, "person"),
    ("Tijdlijn", TimelineEntry, "person"),
    ("Vertrouwelijke notities", ConfidentialNote, "person"),
)


def _hours(value: str) -> str:
    return in_words(parse_windows(value))


_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "modes": partial(enums.words_of, enums.MODE_WORDS),
    "needs": partial(enums.words_of, enums.NEED_WORDS),
    "away": _hours,
    "care_hours": _hours,
    "skills": lambda codes: ", ".join(vocabulary.SKILLS.get(code, code) for code in codes),
    "wants": lambda codes: ", ".join(title_of(code) for code in codes),
    "birth_month": lambda month: dutch.day(month).partition(" ")[2],
}
"""How fields are said whose value is a code or a notation."""


def everything_about(case_number: str) -> list[Part]:
    """All that is kept about a person, whoever asks: the caller was let in to the case."""
    with acting(system("inzage van de persoon zelf")):
        return [
            *(_part(title, model, key, case_number) for title, model, key in _TABLES),
            *(keeper.known(case_number) for keeper in keepers()),
        ]


def _part(title: str, model: type[models.Model], key: str, case_number: str) -> Part:
    rows = model._default_manager.filter(**{key: case_number})
    return Part(title, model.__name__, [tuple(_known(row)) for row in rows])


def as_data(parts: Sequence[Part]) -> dict[str, list[dict[str, Any]]]:
    """The same as data, for a file."""
    return {
        part.name: [{known.name: known.value for known in row} for row in part.rows]
        for part in parts
    }


def _known(row: models.Model) -> Iterator[Known]:
    for name, declared in DECLARED[type(row).__name__].items():
        if declared.export is Export.GIVE:
            field = row._meta.get_field(name)
            value = getattr(row, name)
            label = dutch.capital(str(getattr(field, "verbose_name", name)))
            yield Known(name, label, _plain(value), _in_words(row, name, value))


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _in_words(row: models.Model, name: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if name in _IN_WORDS:
        return _IN_WORDS[name](value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown()) if shown else _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, datetime):
        return dutch.day(timezone.localdate(value))
    if isinstance(value, date):
        return dutch.day(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
