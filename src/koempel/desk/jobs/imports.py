"""Vacancies from a file: read all, check all, then write all in one transaction or nothing.

The planner's own readers read the cells, so that a file that comes in here is one that a region
takes. A row is known again by its source and number: the same file a second time changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import current
from koempel.desk.common.sheet_plans import CellReader, Outcome, Plan, ReadRow, missing, told
from koempel.desk.common.sheets import Sheet
from koempel.desk.common.text import plain
from koempel.desk.common.validators import dotted
from koempel.desk.jobs.actions import KIND, VacancyError, make_step
from koempel.desk.jobs.enums import REAPPEAR, REDRAFT, STEPS, VANISH
from koempel.desk.jobs.exchange.rows import (
    BREAK,
    COLUMNS,
    FREE_TEXT,
    IDENTITY,
    OWN,
    REQUIRED,
    TITLES,
    identity_of,
    said,
)
from koempel.desk.jobs.models import EventKind, Occupation, Vacancy, VacancyEvent, new_number
from koempel.desk.jobs.queries import (
    drafts_that_vanished,
    employers,
    untouched_since,
    vanished_numbers,
)
from koempel.desk.jobs.rules import can_keep
from koempel.desk.jobs.weeks import hours_per_week
from koempel.desk.partners.models import Establishment
from koempel.desk.partners.queries import establishments_of
from koempel.region import dutch
from koempel.region.cells import CellError
from koempel.region.parameters import Parameters
from koempel.region.row_rules import Places, rules_for
from koempel.region.windows import Windows, parse_rotation

SOURCE: Final = "bestand"
"""The source of a row that does not name one."""

_BATCH = 500
_MOST_NAMES = 6
_NO_OCCUPATION = "Dit beroep kennen we niet. Schrijf de naam of de code."
_LONGEST = {"title": 120, "wage": 120}
_FACTS = tuple(name for name in COLUMNS if name not in IDENTITY)
_BY_FOLLOWING = ("shift_kinds", "search", "changed_at")
_KEPT_TO_UNDO = (*_FACTS, "state", "publish_from", "publish_to")

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class JobsPlan(Plan):
    """What a file would do to the vacancies of an employer.

    Attributes
    ----------
    vanished : sequence of Vacancy
        What a file that holds everything no longer names: it closes.
    back : frozenset of str
        Numbers of vacancies that vanished before and are named again.
    """

    vanished: Sequence[Vacancy] = ()
    back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file did: the numbers that it touched, and what it takes to undo it."""

    numbers: Sequence[str] = ()
    taken: Mapping[str, Any] = field(default_factory=dict)


def plan_import(
    sheet: Sheet,
    *,
    mapping: Mapping[str, int],
    employer: Organisation,
    today: date,
    holds_all: bool = False,
) -> JobsPlan:
    """Look at every row and say what it would do on a day; writes nothing.

    Parameters
    ----------
    holds_all : bool
        Whether the file has every vacancy of its sources: what it does not name has vanished.
    """
    if problem := missing(mapping, REQUIRED, TITLES):
        return JobsPlan(sheet.header, mapping, [], problem)
    reader = _RowReader(mapping, employer, today)
    rows = [reader.row(line, cells, sheet.problems.get(line, {})) for line, cells in sheet.rows]
    vanished = reader.not_named() if holds_all else ()
    return JobsPlan(sheet.header, mapping, rows, vanished=vanished, back=frozenset(reader.back))


class _RowReader:
    """Reads rows one by one, and remembers which numbers it has seen."""

    def __init__(self, mapping: Mapping[str, int], employer: Organisation, today: date) -> None:
        self._cells = CellReader(COLUMNS, mapping, longest=_LONGEST, tidy=_tidy)
        self._today = today
        # Where the work is, the establishment says.
        self._rules = [rule for rule in rules_for("jobs") if set(rule.columns) <= set(COLUMNS)]
        places = establishments_of(employer.pk, today)
        self._establishments = _by_word((each, _names_of(each)) for each in places)
        self._no_place = _no_place(employer, [each.name for each in places])
        self._occupations = _by_word(
            (each, (each.pk, each.title)) for each in Occupation.objects.all()
        )
        stored = Vacancy.objects.filter(employer=employer).select_related("establishment__village")
        self._known = {identity_of(each): each for each in stored}
        self._vanished = vanished_numbers(employer)
        self._named: set[Identity] = set()
        self._is_sure = True
        self.back: set[str] = set()

    def row(self, line: int, cells: Sequence[str], problems: Mapping[str, str]) -> ReadRow:
        """One row with what it would do; `problems` were found before."""
        row = ReadRow(line, cells)
        values = self._cells.values(row)
        row.problems |= problems
        known = self._known.get(self._identity(row, values))
        self._look_up_place(row, values, known)
        self._look_up(row, values, "occupation", self._occupations, _NO_OCCUPATION)
        if not row.problems:
            self._settle(row, values)
        if row.problems:
            row.outcome = Outcome.REFUSED
        else:
            self._compare(row, values, known)
        return row

    def not_named(self) -> list[Vacancy]:
        """Vacancies of the same sources that no row names; none while some number is unknown."""
        if not self._is_sure:
            return []
        sources = {source for source, _ in self._named} - {OWN}
        return [
            vacancy
            for identity, vacancy in self._known.items()
            if identity[0] in sources
            and identity not in self._named
            and vacancy.state in STEPS[VANISH].starts
        ]

    def _identity(self, row: ReadRow, values: dict[str, Any]) -> Identity:
        if not row.problems.keys().isdisjoint(IDENTITY):
            self._is_sure = False
            return "", ""
        values["source"] = values["source"] or SOURCE
        identity = values["source"], values["source_id"]
        self._named.add(identity)
        return identity

    def _look_up_place(self, row: ReadRow, values: dict[str, Any], known: Vacancy | None) -> None:
        """The establishment; the one that a vacancy has already, whether or not it has ended."""
        word = plain(values.get("establishment", ""))
        if known is not None and word in map(plain, _names_of(known.establishment)):
            values["establishment"] = known.establishment
        else:
            self._look_up(row, values, "establishment", self._establishments, self._no_place)

    def _look_up(
        self,
        row: ReadRow,
        values: dict[str, Any],
        name: str,
        known: Mapping[str, Sequence[Any]],
        unknown: str,
    ) -> None:
        if name not in values or name in row.problems:
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

    def _compare(self, row: ReadRow, values: dict[str, Any], known: Vacancy | None) -> None:
        row.facts = {name: _stored(name, value) for name, value in values.items()}
        if known is None:
            return
        row.known = known.number
        row.facts = {name: row.facts[name] for name in _FACTS}
        if row.facts["seats"] < known.taken:
            row.problems["seats"] = f"Er zijn al {known.taken} plaatsen ingevuld."
            row.outcome = Outcome.REFUSED
            return
        is_same = all(_same(known, name, value) for name, value in row.facts.items())
        if known.number in self._vanished and row.facts["start_to"] >= self._today:
            self.back.add(known.number)
        is_back = known.number in self.back
        row.outcome = Outcome.SAME if is_same and not is_back else Outcome.CHANGED


def _tidy(name: str, text: str) -> str:
    return said(text) if name in (*FREE_TEXT, "establishment") else text


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


def _stored(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        is_rotation = bool(value) and isinstance(value[0], Windows)
        return " | ".join(map(str, value)) if is_rotation else [str(each) for each in value]
    if name == "description":
        return value.replace(BREAK, "\n")
    return str(value) if isinstance(value, StrEnum) else value


def _same(known: Vacancy, name: str, value: Any) -> bool:
    if isinstance(value, Establishment | Occupation):
        return bool(getattr(known, f"{name}_id") == value.pk)
    stored = getattr(known, name)
    if stored == value:
        return True
    if name == "shifts":
        return known.rotation == parse_rotation(value)
    # A form keeps what is typed; a cell holds no line break and no sign that cannot be printed.
    return name in FREE_TEXT and said(stored) == said(value)


@transaction.atomic
def apply_import(
    plan: JobsPlan, *, employer: Organisation, by: User, at: datetime, parameters: Parameters
) -> Imported:
    """Write the sound rows; new ones become drafts, what vanished closes, what is back opens.

    Raises
    ------
    VacancyError
        When the plan has a problem as a whole, the organisation offers no work, the asker may
        not keep its vacancies, or somebody brought the same vacancies at the same moment.
    """
    if plan.problem:
        raise VacancyError(plan.problem)
    if not can_keep(current(), employer.pk) or employer not in employers():
        raise VacancyError("Je kunt alleen vacatures van je eigen organisatie inlezen.")
    touched = _locked(plan)
    before = {each.number: _kept(each) for each in touched}
    made = [Vacancy(employer=employer, **row.facts) for row in plan.of(Outcome.NEW)]
    if not made and not touched:
        return Imported()
    _change(touched, plan, by, at)
    _make(made, by, at)
    _take_steps(touched, plan, by, at, parameters)
    numbers = [vacancy.number for vacancy in (*made, *touched)]
    audit.record("jobs:import", kind=KIND, objects=numbers, at=at)
    taken = {"at": at.isoformat(), "made": [each.number for each in made], "before": before}
    return Imported(numbers, taken)


def _locked(plan: JobsPlan) -> list[Vacancy]:
    """What the plan would change, locked in one order; gone ones are left alone."""
    numbers = {row.known for row in plan.of(Outcome.CHANGED)}
    numbers |= {each.number for each in plan.vanished}
    rows = Vacancy.objects.filter(number__in=numbers).order_by("pk")
    return list(rows.select_for_update(of=("self",)).select_related("employer", "occupation"))


def _kept(vacancy: Vacancy) -> dict[str, Any]:
    return {each.attname: getattr(vacancy, each.attname) for each in _fields_to_undo()}


def _fields_to_undo() -> list[Any]:
    return [each for each in Vacancy._meta.concrete_fields if each.name in _KEPT_TO_UNDO]


def _make(made: Sequence[Vacancy], by: User, at: datetime) -> None:
    if not made:
        return
    _tell_apart(made)
    for vacancy in made:
        vacancy.settle()
    try:
        with transaction.atomic():
            Vacancy.objects.bulk_create(made, batch_size=_BATCH)
    except IntegrityError as error:
        raise VacancyError(
            "Iemand anders las net dezelfde vacatures in. Kijk het bestand opnieuw na."
        ) from error
    _tell(made, EventKind.MADE, by, at, "uit een bestand")


def _tell_apart(made: Sequence[Vacancy]) -> None:
    """Draw numbers again until each is new: of twenty thousand some are drawn twice."""
    taken = set(Vacancy.objects.values_list("number", flat=True))
    for vacancy in made:
        while vacancy.number in taken:
            vacancy.number = new_number()
        taken.add(vacancy.number)


def _change(touched: Sequence[Vacancy], plan: JobsPlan, by: User, at: datetime) -> None:
    facts_of = {row.known: row.facts for row in plan.of(Outcome.CHANGED)}
    changed = [each for each in touched if each.number in facts_of]
    for vacancy in changed:
        for name, value in facts_of[vacancy.number].items():
            setattr(vacancy, name, value)
        vacancy.changed_at = at
        vacancy.settle()
    Vacancy.objects.bulk_update(changed, [*_FACTS, *_BY_FOLLOWING], batch_size=_BATCH)
    _tell(changed, EventKind.CHANGED, by, at, "uit een bestand")


def _take_steps(
    touched: Sequence[Vacancy], plan: JobsPlan, by: User, at: datetime, parameters: Parameters
) -> None:
    gone = {each.number for each in plan.vanished}
    was_draft = drafts_that_vanished(plan.back)
    for vacancy in touched:
        key = ""
        if vacancy.number in gone:
            key = VANISH
        elif vacancy.number in plan.back:
            key = REDRAFT if vacancy.number in was_draft else REAPPEAR
        if key and vacancy.state in STEPS[key].starts:
            make_step(vacancy, STEPS[key], by, at, timezone.localdate(at), parameters)


@transaction.atomic
def undo_import(taken: Mapping[str, Any], *, by: User, at: datetime) -> int:
    """Take a file back, except for what somebody touched since; gives how many stay as they are.

    Raises
    ------
    VacancyError
        When nothing can be taken back, or the asker may not.
    """
    moment = datetime.fromisoformat(taken["at"])
    numbers = {*taken["made"], *taken["before"]}
    rows = Vacancy.objects.filter(number__in=numbers).order_by("pk")
    locked = list(rows.select_for_update(of=("self",)).select_related("employer", "occupation"))
    if not all(can_keep(current(), each.employer_id) for each in locked):
        raise VacancyError("Je kunt alleen vacatures van je eigen organisatie terugnemen.")
    free = untouched_since(locked, moment)
    if not free:
        raise VacancyError("Dit kan niet meer ongedaan gemaakt worden.")
    _remove([each for each in free if each.number in taken["made"]])
    _restore([each for each in free if each.number in taken["before"]], taken["before"], by, at)
    audit.record("jobs:undo_import", kind=KIND, objects=[each.number for each in free], at=at)
    return len(numbers) - len(free)


def _remove(made: Sequence[Vacancy]) -> None:
    Vacancy.objects.filter(pk__in=[each.pk for each in made]).delete()


def _restore(
    changed: Sequence[Vacancy], before: Mapping[str, Mapping[str, Any]], by: User, at: datetime
) -> None:
    fields = _fields_to_undo()
    for vacancy in changed:
        kept = before[vacancy.number]
        for each in fields:
            setattr(vacancy, each.attname, each.to_python(kept[each.attname]))
        vacancy.changed_at = at
        vacancy.settle()
    Vacancy.objects.bulk_update(changed, [*_KEPT_TO_UNDO, *_BY_FOLLOWING], batch_size=_BATCH)
    _tell(changed, EventKind.UNDONE, by, at, "het bestand is teruggenomen")


def _tell(vacancies: Sequence[Vacancy], kind: EventKind, by: User, at: datetime, text: str) -> None:
    events = (VacancyEvent(vacancy=each, at=at, by=by, kind=kind, text=text) for each in vacancies)
    VacancyEvent.objects.bulk_create(events, batch_size=_BATCH)
