"""Objects behind the addresses of vacancies."""

from desk.accounts.examples import organisation_of
from desk.examples import example
from desk.factories.jobs import VacancyFactory
from desk.uploads import kept_of
from koempel.desk.accounts.models import OrganisationKind


@example("jobs:file", "jobs:edit", "jobs:reach", "jobs:copy", "jobs:undo")
def vacancy(asker, stand):
    employer = organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER)
    return {"number": VacancyFactory(employer=employer).number}


@example("jobs:import-check", "jobs:import-wrong")
def jobs_file(asker, stand):
    return {"token": kept_of(asker, stand, b"titel;beroep\nInpakker;9321\n")}
