"""People from a file, in three steps: the file, every problem in its place, what came of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.sheet_plans import ReadRow, counts_of, keep_wrong_rows, mapped_by_name
from koempel.desk.common.sheets import MOST_ROWS, Sheet
from koempel.desk.common.uploads import Kept
from koempel.desk.people.imports import (
    ALSO,
    COLUMNS,
    REQUIRED,
    TITLES,
    PeoplePlan,
    apply_import,
    plan_import,
)
from koempel.desk.people.queries import note_shown
from koempel.desk.people.tasks import import_people
from koempel.desk.web.pages.progress import WorkPage
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.sheets import SheetPage
from koempel.desk.web.pages.steps import Finished, Working, finished_page, owner
from koempel.desk.web.pages.values import Link
from koempel.desk.work.actions import start_work
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.desk.work.queries import find_work
from koempel.region import dutch

MOST_AT_ONCE = 500
"""Rows that are written while the reader waits; more go to the worker."""


class ColumnsForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, header: Sequence[str], data: Any = None) -> None:
        by_name = mapped_by_name(header, TITLES, ALSO)
        asked = {name: str(data[name]) for name in COLUMNS if data and name in data}
        chosen = {name: str(index) for name, index in by_name.items()} | asked
        super().__init__(chosen)
        choices = [("", "niet in dit bestand")]
        choices += [
            (str(index), title or f"kolom {index + 1}") for index, title in enumerate(header)
        ]
        for name in COLUMNS:
            title = dutch.capital(TITLES[name])
            is_needed = name in REQUIRED
            self.fields[name] = forms.ChoiceField(label=title, choices=choices, required=is_needed)

    def mapping(self) -> dict[str, int]:
        """Column by name, those that are in the file."""
        self.is_valid()
        return {name: int(index) for name, index in self.cleaned_data.items() if index}


class PeopleImport(SheetPage):
    """A file with people."""

    title = "Lees mensen in"
    intro = (
        f"Een CSV-bestand of rekenblad met hoogstens {dutch.number(MOST_ROWS)} mensen. Wie al "
        "ingelezen is, herkent Koempel aan het nummer; hetzelfde bestand verandert niets. Een lege "
        "cel laat staan wat er al staat."
    )
    noun = ("mens", "mensen")
    titles = TITLES

    def choices(self, request: DeskRequest, sheet: Sheet) -> ColumnsForm:
        """Which column holds what."""
        return ColumnsForm(sheet.header, request.GET)

    def plan(self, request: DeskRequest, sheet: Sheet) -> PeoplePlan:
        """What the file would do."""
        mapping = self.choices(request, sheet).mapping()
        user, today = user_of(request), timezone.localdate()
        return plan_import(sheet, mapping=mapping, by=user, today=today)

    def shown(self, request: DeskRequest, rows: Sequence[ReadRow]) -> None:
        """Rows of people we know, or who look like somebody we know."""
        note_shown((row.known for row in rows if row.known), ("K3",))

    def apply(self, request: DeskRequest, kept: Kept) -> Finished | Working:
        """Write the sound rows at once, or let the worker do it when there are many."""
        sheet = Sheet.kept_in(kept.path)
        if len(sheet.rows) > MOST_AT_ONCE:
            return self._start(request, kept, sheet)
        user, now = user_of(request), timezone.now()
        plan = self.plan(request, sheet)
        done = apply_import(plan, by=user, at=now, today=timezone.localdate(now))
        wrong = keep_wrong_rows(done, TITLES, owner=owner(request), now=now)
        return self.finished(counts_of(done), _links(wrong))

    def _start(self, request: DeskRequest, kept: Kept, sheet: Sheet) -> Working:
        mapping = self.choices(request, sheet).mapping()
        work = start_work(
            import_people,
            by=user_of(request),
            address="people:import-check",
            facts={"token": kept.token, "mapping": mapping},
            at=timezone.now(),
        )
        return Working(reverse("people:import-work", kwargs={"key": work.key}))


def _links(wrong: str) -> list[tuple[str, str]]:
    links = [("Bekijk de mensen", reverse("people:list"))]
    if wrong:
        url = reverse("people:import-wrong", kwargs={"token": wrong})
        links.append(("Haal alleen de foute rijen op", url))
    return links


class ImportWork(WorkPage):
    """How far a large file is."""

    title = PeopleImport.title
    kind = import_people.name
    stopped = "Gestopt. Er is niemand ingelezen."

    def again(self) -> Link:
        """The first step."""
        return Link("Kies het bestand opnieuw", reverse("people:import"))

    def done_url(self, work: Work) -> str:
        """The third step."""
        return reverse("people:import-done", kwargs={"key": work.key})


class ImportDone(View):
    """What came of a large file."""

    def get(self, request: DeskRequest, key: str) -> HttpResponse:
        """The third step."""
        work = find_work(key, kind=import_people.name, owner=request.user.pk)
        if work is None or work.state != State.DONE:
            raise Http404
        page = PeopleImport()
        finished = page.finished(work.result["counts"], _links(work.result["wrong"]))
        return finished_page(request, page, finished)
