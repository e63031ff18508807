"""What others may know of somebody who comes for a lever: one function per need, no more in it.

The right does not come from a grant on the case but from the lever that the person asks or has, so
the rows are read as Koempel itself; the caller says whose. Each function notes what it discloses.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Relation, acting, current, system
from koempel.desk.people.enums import LEVEL_WORDS
from koempel.desk.people.models import Child, Person
from koempel.desk.people.queries import classes_per_person, note_shown
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


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives, for the distance to a lever; no point where that is shielded."""

    municipality: str
    point: tuple[float, float] | None


def home_of(person: Person) -> Home:
    """The home of somebody within reach: distances to some sites would give a point away."""
    shares = DataClass.K3 in classes_per_person([person], at=timezone.now())[person.case_number]
    is_shielded = person.address_shield and current().relation is Relation.GRANTED
    point = (person.lon, person.lat) if shares and not is_shielded else None
    return Home(person.village.municipality_id, point)


def first_names(case_numbers: Collection[str]) -> dict[str, str]:
    """How the re-use shop calls who has a voucher."""
    return dict(_columns(case_numbers, "first_name", shows=DataClass.K3))


def contacts(case_numbers: Collection[str]) -> dict[str, Contact]:
    """Name and phone of who has a place, a seat, or a child with a place."""
    rows = _columns(case_numbers, "first_name", "last_name", "phone", shows=DataClass.K3)
    return {number: Contact(f"{first} {last}", phone) for number, first, last, phone in rows}


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
    return {row.pk: ChildSeen(row.first_name, row.birth_month) for row in rows}


def names_in_reach(case_numbers: Collection[str]) -> dict[str, str]:
    """Names for who guides: of people within reach, as far as the names were shared."""
    people = list(Person.objects.filter(case_number__in=case_numbers))
    classes = classes_per_person(people, at=timezone.now())
    named = [person for person in people if DataClass.K3 in classes[person.case_number]]
    note_shown((person.case_number for person in named), (DataClass.K3,))
    return {person.case_number: person.name for person in named}


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
