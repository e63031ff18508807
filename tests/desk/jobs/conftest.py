"""Who acts in the tests of vacancies, and what they look at."""

import pytest

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory
from koempel.desk.common.context import Context, Relation, acting, system
from koempel.desk.common.roles import Role


@pytest.fixture
def as_system():
    with acting(system("test")) as context:
        yield context


@pytest.fixture
def baker(db):
    """Somebody of a regular employer."""
    return UserFactory(role=Role.EMPLOYER, organisation=EmployerFactory())


@pytest.fixture
def lamp_maker(db):
    """Somebody of a social enterprise."""
    return UserFactory(role=Role.SOCIAL_ENTERPRISE, organisation=EmployerFactory(social=True))


def context_of(user, relation=Relation.OWN):
    return Context(
        role=Role(user.role),
        purpose="vacatures",
        user=user.pk,
        organisation=user.organisation_id,
        relation=relation,
    )
