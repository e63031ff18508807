"""Reading people: what a context may see of them, as frozen copies.

What a reader gets is decided twice: the managers leave out the rows that are out of reach
(`protection`), and `Seen` copies only the fields of the classes that the reader has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncMonth

from koempel.desk.accounts.models import DataClass, Organisation, User
from koempel.desk.accounts.queries import grants_valid
from koempel.desk.common.context import Relation, Show, acting, current, system
from koempel.desk.partners.models import Municipality
from koempel.desk.people.enums import (
    CASE_ROLES,
    LEVER_FOR,
    SENSITIVE_OBSTACLES,
    CaseStatus,
    EntryKind,
    status_line,
)
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.models import (
    Child,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)
from koempel.desk.people.protection import grants_in_force
from koempel.desk.people.validators import name_key, phone_key
from koempel.region.outcome import LeverKind
from koempel.region.rows import CareKind

Classes = frozenset[str]

ALL_CLASSES: Classes = frozenset({"K2", "K3", "K4", "K5", "K6"})
CLASSES_SHOWN: Mapping[Show, Classes] = MappingProxyType(
    {
        Show.NOTHING: frozenset(),
        Show.PSEUDONYM: frozenset({"K2"}),
        Show.CONTACT: frozenset({"K2", "K3"}),
        Show.FULL: ALL_CLASSES,
    }
)
"""What an address may show at most, whatever else its reader has: the table is the upper bound."""
SHIELDED = "afgeschermd"
_WITH = ("village__municipality", "caseworker", "organisation")
_PLACE = frozenset({"village", "lon", "lat"})


class Seen:
    """A frozen copy of a row with only the fields that the reader may see; others are None."""

    __slots__ = ("_known", "_values")

    def __init__(self, row: models.Model, classes: Classes, hidden: Iterable[str] = ()) -> None:
        declared = DECLARED[type(row).__name__]
        self._known = frozenset(declared)
        self._values: Mapping[str, Any] = MappingProxyType(
            {
                name: getattr(row, name)
                for name, each in declared.items()
                if each.data_class in classes and name not in hidden and name != "person"
            }
        )

    def __getattr__(self, name: str) -> Any:
        if name not in self._known:
            raise AttributeError(name)
        return self._values.get(name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case as its reader may see it."""

    case_number: str
    classes: Classes
    facts: Seen
    municipality: str
    is_mine: bool
    children: Sequence[Seen]
    rights: Sequence[Seen]
    obstacles: Sequence[Seen]
    timeline: Sequence[Seen]

    @property
    def name(self) -> str:
        """The name, or the case number when the name is not for this reader."""
        if self.facts.first_name is None:
            return self.case_number
        return f"{self.facts.first_name} {self.facts.last_name}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    case_number: str
    name: str
    village: str
    municipality: str
    obstacles: Sequence[str]
    status: str
    next_step: str
    next_step_on: date | None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A case that nobody guides, as a colleague may see it before taking it over."""

    case_number: str
    municipality: str


@dataclass(frozen=True, slots=True)
class PseudonymRow:
    """A person for who directs: no name, no address, the lever and never the reason."""

    case_number: str
    municipality: str
    available_from: date
    away: str
    skills: Sequence[str]
    levers: Sequence[LeverKind]


def note_shown(case_numbers: Iterable[str], classes: Iterable[str]) -> None:
    """Tell the audit trail whose data are shown, per class of data."""
    numbers = list(case_numbers)
    for each in classes:
        if numbers:
            current().disclosed.setdefault(str(each), set()).update(numbers)


_ASKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "known_key": ("name_key", "K3"),
        "known_first_name": ("first_name", "K3"),
        "known_last_name": ("last_name", "K3"),
        "known_village": ("village__name", "K3"),
        "known_municipality": ("village__municipality", "K2"),
        "known_step": ("next_step", "K4"),
        "known_step_on": ("next_step_on", "K4"),
        "known_modes": ("modes", "K4"),
    }
)
"""What a list may search, filter and sort by, with its field and class."""
SEARCHED = ("known_key", "known_first_name", "known_last_name", "case_number")
"""Where somebody is looked for by words."""

_GRANTED = "granted_{}"


def colleagues(user: User) -> QuerySet[User]:
    """Who else of the organisation can guide a case."""
    return User.objects.filter(
        organisation=user.organisation_id, role__in=CASE_ROLES, is_active=True
    ).exclude(pk=user.pk)


def without_guide() -> QuerySet[Person]:
    """Cases in reach that nobody guides: whoever did has left, or does other work now."""
    is_guided = Q(
        caseworker__is_active=True,
        caseworker__role__in=CASE_ROLES,
        caseworker__organisation=F("organisation"),
    )
    guided = Person.objects.filter(is_guided).order_by().values("pk")
    return Person.objects.select_related("village__municipality").exclude(pk__in=guided)


def people_in_reach() -> QuerySet[Person]:
    """People that the context may see, with what a line shows of them.

    Search, filters and sorting ask the columns ``known_...``: where the reader may not know a
    field, it is empty there, so that no list can be asked about it.
    """
    open_obstacles = PersonObstacle.objects.filter(removed_on__isnull=True)
    found = Person.objects.select_related(*_WITH).prefetch_related(
        Prefetch("obstacles", open_obstacles, to_attr="open_obstacles")
    )
    known = {name: _known(field, data_class) for name, (field, data_class) in _ASKED.items()}
    return (
        found.alias(**_granted_classes())
        .alias(**known)
        .order_by(F("known_step_on").asc(nulls_last=True), "case_number")
    )


def municipalities_known() -> QuerySet[Municipality]:
    """Municipalities in which the reader may know that somebody lives."""
    people = Person.objects.order_by()
    seen = people if _is_guide() else people.filter(address_shield=False)
    return Municipality.objects.filter(pk__in=seen.values("village__municipality"))


def with_obstacle(people: QuerySet[Person], kind: str) -> QuerySet[Person]:
    """People with an open obstacle of a kind, of those of whom the reader may know it."""
    rows = PersonObstacle.objects.filter(kind=kind, removed_on__isnull=True).order_by()
    return people.filter(_may_know(obstacle_class(kind)), pk__in=rows.values("person"))


def _granted_classes() -> dict[str, Exists]:
    """Per class of data the condition on a person that the reader's grants hold it."""
    context = current()
    if context.relation is not Relation.GRANTED:
        return {}
    # SQLite cannot ask a JSON list what it holds.
    grants = grants_in_force(context).annotate(as_text=Cast("classes", CharField()))
    of_person = grants.filter(person=OuterRef("case_number"))
    return {
        _GRANTED.format(each): Exists(of_person.filter(as_text__contains=f'"{each}"'))
        for each in CLASSES_SHOWN[context.show] - {"K2"}
    }


def _may_know(data_class: str) -> Q:
    """The condition on a person of `people_in_reach` that the reader may know a class of data."""
    context = current()
    if data_class not in CLASSES_SHOWN[context.show]:
        return Q(pk__in=[])
    if context.relation is not Relation.GRANTED or data_class == "K2":
        return Q()
    return Q(**{_GRANTED.format(data_class): True})


def _known(field: str, data_class: str) -> Combinable:
    allowed = _may_know(data_class)
    if field.startswith("village") and not _is_guide():
        allowed &= Q(address_shield=False)
    return Case(When(allowed, then=F(field))) if allowed else F(field)


def steps_due(until: date) -> QuerySet[Person]:
    """People within reach whose next step is due by a day, the latest first."""
    rows = people_in_reach().exclude(status=CaseStatus.CLOSED)
    return rows.filter(next_step_on__lte=until).order_by("next_step_on", "case_number")


def care_ending(first: date, last: date) -> QuerySet[Child]:
    """Children within reach whose place in childcare ends in a period, the first to end first."""
    rows = Child.objects.filter(care=CareKind.CHILDCARE.value, care_until__range=(first, last))
    rows = rows.filter(person__status__in=(CaseStatus.ACTIVE, CaseStatus.PLACED))
    return rows.select_related("person").order_by("care_until", "pk")


def people_with(case_numbers: Iterable[str]) -> list[Person]:
    """People within reach with these numbers, ready for `person_rows`."""
    return list(people_in_reach().filter(case_number__in=list(case_numbers)))


def person_rows(people: Sequence[Person], *, at: datetime) -> list[PersonRow]:
    """The lines of a list, for the classes that the reader has of each person."""
    classes = classes_per_person(people, at=at)
    rows = [_row(person, classes[person.case_number]) for person in people]
    for each in {each for shown in classes.values() for each in shown & {"K2", "K3", "K4", "K6"}}:
        note_shown((number for number, shown in classes.items() if each in shown), (each,))
    return rows


def _row(person: Person, classes: Classes) -> PersonRow:
    seen = _seen(person, classes)
    return PersonRow(
        case_number=person.case_number,
        name=f"{seen.first_name} {seen.last_name}" if "K3" in classes else person.case_number,
        village=seen.village.name if seen.village else "",
        municipality=_municipality(person),
        obstacles=[
            each.kind for each in _open_obstacles(person) if obstacle_class(each.kind) in classes
        ],
        status=person.status,
        next_step=seen.next_step or "",
        next_step_on=seen.next_step_on,
    )


def number_rows(people: Sequence[Person]) -> list[NumberRow]:
    """The lines of a list of cases that nobody guides."""
    note_shown((person.case_number for person in people), ("K2",))
    return [NumberRow(each.case_number, _place_told(each)) for each in people]


def _place_told(person: Person) -> str:
    return "afgeschermd" if person.address_shield else _municipality(person)


def pseudonym_rows(people: Sequence[Person]) -> list[PseudonymRow]:
    """The lines of a list for who directs."""
    note_shown((person.case_number for person in people), ("K2",))
    return [
        PseudonymRow(
            case_number=person.case_number,
            municipality=_municipality(person),
            available_from=person.available_from,
            away=person.away,
            skills=tuple(person.skills),
            levers=_levers(person),
        )
        for person in people
    ]


def _levers(person: Person) -> tuple[LeverKind, ...]:
    needed = (LEVER_FOR.get(each.kind) for each in _open_obstacles(person))
    return tuple(dict.fromkeys(lever for lever in needed if lever is not None))


def _open_obstacles(person: Person) -> list[PersonObstacle]:
    found: list[PersonObstacle] = person.open_obstacles  # type: ignore[attr-defined]
    return found


def _municipality(person: Person) -> str:
    return SHIELDED if _is_shielded(person) else str(person.village.municipality.name)


def classes_per_person(people: Sequence[Person], *, at: datetime) -> dict[str, Classes]:
    """Which classes of data the context may see of each of some people."""
    numbers = [person.case_number for person in people]
    context = current()
    at_most = CLASSES_SHOWN[context.show]
    if context.relation is not Relation.GRANTED:
        return dict.fromkeys(numbers, at_most)
    granted: dict[str, set[str]] = {number: {DataClass.K2.value} for number in numbers}
    grants = grants_valid(context.organisation or 0, at).filter(person__in=numbers)
    for number, classes in grants.values_list("person", "classes"):
        granted[number].update(classes)
    return {number: at_most.intersection(classes) for number, classes in granted.items()}


def obstacle_class(kind: str) -> str:
    """The class of an obstacle: what says something of health or debt is K6."""
    return DataClass.K6.value if kind in SENSITIVE_OBSTACLES else DataClass.K4.value


def _seen(person: Person, classes: Classes) -> Seen:
    return Seen(person, classes, hidden=_PLACE if _is_shielded(person) else ())


def _is_shielded(person: Person) -> bool:
    return person.address_shield and not _is_guide()


def _is_guide() -> bool:
    """Whether the asker is of the office that guides the people within reach, or Koempel itself."""
    context = current()
    return context.is_system or context.relation in (
        Relation.OWN,
        Relation.ASSIGNED,
        Relation.GUIDED,
    )


def person_or_none(case_number: str) -> Person | None:
    """The person with this number, when within reach; absent and foreign are the same None."""
    return Person.objects.select_related(*_WITH).filter(case_number=case_number).first()


def placed_per_month(first: datetime) -> dict[date, int]:
    """How many people went to work in each month since a moment, by its first day."""
    rows = TimelineEntry.objects.filter(
        kind=EntryKind.STATUS, title=status_line(CaseStatus.PLACED), at__gte=first
    )
    months = rows.order_by().values_list(TruncMonth("at", output_field=DateField()))
    return dict(months.annotate(n=Count("pk")))


def sheet(person: Person, *, at: datetime) -> Sheet:
    """The whole case as the context may see it; notes the disclosure."""
    classes = classes_per_person([person], at=at)[person.case_number]
    children = person.children.all() if "K5" in classes else Child.objects.none()
    rights = person.rights.all() if "K4" in classes else SupportRight.objects.none()
    note_shown([person.case_number], classes)
    return Sheet(
        case_number=person.case_number,
        classes=classes,
        facts=_seen(person, classes),
        municipality=_municipality(person),
        is_mine=person.caseworker_id == current().user,
        children=[Seen(each, classes) for each in children],
        rights=[Seen(each, classes) for each in rights],
        obstacles=[
            Seen(each, ALL_CLASSES)
            for each in person.obstacles.all()
            if obstacle_class(each.kind) in classes
        ],
        timeline=[
            Seen(each, ALL_CLASSES)
            for each in TimelineEntry.objects.filter(
                person=person, data_class__in=classes
            ).select_related("by__organisation")
        ],
    )


def possible_duplicates(
    *, first_name: str, last_name: str, village: object, phone: str, organisation: Organisation
) -> list[str]:
    """Case numbers of the same office that may be the same person.

    The same name in any order and spelling, together with the same village or phone. Only the
    numbers are told: whoever registers need not be allowed to see the other case.
    """
    with acting(system("dubbele dossiers zoeken")):
        same_name = Person.objects.filter(
            organisation=organisation, name_key=name_key(first_name, last_name)
        ).values_list("case_number", "village", "phone")
        wanted = phone_key(phone)
        return [
            number
            for number, other_village, other_phone in same_name
            if other_village == village or (wanted and phone_key(other_phone) == wanted)
        ]
