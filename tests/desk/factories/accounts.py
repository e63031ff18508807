"""Organisations, users and what lets somebody see a person. All of it is invented."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from koempel.desk.accounts.models import (
    AccessGrant,
    Basis,
    BreakGlass,
    Organisation,
    OrganisationKind,
    RoleRequest,
    User,
)
from koempel.desk.common.roles import Role

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
PASSWORD = "een lange zin die niemand raadt"
TOTP_SECRET = "KOEMPELKOEMPELKOEMPELKOEMPELKOEM"

KIND_OF_ROLE = {
    Role.DIRECTOR: OrganisationKind.PARTNERSHIP,
    Role.CASEWORKER: OrganisationKind.MUNICIPALITY,
    Role.SOCIAL_WORKER: OrganisationKind.OCMW,
    Role.MEDIATOR: OrganisationKind.VDAB,
    Role.SOCIAL_ENTERPRISE: OrganisationKind.SOCIAL_ENTERPRISE,
    Role.EMPLOYER: OrganisationKind.EMPLOYER,
    Role.CHILDCARE: OrganisationKind.CHILDCARE,
    Role.REUSE_SHOP: OrganisationKind.REUSE_SHOP,
    Role.TRAINING: OrganisationKind.TRAINING,
    Role.TRANSPORT: OrganisationKind.TRANSPORT,
    Role.PERSON: OrganisationKind.MUNICIPALITY,
    Role.DPO: OrganisationKind.PARTNERSHIP,
    Role.OPERATOR: OrganisationKind.PARTNERSHIP,
}


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    class Params:
        stopped = factory.Trait(is_active=False)

    kind = OrganisationKind.MUNICIPALITY
    name = factory.Sequence(lambda number: f"Gemeente Kolenberg {number}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        inactive = factory.Trait(is_active=False)
        demo = factory.Trait(is_demo=True)

    role = Role.CASEWORKER
    name = factory.Sequence(lambda number: f"Mijn Werker {number}")
    email = factory.Sequence(lambda number: f"werker{number}@koempel.invalid")
    organisation = factory.SubFactory(
        OrganisationFactory,
        kind=factory.LazyAttribute(lambda own: KIND_OF_ROLE[own.factory_parent.role]),
    )
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def second_factor(self: User, create: bool, extracted: bool | None, **rest: Any) -> None:
        """Everybody has an authenticator app, unless ``second_factor=False``."""
        if create and extracted is not False:
            TOTP.activate(self, TOTP_SECRET)


class RoleRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleRequest

    user = factory.SubFactory(UserFactory)
    role = Role.DIRECTOR
    asked_by = factory.SubFactory(UserFactory, role=Role.OPERATOR)
    asked_at = NOON


class AccessGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccessGrant

    class Params:
        ended = factory.Trait(valid_until=NOON - timedelta(days=1))
        withdrawn = factory.Trait(withdrawn_at=NOON - timedelta(days=1))
        not_begun = factory.Trait(valid_from=NOON + timedelta(days=1))

    person = "K-7F3Q"
    to_organisation = factory.SubFactory(OrganisationFactory)
    purpose = "toeleiding"
    classes = factory.LazyFunction(lambda: ["K2", "K3", "K4"])
    basis = Basis.PROTOCOL
    evidence = "Protocol 2026-01, bewaard bij de gemeente"
    valid_from = NOON - timedelta(days=30)
    valid_until = NOON + timedelta(days=60)
    given_by = factory.SubFactory(UserFactory)


class BreakGlassFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BreakGlass

    class Params:
        reviewed = factory.Trait(
            reviewed_by=factory.SubFactory(UserFactory, role=Role.DPO),
            reviewed_at=NOON + timedelta(hours=5),
            verdict="De reden klopt met de oproep van die dag.",
        )

    person = "K-7F3Q"
    user = factory.SubFactory(UserFactory)
    reason = "Crisisopvang belt over een plaats voor vannacht."
    opened_at = NOON
    until = factory.LazyAttribute(lambda own: own.opened_at + timedelta(hours=1))


def code_of_the_app(secret: str = TOTP_SECRET) -> str:
    """What the app shows now: the code before it is right for some seconds, the next one too."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def has_app(user: User) -> bool:
    """Whether somebody set up an authenticator app."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
