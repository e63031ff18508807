"""Objects behind the addresses of work."""

from desk.accounts.examples import organisation_of
from desk.examples import OF_PERSON, example
from desk.factories.jobs import VacancyFactory
from desk.factories.placements import PlacementFactory
from desk.people.examples import person_of
from koempel.desk.accounts.models import OrganisationKind


def placement_of(asker, stand, **facts):
    """At the asker's organisation when the person is of it, too."""
    vacancy = VacancyFactory(employer=organisation_of(asker, stand, kind=OrganisationKind.EMPLOYER))
    number = person_of(asker, stand).pk
    return PlacementFactory(case_number=number, vacancy=vacancy, made_by=asker, **facts)


@example("placements:file", "placements:end", "placements:undo", stands=OF_PERSON)
def placement(asker, stand):
    return {"pk": placement_of(asker, stand).pk}
