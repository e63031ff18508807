"""The only door from the tables of the desk to a region of the planner.

Tables are read in whole columns, with `values_list`; ids go along (a case number, the number of a
vacancy, the key of a lever), so that results find their way back. No name of a person comes
through. What is read of people is kept in memory until one of their tables changes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet

from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import JOB_COLUMNS, job_row, open_vacancies
from koempel.desk.levers.models import Lever
from koempel.desk.partners import models as places
from koempel.desk.people import models as people
from koempel.desk.people.enums import CaseStatus
from koempel.region.geography import CREDIT
from koempel.region.levers.childcare import CARE_KIND
from koempel.region.outcome import LeverKind
from koempel.region.rows import (
    Bike,
    BikeKind,
    CareKind,
    Child,
    Childcare,
    Course,
    CourseKind,
    Cycling,
    Day,
    Direction,
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
    ShuttleLine,
    ShuttleRun,
    Village,
)
from koempel.region.rules import PARTS
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


def rows_of(case_numbers: Iterable[str], vacancies: Iterable[str] | None, today: date) -> Region:
    """A region of some people only, with every lever, and with some vacancies or all.

    Who no longer looks for work and what is no longer open is not in it.
    """
    numbers = list(case_numbers)
    jobs = open_vacancies(today).order_by("pk")
    if vacancies is not None:
        jobs = jobs.filter(number__in=list(vacancies))
    with acting(system(_PURPOSE)):
        crowd = _read_crowd(Q(case_number__in=numbers), Q(person__in=numbers))
    return _region(today, crowd, _jobs(jobs))


def _jobs(rows: QuerySet[Vacancy]) -> tuple[Job, ...]:
    return tuple(map(job_row, rows.values_list(*JOB_COLUMNS)))


def _region(today: date, crowd: "_Crowd", jobs: tuple[Job, ...]) -> Region:
    used = {row.village for row in crowd.people} | {row.village for row in jobs}
    levers = _levers(today)
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
            crowd = _read_crowd(Q(), Q())
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
    mine = who & Q(status=CaseStatus.ACTIVE)
    theirs = whose & Q(person__status=CaseStatus.ACTIVE)
    return _Crowd(
        people=_rows(people.Person.objects.filter(mine), _PERSON_COLUMNS, _person),
        children=_rows(people.Child.objects.filter(theirs), _CHILD_COLUMNS, _child),
        rights=_rows(people.SupportRight.objects.filter(theirs), _RIGHT_COLUMNS, _right),
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


# ---- levers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Levers:
    bikes: tuple[Bike, ...]
    childcare: tuple[Childcare, ...]
    courses: tuple[Course, ...]
    lines: tuple[ShuttleLine, ...]
    runs: tuple[ShuttleRun, ...]


MODE_OF_CARE = {kind: mode for mode, kind in CARE_KIND.items()}


def _levers(today: date) -> _Levers:
    """Levers that run today; a lever has some dozens of rows, so objects will do."""
    found = (
        Lever.objects.filter(is_active=True)
        .exclude(valid_until__lt=today)
        .select_related("childcare", "course", "line")
        .prefetch_related("serves", "parts__run")
        .order_by("pk")
    )
    by_kind: dict[str, list[Lever]] = defaultdict(list)
    for lever in found:
        by_kind[lever.kind].append(lever)
    lines = by_kind[LeverKind.SHUTTLE_SEAT]
    return _Levers(
        bikes=_made(by_kind, BikeKind, _bike),
        childcare=_made(by_kind, MODE_OF_CARE, _childcare),
        courses=_made(by_kind, CourseKind, _course),
        lines=tuple(map(_line, lines)),
        runs=tuple(run for line in lines for run in _runs(line)),
    )


def _made(
    by_kind: dict[str, list[Lever]], kinds: Iterable[str], make: Callable[[Lever], Row]
) -> tuple[Row, ...]:
    return tuple(make(lever) for kind in kinds for lever in by_kind[kind])


def _free(lever: Lever) -> int:
    return sum(part.free for part in lever.parts.all())


def _bike(lever: Lever) -> Bike:
    return Bike(
        id=_id(lever),
        name=lever.name,
        kind=BikeKind(lever.kind),
        serves=tuple(sorted(each.pk for each in lever.serves.all())),
        capacity=_free(lever),
        wait_days=lever.wait_days,
        cost_eur=float(lever.cost_eur),
    )


def _childcare(lever: Lever) -> Childcare:
    site = lever.childcare
    # The planner knows one number per part of the day: the day with the fewest places decides.
    free: dict[str, list[int]] = defaultdict(list)
    for part in lever.parts.all():
        free[part.code.partition("/")[2]].append(part.free)
    early, morning, afternoon, evening = (min(free[part], default=0) for part in PARTS)
    return Childcare(
        id=_id(lever),
        name=lever.name,
        mode=MODE_OF_CARE[LeverKind(lever.kind)],
        lon=site.lon,
        lat=site.lat,
        hours=parse_windows(site.hours),
        age_from=site.age_from,
        age_to=site.age_to,
        early=early,
        morning=morning,
        afternoon=afternoon,
        evening=evening,
        wait_days=lever.wait_days,
        valid_until=lever.valid_until,
        cost_eur=float(lever.cost_eur),
    )


def _course(lever: Lever) -> Course:
    course = lever.course
    return Course(
        id=_id(lever),
        name=lever.name,
        kind=CourseKind(lever.kind),
        teaches=course.teaches,
        from_level=Level(course.from_level) if course.from_level else None,
        capacity=_free(lever),
        starts_on=course.starts_on,
        weeks=course.weeks,
        cost_eur=float(lever.cost_eur),
    )


def _line(lever: Lever) -> ShuttleLine:
    line = lever.line
    return ShuttleLine(
        id=_id(lever),
        name=lever.name,
        from_lon=line.from_lon,
        from_lat=line.from_lat,
        to_lon=line.to_lon,
        to_lat=line.to_lat,
        ride_min=line.ride_min,
        wait_days=lever.wait_days,
        cost_eur=float(lever.cost_eur),
    )


def _runs(lever: Lever) -> list[ShuttleRun]:
    return [
        ShuttleRun(
            id=f"{_id(lever)}-{part.pk}",
            line=_id(lever),
            direction=Direction(part.run.direction),
            time=part.run.minute,
            days=tuple(Day(each) for each in part.run.days),
            seats=part.free,
        )
        for part in lever.parts.all()
        if hasattr(part, "run")
    ]


def _id(lever: Lever) -> str:
    return f"L-{lever.pk}"
