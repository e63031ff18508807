"""Objects behind the addresses of vacancies."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desk.accounts.examples import organisation_of
from desk.examples import IN_THE_OFFICE, OF_NOBODY, example
from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.uploads import kept_of
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.uploads import store
from koempel.desk.jobs.models import VacancyFeed


@example("jobs:file", "jobs:edit", "jobs:reach", "jobs:copy", "jobs:undo")
def vacancy(asker, stand):
    employer = organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER)
    return {"number": VacancyFactory(employer=employer).number}


@example("jobs:import-check", "jobs:import-wrong")
def jobs_file(asker, stand):
    return {"token": kept_of(asker, stand, b"titel;beroep\nInpakker;9321\n")}


@example("jobs:import-undo")
def taken_in(asker, stand):
    owner = asker if stand in IN_THE_OFFICE else UserFactory(second_factor=False)
    now = timezone.now()
    taken = json.dumps({"at": now.isoformat(), "made": [], "before": {}}).encode()
    kept = store().keep(SimpleUploadedFile("terug", taken), owner=str(owner.pk), now=now)
    return {"token": kept.token}


@example("feed:page", "feed:json", "feed:atom", "jobs:feed-switch", stands=OF_NOBODY)
def feed(asker, stand):
    VacancyFeed.objects.get_or_create(
        municipality_id="71070",
        defaults={"is_on": True, "changed_by": asker, "changed_at": timezone.now()},
    )
    return {"nis": "71070"}
