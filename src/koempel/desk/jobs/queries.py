"""Reads of vacancies."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.constants import LOOKUP_SEP

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import Context
from koempel.desk.jobs.enums import VANISH, Step, VacancyState
from koempel.desk.jobs.models import Vacancy, VacancyEvent
from koempel.desk.jobs.rules import OFFERS_WORK, can_keep, sees_all, steps_from
from koempel.desk.jobs.terms import MAX_DAYS_ONLINE
from koempel.desk.partners.models import Municipality
from koempel.region.parameters import Parameters
from koempel.region.rows import Contract, Job, Level, Measure, Strain
from koempel.region.windows import parse_rotation


def vacancies_for(context: Context) -> QuerySet[Vacancy]:
    """Vacancies that the asker may see: the own ones, or all that have been online."""
    found = Vacancy.objects.select_related(
        "employer", "occupation", "establishment__village__municipality"
    )
    if context.is_system:
        return found
    own = Q(employer=context.organisation)
    return found.filter(~Q(state=VacancyState.DRAFT) | own if sees_all(context) else own)


def open_vacancies(today: date) -> QuerySet[Vacancy]:
    """Vacancies that somebody can take now."""
    return Vacancy.objects.filter(
        Q(publish_to__isnull=True) | Q(publish_to__gte=today),
        state=VacancyState.PUBLISHED,
        publish_from__lte=today,
        start_to__gte=today,
        employer__is_active=True,
    )


def leaving_soon(vacancies: QuerySet[Vacancy], first: date, last: date) -> QuerySet[Vacancy]:
    """Vacancies online whose last day online lies in a period, the first to go first."""
    rows = vacancies.filter(state=VacancyState.PUBLISHED, publish_to__range=(first, last))
    return rows.order_by("publish_to", "number")


def asking_at_most(vacancies: QuerySet[Vacancy], level: str) -> QuerySet[Vacancy]:
    """Vacancies that ask no more spoken Dutch than a level."""
    levels = list(Level)
    return vacancies.filter(dutch_speaking__in=levels[: levels.index(Level(level)) + 1])


def events_of(vacancy: Vacancy) -> QuerySet[VacancyEvent]:
    """The timeline, the latest first."""
    return vacancy.events.select_related("by")


def steps_of(vacancy: Vacancy) -> tuple[Step, ...]:
    """Steps that a person can take with a vacancy now, the usual one first."""
    return steps_from(vacancy.state, seats=vacancy.seats, taken=vacancy.taken)


def vacancies_past_term(today: date, parameters: Parameters) -> QuerySet[Vacancy]:
    """Vacancies that stay online longer than agreed, or than a vacancy may.

    Raises
    ------
    ParameterMissingError
        When there is no term for that day.
    """
    days = int(parameters.value(MAX_DAYS_ONLINE, today))
    return Vacancy.objects.filter(state=VacancyState.PUBLISHED).filter(
        Q(publish_to__lt=today) | Q(publish_from__lt=today - timedelta(days=days))
    )


def employers() -> QuerySet[Organisation]:
    """Organisations that can have vacancies."""
    return Organisation.objects.filter(kind__in=OFFERS_WORK, is_active=True)


def municipalities_with_work(vacancies: QuerySet[Vacancy]) -> QuerySet[Municipality]:
    """Municipalities in which some vacancies are."""
    return Municipality.objects.filter(
        pk__in=vacancies.order_by().values("establishment__village__municipality").distinct()
    )


def vanished_numbers(employer: Organisation) -> set[str]:
    """Vacancies that closed because a file no longer named them, and stayed so since."""
    rows = Vacancy.objects.filter(employer=employer, state=VacancyState.CLOSED)
    return set(_last_stepped(rows, VANISH).values_list("number", flat=True))


def drafts_that_vanished(numbers: Iterable[str]) -> set[str]:
    """Those of some vacancies that vanished before anybody had put them online."""
    rows = Vacancy.objects.filter(number__in=numbers)
    found = _last_stepped(rows, VANISH, last_from=VacancyState.DRAFT)
    return set(found.values_list("number", flat=True))


def _last_stepped(rows: QuerySet[Vacancy], key: str, **was: str) -> QuerySet[Vacancy]:
    """Vacancies whose last step was a certain one."""
    steps = VacancyEvent.objects.filter(vacancy=OuterRef("pk")).exclude(step="")
    last = steps.order_by("-at", "-pk")
    marked = rows.annotate(
        last_step=Subquery(last.values("step")[:1]),
        last_from=Subquery(last.values("from_state")[:1]),
    )
    return marked.filter(last_step=key, **was)


def untouched_since(vacancies: Iterable[Vacancy], moment: datetime) -> list[Vacancy]:
    """Those of some vacancies to which nothing happened after a moment."""
    found = list(vacancies)
    later = VacancyEvent.objects.filter(vacancy__in=[each.pk for each in found], at__gt=moment)
    touched = set(later.values_list("vacancy", flat=True))
    return [each for each in found if each.pk not in touched]


def may_change(context: Context, vacancy: Vacancy) -> bool:
    """Whether the asker may change this vacancy."""
    return can_keep(context, vacancy.employer_id)


JOB_COLUMNS = (
    "number", "employer_id", "title", "occupation_id", "establishment__village_id",
    "establishment__lon", "establishment__lat", "seats", "taken", "start_from", "start_to",
    "shifts", "hours_per_week", "contract", "dutch_listening", "dutch_speaking", "dutch_reading",
    "dutch_writing", "skills", "licences", "strains", "measures",
)  # fmt: skip
"""Columns of a vacancy that the planner looks at."""


def job_row(values: Iterable[Any]) -> Job:
    """A vacancy as the planner knows it.

    Parameters
    ----------
    values : iterable
        The columns `JOB_COLUMNS`.
    """
    row = dict(zip(JOB_COLUMNS, values, strict=True))
    return Job(
        id=row["number"],
        employer=str(row["employer_id"]),
        title=row["title"],
        isco=row["occupation_id"],
        village=row["establishment__village_id"],
        lon=row["establishment__lon"],
        lat=row["establishment__lat"],
        seats=row["seats"] - row["taken"],
        start_from=row["start_from"],
        start_to=row["start_to"],
        shifts=parse_rotation(row["shifts"]),
        hours_per_week=float(row["hours_per_week"]),
        contract=Contract(row["contract"]),
        dutch_listening=Level(row["dutch_listening"]),
        dutch_speaking=Level(row["dutch_speaking"]),
        dutch_reading=Level(row["dutch_reading"]),
        dutch_writing=Level(row["dutch_writing"]),
        skills=tuple(row["skills"]),
        licences=tuple(row["licences"]),
        strains=tuple(Strain(each) for each in row["strains"]),
        measures=tuple(Measure(each) for each in row["measures"]),
    )


def job_of(vacancy: Vacancy) -> Job:
    """One vacancy, stored or not, as the planner knows it."""
    return job_row(reduce(getattr, name.split(LOOKUP_SEP), vacancy) for name in JOB_COLUMNS)
