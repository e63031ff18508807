import pytest

from desk.factories.accounts import NOON, PASSWORD, OrganisationFactory, UserFactory
from koempel.desk.accounts.models import OrganisationKind, User
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.operations.admins import AdminError, count_operators, create_operator

pytestmark = pytest.mark.django_db


def create(email="an@koempel.invalid", *, name="An Schachtbok", password=PASSWORD):
    return create_operator(
        email, name=name, organisation="De Drie Schachten", password=password, on=NOON
    )


def test_create_operator_makes_the_organisation_when_it_is_new():
    made = create(" AN@koempel.invalid ")
    assert (made.email, made.role, made.is_active) == ("an@koempel.invalid", Role.OPERATOR, True)
    assert made.check_password(PASSWORD)
    assert made.organisation.kind == OrganisationKind.PARTNERSHIP
    assert count_operators() == 1


def test_create_operator_joins_an_organisation_that_exists():
    home = OrganisationFactory(name="De Drie Schachten")
    assert create().organisation == home


def test_create_operator_leaves_its_line_in_the_audit_trail():
    made = create()
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen) == ("operator-created", [str(made.pk)])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "kort"}, "15"),
        ({"email": "geen adres"}, "mailadres"),
        ({"name": "  "}, "--name"),
    ],
)
def test_create_operator_refuses(wrong, said):
    with pytest.raises(AdminError, match=said):
        create(**wrong)
    assert not User.objects.exists()


def test_create_operator_refuses_an_address_that_is_known():
    UserFactory(email="an@koempel.invalid")
    with pytest.raises(AdminError, match="Er is al een gebruiker"):
        create("An@koempel.invalid")
    assert User.objects.count() == 1
