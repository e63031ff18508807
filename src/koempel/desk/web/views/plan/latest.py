"""The latest plan on one page: how many, how good, what changed, where it pinches, is it fair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.oversight import proposals_by_state
from koempel.desk.planning.queries import latest_run, paused
from koempel.desk.planning.small_numbers import few, shown, without_small
from koempel.desk.planning.snapshot import names_of
from koempel.desk.web.context import Door
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest, may_open, open_address
from koempel.desk.web.pages.values import Fact, Figure, Go, Link, Section
from koempel.desk.web.templatetags.parts import day
from koempel.desk.web.views.plan import words
from koempel.region import dutch
from koempel.region.outcome import SEAT
from koempel.region.report.figures import (
    LeverRow,
    PriceLine,
    fairness_parts,
    lever_rows,
    obstacle_rows,
    price_lines,
)

MAKE = Go("Maak een nieuw plan", "plan:new")
WHAT_IF = Go("Wat als?", "plan:what-if")
SCENARIOS = Go("Scenario's", "plan:scenarios")
REGISTER = Go("Register van de planner", "plan:register")
PAUSE = Go("Pauzeer de planner", "plan:pause")

LEVERS_FIRST = 10
"""Levers that stand on the page; the others unfold."""


@dataclass(frozen=True, slots=True)
class LeverLine:
    """A lever with the address of the what-if with one more of it."""

    row: LeverRow
    what_if_url: str


@dataclass(frozen=True, slots=True)
class Pinch:
    """Where it pinches: levers, the highest gain first, and the dearest parts and seats."""

    first: Sequence[LeverLine]
    others: Sequence[LeverLine]
    prices: Sequence[PriceLine]


class LatestPlan(BoardPage):
    """The latest plan, without anybody's name."""

    title = "Plan"
    door = Door("Plan", "lamp", 80)
    template = "web/plan/latest.html"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page."""
        self._run = latest_run()
        self._states = proposals_by_state(self._run) if self._run else {}
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """Of which day, and how many proposals."""
        if self._run is None:
            return "Nog geen plan"
        n_shown = few(self._run.proposals)
        count = "" if n_shown is None else f": {dutch.count(n_shown, 'voorstel', 'voorstellen')}"
        return f"Plan van {dutch.day(self._run.plan_date)}{count}"

    def kicker(self, request: DeskRequest) -> str:
        """How fresh and how good it is."""
        if self._run is None:
            return ""
        return f"Gemaakt op {day(self._run.made_at)} · {words.quality(self._run)}"

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """The buttons, and whether the planner is paused."""
        switch = paused()
        return {
            "run": self._run,
            "actions": _open(request, _buttons(self._run, is_paused=switch is not None)),
            "ways": _open(
                request, (SCENARIOS, REGISTER) if switch else (SCENARIOS, REGISTER, PAUSE)
            ),
            "paused": switch,
            "resume_url": open_address(request, "plan:resume", method="POST"),
        }

    def whole(self, request: DeskRequest) -> Sequence[Figure]:
        """Everybody who looks for work, in one bar."""
        run = self._run
        if run is None or None in shown(_reach(run)).cells:
            return ()
        return (
            Figure(run.reach_today, "bereiken vandaag minstens één job", "#eerlijk", "pine"),
            Figure(run.reach_with_levers, "extra, met een hefboom die er is", "#knelt", "lamp"),
            Figure(run.no_way, _no_way(run), "#drempels", "sunk"),
        )

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """Proposals, those that wait, and seats; nothing of a few people."""
        run = self._run
        waiting = self._states.get(ProposalState.OPEN, 0)
        counts = shown([waiting, sum(self._states.values()) - waiting])
        if run is None or few(run.proposals) is None or None in counts.cells:
            return ()
        url = reverse("plan:run", kwargs={"pk": run.pk})
        jobs = open_address(request, "jobs:list") or "#knelt"
        return (
            Figure(run.proposals, "mensen kregen een voorstel", url),
            Figure(waiting, "voorstellen wachten op een beslissing", "#beslissingen"),
            Figure(run.seats - run.proposals, "plaatsen blijven open", jobs),
        )

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """What changed, what was decided, where it pinches, what stands in the way, is it fair."""
        run = self._run
        if run is None:
            return (Section(template="web/plan/nothing.html"),)
        return (
            *([_difference(run, run.earlier)] if run.earlier else []),
            _decided(run, self._states),
            _pinch(run),
            Section(
                "Wat staat in de weg?",
                template="web/plan/obstacles.html",
                data=obstacle_rows(run.obstacles),
                anchor="drempels",
            ),
            fairness_section(run),
        )


def _buttons(run: PlanRun | None, *, is_paused: bool) -> list[Go]:
    return [*([] if is_paused else [MAKE]), *([WHAT_IF] if run else [])]


def _open(request: DeskRequest, buttons: Sequence[Go]) -> list[Link]:
    return [
        Link(each.title, reverse(each.name)) for each in buttons if may_open(request, each.name)
    ]


def _reach(run: PlanRun) -> list[int]:
    return [run.reach_today, run.reach_with_levers, run.no_way]


def _no_way(run: PlanRun) -> str:
    label = "vinden nog geen weg"
    near = shown([run.one_step_away, run.no_way - run.one_step_away]).cells[0]
    if not near:
        return label
    return f"{label}. Voor {dutch.number(near)} van hen scheelt het één drempel"


def _difference(run: PlanRun, earlier: PlanRun) -> Section:
    labels = ("Houden hun voorstel", "Krijgen er een dat er niet was", "Krijgen een ander")
    facts = words.facts(labels, [run.kept, run.gained, run.moved])
    return Section(
        "Wat is er anders dan in het vorige plan?",
        [*facts, Fact("Verliezen hun voorstel", words.number(few(run.lost)))],
        more=Link("Het vorige plan", reverse("plan:run", kwargs={"pk": earlier.pk})),
    )


def _decided(run: PlanRun, states: dict[ProposalState, int]) -> Section:
    labels = {
        ProposalState.OPEN: "Wacht op een beslissing",
        ProposalState.ACCEPTED: "Aanvaard",
        ProposalState.CHANGED: "Aangepast",
        ProposalState.REFUSED: "Geweigerd",
        ProposalState.WITHDRAWN: "Later ingetrokken",
        ProposalState.DONE: "Aan het werk",
        ProposalState.DEAD: "Vervallen: de gegevens veranderden",
    }
    counts = [states.get(state, 0) for state in labels]
    return Section(
        "Wat is er al beslist?",
        words.facts(list(labels.values()), counts),
        more=Link("Alles over dit plan", reverse("plan:run", kwargs={"pk": run.pk})),
        anchor="beslissingen",
    )


def _pinch(run: PlanRun) -> Section:
    """Levers with their prices in words."""
    prices, levers = run.prices, run.levers
    seats = [each.id for each in prices if each.kind == SEAT]
    names = names_of({village for each in levers for village in each.villages}, seats)
    capacity = {each.id: each.capacity for each in levers}
    lines = [
        LeverLine(row, f"{reverse('plan:what-if')}?{row.id}={capacity[row.id] + 1}")
        for row in lever_rows(levers, names)
    ]
    data = Pinch(lines[:LEVERS_FIRST], lines[LEVERS_FIRST:], price_lines(prices, levers, names))
    return Section("Waar knelt het?", template="web/plan/levers.html", data=data, anchor="knelt")


def fairness_section(run: PlanRun) -> Section:
    """How groups fare, with margins, and nothing of a few people."""
    return Section(
        "Is het eerlijk verdeeld?",
        template="web/plan/fairness.html",
        data=fairness_parts(without_small(run.fairness)),
        anchor="eerlijk",
    )
