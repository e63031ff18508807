"""Vacancies from a file: read all, check all, then write all in one transaction or nothing.

The planner's own readers read the cells, so that a file that comes in here is one that a region
takes. A row is known again by its number: the same file a second time changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db import transaction

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import current
from koempel.desk.common.sheet_plans import CellReader, Outcome, Plan, ReadRow, missing, told
from koempel.desk.common.sheets import Sheet
from koempel.desk.common.text import plain
from koempel.desk.jobs.actions import KIND, VacancyError
from koempel.desk.jobs.models import EventKind, Occupation, Vacancy, VacancyEvent
from koempel.desk.jobs.queries import employers
from koempel.desk.jobs.rules import can_keep
from koempel.desk.jobs.weeks import hours_per_week
from koempel.desk.partners.models import Establishment
from koempel.desk.partners.queries import establishments_of
from koempel.desk.partners.validators import dotted
from koempel.region import dutch
from koempel.region.cells import CellError
from koempel.region.row_rules import Places, rules_for
from koempel.region.rows import Column, Contract, Job, columns_of
from koempel.region.windows import Windows

SOURCE: Final = "bestand"
_BATCH = 500
_MOST_NAMES = 6
_NO_OCCUPATION = "Dit beroep kennen we niet. Schrijf de naam of de code."

_PLANNER = columns_of(Job)
_MAY_BE_EMPTY: Mapping[str, object] = {
    "seats": 1,
    "hours_per_week": None,
    "contract": Contract.INDEFINITE,
}
_LONGEST = {"title": 120, "description": 1_000, "wage": 120}

COLUMNS: Final[Mapping[str, Column]] = {
    "source_id": _PLANNER["id"],
    "title": Column("text", ""),
    "occupation": Column("text", ""),
    "establishment": Column("text", ""),
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
    **{name: Column("text", "", required=False, default="") for name in ("description", "wage")},
}
"""All columns that a file may have."""

REQUIRED: Final = tuple(name for name, column in COLUMNS.items() if column.required)

TITLES: Final[Mapping[str, str]] = {
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


def plan_import(
    sheet: Sheet, *, mapping: Mapping[str, int], employer: Organisation, today: date
) -> Plan:
    """Look at every row and say what it would do on a day; writes nothing."""
    if problem := missing(mapping, REQUIRED, TITLES):
        return Plan(sheet.header, mapping, [], problem)
    reader = _RowReader(mapping, employer, today)
    return Plan(sheet.header, mapping, [reader.row(line, cells) for line, cells in sheet.rows])


class _RowReader:
    """Reads rows one by one, and remembers which numbers it has seen."""

    def __init__(self, mapping: Mapping[str, int], employer: Organisation, today: date) -> None:
        self._cells = CellReader(COLUMNS, mapping, longest=_LONGEST)
        # Where the work is, the establishment says.
        self._rules = [rule for rule in rules_for("jobs") if set(rule.columns) <= set(COLUMNS)]
        places = establishments_of(employer.pk, today)
        self._establishments = _by_word((each, _names_of(each)) for each in places)
        self._no_place = _no_place(employer, [each.name for each in places])
        self._occupations = _by_word(
            (each, (each.pk, each.title)) for each in Occupation.objects.all()
        )
        stored = Vacancy.objects.filter(employer=employer, source=SOURCE)
        self._known = {each.source_id: each for each in stored}

    def row(self, line: int, cells: Sequence[str]) -> ReadRow:
        """One row with what it would do."""
        row = ReadRow(line, cells)
        values = self._cells.values(row)
        self._look_up(row, values, "establishment", self._establishments, self._no_place)
        self._look_up(row, values, "occupation", self._occupations, _NO_OCCUPATION)
        if not row.problems:
            self._settle(row, values)
        if row.problems:
            row.outcome = Outcome.REFUSED
        else:
            self._compare(row, values)
        return row

    def _look_up(
        self,
        row: ReadRow,
        values: dict[str, Any],
        name: str,
        known: Mapping[str, Sequence[Any]],
        unknown: str,
    ) -> None:
        if name not in values:
            return
        found = known.get(plain(values[name]), ())
        if len(found) == 1:
            values[name] = found[0]
        elif found:
            row.problems[name] = "Dit kan meer dan één zijn. Schrijf het nummer."
        else:
            row.problems[name] = unknown

    def _settle(self, row: ReadRow, values: dict[str, Any]) -> None:
        hours = values["hours_per_week"] or hours_per_week(values["shifts"])
        values["hours_per_week"] = Decimal(str(round(hours, 2)))
        if not 1 <= hours <= 60:
            row.problems["shifts"] = f"Samen is dat {hours:g} uren per week. Het kan 1 tot 60."
        if values["seats"] < 1:
            row.problems["seats"] = "Een vacature heeft minstens één plaats."
        for rule in self._rules:
            try:
                rule.refuse(Places(), *(values[name] for name in rule.columns))
            except CellError as error:
                row.problems[rule.columns[0]] = told(error)

    def _compare(self, row: ReadRow, values: dict[str, Any]) -> None:
        row.facts = {name: _stored(value) for name, value in values.items()}
        known = self._known.get(row.facts["source_id"])
        if known is None:
            return
        row.known = known.number
        if row.facts["seats"] < known.taken:
            row.problems["seats"] = f"Er zijn al {known.taken} plaatsen ingevuld."
            row.outcome = Outcome.REFUSED
            return
        is_same = all(_same(known, name, value) for name, value in row.facts.items())
        row.outcome = Outcome.SAME if is_same else Outcome.CHANGED


def _by_word(rows: Iterator[tuple[Any, tuple[str, ...]]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each, words in rows:
        for word in {plain(word) for word in words}:
            found.setdefault(word, []).append(each)
    return found


def _names_of(place: Establishment) -> tuple[str, ...]:
    """Under what a file can name an establishment; the village does while it is the only one."""
    village = place.village
    numbers = (place.number, dotted(place.number)) if place.number else ()
    return (*numbers, place.name, village.name, village.pk)


def _no_place(employer: Organisation, names: Sequence[str]) -> str:
    known = f" Je hebt {dutch.joined(names[:_MOST_NAMES])}." if names else ""
    return (
        f"Deze vestiging van {employer} kennen we niet.{known} Schrijf de naam of het "
        "vestigingsnummer, of voeg de vestiging toe bij «Mijn organisatie»."
    )


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        is_rotation = bool(value) and isinstance(value[0], Windows)
        return " | ".join(map(str, value)) if is_rotation else [str(each) for each in value]
    return str(value) if isinstance(value, StrEnum) else value


def _same(known: Vacancy, name: str, value: Any) -> bool:
    if isinstance(value, Establishment | Occupation):
        return bool(getattr(known, f"{name}_id") == value.pk)
    return bool(getattr(known, name) == value)


@transaction.atomic
def apply_import(plan: Plan, *, employer: Organisation, by: User, at: datetime) -> list[str]:
    """Write the sound rows; new ones become drafts. Gives the numbers made or changed.

    Raises
    ------
    VacancyError
        When the plan has a problem as a whole, the organisation offers no work, or the asker may
        not keep its vacancies.
    """
    if plan.problem:
        raise VacancyError(plan.problem)
    if not can_keep(current(), employer.pk) or employer not in employers():
        raise VacancyError("Je kunt alleen vacatures van je eigen organisatie inlezen.")
    made = [Vacancy(employer=employer, source=SOURCE, **row.facts) for row in plan.of(Outcome.NEW)]
    changed = _changed(plan.of(Outcome.CHANGED), at)
    if not made and not changed:
        return []
    for vacancy in made:
        vacancy.settle()
    Vacancy.objects.bulk_create(made, batch_size=_BATCH)
    _tell(made, EventKind.MADE, by, at)
    _tell(changed, EventKind.CHANGED, by, at)
    numbers = [vacancy.number for vacancy in (*made, *changed)]
    audit.record("jobs:import", kind=KIND, objects=numbers, at=at)
    return numbers


def _changed(rows: Sequence[ReadRow], at: datetime) -> list[Vacancy]:
    facts_of = {row.known: row.facts for row in rows}
    locked = Vacancy.objects.filter(number__in=facts_of).select_for_update(of=("self",))
    vacancies = list(locked.select_related("employer", "occupation"))
    for vacancy in vacancies:
        for name, value in facts_of[vacancy.number].items():
            setattr(vacancy, name, value)
        vacancy.changed_at = at
        vacancy.settle()
    names = [*COLUMNS, "shift_kinds", "search", "changed_at"]
    Vacancy.objects.bulk_update(vacancies, names, batch_size=_BATCH)
    return vacancies


def _tell(vacancies: Sequence[Vacancy], kind: EventKind, by: User, at: datetime) -> None:
    events = (
        VacancyEvent(vacancy=each, at=at, by=by, kind=kind, text="uit een bestand")
        for each in vacancies
    )
    VacancyEvent.objects.bulk_create(events, batch_size=_BATCH)
