"""The board of who directs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from koempel.desk.common.context import current
from koempel.desk.figures.work import durable
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.queries import latest_run
from koempel.desk.web.context import Door
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Figure, Section, Waiting
from koempel.desk.web.views.figures.board import durable_section
from koempel.desk.web.views.overview.places import RunPlaces
from koempel.desk.web.views.overview.trends import trends
from koempel.desk.web.views.waiting.roles import heaps_of
from koempel.region import dutch
from koempel.region.outcome import LeverSummary
from koempel.region.report.figures import LeverRow, hours_part, lever_rows

TOWN = "gemeente"
MOST_LEVERS = 8
WHAT_IF = "plan:what-if"


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the region that one can look at."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pinches:
    """Levers, the highest gain first; the first few, and the others folded away."""

    first: Sequence[LeverRow]
    rest: Sequence[LeverRow]
    what_if_url: str


class OverviewPage(BoardPage):
    """The region this morning."""

    title = "Overzicht"
    door = Door("Overzicht", "map", 10)
    template: ClassVar[str] = "web/overview.html"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page, of one run and one municipality."""
        self._now = timezone.now()
        self._run = latest_run()
        self._places = RunPlaces(self._run, timezone.localdate(self._now)) if self._run else None
        self._nis = self._chosen(request)
        self._shown = self._places.shown(self._nis) if self._places else None
        return super().get(request, *args, **keys)

    def _chosen(self, request: DeskRequest) -> str:
        towns = self._places.towns if self._places else []
        form = forms.Form(request.GET)
        form.fields[TOWN] = forms.ChoiceField(
            choices=[(town.nis, town.name) for town in towns], required=False
        )
        return str(form.cleaned_data[TOWN]) if form.is_valid() else ""

    def heading(self, request: DeskRequest) -> str:
        """How many people look for work, and where."""
        if self._shown is None or not self._shown.areas:
            return "De regio vandaag"
        where = "De regio" if self._shown.is_whole else self._shown.areas[0].total.name
        people = dutch.count(self._shown.total.looking, "mens zoekt", "mensen zoeken")
        return f"{where} vandaag: {people} werk"

    def kicker(self, request: DeskRequest) -> str:
        """The day, and how fresh and how good the plan is."""
        today = dutch.capital(dutch.weekday_and_day(timezone.localdate(self._now)))
        return f"{today} · {_plan(self._run, self._now)}" if self._run else today

    def waiting(self, request: DeskRequest) -> Sequence[Waiting]:
        """What waits, one line per kind."""
        heaps = heaps_of(current().role, self._now)
        return [line for heap in heaps for line in heap.first(request)]

    def whole(self, request: DeskRequest) -> Sequence[Figure]:
        """All people: who reaches a job today, who with levers, who not yet."""
        if self._run is None or self._shown is None or not self._shown.areas:
            return ()
        total, url = self._shown.total, self._people_url(request)
        no_way = "vinden nog geen weg"
        if self._shown.is_whole:
            near = dutch.few(self._run.one_step_away)
            no_way += f". Voor {near} van hen scheelt het één drempel"
        return (
            Figure(total.today, "kunnen vandaag minstens één passende job bereiken", url, "pine"),
            Figure(total.extra, "extra, met een hefboom die er nu is", url, "lamp", "+"),
            Figure(total.no_way, no_way, url, "sunk"),
        )

    def _people_url(self, request: DeskRequest) -> str:
        url = open_address(request, "people:pseudonyms")
        return f"{url}?{urlencode({TOWN: self._nis})}" if url and self._nis else url

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """The map, the levers, the hours, the months, and whether work lasts."""
        today = timezone.localdate(self._now)
        return [
            *self._of_the_plan(request),
            self._months(request),
            durable_section(durable(today), open_address(request, "figures:board")),
        ]

    def _of_the_plan(self, request: DeskRequest) -> list[Section]:
        if self._run is None or self._shown is None:
            return []
        hours = hours_part(self._run.hours)
        found = [
            Section(template="web/overview/places.html", data=self._shown),
            Section(
                "Waar knelt het?",
                template="web/overview/levers.html",
                data=self._pinches(request, self._run.levers),
            ),
        ]
        if hours is not None:
            data = {"hours": hours, "try_url": open_address(request, WHAT_IF)}
            found.append(Section(template="web/overview/hours.html", data=data))
        return found

    def _pinches(self, request: DeskRequest, levers: Sequence[LeverSummary]) -> Pinches:
        assert self._places is not None, "a run has places"
        if self._nis:
            here = self._places.villages_of(self._nis)
            levers = [each for each in levers if here.intersection(each.villages)]
        rows = lever_rows(levers, self._places.names)
        return Pinches(rows[:MOST_LEVERS], rows[MOST_LEVERS:], open_address(request, WHAT_IF))

    def _months(self, request: DeskRequest) -> Section:
        return Section(
            "Gaat het de goede kant op?",
            template="web/overview/trends.html",
            data=trends(request, self._now),
        )

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """The choice of a municipality, and whether there is a plan at all."""
        return {"choices": self._choices(request), "has_plan": self._run is not None}

    def _choices(self, request: DeskRequest) -> list[Choice]:
        towns = self._places.towns if self._places else []
        if len(towns) < 2:
            return []
        everywhere = {2: "Allebei", 3: "Alle drie"}.get(len(towns), "Alle gemeenten")
        return [
            Choice(everywhere, request.path, not self._nis),
            *(
                Choice(
                    town.name,
                    f"{request.path}?{urlencode({TOWN: town.nis})}",
                    town.nis == self._nis,
                )
                for town in towns
            ),
        ]


def _plan(run: PlanRun, now: datetime) -> str:
    made = timezone.localtime(run.made_at)
    is_today = made.date() == timezone.localdate(now)
    day = "vandaag" if is_today else dutch.day(made.date())
    clock = dutch.clock(made.hour * 60 + made.minute)
    best = f"hoogstens {dutch.percent_at_most(run.gap)} onder het best mogelijke"
    return f"plan van {day}, {clock} uur, {best}"
