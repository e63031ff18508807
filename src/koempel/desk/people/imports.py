"""People from a file: read all, check all, then write all in one transaction or nothing.

The planner's columns are read by the planner's own readers, so that a file that comes in here is
a file that a region takes. A row is known again by its number at the source: the same file a
second time changes nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Max

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.sheet_plans import CellReader, Outcome, Plan, ReadRow, missing, told
from koempel.desk.common.sheets import Sheet
from koempel.desk.partners.models import Village
from koempel.desk.people.actions import lock_people
from koempel.desk.people.case_numbers import draw_case_number
from koempel.desk.people.enums import EntryKind
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.hours import hours_from
from koempel.desk.people.models import Person, TimelineEntry, Tombstone
from koempel.desk.people.places import cell
from koempel.desk.people.validators import name_key, phone_key
from koempel.region import rows as region_rows
from koempel.region.cells import CellError, quoted
from koempel.region.row_rules import Places, rules_for
from koempel.region.rows import Column, Cycling, Level, columns_of
from koempel.region.windows import Windows, WindowsError

SOURCE: Final = "bestand"

_DATE_HERE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
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

ALSO: Final = {"id": "source_id"}
"""Other names of columns."""


_LONGEST: Final = {
    name: longest
    for name in COLUMNS
    if (longest := getattr(Person._meta.get_field(name), "max_length", None)) is not None
}

Watch = Callable[[int], None]
"""Hears how many rows were looked at."""


@dataclass(frozen=True, slots=True)
class PeoplePlan(Plan):
    """What a file would do to the people of an office as they stood at that moment."""

    stand: object = None


def plan_import(
    sheet: Sheet,
    *,
    mapping: Mapping[str, int],
    by: User,
    today: date,
    watch: Watch = lambda count: None,
) -> PeoplePlan:
    """Look at every row and say what it would do; writes nothing."""
    if problem := missing(mapping, REQUIRED, TITLES):
        return PeoplePlan(sheet.header, mapping, [], problem)
    stand = _stand_of(by.organisation)
    reader = _RowReader(_Office.of(by.organisation), mapping, by, today)
    rows = []
    for count, (line, cells) in enumerate(sheet.rows):
        watch(count)
        rows.append(reader.row(line, cells))
    return PeoplePlan(sheet.header, mapping, rows, stand=stand)


def _stand_of(organisation: Organisation) -> object:
    """Changes when somebody changes, makes or erases a case of the office."""
    with acting(system("bestand inlezen")):
        people = Person.objects.filter(organisation=organisation).order_by()
        return people.aggregate(Count("pk"), Max("changed_at"))


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
        self._cells = CellReader(COLUMNS, mapping, longest=_LONGEST, tidy=_tidied)
        self._rules = rules_for("people")

    def row(self, line: int, cells: Sequence[str]) -> ReadRow:
        """One row with what it would do."""
        row = ReadRow(line, cells)
        values = self._cells.values(row)
        self._look_up(row, values)
        if not row.problems:
            self._between(row, values)
        if not row.problems:
            row.facts = _facts(values)
            self._compare(row)
        if row.problems:
            row.outcome = Outcome.REFUSED
        return row

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
                row.problems[rule.columns[0]] = told(error)

    def _compare(self, row: ReadRow) -> None:
        facts = row.facts
        known = self._office.known.get(facts["source_id"])
        if known is None:
            self._refuse_same_person(row)
            return
        row.known = known.case_number
        row.facts = self._news(row, known)
        is_same = all(getattr(known, name) == value for name, value in row.facts.items())
        row.outcome = Outcome.SAME if is_same else Outcome.CHANGED

    def _news(self, row: ReadRow, known: Person) -> dict[str, Any]:
        """What a row says of somebody we know: an empty cell leaves what stands."""
        given = self._cells.given(row)
        if known.village != row.facts["village"]:
            given |= {"lon", "lat"}
        return {name: value for name, value in row.facts.items() if name in given}

    def _refuse_same_person(self, row: ReadRow) -> None:
        facts = row.facts
        same_name = self._office.names.get(name_key(facts["first_name"], facts["last_name"]), ())
        phone = phone_key(facts["phone"])
        for number, village, other_phone in same_name:
            if village == facts["village"].pk or (phone and phone == other_phone):
                row.known = number
                row.problems["last_name"] = f"Lijkt op {number}. Kijk dat dossier eerst na."
                return


def _tidied(name: str, text: str) -> str:
    """What a spreadsheet here makes of days and hours, as the planner writes them."""
    kind = COLUMNS[name].kind
    if kind == "date" and (here := _DATE_HERE.fullmatch(text.strip())):
        return f"{here[3]}-{here[2]:>02}-{here[1]:>02}"
    if kind == "windows" and text.strip():
        try:
            return hours_from(text)
        except WindowsError as error:
            raise CellError(
                f"{quoted(text)} is niet te lezen",
                expected="uren per week",
                remedy="schrijf bijvoorbeeld ma-vr 6-14; za 8-12",
            ) from error
    return text


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, Windows | Level | Cycling):
        return str(value)
    return value


@transaction.atomic
def apply_import(plan: PeoplePlan, *, by: User, at: datetime, today: date) -> Plan:
    """Write the sound rows; gives the plan that was carried out.

    That is the given one, unless the cases of the office changed since it was made.

    Raises
    ------
    PeopleError
        When the plan has a problem as a whole.
    """
    if plan.problem:
        raise PeopleError(plan.problem)
    # Two files of one office wait for each other.
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if plan.stand != _stand_of(by.organisation):
        sheet = Sheet(plan.header, [(row.line, row.cells) for row in plan.rows])
        plan = plan_import(sheet, mapping=plan.mapping, by=by, today=today)
    made, changed = plan.of(Outcome.NEW), plan.of(Outcome.CHANGED)
    if made or changed:
        with acting(system("bestand inlezen")):
            people = _make(made, by, at, today)
            people += _change(changed, at)
            _tell(people, len(made), by, at)
        numbers = [person.case_number for person in people]
        classes = {DECLARED["Person"][name].data_class.value for name in COLUMNS}
        audit.record("people:import", kind="person", objects=numbers, classes=classes, at=at)
    return plan


def _make(rows: Sequence[ReadRow], by: User, at: datetime, today: date) -> list[Person]:
    taken = set(Person.objects.order_by().values_list("case_number", flat=True))
    taken |= set(Tombstone.objects.order_by().values_list("case_number", flat=True))
    people = []
    for row in rows:
        row.known = draw_case_number(taken)
        taken.add(row.known)
        people.append(_new_person(row.known, row.facts, by, at, today))
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
    facts_of = {row.known: row.facts for row in rows}
    people = list(lock_people(facts_of))
    for person in people:
        for name, value in facts_of[person.case_number].items():
            setattr(person, name, value)
        person.name_key = name_key(person.first_name, person.last_name)
        person.changed_at = at
    # As one insert per batch that updates: far quicker than Django's bulk_update.
    return Person.objects.bulk_create(
        people,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["case_number"],
        update_fields=[*COLUMNS, "name_key", "changed_at"],
    )


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
