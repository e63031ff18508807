"""Users, for the operator, who sees accounts and no people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from koempel.desk.accounts import actions, queries
from koempel.desk.accounts.actions import Newcomer
from koempel.desk.accounts.forms import NewcomerForm, RoleForm
from koempel.desk.accounts.models import Organisation, RoleRequest, User
from koempel.desk.accounts.session import step_up
from koempel.desk.common.roles import Role
from koempel.desk.web.account_mail import send_invitation
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.file import Change, FilePage, Head
from koempel.desk.web.pages.filters import ChoiceFilter, Choices, Rows
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Event, Fact, Go, Link, Section, Status, Tone

OPEN, WAITS, CLOSED = "open", "wacht", "gesloten"
STATES = (
    (OPEN, "kan aanmelden"),
    (WAITS, "wacht op een tweede beheerder"),
    (CLOSED, "gesloten"),
)
GIVE, REFUSE, CLOSE, INVITE = "geef", "weiger", "sluit", "nodig-uit"


class StateFilter:
    """Whether an account is open, waits for a second operator, or is closed."""

    name = "stand"

    def field(self, request: Any) -> forms.Field:
        """A choice with "alle" first."""
        choices = [("", "alle"), *STATES]
        return forms.ChoiceField(label="Stand", choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows in one state."""
        waits = Q(asked_role__isnull=False)
        state = {OPEN: ~waits & Q(is_active=True), WAITS: waits}
        return rows.filter(state.get(value, ~waits & Q(is_active=False)))


def organisation_choices(request: Any) -> Choices:
    """All organisations."""
    return [(str(pk), name) for pk, name in Organisation.objects.values_list("pk", "name")]


def state_of(user: Any) -> Status:
    """Where an account stands, in a word."""
    if user.asked_role is not None:
        return Status("wacht op een tweede beheerder", Tone.NEEDS_YOU)
    if user.is_active and not user.organisation.is_active:
        return Status("organisatie werkt niet mee")
    return Status("kan aanmelden", Tone.GOOD) if user.is_active else Status("gesloten")


class UsersPage(ListPage):
    """Everybody with an account."""

    title = "Gebruikers"
    intro = "Wie kan zich aanmelden, voor welke organisatie en in welke rol?"
    noun = ("gebruiker", "gebruikers")
    door = Door("Gebruikers", "people", 92)
    search = ("name", "email", "organisation__name")
    filters = (
        ChoiceFilter("rol", "Rol", "role", Role.choices[:-1]),
        ChoiceFilter("organisatie", "Organisatie", "organisation", organisation_choices),
        StateFilter(),
    )
    columns = (
        Column(
            "Naam",
            "name",
            sort="name",
            note="email",
            link=lambda row: reverse("accounts:user", kwargs={"pk": row.pk}),
        ),
        Column("Rol", lambda row: row.get_role_display(), sort="role"),
        Column("Organisatie", "organisation", sort="organisation__name"),
        Column("Laatst aangemeld", "last_login", Show.DATE, sort="last_login"),
        Column("Stand", state_of, Show.STATUS),
    )
    nothing = "Nodig de eerste gebruiker uit. Een tweede beheerder bevestigt."
    first = Go("Nodig iemand uit", "accounts:user-new")

    def rows(self, request: DeskRequest) -> Rows:
        """All users."""
        return queries.users()


@method_decorator(step_up, name="dispatch")
class NewUserPage(FormPage):
    """Somebody new."""

    button = "Vraag dit account"
    intro = (
        "Een tweede beheerder bevestigt de rol. Daarna vertrekt een mail met een link. "
        "De link werkt drie dagen."
    )

    def title(self, subject: Any) -> str:
        """What the page is for."""
        return "Nodig iemand uit"

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """The way here."""
        return (Link("Gebruikers", reverse("accounts:users")), Link("Nieuw", ""))

    def form(self, request: DeskRequest, subject: Any, data: Any) -> forms.BaseForm:
        """Who, for whom, as what."""
        return NewcomerForm(data)

    def save(self, request: DeskRequest, subject: Any, form: Any) -> tuple[Done, str]:
        """Write the newcomer in."""
        asked = actions.invite_user(
            Newcomer(**form.cleaned_data), by=user_of(request), on=timezone.now()
        )
        done = Done(f"Het account voor {asked.user} wacht nu op een tweede beheerder.")
        return done, reverse("accounts:user", kwargs={"pk": asked.user_id})


@method_decorator(step_up, name="dispatch")
class RolePage(FormPage):
    """Another role for somebody, or an account that opens again."""

    button = "Vraag deze rol"
    intro = "Er verandert pas iets als een tweede beheerder bevestigt."

    def subject(self, request: DeskRequest, **keys: Any) -> User:
        """The user."""
        return get_object_or_404(queries.users(), pk=keys["pk"])

    def title(self, subject: User) -> str:
        """What the page is for."""
        return f"Een rol voor {subject}"

    def crumbs(self, request: DeskRequest, subject: User) -> Sequence[Link]:
        """The way here."""
        return (
            Link("Gebruikers", reverse("accounts:users")),
            Link(subject.name, reverse("accounts:user", kwargs={"pk": subject.pk})),
            Link("Rol", ""),
        )

    def form(self, request: DeskRequest, subject: User, data: Any) -> forms.BaseForm:
        """The role."""
        return RoleForm(data, initial={"role": subject.role})

    def save(self, request: DeskRequest, subject: User, form: Any) -> tuple[Done, str]:
        """Ask it."""
        role = form.cleaned_data["role"]
        actions.ask_role(subject, role=role, by=user_of(request), on=timezone.now())
        done = Done(f"De rol voor {subject} wacht nu op een tweede beheerder.")
        return done, reverse("accounts:user", kwargs={"pk": subject.pk})


@method_decorator(step_up, name="post")
class UserPage(FilePage):
    """One account; a change asks the operator to confirm who it is."""

    def subject(self, request: DeskRequest, **keys: Any) -> User:
        """The user."""
        return get_object_or_404(queries.users(), pk=keys["pk"])

    def head(self, request: DeskRequest, subject: Any) -> Head:
        """Who, and whether the account is open."""
        is_other = subject.pk != request.user.pk and subject.asked_role is None
        url = reverse("accounts:user-role", kwargs={"pk": subject.pk})
        return Head(
            title=subject.name,
            above=(Link("Gebruikers", reverse("accounts:users")), Link(subject.name, "")),
            about=subject.email,
            status=state_of(subject),
            next_step=Link("Vraag een andere rol", url) if is_other else None,
        )

    def sections(self, request: DeskRequest, subject: Any) -> Sequence[Section]:
        """Role and organisation, and what is asked."""
        facts = [
            Fact("Organisatie", subject.organisation),
            Fact("Rol", subject.get_role_display() if subject.is_active else None),
            Fact("Laatst aangemeld", subject.last_login),
        ]
        return (Section("Account", facts), *self._asked(request, subject))

    def _asked(self, request: DeskRequest, subject: User) -> Sequence[Section]:
        asked = open_request(subject)
        if asked is None:
            return ()
        facts = [
            Fact("Gevraagde rol", asked.get_role_display()),
            Fact("Gevraagd door", asked.asked_by),
            Fact("Wanneer", asked.asked_at),
        ]
        is_own = asked.asked_by_id == request.user.pk
        title = "Wacht op een tweede beheerder" if is_own else "Bevestig jij deze rol?"
        return (Section(title, facts),)

    def timeline(self, request: DeskRequest, subject: User) -> Sequence[Event]:
        """Every role that was asked, and what came of it."""
        requests = subject.role_requests.select_related("asked_by", "decided_by")
        return [_event(each) for each in requests]

    def changes(self, request: DeskRequest, subject: Any) -> Sequence[Change]:
        """What this operator may do now; nobody does anything to the own account."""
        me = user_of(request)
        if subject.pk == me.pk:
            return ()
        asked = open_request(subject)
        found = []
        if asked is not None and asked.asked_by_id != me.pk:
            found += [Change(GIVE, "Bevestig de rol"), Change(REFUSE, "Weiger de rol")]
        if subject.is_active and not subject.has_usable_password():
            found.append(Change(INVITE, "Stuur de uitnodiging opnieuw"))
        if subject.is_active:
            found.append(Change(CLOSE, "Sluit dit account"))
        return found

    def change(self, request: DeskRequest, subject: Any, name: str) -> Done:
        """Invite again, close, or decide on a role."""
        if name == INVITE:
            return _invited(request, subject)
        if name == CLOSE:
            actions.deactivate_user(subject, by=user_of(request), on=timezone.now())
            return Done(f"Het account van {subject} is gesloten.")
        return _decided(request, subject, is_given=name == GIVE)


def _decided(request: DeskRequest, subject: User, *, is_given: bool) -> Done:
    asked, by, on = open_request(subject), user_of(request), timezone.now()
    if asked is None:
        return Done("Hierover was al beslist.")
    if not is_given:
        actions.refuse_role(asked, by=by, on=on)
        return Done(f"De rol voor {subject} is geweigerd.")
    user = actions.give_role(asked, by=by, on=on)
    if user.has_usable_password():
        return Done(f"{user} heeft nu de rol {user.get_role_display()}.")
    return _invited(request, user)


def _invited(request: DeskRequest, user: User) -> Done:
    send_invitation(request, user)
    return Done(f"Er vertrekt een mail met een link naar {user.email}. De link werkt drie dagen.")


def open_request(user: User) -> RoleRequest | None:
    """The role that is asked for somebody and not yet decided."""
    return user.role_requests.filter(decided_by__isnull=True).select_related("asked_by").first()


def _event(asked: RoleRequest) -> Event:
    role = asked.get_role_display()
    if asked.decided_at is None:
        when = timezone.localdate(asked.asked_at)
        return Event(when, f"Rol {role} gevraagd", f"Door {asked.asked_by}.", is_now=True)
    when = timezone.localdate(asked.decided_at)
    both = f"Gevraagd door {asked.asked_by}, beslist door {asked.decided_by}."
    if asked.is_given:
        return Event(when, f"Rol {role} gegeven", both, Tone.GOOD)
    return Event(when, f"Rol {role} geweigerd", both, Tone.BAD)
