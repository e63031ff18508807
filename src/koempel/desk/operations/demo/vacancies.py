"""Vacancies of the demonstration."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.feeds import switch_feed
from koempel.desk.jobs.models import EventKind, Occupation, Vacancy, VacancyEvent
from koempel.desk.jobs.rules import KEEPERS
from koempel.desk.jobs.terms import MAX_DAYS_ONLINE, terms
from koempel.desk.operations.demo.deciding import before
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import HOME_TOWN, Partners
from koempel.desk.partners.models import Establishment, Municipality
from koempel.region.rows import Job
from koempel.region.tables import Region

BATCH = 200
N_OTHERS = 12
ENDS_IN = timedelta(days=6)
OTHER_STATES = (VacancyState.DRAFT, VacancyState.FILLED, VacancyState.CLOSED, VacancyState.EXPIRED)


class VacancyMaker:
    """Makes vacancies of jobs; what all of them need is read once."""

    def __init__(self, region: Region, partners: Partners, draws: Draws) -> None:
        self._firms, self._draws = partners.firms, draws
        self._jobs, self._staff = region.jobs, partners.staff
        self._occupations = Occupation.objects.in_bulk()
        self._places = {
            (each.organisation_id, each.lon, each.lat): each for each in Establishment.objects.all()
        }

    def make(self, job: Job, state: VacancyState, *, online: date | None, at: datetime) -> Vacancy:
        """A vacancy with the facts of a job, online from a day on or not at all."""
        days = int(terms().value(MAX_DAYS_ONLINE, timezone.localdate(at)))
        vacancy = Vacancy(
            number=self._draws.vacancy_number(),
            employer=self._firms[job.employer],
            occupation=self._occupations[job.isco],
            establishment=self._places[self._firms[job.employer].pk, job.lon, job.lat],
            state=state,
            publish_from=online,
            publish_to=online and online + timedelta(days=days),
            changed_at=at,
            **_facts(job),
        )
        vacancy.settle()
        return vacancy

    def of_staff(self, vacancies: list[Vacancy], *, at: datetime) -> list[Vacancy]:
        """For each firm that one can enter: a vacancy ends soon, and there is a draft besides."""
        drafts = []
        for role in KEEPERS:
            firm = self._staff[role].organisation_id
            own = [each for each in vacancies if each.employer_id == firm and each.publish_to]
            jobs = [job for job in self._jobs if self._firms[job.employer].pk == firm]
            if own and jobs:
                own[0].publish_to = timezone.localdate(at) + ENDS_IN
                drafts.append(self.make(jobs[-1], VacancyState.DRAFT, online=None, at=at))
        return drafts


def load_vacancies(region: Region, partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Write every job as an open vacancy, and some more in each of the other states."""
    today, maker = timezone.localdate(at), VacancyMaker(region, partners, draws)
    days = int(terms().value(MAX_DAYS_ONLINE, today))
    states = [VacancyState.PUBLISHED] * len(region.jobs)
    others = [OTHER_STATES[number % len(OTHER_STATES)] for number in range(N_OTHERS)]
    jobs = (*region.jobs, *region.jobs[:N_OTHERS])
    vacancies = []
    for job, state in zip(jobs, states + others, strict=False):
        age = days + 1 if state is VacancyState.EXPIRED else draws.random.randint(0, days - 30)
        online = None if state is VacancyState.DRAFT else today - timedelta(days=age)
        vacancies.append(maker.make(job, state, online=online, at=at))
    vacancies += maker.of_staff(vacancies, at=at)
    write_vacancies(vacancies, at=at)


def open_feed(partners: Partners, *, at: datetime) -> None:
    """Make the vacancies of one municipality public, so that the demonstration shows both."""
    town = Municipality.objects.get(nis=HOME_TOWN)
    switch_feed(town, is_on=True, by=partners.staff[Role.DIRECTOR], at=at)


def write_vacancies(vacancies: list[Vacancy], *, at: datetime) -> None:
    """Write vacancies, each with the first line of its timeline."""
    made = Vacancy.objects.bulk_create(vacancies, batch_size=BATCH)
    VacancyEvent.objects.bulk_create(
        (VacancyEvent(vacancy=each, at=_made_at(each, at), kind=EventKind.MADE) for each in made),
        batch_size=BATCH,
    )


def _made_at(vacancy: Vacancy, at: datetime) -> datetime:
    if vacancy.publish_from is None:
        return at
    return before(at, timezone.localdate(at) - vacancy.publish_from)


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
