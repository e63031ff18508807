"""Vacancies and their employers. All of it is invented."""

from datetime import date, timedelta

import factory

from desk.factories.accounts import OrganisationFactory
from desk.factories.partners import EstablishmentFactory
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy

TODAY = date(2026, 11, 23)


class EmployerFactory(OrganisationFactory):
    class Params:
        social = factory.Trait(
            kind=OrganisationKind.SOCIAL_ENTERPRISE,
            name=factory.Sequence(lambda number: f"Maatwerk Mijnlamp {number}"),
        )

    kind = OrganisationKind.EMPLOYER
    name = factory.Sequence(lambda number: f"Bakkerij Kolenbrood {number}")


class VacancyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vacancy

    class Params:
        draft = factory.Trait(state=VacancyState.DRAFT, publish_from=None, publish_to=None)
        filled = factory.Trait(state=VacancyState.FILLED)
        closed = factory.Trait(state=VacancyState.CLOSED)
        expired = factory.Trait(
            state=VacancyState.EXPIRED, publish_from=TODAY - timedelta(days=200)
        )
        long_online = factory.Trait(publish_from=TODAY - timedelta(days=91))
        two_shifts = factory.Trait(shifts="Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00")
        at_night = factory.Trait(shifts="Mo-Fr 22:00-06:00")
        social = factory.Trait(
            employer=factory.SubFactory(EmployerFactory, social=True),
            measures=["COLLECTIVE_MAATWERK"],
        )

    employer = factory.SubFactory(EmployerFactory)
    title = factory.Sequence(lambda number: f"Inpakker van lampen {number}")
    occupation_id = "9321"
    establishment = factory.SubFactory(
        EstablishmentFactory,
        organisation=factory.SelfAttribute("..employer"),
        lon=5.2801,
        lat=51.0366,
    )
    seats = 1
    start_from = TODAY + timedelta(days=7)
    start_to = TODAY + timedelta(days=60)
    shifts = "Mo-Fr 08:00-16:00"
    hours_per_week = 38
    publish_from = TODAY - timedelta(days=5)
    publish_to = TODAY + timedelta(days=85)
    state = VacancyState.PUBLISHED
