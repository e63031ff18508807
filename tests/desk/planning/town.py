"""A town to try what-ifs on, with a plan: people without a bike, seats near and far, some bikes."""

from dataclasses import dataclass

from desk.factories.accounts import OrganisationFactory
from desk.factories.jobs import VacancyFactory
from desk.planning.world import far_vacancy, make_bikes, plan, seeker
from koempel.desk.accounts.models import OrganisationKind, User
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person
from koempel.desk.planning.models import PlanRun

HOME = "71070"


@dataclass(frozen=True, slots=True)
class Town:
    """A plan, the id of the bikes in it, and who lives there."""

    run: PlanRun
    bikes: str
    people: list[Person]


def make_town(guide: User) -> Town:
    """Eight people; two seats next door, nine far away; two bikes, so four proposals."""
    with acting(system("test")):
        people = [seeker(guide, modes=[]) for _ in range(8)]
        VacancyFactory(title="Inpakker", seats=2)
        far_vacancy(title="Plukker", seats=9)
        lever = make_bikes(2)
    return Town(plan(), f"L-{lever.pk}", people)


def make_crowd(guide: User) -> Town:
    """Forty people who want thirty seats that are far away; twelve bikes, so twelve proposals."""
    with acting(system("test")):
        OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, nis=HOME)
        people = [seeker(guide, modes=[]) for _ in range(40)]
        far_vacancy(title="Plukker", seats=30)
        lever = make_bikes(12)
    return Town(plan(), f"L-{lever.pk}", people)
