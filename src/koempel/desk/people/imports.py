"""People from a file: read all, check all, then write all in one transaction or nothing.

The planner's columns are read by the planner's own readers, so that a file that comes in here is
a file that a region takes. A row is known again by its number at the source: the same file a
second time changes nothing.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from openpyxl import load_workbook

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.partners.models import Village
from koempel.desk.people.case_numbers import draw_case_number
from koempel.desk.people.enums import EntryKind
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.hours import hours_from
from koempel.desk.people.models import Person, TimelineEntry, Tombstone
from koempel.desk.people.places import cell
from koempel.desk.people.validators import name_key, phone_key
from koempel.region import dutch
from koempel.region import rows as region_rows
from koempel.region.cells import CellError, Reader, reader_of
from koempel.region.csv_lines import cells_of
from koempel.region.issues import Issue
from koempel.region.row_rules import Places, rules_for
from koempel.region.rows import Column, Cycling, Level, columns_of
from koempel.region.windows import Windows, WindowsError

SOURCE: Final = "bestand"
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
MOST_CELL: Final = 1_000
MOST_UNPACKED: Final = 150 * 1024 * 1024

_DATE_HERE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_GUARD = re.compile(r"^'(?=\s*[=+@-])")
"""What our own files put before a cell that a spreadsheet would run."""

_TEXT = Column("text", "", required=True)
_PLANNER = columns_of(region_rows.Person)
_WITH_DEFAULT: Mapping[str, object] = {
    "registered_on": None,
    "dutch_listening": Level.A0,
    "dutch_speaking": Level.A0,
    "dutch_reading": Level.A0,
    "dutch_writing": Level.A0,
    "lon": None,
    "lat": None,
}

COLUMNS: Final[Mapping[str, Column]] = {
    "source_id": replace(_PLANNER["id"], meaning="number of the person at the source"),
    "first_name": _TEXT,
    "last_name": _TEXT,
    "phone": Column("text", "", required=False, default=""),
    "email": Column("text", "", required=False, default=""),
    "caseworker": Column("text", "", required=False, default=""),
    **{
        name: replace(column, required=False, default=_WITH_DEFAULT[name])
        if name in _WITH_DEFAULT
        else column
        for name, column in _PLANNER.items()
        if name != "id"
    },
    "village": Column("text", "", required=True),
}
"""All columns that a file may have."""

REQUIRED: Final = tuple(name for name, column in COLUMNS.items() if column.required)

TITLES: Final[Mapping[str, str]] = {
    "source_id": "nummer",
    "first_name": "voornaam",
    "last_name": "achternaam",
    "phone": "telefoon",
    "email": "e-mail",
    "caseworker": "begeleider",
    "village": "dorp",
    "lon": "lengtegraad",
    "lat": "breedtegraad",
    "registered_on": "zoekt sinds",
    "available_from": "kan starten",
    "permit_until": "mag werken tot",
    "modes": "vervoer",
    "cycling": "fietsen",
    "max_travel_min": "minuten onderweg",
    "dutch_listening": "luisteren",
    "dutch_speaking": "spreken",
    "dutch_reading": "lezen",
    "dutch_writing": "schrijven",
    "skills": "vaardigheden",
    "licences": "rijbewijzen",
    "needs": "nodig",
    "away": "uren van huis",
    "hours_min": "uren minstens",
    "hours_max": "uren hoogstens",
    "wants": "gewenst werk",
}
"""The Dutch name of each column; a file may use this one or the planner's."""


class Outcome(StrEnum):
    """What happens to a row."""

    NEW = "nieuw"
    CHANGED = "bijgewerkt"
    SAME = "ongewijzigd"
    REFUSED = "geweigerd"


@dataclass(slots=True)
class ReadRow:
    """A row of the file: its cells, what they mean, what is wrong and where."""

    line: int
    cells: Sequence[str]
    facts: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = Outcome.NEW
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do."""

    header: Sequence[str]
    mapping: Mapping[str, int]
    rows: Sequence[ReadRow]
    problem: str = ""

    def n(self, outcome: Outcome) -> int:
        """How many rows get this outcome."""
        return sum(row.outcome is outcome for row in self.rows)


def read_table(path: Path, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the rows of a file, as text.

    Raises
    ------
    PeopleError
        When it cannot be read, or is larger than we take.
    """
    lines = _xlsx(path) if name.lower().endswith(".xlsx") else _csv(path)
    found = list(islice(lines, MOST_ROWS + 2))
    if not found:
        raise PeopleError("Dit bestand is leeg. Zet op de eerste regel de namen van de kolommen.")
    if len(found) > MOST_ROWS + 1:
        raise PeopleError(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het.")
    header, *rows = found
    if len(header[1]) > MOST_COLUMNS:
        raise PeopleError(f"Dit bestand heeft meer dan {MOST_COLUMNS} kolommen.")
    return [title.strip() for title in header[1]], rows


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:
        for line in cells_of(stream, "het bestand"):
            if isinstance(line, Issue):
                raise PeopleError(f"Regel {line.line}: {line.problem}. {line.remedy}.")
            yield line


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    _refuse_bomb(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        # openpyxl raises whatever its parsers do on a broken file.
        raise PeopleError(
            "Dit bestand is niet te lezen als rekenblad. Bewaar het opnieuw."
        ) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for number, values in enumerate(rows, 1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells
    finally:
        book.close()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise PeopleError("Dit bestand is geen rekenblad. Bewaar het als .xlsx of .csv.") from error
    if unpacked > MOST_UNPACKED:
        raise PeopleError("Dit rekenblad is uitgepakt te groot. Verdeel het.")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def mapped_by_name(header: Sequence[str]) -> dict[str, int]:
    """Which column of the file holds what, by its name."""
    known = {name: name for name in COLUMNS} | {title: name for name, title in TITLES.items()}
    found: dict[str, int] = {}
    for index, title in enumerate(header):
        name = known.get(title.lower().replace(" ", "_")) or known.get(title.lower())
        if name is not None:
            found.setdefault(name, index)
    return found


def plan_import(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    mapping: Mapping[str, int],
    by: User,
    today: date,
) -> Plan:
    """Look at every row and say what it would do; writes nothing."""
    missing = [TITLES[name] for name in REQUIRED if name not in mapping]
    if missing:
        return Plan(header, mapping, [], f"Deze kolommen ontbreken: {', '.join(missing)}.")
    office = _Office.of(by.organisation)
    reader = _RowReader(office, mapping, by, today)
    read = [reader.row(line, cells) for line, cells in rows]
    return Plan(header, mapping, read)


@dataclass(frozen=True, slots=True)
class _Office:
    """What the office has already."""

    villages: Mapping[str, Village]
    guides: Mapping[str, User]
    known: Mapping[str, Person]
    names: Mapping[str, Sequence[tuple[str, object, str]]]
    places: Places

    @classmethod
    def of(cls, organisation: Organisation) -> "_Office":
        by_code: dict[str, Village] = {}
        by_name: dict[str, list[Village]] = {}
        for village in Village.objects.all():
            by_code[village.pk.lower()] = village
            by_name.setdefault(village.name.lower(), []).append(village)
        single = {name: found[0] for name, found in by_name.items() if len(found) == 1}
        with acting(system("bestand inlezen")):
            people = list(
                Person.objects.filter(organisation=organisation).select_related(
                    "village", "caseworker"
                )
            )
        names: dict[str, list[tuple[str, object, str]]] = {}
        for each in people:
            place = (each.case_number, each.village_id, phone_key(each.phone))
            names.setdefault(each.name_key, []).append(place)
        guides = User.objects.filter(organisation=organisation, is_active=True)
        return cls(
            villages=single | by_code,
            guides={user.email.lower(): user for user in guides},
            known={each.source_id: each for each in people if each.source == SOURCE},
            names=names,
            places=Places(villages={v.pk: (v.lon, v.lat) for v in by_code.values()}),
        )


class _RowReader:
    """Reads rows one by one, and remembers which numbers it has seen."""

    def __init__(self, office: _Office, mapping: Mapping[str, int], by: User, today: date) -> None:
        self._office = office
        self._by = by
        self._today = today
        self._mapping = mapping
        self._readers: dict[str, Reader] = {name: reader_of(COLUMNS[name]) for name in COLUMNS}
        self._rules = rules_for("people")
        self._lines: dict[str, int] = {}

    def row(self, line: int, cells: Sequence[str]) -> ReadRow:
        """One row with what it would do."""
        row = ReadRow(line, cells)
        values = self._values(row)
        self._look_up(row, values)
        self._refuse_twice(row, values)
        if not row.problems:
            self._between(row, values)
        if not row.problems:
            row.facts = _facts(values)
            self._compare(row)
        if row.problems:
            row.outcome = Outcome.REFUSED
        return row

    def _values(self, row: ReadRow) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, read in self._readers.items():
            index = self._mapping.get(name)
            text = row.cells[index] if index is not None and index < len(row.cells) else ""
            try:
                values[name] = read(_tidied(name, _GUARD.sub("", text[: MOST_CELL + 1])))
            except CellError as error:
                row.problems[name] = _told(error)
        return values

    def _look_up(self, row: ReadRow, values: dict[str, Any]) -> None:
        if "village" in values:
            village = self._office.villages.get(values["village"].lower())
            if village is None:
                row.problems["village"] = "Dit dorp kennen we niet. Schrijf de naam of de code."
            values["village"] = village
        if guide := values.get("caseworker", ""):
            values["caseworker"] = self._office.guides.get(guide.lower())
            if values["caseworker"] is None:
                row.problems["caseworker"] = "Dit e-mailadres is van niemand van jullie."
        else:
            values["caseworker"] = self._by
        if email := values.get("email", ""):
            try:
                validate_email(email)
            except ValidationError:
                row.problems["email"] = "Dit is geen e-mailadres."

    def _refuse_twice(self, row: ReadRow, values: dict[str, Any]) -> None:
        number = values.get("source_id")
        if number is not None:
            first = self._lines.setdefault(number, row.line)
            if first != row.line:
                row.problems["source_id"] = f"Dit nummer staat ook op regel {first}."

    def _between(self, row: ReadRow, values: dict[str, Any]) -> None:
        village: Village = values["village"]
        if values["lon"] is None or values["lat"] is None:
            values["lon"], values["lat"] = cell(village.lon, village.lat)
        else:
            values["lon"], values["lat"] = cell(values["lon"], values["lat"])
        values["registered_on"] = values["registered_on"] or self._today
        plain = values | {"village": village.pk}
        for rule in self._rules:
            try:
                rule.refuse(self._office.places, *(plain[name] for name in rule.columns))
            except CellError as error:
                row.problems[rule.columns[0]] = _told(error)

    def _compare(self, row: ReadRow) -> None:
        facts = row.facts
        known = self._office.known.get(facts["source_id"])
        if known is None:
            self._refuse_same_person(row)
            return
        row.case_number = known.case_number
        is_same = all(getattr(known, name) == value for name, value in facts.items())
        row.outcome = Outcome.SAME if is_same else Outcome.CHANGED

    def _refuse_same_person(self, row: ReadRow) -> None:
        facts = row.facts
        same_name = self._office.names.get(name_key(facts["first_name"], facts["last_name"]), ())
        phone = phone_key(facts["phone"])
        for number, village, other_phone in same_name:
            if village == facts["village"].pk or (phone and phone == other_phone):
                row.problems["last_name"] = f"Lijkt op {number}. Kijk dat dossier eerst na."
                return


def _tidied(name: str, text: str) -> str:
    """What a spreadsheet here makes of days and hours, as the planner writes them."""
    kind = COLUMNS[name].kind
    if kind == "date" and (here := _DATE_HERE.fullmatch(text.strip())):
        return f"{here[3]}-{here[2]:>02}-{here[1]:>02}"
    if kind == "windows" and text.strip():
        with suppress(WindowsError):
            return hours_from(text)
    return text


def _told(error: CellError) -> str:
    return f"{dutch.sentence(error.problem)} {dutch.sentence(error.remedy)}"


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, Windows | Level | Cycling):
        return str(value)
    return value


@transaction.atomic
def apply_import(plan: Plan, *, by: User, at: datetime, today: date) -> list[str]:
    """Write the sound rows; gives the case numbers that were made or changed.

    Raises
    ------
    PeopleError
        When the plan has a problem as a whole.
    """
    if plan.problem:
        raise PeopleError(plan.problem)
    made = [row for row in plan.rows if row.outcome is Outcome.NEW]
    changed = [row for row in plan.rows if row.outcome is Outcome.CHANGED]
    if not made and not changed:
        return []
    with acting(system("bestand inlezen")):
        people = _make(made, by, at, today)
        people += _change(changed, at)
        _tell(people, len(made), by, at)
    numbers = [person.case_number for person in people]
    classes = {DECLARED["Person"][name].data_class.value for name in COLUMNS}
    audit.record("people:import", kind="person", objects=numbers, classes=classes)
    return numbers


def _make(rows: Sequence[ReadRow], by: User, at: datetime, today: date) -> list[Person]:
    taken = set(Person.objects.order_by().values_list("case_number", flat=True))
    taken |= set(Tombstone.objects.order_by().values_list("case_number", flat=True))
    people = []
    for row in rows:
        number = draw_case_number(taken)
        taken.add(number)
        people.append(_new_person(number, row.facts, by, at, today))
    return Person.objects.bulk_create(people, batch_size=500)


def _new_person(
    number: str, facts: Mapping[str, Any], by: User, at: datetime, today: date
) -> Person:
    return Person(
        case_number=number,
        organisation=by.organisation,
        source=SOURCE,
        name_key=name_key(facts["first_name"], facts["last_name"]),
        status_since=today,
        last_contact_on=today,
        changed_at=at,
        **facts,
    )


def _change(rows: Sequence[ReadRow], at: datetime) -> list[Person]:
    facts_of = {row.case_number: row.facts for row in rows}
    people = list(Person.objects.filter(case_number__in=facts_of).select_for_update(of=("self",)))
    for person in people:
        for name, value in facts_of[person.case_number].items():
            setattr(person, name, value)
        person.name_key = name_key(person.first_name, person.last_name)
        person.changed_at = at
    Person.objects.bulk_update(people, [*COLUMNS, "name_key", "changed_at"], batch_size=200)
    return people


def _tell(people: Sequence[Person], n_made: int, by: User, at: datetime) -> None:
    entries = [
        TimelineEntry(
            person=person,
            at=at,
            kind=EntryKind.REGISTERED if index < n_made else EntryKind.FACTS,
            data_class="K4",
            title="Ingeschreven uit een bestand"
            if index < n_made
            else "Bijgewerkt uit een bestand",
            by=by,
        )
        for index, person in enumerate(people)
    ]
    TimelineEntry.objects.bulk_create(entries, batch_size=1_000)


def wrong_rows(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """Only the refused rows, with what is wrong in a last column."""
    width = len(plan.header)
    lines = [
        [*row.cells[:width], *[""] * (width - len(row.cells)), _problems(row)]
        for row in plan.rows
        if row.outcome is Outcome.REFUSED
    ]
    return [*plan.header, "wat is er mis"], lines


def _problems(row: ReadRow) -> str:
    return " ".join(f"{TITLES[name]}: {told}" for name, told in row.problems.items())
