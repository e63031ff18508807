"""Organisations, for the operator."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts import actions
from koempel.desk.accounts.forms import OrganisationForm
from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.validators import dotted
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows, YesNoFilter
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Go, Link, Status, Tone


def state_of(organisation: Organisation) -> Status:
    """Whether it takes part."""
    return Status("werkt mee", Tone.GOOD) if organisation.is_active else Status("werkt niet mee")


class OrganisationsPage(ListPage):
    """Every partner with data of its own."""

    title = "Organisaties"
    intro = "Wie werkt mee? Elke organisatie ziet alleen haar eigen gegevens."
    noun = ("organisatie", "organisaties")
    door = Door("Organisaties", "work", 93)
    search = ("name", "org_code")
    filters = (
        ChoiceFilter("soort", "Soort", "kind", OrganisationKind.choices),
        YesNoFilter("mee", "Werkt mee", "is_active"),
    )
    columns = (
        Column(
            "Naam",
            "name",
            sort="name",
            link=lambda row: reverse("accounts:organisation", kwargs={"pk": row.pk}),
        ),
        Column("Soort", lambda row: row.get_kind_display(), sort="kind"),
        Column("KBO-nummer", lambda row: dotted(row.org_code)),
        Column("Open accounts", "n_users", Show.NUMBER, sort="n_users"),
        Column("Stand", state_of, Show.STATUS, sort="is_active"),
    )
    nothing = "Voeg de eerste organisatie toe. Daarna nodig je er gebruikers voor uit."
    first = Go("Voeg een organisatie toe", "accounts:organisation-new")

    def rows(self, request: DeskRequest) -> Rows:
        """All organisations, with how many can sign in."""
        open_users = Count("users", filter=Q(users__is_active=True))
        return Organisation.objects.annotate(n_users=open_users)


class NewOrganisationPage(FormPage):
    """A new organisation."""

    button = "Voeg deze organisatie toe"

    def title(self, subject: Any) -> str:
        """What the page is for."""
        return "Een nieuwe organisatie"

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """The way here."""
        return (Link("Organisaties", reverse("accounts:organisations")), Link("Nieuw", ""))

    def form(self, request: DeskRequest, subject: Any, data: Any) -> forms.BaseForm:
        """What we keep of it."""
        return OrganisationForm(data, instance=subject)

    def save(self, request: DeskRequest, subject: Any, form: Any) -> tuple[Done, str]:
        """Keep it."""
        organisation = actions.save_organisation(
            form.save(commit=False), by=user_of(request), on=timezone.now()
        )
        return Done(f"{organisation} is bewaard."), reverse("accounts:organisations")


class OrganisationPage(NewOrganisationPage):
    """What we keep of one organisation."""

    button = "Bewaar"

    def subject(self, request: DeskRequest, **keys: Any) -> Organisation:
        """The organisation."""
        return get_object_or_404(Organisation, pk=keys["pk"])

    def title(self, subject: Organisation) -> str:
        """Its name."""
        return subject.name

    def crumbs(self, request: DeskRequest, subject: Organisation) -> Sequence[Link]:
        """The way here."""
        return (Link("Organisaties", reverse("accounts:organisations")), Link(subject.name, ""))
