"""Steps for a table: a CSV file or spreadsheet whose rows come in, and those that do not.

The table is read once, when the file is handed in: a spreadsheet of many thousand rows takes
seconds. What waits after that is its text, and looking at it again is quick.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO, ClassVar, cast

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import FileResponse, Http404
from django.utils import timezone
from django.views import View

from koempel.desk.common.sheet_plans import Outcome, Plan, ReadRow, counts_of
from koempel.desk.common.sheets import Sheet, read_sheet
from koempel.desk.common.uploads import Kept, UploadGoneError, store
from koempel.desk.web.pages.exports import write_csv
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.steps import MB, Cell, Finished, Preview, Row, StepsPage, owner
from koempel.desk.web.pages.values import Fact
from koempel.region import dutch

MOST_WRONG_SHOWN = 100
SOUND_SHOWN = 5
FIRST_SHOWN = 3


class SheetPage(StepsPage):
    """A table comes in. A page of a part says what its rows would do, and does it.

    Attributes
    ----------
    noun : pair of str
        What one row is, and what several are.
    titles : Mapping
        The Dutch title of each column.
    choices_title : str
        What can be chosen about the table, as a question.
    what_now : str
        What to choose when nothing can be read yet; nothing when no choice would help.
    """

    noun: ClassVar[tuple[str, str]]
    titles: ClassVar[Mapping[str, str]]
    choices_title: ClassVar[str] = "Wat staat in welke kolom?"
    what_now: ClassVar[str] = "Kies hieronder de kolommen."
    most_bytes = 10 * MB

    def plan(self, request: DeskRequest, sheet: Sheet) -> Plan:
        """What the table would do; writes nothing."""
        raise NotImplementedError

    def choices(self, request: DeskRequest, sheet: Sheet) -> forms.Form | None:
        """What can be chosen about the table."""
        return None

    def shown(self, request: DeskRequest, rows: Sequence[ReadRow]) -> None:
        """Hears which rows are shown, where that discloses something."""

    def also(self, plan: Any) -> Sequence[Fact]:
        """What else the table would do, besides its rows."""
        return ()

    def button(self, plan: Any) -> str:
        """What the last step does; nothing when there is nothing to do."""
        n_ready = plan.n(Outcome.NEW) + plan.n(Outcome.CHANGED)
        return f"Lees {dutch.count(n_ready, *self.noun)} in" if n_ready else ""

    def read(self, file: BinaryIO, name: str) -> Sheet:
        """The table in a file."""
        return read_sheet(file, name)

    def taken_in(self, upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
        """The table as text."""
        name = upload.name or ""
        return SimpleUploadedFile(name, self.read(cast(BinaryIO, upload), name).as_bytes())

    def preview(self, request: DeskRequest, kept: Kept) -> Preview:
        """How many rows would do what, the wrong ones and the first sound ones."""
        sheet = Sheet.kept_in(kept.path)
        plan = self.plan(request, sheet)
        choices = self.choices(request, sheet)
        rows = _to_show(plan)
        self.shown(request, rows)
        shown = _columns(plan, rows)
        what_now = self.what_now if choices is not None else ""
        return Preview(
            summary=[*_summary(plan, what_now), *self.also(plan)],
            heads=[dutch.capital(self.titles[name]) for name in shown],
            rows=[_row(plan, row, shown) for row in rows],
            must_choose=bool(plan.problem and what_now),
            button=self.button(plan),
            choices=choices,
            choices_title=self.choices_title,
            note=_note(plan),
        )

    def finished(self, counts: Mapping[str, int], links: Sequence[tuple[str, str]]) -> Finished:
        """What came of it, in one sentence and per kind of row."""
        n_in = counts[Outcome.NEW] + counts[Outcome.CHANGED]
        text = f"{dutch.capital(dutch.count(n_in, *self.noun))} ingelezen."
        if not n_in:
            text = "Er is niets veranderd."
        return Finished(text, {dutch.capital(name): n for name, n in counts.items()}, links)


def _summary(plan: Plan, what_now: str) -> list[Fact]:
    if plan.problem:
        return [Fact("Dit lukt nog niet", plan.problem, what_now)]
    return [Fact(dutch.capital(name), dutch.number(n)) for name, n in counts_of(plan).items()]


def _to_show(plan: Plan) -> list[ReadRow]:
    sound = (row for row in plan.rows if row.outcome is not Outcome.REFUSED)
    return [*plan.of(Outcome.REFUSED)[:MOST_WRONG_SHOWN], *islice(sound, SOUND_SHOWN)]


def _note(plan: Plan) -> str:
    n_wrong = plan.n(Outcome.REFUSED)
    if plan.n(Outcome.SAME) == len(plan.rows):
        return "Alle rijen staan al zo in Koempel. Er valt niets in te lezen." if plan.rows else ""
    if not n_wrong:
        return "Alle rijen zijn goed; dit zijn de eerste."
    first = f"De eerste {MOST_WRONG_SHOWN} van " if n_wrong > MOST_WRONG_SHOWN else ""
    wrong = f"{first}{dutch.count(n_wrong, 'foute rij', 'foute rijen')}"
    return f"{dutch.capital(wrong)} met de kolommen waar iets mis is, en daarna enkele goede."


def _columns(plan: Plan, rows: Sequence[ReadRow]) -> list[str]:
    """With faults: what tells one row from another, and every column with a fault."""
    faulty = {name for row in rows for name in row.problems}
    first = list(plan.mapping)[:FIRST_SHOWN]
    return [name for name in plan.mapping if not faulty or name in faulty or name in first]


def _row(plan: Plan, row: ReadRow, shown: Sequence[str]) -> Row:
    cells = [
        Cell(row.cells[index] if index < len(row.cells) else "", row.problems.get(name, ""))
        for name in shown
        for index in (plan.mapping[name],)
    ]
    elsewhere = [told for name, told in row.problems.items() if name not in plan.mapping]
    return Row(row.line, cells, " ".join(elsewhere))


class WrongRows(View):
    """The refused rows as a file, for who brought them, for a day."""

    def get(self, request: DeskRequest, token: str) -> FileResponse:
        """The file."""
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
        except UploadGoneError as error:
            raise Http404 from error
        sheet, file = Sheet.kept_in(kept.path), BytesIO()
        write_csv(file, sheet.header, (cells for _, cells in sheet.rows))
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename="foute-rijen.csv")
