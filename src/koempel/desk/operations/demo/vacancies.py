"""Vacancies of the demonstration."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import EventKind, Occupation, Vacancy, VacancyEvent
from koempel.desk.jobs.terms import MAX_DAYS_ONLINE, terms
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.partners.models import Establishment
from koempel.region.rows import Job
from koempel.region.tables import Region

BATCH = 200
N_OTHERS = 12
OTHER_STATES = (VacancyState.DRAFT, VacancyState.FILLED, VacancyState.CLOSED, VacancyState.EXPIRED)
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def load_vacancies(region: Region, partners: Partners, random: Random, *, at: datetime) -> None:
    """Write every job as an open vacancy, and some more in each of the other states."""
    vacancies = list(_vacancies(region, partners, random, at))
    made = Vacancy.objects.bulk_create(vacancies, batch_size=BATCH)
    VacancyEvent.objects.bulk_create(
        (VacancyEvent(vacancy=each, at=_made_at(each, at), kind=EventKind.MADE) for each in made),
        batch_size=BATCH,
    )


def _made_at(vacancy: Vacancy, at: datetime) -> datetime:
    if vacancy.publish_from is None:
        return at
    return at - (timezone.localdate(at) - vacancy.publish_from)


def _vacancies(
    region: Region, partners: Partners, random: Random, at: datetime
) -> Iterator[Vacancy]:
    occupations = Occupation.objects.in_bulk()
    places = {each.organisation_id: each for each in Establishment.objects.all()}
    numbers = _numbers(random)
    today = timezone.localdate(at)
    days = int(terms().value(MAX_DAYS_ONLINE, today))
    states = [VacancyState.PUBLISHED] * len(region.jobs)
    others = [OTHER_STATES[number % len(OTHER_STATES)] for number in range(N_OTHERS)]
    jobs = (*region.jobs, *region.jobs[:N_OTHERS])
    for job, state in zip(jobs, states + others, strict=False):
        age = days + 1 if state is VacancyState.EXPIRED else random.randint(0, days - 30)
        online = None if state is VacancyState.DRAFT else today - timedelta(days=age)
        vacancy = Vacancy(
            number=next(numbers),
            employer=partners.firms[job.employer],
            occupation=occupations[job.isco],
            establishment=places[partners.firms[job.employer].pk],
            state=state,
            publish_from=online,
            publish_to=online and online + timedelta(days=days),
            changed_at=at,
            **_facts(job),
        )
        vacancy.settle()
        yield vacancy


def _facts(job: Job) -> dict[str, object]:
    return {
        "title": job.title,
        "seats": max(1, job.seats),
        "start_from": job.start_from,
        "start_to": job.start_to,
        "shifts": " | ".join(str(week) for week in job.shifts),
        "hours_per_week": Decimal(str(job.hours_per_week)),
        "contract": job.contract.value,
        "dutch_listening": job.dutch_listening.value,
        "dutch_speaking": job.dutch_speaking.value,
        "dutch_reading": job.dutch_reading.value,
        "dutch_writing": job.dutch_writing.value,
        "skills": list(job.skills),
        "licences": list(job.licences),
        "strains": [strain.value for strain in job.strains],
        "measures": [measure.value for measure in job.measures],
    }


def _numbers(random: Random) -> Iterator[str]:
    taken: set[str] = set()
    while True:
        number = "J-" + "".join(random.choices(_SIGNS, k=6))
        if number not in taken:
            taken.add(number)
            yield number
