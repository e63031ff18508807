"""The only door from the tables of the desk to a region of the planner.

Tables are read in whole columns, with `values_list`; ids go along (a case number, the number of a
vacancy, the key of a lever), so that results find their way back. No name of a person comes
through. What is read of people is kept in memory until one of their tables changes.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet

from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import JOB_COLUMNS, job_row, open_vacancies
from koempel.desk.partners import models as places
from koempel.desk.people import models as people
from koempel.desk.people.enums import CaseStatus
from koempel.desk.planning.lever_rows import levers_on
from koempel.region.geography import CREDIT
from koempel.region.names import Names
from koempel.region.rows import (
    CareKind,
    Child,
    Cycling,
    Employer,
    EmployerKind,
    Grantor,
    Job,
    Level,
    Measure,
    Mode,
    Municipality,
    Need,
    Person,
    Right,
    RightState,
    Village,
)
from koempel.region.tables import Region
from koempel.region.windows import Windows, parse_windows

NAME = "Het samenwerkingsverband"
_PURPOSE = "plan"
_NO_HOURS = Windows(())

Row = TypeVar("Row")
Table = type[Model]


def region_on(today: date) -> Region:
    """Everything that a plan of today is made from.

    Parameters
    ----------
    today : date
        The day of the plan: which vacancies are open, which levers still run.
    """
    jobs = open_vacancies(today).order_by("pk")
    return _region(today, _crowd(), _jobs(jobs))


LOOKING = (CaseStatus.ACTIVE,)


def rows_of(
    case_numbers: Iterable[str],
    vacancies: Iterable[str] | None,
    today: date,
    *,
    statuses: Collection[CaseStatus] = LOOKING,
) -> Region:
    """A region of some people only, with every lever, and with some vacancies or all.

    What is no longer open is not in it, nor who has another status: who works in a social
    enterprise looks for no work, and can still move on.
    """
    numbers = list(case_numbers)
    jobs = open_vacancies(today).order_by("pk")
    if vacancies is not None:
        jobs = jobs.filter(number__in=list(vacancies))
    with acting(system(_PURPOSE)):
        crowd = _read_crowd(
            Q(case_number__in=numbers, status__in=statuses),
            Q(person__in=numbers, person__status__in=statuses),
        )
    return _region(today, crowd, _jobs(jobs))


def people_on(today: date) -> Region:
    """Everybody and every lever of a day, without jobs: for a job that is looked at alone."""
    return _region(today, _crowd(), ())


def _jobs(rows: QuerySet[Vacancy]) -> tuple[Job, ...]:
    return tuple(map(job_row, rows.values_list(*JOB_COLUMNS)))


def _region(today: date, crowd: "_Crowd", jobs: tuple[Job, ...]) -> Region:
    used = {row.village for row in crowd.people} | {row.village for row in jobs}
    levers = levers_on(today)
    return Region(
        name=NAME,
        date=today,
        invented=False,
        credit=CREDIT,
        municipalities=_municipalities(used),
        villages=_villages(used),
        people=crowd.people,
        employers=_employers({job.employer for job in jobs}),
        jobs=jobs,
        rights=crowd.rights,
        children=crowd.children,
        bikes=levers.bikes,
        childcare=levers.childcare,
        childcare_days=levers.childcare_days,
        courses=levers.courses,
        shuttle_lines=levers.lines,
        shuttle_runs=levers.runs,
    )


def only_places(today: date, used: set[str]) -> Region:
    """A region with nothing but places: those of the partnership, and other villages in use."""
    return Region(
        name=NAME,
        date=today,
        invented=False,
        credit=CREDIT,
        municipalities=_municipalities(used),
        villages=_villages(used),
        people=(),
        employers=(),
        jobs=(),
    )


# ---- people -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Everybody who looks for work, with their children and rights."""

    people: tuple[Person, ...]
    children: tuple[Child, ...]
    rights: tuple[Right, ...]


_kept: dict[tuple[Any, ...], _Crowd] = {}


def _crowd() -> _Crowd:
    with acting(system(_PURPOSE)):
        version = _version()
        crowd = _kept.get(version)
        if crowd is None:
            crowd = _read_crowd(Q(status__in=LOOKING), Q(person__status__in=LOOKING))
            _kept.clear()
            _kept[version] = crowd
        return crowd


def _version() -> tuple[Any, ...]:
    """What differs as soon as anything was added, changed or removed.

    Every change of a child or a right stamps its person too.
    """
    tables = (people.Person, people.Child, people.SupportRight)
    counts = (each.objects.aggregate(n=Count("pk"), last=Max("pk")) for each in tables)
    stamp = people.Person.objects.aggregate(at=Max("changed_at"))["at"]
    database = people.Person.objects.db
    return database, stamp, *(tuple(each.values()) for each in counts)


def _read_crowd(who: Q, whose: Q) -> _Crowd:
    """People for whom `who` holds, and what hangs on people for whom `whose` holds."""
    return _Crowd(
        people=_rows(people.Person.objects.filter(who), _PERSON_COLUMNS, _person),
        children=_rows(people.Child.objects.filter(whose), _CHILD_COLUMNS, _child),
        rights=_rows(people.SupportRight.objects.filter(whose), _RIGHT_COLUMNS, _right),
    )


def _rows(
    query: Any, columns: tuple[str, ...], make: Callable[[dict[str, Any]], Row]
) -> tuple[Row, ...]:
    values = query.order_by("pk").values_list(*columns)
    return tuple(make(dict(zip(columns, row, strict=True))) for row in values)


_PERSON_COLUMNS = (
    "case_number", "village_id", "lon", "lat", "registered_on", "available_from", "permit_until",
    "modes", "cycling", "max_travel_min", "dutch_listening", "dutch_speaking", "dutch_reading",
    "dutch_writing", "skills", "licences", "needs", "away", "hours_min", "hours_max", "wants",
    "address_shield", "village__lon", "village__lat",
)  # fmt: skip


def _person(row: dict[str, Any]) -> Person:
    # Where somebody with a shield lives stays with the caseworker: the village has to do.
    home = "village__" if row["address_shield"] else ""
    return Person(
        id=row["case_number"],
        village=row["village_id"],
        lon=row[f"{home}lon"],
        lat=row[f"{home}lat"],
        registered_on=row["registered_on"],
        available_from=row["available_from"],
        permit_until=row["permit_until"],
        modes=tuple(Mode(each) for each in row["modes"]),
        cycling=Cycling(row["cycling"]),
        max_travel_min=row["max_travel_min"],
        dutch_listening=Level(row["dutch_listening"]),
        dutch_speaking=Level(row["dutch_speaking"]),
        dutch_reading=Level(row["dutch_reading"]),
        dutch_writing=Level(row["dutch_writing"]),
        skills=tuple(row["skills"]),
        licences=tuple(row["licences"]),
        needs=tuple(Need(each) for each in row["needs"]),
        away=parse_windows(row["away"]),
        hours_min=row["hours_min"],
        hours_max=row["hours_max"],
        wants=tuple(row["wants"]),
    )


_CHILD_COLUMNS = (
    "pk", "person_id", "birth_month", "care", "care_lon", "care_lat", "care_hours", "care_until",
)  # fmt: skip


def _child(row: dict[str, Any]) -> Child:
    return Child(
        id=f"C-{row['pk']}",
        person=row["person_id"],
        birth_month=row["birth_month"],
        care=CareKind(row["care"]),
        care_lon=row["care_lon"],
        care_lat=row["care_lat"],
        care_hours=parse_windows(row["care_hours"]) if row["care_hours"] else _NO_HOURS,
        care_until=row["care_until"],
    )


_RIGHT_COLUMNS = ("person_id", "measure", "granted_by", "granted_on", "valid_until", "state")


def _right(row: dict[str, Any]) -> Right:
    return Right(
        person=row["person_id"],
        measure=Measure(row["measure"]),
        granted_by=Grantor(row["granted_by"]),
        granted_on=row["granted_on"],
        valid_until=row["valid_until"],
        state=RightState(row["state"]),
    )


# ---- places and employers ---------------------------------------------------------------------


def _municipalities(used: set[str]) -> tuple[Municipality, ...]:
    partners = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    found = places.Municipality.objects.filter(
        Q(pk__in=partners.values("nis")) | Q(villages__in=used)
    )
    columns = found.distinct().order_by("pk").values_list("nis", "name", "lon", "lat")
    return tuple(Municipality(*row) for row in columns)


def partner_municipalities() -> tuple[Municipality, ...]:
    """Municipalities that take part."""
    return _municipalities(set())


def _villages(used: set[str]) -> tuple[Village, ...]:
    partners = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    found = places.Village.objects.filter(
        Q(municipality__in=partners.values("nis")) | Q(pk__in=used)
    )
    columns = ("code", "name", "municipality_id", "postcode", "lon", "lat")
    return tuple(Village(*row) for row in found.order_by("pk").values_list(*columns))


def _employers(used: set[str]) -> tuple[Employer, ...]:
    columns = ("pk", "name", "kind", "org_code")
    found = Organisation.objects.filter(pk__in=used).order_by("pk").values_list(*columns)
    return tuple(
        Employer(str(key), name, _employer_kind(kind), code or None)
        for key, name, kind, code in found
    )


def _employer_kind(kind: str) -> EmployerKind:
    is_social = kind == OrganisationKind.SOCIAL_ENTERPRISE
    return EmployerKind.SOCIAL if is_social else EmployerKind.REGULAR


# ---- names ------------------------------------------------------------------------------------


def names_of(villages: Iterable[str], vacancies: Iterable[str]) -> Names:
    """What some villages and vacancies are called, open or not, for words about a plan."""
    jobs = _jobs(Vacancy.objects.filter(number__in=list(vacancies)).order_by("pk"))
    used = set(villages) | {job.village for job in jobs}
    return Names(
        Region(
            name=NAME,
            date=date.min,
            invented=False,
            credit=CREDIT,
            municipalities=_municipalities(used),
            villages=_villages(used),
            people=(),
            employers=_employers({job.employer for job in jobs}),
            jobs=jobs,
        )
    )
