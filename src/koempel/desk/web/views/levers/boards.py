"""The boards: all levers by family, and one family with its requests and bookings."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.levers.queries import (
    levers_of_family,
    open_bookings,
    stale_levers,
    visible_levers,
    with_stock,
)
from koempel.desk.web.context import Door
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Figure, Link, Section, Status, Tone, Waiting
from koempel.desk.web.views.levers.addresses import family_url
from koempel.desk.web.views.levers.following import follow_section
from koempel.desk.web.views.levers.lines import kept_section, request_section
from koempel.desk.web.views.levers.sections import (
    ask_section,
    asks_for,
    lever_lines,
    weeks_section,
)
from koempel.region import dutch


class LeversBoard(BoardPage):
    """All levers that the reader may see, by family."""

    title = "Hefbomen"
    door = Door("Hefbomen", "swap", 60)

    def heading(self, request: DeskRequest) -> str:
        """What they are for."""
        return "Hefbomen: wat de weg naar werk vrijmaakt"

    def waiting(self, request: DeskRequest) -> Sequence[Waiting]:
        """Requests without an answer, and stock that nobody confirmed."""
        today, found = timezone.localdate(), []
        for family, levers in _by_family(request):
            asked = sum(lever.asked for lever in levers)  # type: ignore[attr-defined]
            if asked:
                text = dutch.capital(dutch.count(asked, "vraag wacht", "vragen wachten"))
                found.append(_waits(family, f"{text} op antwoord", Tone.NEEDS_YOU))
            stale = len(stale_levers(levers, today))
            if stale:
                text = dutch.count(stale, "voorraad", "voorraden")
                found.append(_waits(family, f"{dutch.capital(text)} niet bevestigd", Tone.QUIET))
        return found

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """What must be followed up, then a table per family."""
        return [
            *follow_section(request),
            *(
                Section(
                    family.label,
                    template="web/levers/stock.html",
                    data=lever_lines(request, levers),
                    more=Link("Boekingen en vragen", family_url(family)),
                )
                for family, levers in _by_family(request)
            ),
        ]


def _waits(family: Family, title: str, tone: Tone) -> Waiting:
    icon = {Family.BIKES: "bike", Family.CHILDCARE: "care", Family.TRAINING: "lang"}
    status = Status(family.label, tone)
    return Waiting(title, family_url(family), icon.get(family, "bus"), status=status)


def _by_family(request: DeskRequest) -> list[tuple[Family, list[Lever]]]:
    levers = list(with_stock(visible_levers(current()).filter(is_active=True)))
    found = ((family, [each for each in levers if each.family is family]) for family in Family)
    return [(family, those) for family, those in found if those]


class FamilyBoard(BoardPage):
    """The levers of one family: stock, requests, bookings."""

    title = "Hefbomen"

    def setup(self, request: Any, *args: Any, **keys: Any) -> None:
        """Read the levers once for the whole page."""
        super().setup(request, *args, **keys)
        if keys["family"] not in Family.values:
            raise Http404
        self._family = Family(keys["family"])

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page."""
        self._levers = list(levers_of_family(current(), self._family))
        self._open = open_bookings(current(), self._levers, timezone.localdate())
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """The family."""
        return self._family.label

    def kicker(self, request: DeskRequest) -> str:
        """Of whom."""
        return dutch.joined(sorted({lever.organisation.name for lever in self._levers})[:3] or [""])

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """What is free, held and given."""
        if not self._levers:
            return ()
        url = request.path
        free, held, out = (
            sum(getattr(lever, name) for lever in self._levers) for name in ("free", "held", "out")
        )
        units = _UNITS[self._family]
        return (
            Figure(free, f"{units} vrij", url),
            Figure(held, "vastgehouden voor iemand", url),
            Figure(out, "in gebruik", url),
            Figure(len(self._open.requests), "vragen zonder antwoord", url),
        )

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """Questions first, then the stock, then who has what."""
        return [
            *(ask_section(ask) for ask in asks_for(request, self._levers)),
            *_weeks(self._family, self._levers),
            Section(
                "Voorraad",
                template="web/levers/stock.html",
                data=lever_lines(request, self._levers),
            ),
            request_section(request, self._open),
            kept_section(request, self._open, "Wie heeft wat?"),
        ]


_UNITS = {
    Family.BIKES: "fietsen en fietslessen",
    Family.CHILDCARE: "dagdelen opvang",
    Family.TRAINING: "plaatsen",
    Family.TRANSPORT: "zitplaatsen",
}
MOST_SITES = 3


def _weeks(family: Family, levers: Sequence[Lever]) -> list[Section]:
    # A director with many sites sees the table; each site has its weeks on its own page.
    if family is not Family.CHILDCARE or len(levers) > MOST_SITES:
        return []
    return [weeks_section(lever, f"Bezetting: {lever.name}") for lever in levers]
