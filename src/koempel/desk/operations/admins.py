"""The first operators, made where the server stands.

Everybody else is invited on the desk, by one operator and confirmed by another.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from koempel.desk.accounts.models import Organisation, OrganisationKind, User
from koempel.desk.accounts.queries import open_accounts
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.errors import KoempelError

PURPOSE = "eerste beheerders"


class AdminError(KoempelError):
    """An operator that cannot be made; the message is Dutch."""


def create_operator(
    email: str, *, name: str, organisation: str, password: str, on: datetime
) -> User:
    """Make an operator, and the organisation when it does not exist yet.

    Raises
    ------
    AdminError
        When the address is no address or is known, the name is empty, or the password is weak.
    """
    address = email.strip().lower()
    _refuse_wrong(address, name, password)
    with acting(system(PURPOSE)), transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise AdminError(f"Er is al een gebruiker met het adres {address}.")
        home = _organisation(organisation, on)
        user = User.objects.create_user(
            address,
            password,
            name=name.strip(),
            organisation=home,
            role=Role.OPERATOR,
            created_on=on,
        )
        audit.record("operator-created", kind="user", objects=[str(user.pk)], at=on)
    return user


def count_operators() -> int:
    """How many operators can sign in."""
    return open_accounts().filter(role=Role.OPERATOR).count()


def _organisation(name: str, on: datetime) -> Organisation:
    found = Organisation.objects.filter(name=name).order_by("pk").first()
    return found or Organisation.objects.create(
        name=name, kind=OrganisationKind.PARTNERSHIP, created_on=on
    )


def _refuse_wrong(email: str, name: str, password: str) -> None:
    if not name.strip():
        raise AdminError("Geef een naam met --name.")
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise AdminError(" ".join(error.messages)) from error
