"""The fixed cast: every page and action that touches a person is tried by all three.

An directs and sees no names; Bart mediates and his organisation has a grant; Chris works for an
organisation that has none.
"""

from dataclasses import dataclass

from desk.factories.accounts import AccessGrantFactory, OrganisationFactory, UserFactory
from koempel.desk.accounts.models import OrganisationKind, User
from koempel.desk.common.roles import Role


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays."""

    an: User
    bart: User
    chris: User


def make_cast(person: str | None = None) -> Cast:
    """An, Bart and Chris; with `person` (a case number) Bart's organisation has a grant on it."""
    an = UserFactory(
        name="An Schachtbok",
        role=Role.DIRECTOR,
        organisation=OrganisationFactory(
            kind=OrganisationKind.MUNICIPALITY, name="Gemeente Heusden-Zolder"
        ),
    )
    bart = UserFactory(
        name="Bart Wegwijzer",
        role=Role.MEDIATOR,
        organisation=OrganisationFactory(kind=OrganisationKind.VDAB, name="VDAB Beringen"),
    )
    chris = UserFactory(
        name="Chris Verderop",
        role=Role.MEDIATOR,
        organisation=OrganisationFactory(kind=OrganisationKind.VDAB, name="VDAB Elders"),
    )
    if person is not None:
        AccessGrantFactory(person=person, to_organisation=bart.organisation, given_by=an)
    return Cast(an, bart, chris)
