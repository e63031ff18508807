"""Vacancies from a file, in three steps: the file, every problem in its place, what came of it."""

from io import BytesIO
from itertools import islice

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.jobs.imports import (
    REQUIRED,
    TITLES,
    Outcome,
    Plan,
    ReadRow,
    apply_import,
    mapped_by_name,
    plan_import,
    wrong_rows,
)
from koempel.desk.jobs.sheets import MOST_ROWS, SheetError, read_sheet
from koempel.desk.web.pages.exports import write_csv
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.steps import Cell, Finished, Preview, Row, StepsPage, owner, store
from koempel.desk.web.pages.uploads import Kept, UploadGoneError
from koempel.desk.web.pages.values import Fact
from koempel.desk.web.views.jobs.listing import user_of
from koempel.region import dutch

_SHOWN = 50
_MB = 1024 * 1024


class JobsImport(StepsPage):
    """A file with vacancies of the own organisation."""

    title = "Lees vacatures in"
    intro = (
        f"Een CSV-bestand of rekenblad met hoogstens {dutch.number(MOST_ROWS)} vacatures. Nodig "
        f"zijn de kolommen {dutch.joined(TITLES[name] for name in REQUIRED)}. Een vacature die al "
        "ingelezen is, herkent Koempel aan het nummer; hetzelfde bestand verandert niets."
    )
    most_bytes = 10 * _MB

    def preview(self, request: DeskRequest, kept: Kept) -> Preview:
        """What the file would do."""
        try:
            plan = _plan(request, kept)
        except SheetError as error:
            return Preview([Fact("Dit lukt niet", str(error))], [], [], "")
        if plan.problem:
            return Preview([Fact("Dit lukt niet", plan.problem)], [], [], "")
        n_ready = len(plan.of(Outcome.NEW)) + len(plan.of(Outcome.CHANGED))
        return Preview(
            summary=[
                Fact(dutch.capital(each), dutch.number(len(plan.of(each)))) for each in Outcome
            ],
            heads=[dutch.capital(TITLES[name]) for name in plan.mapping],
            rows=[_row(plan, row) for row in _to_show(plan)],
            button=f"Lees {dutch.count(n_ready, 'vacature', 'vacatures')} in" if n_ready else "",
            note=_note(plan),
        )

    def apply(self, request: DeskRequest, kept: Kept) -> Finished:
        """Write the sound rows, and keep the others for whoever mends them."""
        plan = _plan(request, kept)
        user = user_of(request)
        numbers = apply_import(plan, employer=user.organisation, by=user, at=timezone.now())
        links = [("Bekijk de ontwerpen", f"{reverse('jobs:list')}?stand=DRAFT")]
        if plan.of(Outcome.REFUSED):
            links.append(("Haal alleen de foute rijen op", _keep_wrong(request, plan)))
        return Finished(
            text=f"{dutch.capital(dutch.count(len(numbers), 'vacature', 'vacatures'))} ingelezen.",
            counts={dutch.capital(each): len(plan.of(each)) for each in Outcome},
            links=links,
        )


def _plan(request: DeskRequest, kept: Kept) -> Plan:
    header, rows = read_sheet(kept.path, kept.name)
    return plan_import(
        header,
        rows,
        mapping=mapped_by_name(header),
        employer=user_of(request).organisation,
        today=timezone.localdate(),
    )


def _to_show(plan: Plan) -> list[ReadRow]:
    return list(islice(plan.of(Outcome.REFUSED), _SHOWN)) or list(plan.rows[:5])


def _note(plan: Plan) -> str:
    n_refused = len(plan.of(Outcome.REFUSED))
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


def _keep_wrong(request: DeskRequest, plan: Plan) -> str:
    head, lines = wrong_rows(plan)
    file = BytesIO()
    write_csv(file, head, lines)
    upload = SimpleUploadedFile("fout.csv", file.getvalue())
    mine = store().keep(upload, owner=owner(request), now=timezone.now())
    return reverse("jobs:import-wrong", kwargs={"token": mine.token})


class WrongRows(View):
    """The refused rows as a file, for who brought them, for a day."""

    def get(self, request: DeskRequest, token: str) -> FileResponse:
        """The file."""
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
        except UploadGoneError as error:
            raise Http404 from error
        return FileResponse(kept.path.open("rb"), as_attachment=True, filename="foute-rijen.csv")
