"""From the claims of an identity provider to a user of an organisation in a role.

ACM/IDM says who somebody is (`vo_id`), for which kind of organisation (`vo_doelgroepcode`), for
which one (`vo_orgcode`, its KBO number) and in which roles (a list such as
``["KoempelBegeleider-lokaal:0207537123"]``). `config/roles.toml` says what such a role is here.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.db import transaction

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.common.context import system
from koempel.desk.common.roles import Role
from koempel.errors import KoempelError
from koempel.region.parameters import Status

_NOT_A_DIGIT = re.compile(r"\D")


class ClaimError(KoempelError):
    """These claims give no place in the desk; the sentence is for the screen."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role outside is here, in a term; `group` is the code of the kind of organisation."""

    claim: str
    group: str
    role: Role
    start: date
    end: date | None
    source: str
    status: Status

    def holds_on(self, day: date) -> bool:
        """Whether a day lies in the term."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs in, for whom, as what."""

    subject: str
    name: str
    email: str
    org_code: str
    role: Role


@cache
def role_rules() -> tuple[RoleRule, ...]:
    """The dated table of roles."""
    text = files("koempel.desk.config").joinpath("roles.toml").read_text("utf-8")
    return tuple(
        RoleRule(
            row["claim"],
            row["group"],
            Role(row["role"]),
            row["from"],
            row.get("until"),
            row["source"],
            Status(row["status"]),
        )
        for row in tomllib.loads(text)["role"]
    )


def identity_of(claims: Mapping[str, Any], *, on: date) -> Identity:
    """Read the claims.

    Raises
    ------
    ClaimError
        When one is missing, or when no role of the table fits.
    """
    subject, org_code = str(claims.get("vo_id", "")), _digits(claims.get("vo_orgcode"))
    if not subject or not org_code:
        raise ClaimError("De aanmelddienst zegt niet voor welke organisatie je werkt.")
    role = _role(claims, org_code, on)
    if role is None:
        raise ClaimError(
            "Je hebt in Koempel nog geen rol voor deze organisatie. "
            "Vraag ze aan wie in je organisatie de gebruikers beheert."
        )
    name = " ".join(str(claims.get(part, "")) for part in ("given_name", "family_name")).strip()
    return Identity(subject, name or subject, str(claims.get("email", "")), org_code, role)


def _role(claims: Mapping[str, Any], org_code: str, on: date) -> Role | None:
    held = {name for name, code in _held_roles(claims) if code == org_code}
    group = claims.get("vo_doelgroepcode")
    fits = (
        rule.role
        for rule in role_rules()
        if rule.claim in held and rule.group == group and rule.holds_on(on)
    )
    return next(fits, None)


def _held_roles(claims: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Role and organisation of each value ``role-context:organisation``."""
    values = claims.get(settings.OIDC_ROLE_CLAIM, [])
    for value in [values] if isinstance(values, str) else values:
        role, _, code = str(value).partition(":")
        yield role.partition("-")[0], _digits(code)


def _digits(value: object) -> str:
    return _NOT_A_DIGIT.sub("", str(value or ""))


@transaction.atomic
def welcome(identity: Identity, *, known: User | None) -> User:
    """The user of an identity, new or brought up to date.

    The organisation outside gives the role, so a role taken away there is gone here at the next
    sign-in. A closed account stays closed.

    Raises
    ------
    ClaimError
        When we do not know the organisation.
    """
    organisation = Organisation.objects.filter(org_code=identity.org_code, is_active=True).first()
    if organisation is None:
        raise ClaimError(
            f"Je organisatie (KBO-nummer {identity.org_code}) werkt nog niet mee in Koempel. "
            "Neem contact op met de regisseur van je gemeente."
        )
    if known is None:
        return _new_user(identity, organisation)
    if (known.role, known.organisation_id) != (identity.role, organisation.pk):
        known.role, known.organisation = identity.role, organisation
        known.save(update_fields=["role", "organisation"])
        _noted("role-given", known)
    return known


def _new_user(identity: Identity, organisation: Organisation) -> User:
    if identity.email and User.objects.filter(email=identity.email.lower()).exists():
        raise ClaimError(
            "Met dit e-mailadres is er al een account. Meld je aan met je wachtwoord, "
            "of vraag je beheerder om dat account te sluiten."
        )
    user = User.objects.create_user(
        # An account needs an address; `.invalid` can never receive mail.
        identity.email or f"{identity.subject}@geen-adres.invalid",
        name=identity.name[:150],
        organisation=organisation,
        role=identity.role,
    )
    _noted("user-welcomed", user)
    return user


def _noted(verb: str, user: User) -> None:
    audit.record(verb, kind="user", objects=[str(user.pk)], context=system("aanmelden"))
