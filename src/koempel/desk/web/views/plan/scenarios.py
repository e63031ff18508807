"""What-ifs that somebody kept: to look at again, to share with colleagues, to print."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.planning.actions import keep_scenario, note_what_if
from koempel.desk.planning.errors import PlanningError
from koempel.desk.planning.facts import from_json
from koempel.desk.planning.models import Scenario
from koempel.desk.planning.new_jobs import from_text, in_text
from koempel.desk.planning.queries import latest_run, scenarios
from koempel.desk.planning.what_ifs import Answer, Board, board_of
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import Rows
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Go, Link
from koempel.desk.web.views.plan.answers import told
from koempel.desk.web.views.plan.forms import ScenarioForm
from koempel.desk.web.views.plan.what_if import NEW, Asked, answer_changes, signed
from koempel.desk.web.views.plan.words import changes_in_words

CHANGES, NEW_JOBS = "changes", "new_jobs"
MOST_LETTERS = 120


def _answer(scenario: Scenario) -> Answer:
    return from_json(scenario.answer, Answer)


def _url(scenario: Scenario) -> str:
    return reverse("plan:scenario", kwargs={"pk": scenario.pk})


class Scenarios(ListPage):
    """Every scenario that was kept."""

    title = "Scenario's"
    intro = "Wat collega's uitprobeerden en bewaarden. Er staat niemand in."
    noun = ("scenario", "scenario's")
    search = ("name", "made_by__name")
    columns = (
        Column("Naam", "name", sort="name", link=_url, note="made_by.name"),
        Column("Verandering", lambda one: changes_in_words(_answer(one).changes)),
        Column("Voorstellen", lambda one: signed(_answer(one).proposals.more) or "gelijk"),
        Column("Bewaard", "made_at", Show.DATE, sort="made_at"),
    )
    nothing = "Verander iets bij «Wat als?» en bewaar het. Dan staat het hier."
    first = Go("Wat als?", "plan:what-if")

    def rows(self, request: DeskRequest) -> Rows:
        """All of them."""
        return scenarios()


class NewScenario(FormPage):
    """Keeps a what-if under a name."""

    button = "Bewaar het scenario"

    def subject(self, request: DeskRequest, **keys: Any) -> Board:
        """The board of the latest plan."""
        run = latest_run()
        board = board_of(run) if run else None
        if board is None:
            raise Http404
        return board

    def title(self, subject: Board) -> str:
        """What is done here."""
        return "Bewaar als scenario"

    def crumbs(self, request: DeskRequest, subject: Board) -> Sequence[Link]:
        """Back to the board, with what was changed."""
        back = f"{reverse('plan:what-if')}?{request.GET.urlencode()}"
        return (
            Link("Plan", reverse("plan:latest")),
            Link("Wat als?", back),
            Link("Bewaar", ""),
        )

    def form(self, request: DeskRequest, subject: Board, data: Any) -> ScenarioForm:
        """The name; what was changed is in the address, and goes along."""
        if data is not None:
            return ScenarioForm(data)
        asked = Asked(request, subject)
        name = changes_in_words(answer_changes(asked), named=2)
        return ScenarioForm(
            initial={
                "name": name if len(name) <= MOST_LETTERS else "",
                CHANGES: dict(asked.changes),
                NEW_JOBS: [in_text(job) for job in asked.tried],
            }
        )

    def save(self, request: DeskRequest, subject: Board, form: ScenarioForm) -> tuple[Done, str]:
        """Keep it."""
        run, now = latest_run(), timezone.now()
        if run is None:
            raise PlanningError("Er is nog geen plan.")
        changes = subject.changes(form.cleaned_data[CHANGES])
        jobs = tuple(map(from_text, form.cleaned_data[NEW_JOBS]))
        note_what_if(at=now)
        made = keep_scenario(
            form.cleaned_data["name"],
            run,
            subject.answer(changes, jobs),
            by=user_of(request),
            at=now,
        )
        return Done("Het scenario is bewaard."), _url(made)


class ScenarioPage(View):
    """One scenario, as it was kept."""

    def get(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The page."""
        scenario = get_object_or_404(scenarios(), pk=pk)
        answer, last = _answer(scenario), latest_run()
        content = {
            "scenario": scenario,
            "told": told(answer),
            "changes": [(each, signed(each.after - each.before)) for each in answer.changes],
            "is_old": last is not None and last.pk != scenario.run_id,
            "again_url": _again(scenario.changes, answer),
            "crumbs": (
                Link("Plan", reverse("plan:latest")),
                Link("Scenario's", reverse("plan:scenarios")),
                Link(scenario.name, ""),
            ),
            "address": request.build_absolute_uri(_url(scenario)),
        }
        return render(request, "web/plan/scenario.html", content)


def _again(changes: Mapping[str, int], answer: Answer) -> str:
    asked = [*changes.items(), *((NEW, in_text(each.job)) for each in answer.new_jobs)]
    return f"{reverse('plan:what-if')}?{urlencode(asked)}"
