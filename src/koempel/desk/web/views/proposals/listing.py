"""The work list of proposals: who waits for a decision, what is due on top."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from koempel.desk.partners.models import Municipality
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import Proposal
from koempel.desk.planning.queries import ProposalRow, proposal_rows, proposals_in_reach
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Status
from koempel.desk.web.views.proposals.words import DEAD, STATES, due
from koempel.region.vocabulary import LEVERS


def municipalities(request: HttpRequest) -> list[tuple[str, str]]:
    """Municipalities where people with a proposal live."""
    used = Proposal.objects.order_by().values("person__village__municipality")
    return list(Municipality.objects.filter(pk__in=used).values_list("nis", "name"))


def _url(row: ProposalRow) -> str:
    return reverse("proposals:file", kwargs={"case": row.case_number})


def _state(row: ProposalRow) -> Status:
    return STATES[row.state] if row.is_alive or row.state != ProposalState.OPEN else DEAD


class ProposalsPage(ListPage):
    """Proposals about the people whom one guides."""

    title = "Voorstellen"
    intro = "Wat stelt het plan voor, en voor wie moet jij beslissen?"
    noun = ("voorstel", "voorstellen")
    door = Door("Voorstellen", "lamp", 25)
    search = (
        "person__name_key", "person__case_number", "vacancy__title", "vacancy__employer__name",
    )  # fmt: skip
    filters = (
        ChoiceFilter("gemeente", "Gemeente", "person__village__municipality", municipalities),
    )
    columns = (
        Column("Naam", "name", sort="person__last_name", note="case_number", link=_url),
        Column("Job", "title", sort="vacancy__title", note="employer"),
        Column(
            "Ondersteuning",
            lambda row: [LEVERS[each].kind for each in row.levers],
            Show.KINDS,
        ),
        Column(
            "Beslis",
            lambda row: due(row.decide_by, timezone.localdate()),
            Show.STATUS,
            sort="decide_by",
        ),
        Column("Stand", _state, Show.STATUS),
    )
    nothing = (
        "Zodra een plan is gemaakt, staat hier wat het voorstelt voor de mensen die je begeleidt."
    )

    def rows(self, request: DeskRequest) -> QuerySet[Proposal]:
        """What waits, for everybody within reach."""
        return proposals_in_reach().filter(state=ProposalState.OPEN)

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[ProposalRow]:
        """What the reader may see of them."""
        return proposal_rows(rows, today=timezone.localdate())
