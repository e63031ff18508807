"""The list of people with whom nothing moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from koempel.desk.people.queries import people_in_reach
from koempel.desk.referrals.stalled import Next, Stalled, stalled, stalled_rows
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Go, Status, Tone
from koempel.desk.web.views.people.listing import municipalities
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS

_NEXT_PAGE = {
    Next.DECIDE: "proposals:file",
    Next.SUPPORT: "levers:choose",
    Next.VACANCY: "referrals:seats",
}


@dataclass(frozen=True, slots=True)
class StalledLine:
    """Somebody with whom nothing moves, as a line of the list."""

    label: str
    case_number: str
    url: str
    where: str
    since: date
    waits: Status
    step: str
    step_url: str


class StalledPage(ListPage):
    """Those whom the reader guides."""

    title = "Stilgevallen"
    intro = (
        "Bij wie die werk zoekt, beweegt er niets: geen contact, geen afspraak, geen verwijzing, "
        "geen beslissing? Wie het langst wacht, staat bovenaan."
    )
    noun = ("mens", "mensen")
    search = ("known_key",)
    filters = (ChoiceFilter("gemeente", "Gemeente", "known_municipality", municipalities),)
    columns = (
        Column("Wie", "label", link=lambda row: row.url, note="case_number"),
        Column("Waar", "where"),
        Column("Niets sinds", "since", Show.DATE, sort="last_contact_on"),
        Column("Hoelang", "waits", Show.STATUS),
        Column("Wat kan nu", "step", link=lambda row: row.step_url),
    )
    nothing = "Bij iedereen die werk zoekt, beweegt er iets. Goed gedaan."
    first = Go("Bekijk je mensen", "people:list")

    def rows(self, request: DeskRequest) -> Rows:
        """Who waits longest first."""
        found = stalled(people_in_reach(), timezone.localdate())
        return found.order_by("last_contact_on", "case_number")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[StalledLine]:
        """Since when, and what could come next."""
        return [_line(request, each) for each in stalled_rows(rows, at=timezone.now())]


def _line(request: DeskRequest, each: Stalled) -> StalledLine:
    keys = {"case": each.row.case_number}
    weeks = (timezone.localdate() - each.since).days // 7
    return StalledLine(
        label=each.row.name,
        case_number=each.row.case_number,
        url=open_address(request, "people:file", keys=keys),
        where=each.row.village,
        since=each.since,
        waits=Status(dutch.count(weeks, "week", "weken"), Tone.NEEDS_YOU),
        step=_words(each),
        step_url=open_address(request, _NEXT_PAGE[each.next], keys=keys),
    )


def _words(each: Stalled) -> str:
    if each.next is Next.DECIDE:
        return "Beslis over het voorstel"
    if each.lever is not None:
        return f"Zoek ondersteuning: {LEVERS[each.lever].kind.title.lower()}"
    return "Zoek een vacature"
