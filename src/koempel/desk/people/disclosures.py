"""What others may know of somebody who comes for a lever: one function per need, no more in it.

The right does not come from a grant on the case but from the lever that the person asks or has, so
the rows are read as Koempel itself; the caller says whose. Each function notes what it discloses.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Relation, Show, acting, current, system
from koempel.desk.people.enums import LEVEL_WORDS, LEVER_FOR, CaseStatus
from koempel.desk.people.models import Child, Person
from koempel.desk.people.queries import ALL_CLASSES, Classes, classes_per_person, note_shown
from koempel.region.outcome import LeverKind
from koempel.region.rows import Level

_PURPOSE = "ondersteuning geven"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a partner of childcare, lessons or transport calls."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child as childcare knows it."""

    first_name: str
    birth_month: date
    regular: tuple[date, date] | None = None
    """First and last day on which a regular place is expected."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives, for the distance to a lever; no point where that is shielded."""

    municipality: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Needs:
    """What a case says that somebody needs, as far as it was shared: no reasons in it."""

    levers: tuple[LeverKind, ...] = ()
    level: str = ""
    birth_month: date | None = None


def needs_of(person: Person) -> Needs:
    """Levers that would take open obstacles away, level of Dutch, month of the youngest child."""
    classes = classes_per_person([person], at=timezone.now())[person.case_number]
    has_case, has_home = DataClass.K4 in classes, DataClass.K5 in classes
    note_shown([person.case_number], classes & {DataClass.K4, DataClass.K5})
    open_kinds = person.obstacles.filter(removed_on__isnull=True).values_list("kind", flat=True)
    found = [LEVER_FOR.get(kind) for kind in open_kinds] if has_case else []
    youngest = person.children.order_by("-birth_month").first() if has_home else None
    return Needs(
        levers=tuple(dict.fromkeys(kind for kind in found if kind is not None)),
        level=person.dutch_speaking if has_case else "",
        birth_month=youngest.birth_month if youngest else None,
    )


def homes_of(people: Sequence[Person]) -> dict[str, Home]:
    """Homes of people within reach; distances to some sites would give a point away."""
    classes = classes_per_person(people, at=timezone.now())
    is_elsewhere = current().relation is Relation.GRANTED
    return {
        each.case_number: Home(
            each.village.municipality_id,
            None
            if DataClass.K3 not in classes[each.case_number]
            or (each.address_shield and is_elsewhere)
            else (each.lon, each.lat),
        )
        for each in people
    }


def children_in_reach(person: Person) -> QuerySet[Child]:
    """Children of somebody, for who may know the household."""
    classes = classes_per_person([person], at=timezone.now())[person.case_number]
    if DataClass.K5 not in classes:
        return Child.objects.none()
    note_shown([person.case_number], (DataClass.K5,))
    return Child.objects.filter(person=person)


def first_names(case_numbers: Collection[str]) -> dict[str, str]:
    """How the re-use shop calls who has a voucher."""
    return dict(_columns(case_numbers, "first_name", shows=DataClass.K3))


def contacts(case_numbers: Collection[str]) -> dict[str, Contact]:
    """Name and phone of who has a place, a seat, or a child with a place."""
    rows = _columns(case_numbers, "first_name", "last_name", "phone", shows=DataClass.K3)
    return {number: Contact(f"{first} {last}", phone) for number, first, last, phone in rows}


def mail_address_of(case_number: str) -> str:
    """Where Koempel itself mails somebody, or nothing; the address is shown to nobody."""
    with acting(system(_PURPOSE)):
        found = Person.objects.filter(case_number=case_number).values_list("email", flat=True)
        return found.first() or ""


def levels_of_dutch(case_numbers: Collection[str]) -> dict[str, str]:
    """The level that somebody speaks, for who gives lessons of Dutch."""
    rows = _columns(case_numbers, "dutch_speaking", shows=DataClass.K4)
    return {number: LEVEL_WORDS[Level(level)] for number, level in rows}


def children_seen(keys: Collection[int]) -> dict[int, ChildSeen]:
    """Children for whom a place is asked or kept."""
    if not keys:
        return {}
    with acting(system(_PURPOSE)):
        rows = list(Child.objects.filter(pk__in=keys))
    note_shown({row.person_id for row in rows}, (DataClass.K5,))
    return {row.pk: ChildSeen(row.first_name, row.birth_month, _regular_place(row)) for row in rows}


def _regular_place(child: Child) -> tuple[date, date] | None:
    if child.regular_earliest is None or child.regular_latest is None:
        return None
    return child.regular_earliest, child.regular_latest


def working_since(case_numbers: Collection[str], since: date) -> dict[str, date]:
    """Who of some people works now, and since when, not before a day; only to be counted."""
    with acting(system(_PURPOSE)):
        people = Person.objects.filter(
            case_number__in=case_numbers, status=CaseStatus.PLACED, status_since__gte=since
        )
        return dict(people.order_by().values_list("case_number", "status_since"))


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case for who guides: the name where it was shared, and whether more of it was."""

    name: str = ""
    knows_guidance: bool = False
    knows_household: bool = False
    knows_all: bool = False


def cases_in_reach(case_numbers: Collection[str]) -> dict[str, CaseSeen]:
    """Cases of people within reach, as far as they were shared."""
    people = list(Person.objects.filter(case_number__in=case_numbers))
    classes = classes_per_person(people, at=timezone.now())
    note_shown((number for number, known in classes.items() if DataClass.K3 in known), ("K3",))
    return {each.case_number: _case(each, classes[each.case_number]) for each in people}


def _case(person: Person, classes: Classes) -> CaseSeen:
    return CaseSeen(
        name=person.name if DataClass.K3 in classes else "",
        knows_guidance=DataClass.K4 in classes,
        knows_household=DataClass.K5 in classes,
        knows_all=classes == ALL_CLASSES,
    )


def name_in_reach(case_number: str) -> str:
    """The name of somebody, or the number of the case where the name was not shared."""
    found = cases_in_reach([case_number]).get(case_number)
    return found.name if found and found.name else case_number


@dataclass(frozen=True, slots=True)
class Who:
    """Who somebody is, as far as the reader may know; what is empty is not for them.

    `knows_guidance` tells whether the reader may read what belongs to the case, such as why
    something ended.
    """

    label: str
    phone: str = ""
    case_number: str = ""
    knows_guidance: bool = False


def who_are(case_numbers: Collection[str]) -> dict[str, Who]:
    """Who some people are, for who guides or directs; who is out of reach is left out."""
    numbers = set(case_numbers)
    note_shown(numbers, (DataClass.K2,))
    if current().show is Show.PSEUDONYM:
        return {number: Who(number, case_number=number) for number in numbers}
    cases = cases_in_reach(numbers)
    known = {number for number, case in cases.items() if case.knows_guidance}
    note_shown(known, (DataClass.K4,))
    return {
        number: Who(case.name or number, case_number=number, knows_guidance=number in known)
        for number, case in cases.items()
    }


def who_for_employer(case_numbers: Collection[str], told: Collection[str]) -> dict[str, Who]:
    """Name and phone of those whom an employer may know; of the others there is nothing here."""
    note_shown(case_numbers, (DataClass.K2,))
    return {
        number: Who(each.name, each.phone, knows_guidance=True)
        for number, each in contacts(told).items()
    }


def _columns(
    case_numbers: Collection[str], *columns: str, shows: DataClass
) -> Iterable[tuple[Any, ...]]:
    if not case_numbers:
        return ()
    with acting(system(_PURPOSE)):
        people = Person.objects.filter(case_number__in=case_numbers).order_by("case_number")
        rows = list(people.values_list("case_number", *columns))
    note_shown((row[0] for row in rows), (shows,))
    return rows
