"""People from a file, in three steps: the file, every problem in its place, what came of it."""

from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.uploads import Kept, UploadGoneError, store
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.imports import (
    COLUMNS,
    MOST_ROWS,
    REQUIRED,
    TITLES,
    Outcome,
    Plan,
    ReadRow,
    apply_import,
    mapped_by_name,
    plan_import,
    read_table,
    wrong_rows,
)
from koempel.desk.people.queries import note_shown
from koempel.desk.web.pages.exports import write_csv
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.steps import Cell, Finished, Preview, Row, StepsPage, owner
from koempel.desk.web.pages.values import Fact
from koempel.desk.web.views.people.found import acting_user
from koempel.region import dutch

_MB = 1024 * 1024
_SHOWN = 50
_WRONG = "Haal alleen de foute rijen op"


class ColumnsForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, header: Sequence[str], data: Any = None) -> None:
        by_name = mapped_by_name(header)
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


class PeopleImport(StepsPage):
    """A file with people."""

    title = "Lees mensen in"
    intro = (
        f"Een CSV-bestand of rekenblad met hoogstens {dutch.number(MOST_ROWS)} mensen. "
        "Wie al ingelezen is, herkent Koempel aan het nummer; hetzelfde bestand verandert niets."
    )
    most_bytes = 10 * _MB

    def preview(self, request: DeskRequest, kept: Kept) -> Preview:
        """What the file would do."""
        try:
            plan, form = _plan(request, kept)
        except PeopleError as error:
            return Preview([Fact("Dit lukt niet", str(error))], [], [], "")
        note_shown((row.case_number for row in plan.rows if row.case_number), ("K3",))
        n_new, n_changed = plan.n(Outcome.NEW), plan.n(Outcome.CHANGED)
        return Preview(
            summary=_summary(plan),
            heads=[dutch.capital(TITLES[name]) for name in plan.mapping],
            rows=[_row(plan, row) for row in _to_show(plan)],
            button=f"Lees {dutch.count(n_new + n_changed, 'mens', 'mensen')} in"
            if n_new + n_changed
            else "",
            choices=form,
            note=_note(plan),
        )

    def apply(self, request: DeskRequest, kept: Kept) -> Finished:
        """Write the sound rows, and keep the others for whoever mends them."""
        plan, _ = _plan(request, kept)
        now = timezone.now()
        user = acting_user(request)
        numbers = apply_import(plan, by=user, at=now, today=timezone.localdate(now))
        links = [("Bekijk de mensen", reverse("people:list"))]
        if plan.n(Outcome.REFUSED):
            links.append((_WRONG, _keep_wrong(request, plan, kept)))
        return Finished(
            text=f"{dutch.capital(dutch.count(len(numbers), 'mens', 'mensen'))} ingelezen.",
            counts={dutch.capital(each.value): plan.n(each) for each in Outcome},
            links=links,
        )


def _plan(request: DeskRequest, kept: Kept) -> tuple[Plan, ColumnsForm]:
    header, rows = read_table(kept.path, kept.name)
    form = ColumnsForm(header, request.GET)
    user, today = acting_user(request), timezone.localdate()
    return plan_import(header, rows, mapping=form.mapping(), by=user, today=today), form


def _summary(plan: Plan) -> list[Fact]:
    if plan.problem:
        return [Fact("Dit lukt nog niet", plan.problem, "Kies hieronder de kolommen.")]
    return [Fact(dutch.capital(each.value), dutch.number(plan.n(each))) for each in Outcome]


def _to_show(plan: Plan) -> list[ReadRow]:
    refused = (row for row in plan.rows if row.outcome is Outcome.REFUSED)
    return list(islice(refused, _SHOWN)) or list(plan.rows[:5])


def _note(plan: Plan) -> str:
    n_refused = plan.n(Outcome.REFUSED)
    if not n_refused:
        return "Alle rijen zijn goed; dit zijn de eerste."
    if n_refused > _SHOWN:
        return f"De eerste {_SHOWN} van {dutch.number(n_refused)} foute rijen."
    return "De foute rijen."


def _row(plan: Plan, row: ReadRow) -> Row:
    cells = [
        Cell(row.cells[index] if index < len(row.cells) else "", row.problems.get(name, ""))
        for name, index in plan.mapping.items()
    ]
    elsewhere = [told for name, told in row.problems.items() if name not in plan.mapping]
    return Row(row.line, cells, " ".join(elsewhere))


def _keep_wrong(request: DeskRequest, plan: Plan, kept: Kept) -> str:
    head, lines = wrong_rows(plan)
    file = BytesIO()
    write_csv(file, head, lines)
    upload = SimpleUploadedFile("fout.csv", file.getvalue())
    mine = store().keep(upload, owner=owner(request), now=timezone.now())
    return reverse("people:import-wrong", kwargs={"token": mine.token})


class WrongRows(View):
    """The refused rows as a file, for who brought them, for a day."""

    def get(self, request: DeskRequest, token: str) -> FileResponse:
        """The file."""
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
        except UploadGoneError as error:
            raise Http404 from error
        return FileResponse(kept.path.open("rb"), as_attachment=True, filename="foute-rijen.csv")
