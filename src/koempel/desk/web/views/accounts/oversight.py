"""What the data protection officer watches: emergency access and the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts import actions, queries
from koempel.desk.accounts.forms import VerdictForm
from koempel.desk.accounts.models import BreakGlass, DataClass, Organisation, User
from koempel.desk.accounts.rules import review_due
from koempel.desk.common import audit
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, DateFilter, Rows, YesNoFilter
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Fact, Link, Status, Tone
from koempel.desk.web.views.accounts.users import organisation_choices

OUTCOMES = {
    audit.DONE: Status("gebeurd"),
    audit.DENIED: Status("geweigerd", Tone.BAD),
    audit.FAILED: Status("mislukt", Tone.NEEDS_YOU),
}


def review_state(opened: BreakGlass) -> Status:
    """Whether it was reviewed, and otherwise whether that is late."""
    if opened.reviewed_at is not None:
        return Status("nagekeken", Tone.GOOD)
    if timezone.now() > review_due(opened.opened_at):
        return Status("te laat", Tone.BAD)
    return Status("wacht op jou", Tone.NEEDS_YOU)


class BreakGlassesPage(ListPage):
    """All emergency access, what waits for review on top."""

    title = "Noodtoegang"
    intro = "Wie opende een dossier dat hem niet was toegewezen? Kijk het na binnen twee werkdagen."
    noun = ("noodtoegang", "noodtoegangen")
    door = Door("Noodtoegang", "warn", 91)
    filters = (YesNoFilter("open", "Nog na te kijken", "reviewed_at__isnull"),)
    columns = (
        Column(
            "Dossier",
            "person",
            link=lambda row: reverse("accounts:break-glass", kwargs={"pk": row.pk}),
        ),
        Column("Geopend", "opened_at", Show.DATE, sort="opened_at"),
        Column("Door", "user", note="user.organisation"),
        Column("Reden", "reason"),
        Column("Stand", review_state, Show.STATUS),
    )
    nothing = "Nog niemand gebruikte noodtoegang."

    def rows(self, request: DeskRequest) -> Rows:
        """All of them."""
        return queries.break_glasses()


class BreakGlassPage(FormPage):
    """One emergency access, to review."""

    button = "Bewaar je oordeel"

    def subject(self, request: DeskRequest, **keys: Any) -> BreakGlass:
        """The access."""
        return get_object_or_404(queries.break_glasses(), pk=keys["pk"])

    def title(self, subject: BreakGlass) -> str:
        """Which case."""
        return f"Noodtoegang tot {subject.person}"

    def crumbs(self, request: DeskRequest, subject: BreakGlass) -> Sequence[Link]:
        """The way here."""
        return (
            Link("Noodtoegang", reverse("accounts:break-glasses")),
            Link(subject.person, ""),
        )

    def facts(self, request: DeskRequest, subject: BreakGlass) -> Sequence[Fact]:
        """Who opened it, when and why."""
        return (
            Fact("Wie", subject.user, str(subject.user.organisation)),
            Fact("Geopend", subject.opened_at),
            Fact("Nakijken tegen", review_due(subject.opened_at)),
            Fact("Waarom", subject.reason),
        )

    def form(self, request: DeskRequest, subject: BreakGlass, data: Any) -> forms.BaseForm:
        """The verdict."""
        return VerdictForm(data, of=subject)

    def save(self, request: DeskRequest, subject: BreakGlass, form: Any) -> tuple[Done, str]:
        """Keep it."""
        verdict = form.cleaned_data["verdict"]
        actions.review_break_glass(subject, verdict=verdict, by=user_of(request), on=timezone.now())
        done = Done(f"Je oordeel over {subject.person} is bewaard.")
        return done, reverse("accounts:break-glasses")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event with the names that stand behind its numbers."""

    at: datetime
    who: str
    organisation: str
    role: str
    verb: str
    purpose: str
    objects: str
    classes: str
    outcome: Status


class AuditPage(ListPage):
    """The audit trail; looking at it leaves a line of its own."""

    title = "Auditspoor"
    intro = "Elke inzage en elke wijziging. Dat jij dit bekijkt, staat er ook in."
    noun = ("regel", "regels")
    door = Door("Auditspoor", "search", 90)
    search = ("verb", "purpose", "objects_seen")
    filters = (
        ChoiceFilter("rol", "Rol", "role", Role.choices),
        ChoiceFilter("organisatie", "Organisatie", "organisation", organisation_choices),
        ChoiceFilter(
            "afloop", "Afloop", "outcome", [(key, each.word) for key, each in OUTCOMES.items()]
        ),
        DateFilter("vanaf", "Vanaf", "at__date__gte"),
        DateFilter("tot", "Tot en met", "at__date__lte"),
    )
    columns = (
        Column("Wanneer", "at", Show.DATE),
        Column("Wie", "who", note="organisation"),
        Column("Rol", "role"),
        Column("Waarvoor", "purpose", note="verb"),
        Column("Over", "objects", note="classes"),
        Column("Afloop", "outcome", Show.STATUS),
    )
    nothing = "Er is nog niets gebeurd."

    def get(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, after the look itself was noted."""
        audit.record("accounts:audit", kind="audit")
        return super().get(request, *args, **kwargs)

    def rows(self, request: DeskRequest) -> Rows:
        """All events, the last one first."""
        return AuditEvent.objects.order_by("-pk")

    def project(self, request: DeskRequest, rows: Sequence[AuditEvent]) -> Sequence[AuditLine]:
        """Numbers become names."""
        people = User.objects.in_bulk({key for row in rows for key in _users_in(row)})
        offices = Organisation.objects.in_bulk(
            {row.organisation for row in rows if row.organisation}
        )
        return [_audit_line(row, people, offices) for row in rows]


def _users_in(event: AuditEvent) -> list[int]:
    about = [int(key) for key in event.objects_seen] if event.kind == "user" else []
    return [event.actor, *about] if event.actor else about


def _audit_line(
    event: AuditEvent, people: dict[int, User], offices: dict[int, Organisation]
) -> AuditLine:
    seen = event.objects_seen
    if event.kind == "user":
        seen = [str(people.get(int(key), key)) for key in seen]
    left = max(0, len(seen) - _SHOWN)
    return AuditLine(
        at=event.at,
        who=str(people.get(event.actor or 0, "niemand")),
        organisation=str(offices.get(event.organisation or 0, "")),
        role=Role(event.role).label,
        verb=event.verb,
        purpose=event.purpose,
        objects=", ".join(seen[:_SHOWN]) + (f" en {left} andere" if left else ""),
        classes=", ".join(str(DataClass(each).label) for each in event.classes),
        outcome=OUTCOMES[event.outcome],
    )


_SHOWN = 5
