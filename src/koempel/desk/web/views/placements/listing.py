"""The list of who works where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.placements.enums import PlacementState
from koempel.desk.placements.queries import (
    PlacementSeen,
    late_follow_ups,
    placements_seen,
    visible_follow_ups,
    visible_placements,
    waiting_follow_ups,
)
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, DateFilter, Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go
from koempel.desk.web.views.placements.words import file_url, status_of


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """Of which it is to be asked whether they go on, or that is late."""

    name: str = "opvolging"
    label: str = "Opvolging"

    def field(self, request: HttpRequest) -> forms.Field:
        """The choices, with "alle" first."""
        choices = (("", "alle"), ("wacht", "te vragen"), ("laat", "te laat"))
        return forms.ChoiceField(label=self.label, choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows of that kind."""
        today = timezone.localdate()
        found = waiting_follow_ups(visible_follow_ups(current()), today)
        if value == "laat":
            found = late_follow_ups(current(), today)
        return rows.filter(pk__in=found.order_by().values("placement"))


class PlacementsPage(ListPage):
    """Placements that the reader may see."""

    title = "Aan het werk"
    intro = "Wie werkt waar, sinds wanneer, en houdt het werk stand?"
    noun = ("plaatsing", "plaatsingen")
    search = ("vacancy__title", "vacancy__employer__name", "vacancy__number")
    filters = (
        FollowUpFilter(),
        ChoiceFilter("stand", "Stand", "state", PlacementState.choices),
        DateFilter("vanaf", "Begonnen vanaf", "started_on__gte"),
    )
    columns = (
        Column("Wie", "label", link=lambda row: file_url(row.pk), note=lambda row: row.who.phone),
        Column("Vacature", "vacancy.title", sort="vacancy__title", note="vacancy.employer"),
        Column("Stand", lambda row: status_of(row.state), Show.STATUS, sort="state"),
        Column("Eerste werkdag", "started_on", Show.DATE, sort="started_on"),
        Column("Laatste werkdag", "ended_on", Show.DATE, sort="ended_on"),
    )
    nothing = "Zodra een werkgever iemand aanwerft, zie je hier wie waar werkt."
    first = Go("Bekijk de verwijzingen", "referrals:list")

    def rows(self, request: DeskRequest) -> Rows:
        """Who still works first, the last to begin on top."""
        return visible_placements(current()).order_by("-state", "-started_on", "-pk")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[PlacementSeen]:
        """What the reader may see of them."""
        return placements_seen(rows)
