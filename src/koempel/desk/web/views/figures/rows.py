"""The rows behind a figure: referrals by number, without names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.figures.funnel import GROUPINGS, Way, months_of, step_names, ways, years
from koempel.desk.referrals.queries import ReferralSeen, referrals_seen, visible_referrals
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go
from koempel.desk.web.views.referrals.words import file_url, status_of

Ways = Callable[[], list[Way]]


def _every_way() -> list[Way]:
    today = timezone.localdate()
    return [way for year in years() for way in ways(year, today=today)]


@dataclass(frozen=True, slots=True)
class YearFilter:
    """The year in which somebody was referred."""

    name: str = "jaar"

    def field(self, request: HttpRequest) -> forms.Field:
        """Years with a referral."""
        choices = [("", "alle"), *((str(year), str(year)) for year in years())]
        return forms.ChoiceField(label="Verwezen in", choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows of that year."""
        return rows.filter(made_at__year=int(value))


@dataclass(frozen=True, slots=True)
class StepFilter:
    """How far somebody came at least."""

    ways: Ways
    name: str = "stap"

    def field(self, request: HttpRequest) -> forms.Field:
        """The steps of the path."""
        names = step_names(months_of(timezone.localdate().year))
        choices = [("", "alle"), *((str(at), name) for at, name in enumerate(names, 1))]
        return forms.ChoiceField(label="Kwam tot", choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows that came so far."""
        far = int(value)
        return rows.filter(pk__in=[way.key for way in self.ways() if way.steps >= far])


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """One group of a kind."""

    ways: Ways
    name: str
    label: str
    of: Callable[[Way], str]

    def field(self, request: HttpRequest) -> forms.Field:
        """Groups that there are."""
        names = sorted({self.of(way) for way in self.ways()})
        choices = [("", "alle"), *((name, name) for name in names)]
        return forms.ChoiceField(label=self.label, choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows of the group."""
        return rows.filter(pk__in=[way.key for way in self.ways() if self.of(way) == value])


class RowsPage(ListPage):
    """Referrals behind a figure."""

    title = "Verwijzingen achter een cijfer"
    intro = "Wat elk cijfer telt: verwijzingen met een nummer, zonder namen."
    noun = ("verwijzing", "verwijzingen")
    columns = (
        Column("Wie", "label", link=lambda row: file_url(row.pk)),
        Column("Vacature", "vacancy.title", sort="vacancy__title", note="vacancy.employer"),
        Column("Stand", lambda row: status_of(row.state), Show.STATUS, sort="state"),
        Column("Verwezen", lambda row: timezone.localdate(row.made_at), Show.DATE, sort="made_at"),
        Column("Eerste werkdag", "starts_on", Show.DATE, sort="starts_on"),
    )
    nothing = "Zodra iemand verwezen is, zie je hier wat een cijfer telt."
    first = Go("Terug naar de cijfers", "figures:board")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Give the filters one list of ways, worked out once per request and only when asked."""
        super().setup(request, *args, **kwargs)
        ways = cache(_every_way)
        groups = (GroupFilter(ways, each.key, each.title, each.of) for each in GROUPINGS)
        self.filters = (YearFilter(), StepFilter(ways), *groups)

    def rows(self, request: DeskRequest) -> Rows:
        """All referrals, the last first."""
        return visible_referrals(current()).order_by("-made_at", "pk")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[ReferralSeen]:
        """By number."""
        return referrals_seen(rows)
