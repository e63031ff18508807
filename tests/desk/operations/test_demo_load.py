import pytest
from django.db import transaction

from desk.factories.accounts import NOON, OrganisationFactory, UserFactory
from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.common.validators import validate_enterprise_number
from koempel.desk.jobs.models import Vacancy
from koempel.desk.operations.demo import DemoError, load_demo
from koempel.desk.partners.models import Establishment
from koempel.desk.people.models import Person

pytestmark = pytest.mark.django_db


def tables():
    with acting(system("tests")):
        people = list(Person.objects.order_by("pk").values("pk", "last_name", "next_step"))
    return people, list(Vacancy.objects.order_by("pk").values("number", "state"))


def test_same_day_gives_the_same_tables():
    found = []
    for _ in range(2):
        with transaction.atomic():
            load_demo(people=30, jobs=10, at=NOON)
            found.append(tables())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != ([], [])


def test_demo_loads_once():
    assert load_demo(people=30, jobs=10, at=NOON)
    before = Organisation.objects.count()
    assert not load_demo(people=30, jobs=10, at=NOON)
    assert Organisation.objects.count() == before


def test_demo_is_not_loaded_over_an_office():
    OrganisationFactory(kind=OrganisationKind.MUNICIPALITY)
    UserFactory(role=Role.OPERATOR)
    with pytest.raises(DemoError, match="niet van de demonstratie"):
        load_demo(people=30, jobs=10, at=NOON)


def test_partners_of_the_demo_pass_the_checks_of_a_form():
    load_demo(people=30, jobs=10, at=NOON)
    with acting(system("tests")):
        for partner in Organisation.objects.all():
            partner.full_clean()
            validate_enterprise_number(partner.org_code)
        for place in Establishment.objects.select_related("organisation"):
            place.full_clean()


def test_jobs_of_the_demo_are_at_an_establishment_of_their_employer():
    load_demo(people=30, jobs=10, at=NOON)
    with acting(system("tests")):
        for vacancy in Vacancy.objects.select_related("establishment"):
            assert vacancy.establishment.organisation_id == vacancy.employer_id
