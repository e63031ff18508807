import pytest
from django.db import transaction

from desk.factories.accounts import NOON, OrganisationFactory, UserFactory
from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.operations.demo import DemoError, load_demo
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
