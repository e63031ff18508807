"""The list of referrals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.referrals.enums import OPEN, ReferralState
from koempel.desk.referrals.queries import ReferralSeen, referrals_seen, visible_referrals
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go
from koempel.desk.web.views.referrals.batch import ask_why
from koempel.desk.web.views.referrals.words import file_url, late_of, silent_days, status_of


@dataclass(frozen=True, slots=True)
class WaitFilter:
    """What still waits, what is late, or what is over."""

    name: str = "wacht"
    label: str = "Wacht"

    def field(self, request: HttpRequest) -> forms.Field:
        """The choices, with "alle" first."""
        choices = (("", "alle"), ("ja", "ja"), ("laat", "te laat"), ("nee", "nee, afgerond"))
        return forms.ChoiceField(label=self.label, choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows of that kind."""
        if value == "nee":
            return rows.exclude(state__in=OPEN)
        is_late = {"due_on__lt": timezone.localdate()} if value == "laat" else {}
        return rows.filter(state__in=OPEN, **is_late)


class ReferralsPage(ListPage):
    """Referrals that the reader may see."""

    title = "Toeleiding"
    intro = "Wie is naar welke vacature verwezen, en wie moet nu iets doen?"
    noun = ("verwijzing", "verwijzingen")
    door = Door("Toeleiding", "arrow", 40)
    search = ("vacancy__title", "vacancy__employer__name", "vacancy__number")
    filters = (
        WaitFilter(),
        ChoiceFilter("stand", "Stand", "state", ReferralState.choices),
    )
    columns = (
        Column("Wie", "label", link=lambda row: file_url(row.pk), note=lambda row: row.who.phone),
        Column("Vacature", "vacancy.title", sort="vacancy__title", note="vacancy.employer"),
        Column("Stand", lambda row: status_of(row.state), Show.STATUS, sort="state"),
        Column(
            "Volgende",
            lambda row: late_of(row, timezone.localdate()),
            Show.STATUS,
            sort="due_on",
        ),
        Column(
            "Dagen stil",
            lambda row: silent_days(row, timezone.localdate()),
            Show.NUMBER,
            sort="changed_at",
        ),
        Column("Verwezen", lambda row: timezone.localdate(row.made_at), Show.DATE, sort="made_at"),
    )
    bulk = (BulkAction("withdraw", "Trek in", ask_why),)
    nothing = (
        "Open een dossier of een vacature en verwijs iemand. Daarna zie je hier wie moet "
        "antwoorden."
    )
    first = Go("Bekijk de vacatures", "jobs:list")
    more = (
        Go("Aan het werk", "placements:list"),
        Go("Stilgevallen", "referrals:stalled"),
        Go("Waarom het niet lukte", "referrals:refusals"),
    )

    def rows(self, request: DeskRequest) -> Rows:
        """What waits first, the most urgent on top."""
        late_first = F("due_on").asc(nulls_last=True)
        return visible_referrals(current()).order_by(late_first, "-changed_at", "pk")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[ReferralSeen]:
        """What the reader may see of them."""
        return referrals_seen(rows)
