"""What others ask of accounts: grants and emergency access that hold, users, who looked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from koempel.desk.accounts.models import (
    AccessGrant,
    BreakGlass,
    Organisation,
    RoleRequest,
    User,
)
from koempel.desk.common.audit import DONE
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role

ACCESS_LOG_REACHES_BACK = timedelta(days=365)


def grants_valid(organisation: int, moment: datetime) -> QuerySet[AccessGrant]:
    """Grants that let an organisation see somebody at a moment."""
    return AccessGrant.objects.valid_at(moment).filter(
        to_organisation=organisation, to_organisation__is_active=True
    )


def grants_ending(organisation: int, moment: datetime, until: datetime) -> QuerySet[AccessGrant]:
    """Grants that hold and end before a moment, the first to end first."""
    rows = grants_valid(organisation, moment).filter(valid_until__lte=until)
    return rows.order_by("valid_until", "person")


def grants_since(organisation: int, moment: datetime, first: datetime) -> QuerySet[AccessGrant]:
    """Grants that hold and began since an earlier moment, the last first."""
    rows = grants_valid(organisation, moment).filter(valid_from__gte=first)
    return rows.order_by("-valid_from", "person")


def grants_of_person(person: str) -> QuerySet[AccessGrant]:
    """Every grant that was ever given on a person, the last one first."""
    return AccessGrant.objects.filter(person=person).select_related("to_organisation")


def opened_by(user: int, moment: datetime) -> QuerySet[BreakGlass]:
    """Emergency access of somebody that holds at a moment."""
    return BreakGlass.objects.filter(user=user, opened_at__lte=moment, until__gt=moment)


def break_glasses() -> QuerySet[BreakGlass]:
    """All emergency access: what waits for review first, the oldest on top."""
    waits_first = Case(When(reviewed_at__isnull=True, then=Value(0)), default=Value(1))
    return BreakGlass.objects.select_related("user__organisation", "reviewed_by").order_by(
        waits_first, "opened_at"
    )


def users() -> QuerySet[User]:
    """All users, with what is asked for them."""
    asked = RoleRequest.objects.filter(user=OuterRef("pk"), decided_by__isnull=True)
    return User.objects.select_related("organisation").annotate(
        asked_role=Subquery(asked.values("role")[:1])
    )


def open_role_requests() -> QuerySet[RoleRequest]:
    """Roles that wait for a second operator."""
    return RoleRequest.objects.filter(decided_by__isnull=True).select_related(
        "user__organisation", "asked_by"
    )


def open_accounts() -> QuerySet[User]:
    """Accounts that may sign in: open themselves, of an organisation that takes part."""
    return User.objects.filter(is_active=True, organisation__is_active=True)


def demo_users() -> list[User]:
    """Whom one can be in the demonstration, in the order of the roles."""
    order = {role: place for place, role in enumerate(Role.values)}
    found = open_accounts().filter(is_demo=True).select_related("organisation")
    return sorted(found, key=lambda user: (order[user.role], user.pk))


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Who looked at a person, as the person may know it: no name of an employee."""

    at: datetime
    organisation: str
    role: str
    purpose: str
    classes: tuple[str, ...]


def access_log(person: str, *, until: datetime) -> list[AccessLine]:
    """Who saw or changed something of a person in the last year, the last one first."""
    # SQLite cannot ask a JSON list what it holds; quotes keep K-7F3 apart from K-7F3Q.
    as_text = Cast("objects_seen", CharField())
    events = (
        AuditEvent.objects.annotate(people=as_text)
        .filter(kind="person", outcome=DONE, people__contains=f'"{person}"')
        .filter(at__gt=until - ACCESS_LOG_REACHES_BACK, at__lte=until)
        .order_by("-at", "-pk")
    )
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [_line(event, names) for event in events]


def _line(event: AuditEvent, names: dict[int, str]) -> AccessLine:
    return AccessLine(
        at=event.at,
        organisation=names.get(event.organisation or 0, "Koempel zelf"),
        role=Role(event.role).label,
        purpose=event.purpose,
        classes=tuple(event.classes),
    )
