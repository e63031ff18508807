"""The list of doorstroom: evaluations that are due, and trajectories with their terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.transitions.enums import OPEN, TransitionState
from koempel.desk.transitions.queries import (
    TransitionSeen,
    social_enterprises,
    transitions_seen,
    visible_transitions,
)
from koempel.desk.transitions.terms import notice_until
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go
from koempel.desk.web.views.transitions.words import file_url, late_of, status_of


@dataclass(frozen=True, slots=True)
class TermFilter:
    """What is late, what comes soon, all that is open, or what is over."""

    name: str = "termijn"
    label: str = "Termijn"

    def field(self, request: HttpRequest) -> forms.Field:
        """The choices, with "alle" first."""
        choices = (
            ("", "alle"),
            ("laat", "te laat"),
            ("gauw", "te laat of binnenkort"),
            ("open", "loopt nog"),
            ("klaar", "afgerond"),
        )
        return forms.ChoiceField(label=self.label, choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows of that kind."""
        today = timezone.localdate()
        if value == "klaar":
            return rows.exclude(state__in=OPEN)
        terms = {"laat": {"due_on__lt": today}, "gauw": {"due_on__lte": notice_until(today)}}
        return rows.filter(state__in=OPEN, **terms.get(value, {}))


def _enterprises(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in social_enterprises()]


class TransitionsPage(ListPage):
    """Rounds that the reader may see."""

    title = "Doorstroom"
    intro = "Wie werkt in de sociale economie, wanneer is de evaluatie, en wie stroomt door?"
    noun = ("doorstroom", "doorstromen")
    door = Door("Doorstroom", "up", 45)
    search = ("employer__name", "vacancy__title")
    filters = (
        TermFilter(),
        ChoiceFilter("stand", "Stand", "state", TransitionState.choices),
        ChoiceFilter("bedrijf", "Bedrijf", "employer", _enterprises),
    )
    columns = (
        Column("Wie", "label", link=lambda row: file_url(row.pk), note=lambda row: row.who.phone),
        Column(
            "Bedrijf",
            "employer",
            sort="employer__name",
            note=lambda row: row.vacancy.title if row.vacancy else "",
        ),
        Column(
            "Stand", lambda row: status_of(row, timezone.localdate()), Show.STATUS, sort="state"
        ),
        Column(
            "Termijn", lambda row: late_of(row, timezone.localdate()), Show.STATUS, sort="due_on"
        ),
        Column("Werkt er sinds", "since", Show.DATE, sort="since"),
    )
    nothing = (
        "Schrijf op wie in een sociale-economiebedrijf werkt. Daarna zie je hier wanneer de "
        "evaluatie is en wie doorstroomt."
    )
    first = Go("Volg iemand op", "transitions:new")

    def rows(self, request: DeskRequest) -> Rows:
        """What has a term first, the most urgent on top."""
        late_first = F("due_on").asc(nulls_last=True)
        return visible_transitions(current()).order_by(late_first, "-changed_at", "pk")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[TransitionSeen]:
        """What the reader may see of them."""
        return transitions_seen(rows)
