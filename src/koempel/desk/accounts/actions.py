"""What changes in accounts: users, roles, organisations, grants and emergency access.

Each action is one transaction that leaves its line in the audit trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from koempel.desk.accounts import rules
from koempel.desk.accounts.models import (
    AccessGrant,
    BreakGlass,
    Organisation,
    RoleRequest,
    User,
)
from koempel.desk.accounts.rules import Term
from koempel.desk.common import audit


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who gets an account."""

    name: str
    email: str
    organisation: Organisation
    role: str


@transaction.atomic
def invite_user(newcomer: Newcomer, *, by: User, on: datetime) -> RoleRequest:
    """Write somebody in, closed until another operator gives the role."""
    user = User(
        name=newcomer.name,
        email=newcomer.email.lower(),
        organisation=newcomer.organisation,
        role=newcomer.role,
        is_active=False,
    )
    user.set_unusable_password()
    rules.check_asks_role(by, user=user, role=newcomer.role)
    user.save()
    audit.record("user-invited", kind="user", objects=[str(user.pk)], at=on)
    return ask_role(user, role=newcomer.role, by=by, on=on)


@transaction.atomic
def ask_role(user: User, *, role: str, by: User, on: datetime) -> RoleRequest:
    """Ask a role for somebody; nothing changes until another operator gives it."""
    rules.check_asks_role(by, user=user, role=role)
    if user.role_requests.filter(decided_by__isnull=True).exists():
        raise rules.RefusedError("Voor deze gebruiker staat al een vraag open.")
    asked = RoleRequest.objects.create(user=user, role=role, asked_by=by, asked_at=on)
    audit.record("role-asked", kind="user", objects=[str(user.pk)], at=on)
    return asked


@transaction.atomic
def give_role(asked: RoleRequest, *, by: User, on: datetime) -> User:
    """Give the role that somebody else asked, and open the account."""
    asked = _decided(asked, by=by, on=on, is_given=True)
    user = asked.user
    user.role, user.is_active = asked.role, True
    user.save(update_fields=["role", "is_active"])
    audit.record("role-given", kind="user", objects=[str(user.pk)], at=on)
    return user


@transaction.atomic
def refuse_role(asked: RoleRequest, *, by: User, on: datetime) -> RoleRequest:
    """Leave the user as it is."""
    asked = _decided(asked, by=by, on=on, is_given=False)
    audit.record("role-refused", kind="user", objects=[str(asked.user_id)], at=on)
    return asked


def _decided(asked: RoleRequest, *, by: User, on: datetime, is_given: bool) -> RoleRequest:
    # Two operators at once: the second one waits here and then finds that it was decided.
    locked = RoleRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    rules.check_decides_role(by, locked)
    locked.decided_by, locked.decided_at, locked.is_given = by, on, is_given
    locked.save(update_fields=["decided_by", "decided_at", "is_given"])
    return locked


@transaction.atomic
def deactivate_user(user: User, *, by: User, on: datetime) -> User:
    """Close an account at once; open questions about it fall away."""
    rules.check_deactivates(by, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    open_requests = user.role_requests.filter(decided_by__isnull=True)
    open_requests.filter(asked_by=by).delete()
    open_requests.update(decided_by=by, decided_at=on)
    audit.record("user-closed", kind="user", objects=[str(user.pk)], at=on)
    return user


@transaction.atomic
def save_organisation(organisation: Organisation, *, by: User, on: datetime) -> Organisation:
    """Keep a new or changed organisation."""
    if organisation.pk is not None and not organisation.is_active:
        stop_organisation(organisation, by=by, on=on)
    organisation.save()
    audit.record("organisation-saved", kind="organisation", objects=[str(organisation.pk)], at=on)
    return organisation


@transaction.atomic
def stop_organisation(organisation: Organisation, *, by: User, on: datetime) -> bool:
    """Let an organisation take part no more; says whether it did until now.

    Nobody of it can sign in, whoever is signed in is out at the next request
    (`accounts.backends`), and what it was allowed to see of people ends.
    """
    rules.check_stops(by, organisation)
    running = Organisation.objects.filter(pk=organisation.pk, is_active=True)
    organisation.is_active = False
    if not running.update(is_active=False):
        return False
    grants = AccessGrant.objects.valid_at(on).filter(to_organisation=organisation)
    _noted_grants("grants-ended", grants, withdrawn_at=on, on=on)
    return True


@transaction.atomic
def resume_organisation(
    organisation: Organisation, *, stopped_at: datetime | None, on: datetime
) -> bool:
    """Let an organisation take part again; says whether it did not until now.

    Parameters
    ----------
    stopped_at : datetime or None
        When the stop is undone: its moment. The grants that ended then hold again. Without it
        whoever guides a person gives them anew.
    """
    stopped = Organisation.objects.filter(pk=organisation.pk, is_active=False)
    organisation.is_active = True
    if not stopped.update(is_active=True):
        return False
    if stopped_at is not None:
        ended = AccessGrant.objects.filter(to_organisation=organisation, withdrawn_at=stopped_at)
        _noted_grants("grants-restored", ended, withdrawn_at=None, on=on)
    return True


def _noted_grants(
    verb: str, grants: QuerySet[AccessGrant], *, withdrawn_at: datetime | None, on: datetime
) -> None:
    people = sorted(set(grants.values_list("person", flat=True)))
    grants.update(withdrawn_at=withdrawn_at)
    if people:
        audit.record(verb, kind="person", objects=people, at=on)


@transaction.atomic
def give_grant(
    person: str,
    *,
    to: Organisation,
    purpose: str,
    classes: Sequence[str],
    basis: str,
    evidence: str,
    term: Term,
    by: User,
) -> AccessGrant:
    """Let an organisation see some classes of data of one person, for a purpose, for a term."""
    rules.check_gives_grant(by, to=to, classes=list(classes), term=term)
    grant = AccessGrant.objects.create(
        person=person,
        to_organisation=to,
        purpose=purpose,
        classes=sorted(classes),
        basis=basis,
        evidence=evidence,
        valid_from=term.start,
        valid_until=term.end,
        given_by=by,
    )
    audit.record("grant-given", kind="person", objects=[person], classes=classes)
    return grant


@transaction.atomic
def withdraw_grant(grant: AccessGrant, *, by: User, on: datetime) -> AccessGrant:
    """End a grant now; withdrawing twice changes nothing."""
    if grant.withdrawn_at is None:
        grant.withdrawn_at = on
        grant.save(update_fields=["withdrawn_at"])
        audit.record("grant-withdrawn", kind="person", objects=[grant.person], at=on)
    return grant


@transaction.atomic
def open_break_glass(person: str, *, reason: str, by: User, on: datetime) -> BreakGlass:
    """Open one case for an hour without assignment; it will be reviewed."""
    rules.check_breaks_glass(by, reason)
    opened = BreakGlass.objects.create(
        person=person,
        user=by,
        reason=reason.strip(),
        opened_at=on,
        until=on + rules.BREAK_GLASS_LASTS,
    )
    audit.record("break-glass", kind="person", objects=[person], at=on)
    return opened


@transaction.atomic
def review_break_glass(opened: BreakGlass, *, verdict: str, by: User, on: datetime) -> BreakGlass:
    """Say afterwards whether the emergency access was right."""
    locked = BreakGlass.objects.select_for_update(of=("self",)).get(pk=opened.pk)
    rules.check_reviews(by, opened_by=locked.user_id, is_reviewed=locked.reviewed_at is not None)
    locked.reviewed_by, locked.reviewed_at, locked.verdict = by, on, verdict.strip()
    locked.save(update_fields=["reviewed_by", "reviewed_at", "verdict"])
    audit.record("break-glass-reviewed", kind="person", objects=[locked.person], at=on)
    return locked
