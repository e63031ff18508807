"""The boards: all levers by family, and one family with its requests and bookings."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import Relation, current
from koempel.desk.common.roles import GUIDES, Role
from koempel.desk.levers.enums import FAMILY_OF, Family
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
from koempel.desk.web.views.levers.childcare import today_in_words
from koempel.desk.web.views.levers.families import (
    STOCK_IS_SHOWN,
    meant_section,
    own_sections,
    who_section,
)
from koempel.desk.web.views.levers.following import follow_section
from koempel.desk.web.views.levers.lines import request_section
from koempel.desk.web.views.levers.sections import ask_section, asks_for, lever_lines
from koempel.region import dutch
from koempel.region.outcome import LeverKind


class LeversBoard(BoardPage):
    """All levers that the reader may see, by family."""

    title = "Hefbomen"
    door = Door("Hefbomen", "swap", 60)

    def heading(self, request: DeskRequest) -> str:
        """What they are for."""
        return "Hefbomen: wat de weg naar werk vrijmaakt"

    def waiting(self, request: DeskRequest) -> Sequence[Waiting]:
        """For who directs: requests without an answer, and stock that nobody confirmed."""
        if current().role in GUIDES:
            return ()
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
        """What must be followed up, then a table per family; a partner without any can begin."""
        families = _by_family(request)
        if not families and current().relation is Relation.OWN:
            return [_begin_section(reverse("partners:own"))]
        return [
            *follow_section(request),
            *(
                Section(
                    family.label,
                    template="web/levers/stock.html",
                    data=lever_lines(request, levers),
                    more=Link("Boekingen en vragen", family_url(family)),
                )
                for family, levers in families
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
    """The levers of one family: what waits, who has what, what there is."""

    title = "Hefbomen"
    template = "web/levers/board.html"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page; the levers are read once for all of it."""
        self._family = self.family(**keys)
        self._levers = list(levers_of_family(current(), self._family))
        self._open = open_bookings(current(), self._levers, timezone.localdate())
        return super().get(request, *args, **keys)

    def family(self, **keys: Any) -> Family:
        """The family in the address."""
        if keys["family"] not in Family.values:
            raise Http404
        return Family(keys["family"])

    def heading(self, request: DeskRequest) -> str:
        """The family."""
        return self._family.label

    def kicker(self, request: DeskRequest) -> str:
        """Of whom."""
        names = sorted({lever.organisation.name for lever in self._levers})
        return f"{len(names)} partners" if len(names) > MOST_NAMED else dutch.joined(names or [""])

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """What is free, held and given."""
        if not self._levers:
            return ()
        free, held, out = (
            sum(getattr(lever, name) for lever in self._levers) for name in ("free", "held", "out")
        )
        kinds = {lever.kind for lever in self._levers}
        units = _UNITS[self._family] if len(kinds) > 1 else self._levers[0].words.units
        return (
            Figure(len(self._open.requests), "vragen zonder antwoord", "#vragen"),
            Figure(held, "vastgehouden voor iemand", "#wie"),
            Figure(out, "in gebruik", "#wie"),
            Figure(free, f"{units} vrij", "#voorraad"),
        )

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """For a partner what the family has of its own; then who has what."""
        if self._is_own and not self._levers:
            return [_nothing_section(self._family)]
        own = own_sections(request, self._family, self._levers, self._open)
        return [
            *(own if self._is_own else []),
            who_section(request, self._family, self._open),
        ]

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """The questions to confirm on top, the questions of guides beside, the stock below."""
        asks = asks_for(request, self._levers)[:MOST_ASKS] if self._is_own else []
        meant = [meant_section(self._family, self._levers)] if self._is_own else []
        return {
            "asks": [ask_section(ask) for ask in asks],
            "aside": [request_section(request, self._open), *meant, *self.others()],
            "stock": self._stock(request),
        }

    def others(self) -> list[Section]:
        """Where else the reader may look."""
        return []

    @property
    def _is_own(self) -> bool:
        return current().relation is Relation.OWN

    def _stock(self, request: DeskRequest) -> Section | None:
        if not self._levers or (self._is_own and self._family in STOCK_IS_SHOWN):
            return None
        lines = lever_lines(request, self._levers)
        return Section("Voorraad", template="web/levers/stock.html", data=lines, anchor="voorraad")


def _nothing_section(family: Family) -> Section:
    keys = {"family": family.value, "partner": current().organisation or 0}
    return _begin_section(reverse("levers:new", kwargs=keys))


def _begin_section(url: str) -> Section:
    link = Link("Voeg toe wat jullie te geven hebben", url)
    return Section("Hier staat nog niets", template="web/levers/others.html", data=[link])


MOST_NAMED = 3
"""Partners that fit in the line above the title."""

MOST_ASKS = 2
"""More boxes would shout; the table below has a button for each of the others."""


class OwnBoard(FamilyBoard):
    """The first page of a partner: the own levers today."""

    title = "Vandaag"
    door = Door("Vandaag", "cal", 60)

    def family(self, **keys: Any) -> Family:
        """The family of which the partner has most."""
        kinds = visible_levers(current()).filter(is_active=True).values_list("kind", flat=True)
        families = Counter(FAMILY_OF[LeverKind(kind)] for kind in kinds)
        self._others = [family for family in families if family is not self._most(families)]
        return self._most(families)

    def _most(self, families: Counter[Family]) -> Family:
        return max(families, key=lambda family: families[family], default=HOME_OF[current().role])

    def heading(self, request: DeskRequest) -> str:
        """For childcare where it is full today, else what waits for an answer."""
        if self._family is Family.CHILDCARE and len(self._levers) == 1:
            return today_in_words(self._levers[0])
        n_waiting = len(self._open.requests)
        if n_waiting == 0:
            return "Vandaag wacht er geen vraag"
        return f"Vandaag: {dutch.count(n_waiting, 'vraag wacht', 'vragen wachten')} op antwoord"

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """The drawing of childcare says it already."""
        return () if self._family is Family.CHILDCARE else super().figures(request)

    def others(self) -> list[Section]:
        """The other boards of this partner."""
        if not self._others:
            return []
        links = [Link(family.label, family_url(family)) for family in self._others]
        return [Section("Ook van jullie", template="web/levers/others.html", data=links)]


HOME_OF = {
    Role.CHILDCARE: Family.CHILDCARE,
    Role.REUSE_SHOP: Family.BIKES,
    Role.TRAINING: Family.TRAINING,
    Role.TRANSPORT: Family.TRANSPORT,
}
"""Which board a partner without levers sees."""

_UNITS = {
    Family.BIKES: "fietsen en fietslessen",
    Family.CHILDCARE: "plaatsen per dagdeel",
    Family.TRAINING: "plaatsen",
    Family.TRANSPORT: "zitplaatsen",
}
