"""The board of figures of a year, and the same as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import Any, ClassVar

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views import View

from koempel.desk.figures.funnel import (
    TOGETHER,
    Funnel,
    Line,
    funnel,
    table_rows,
    years,
)
from koempel.desk.figures.work import Durable, durable, ends, stalled_per_town
from koempel.desk.web.context import Door
from koempel.desk.web.pages import drawings
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.exports import EXPORTERS
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section

YEAR = "jaar"
_SHORT = ("Verwezen", "Uitgenodigd", "Gesprek", "Aangeworven")


@dataclass(frozen=True, slots=True)
class Choice:
    """A year that one can look at."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, None where it stays hidden, and the rows behind it where it is shown."""

    count: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its counts."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of one kind, with the totals that they add up to."""

    title: str
    steps: Sequence[str]
    rows: Sequence[Row]
    total: Row


class FiguresPage(BoardPage):
    """What came of the referrals of a year."""

    title = "Cijfers"
    door = Door("Cijfers", "doc", 90)
    template: ClassVar[str] = "web/figures/board.html"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page, of one year."""
        self._today = timezone.localdate()
        self._years = years()
        self._year = chosen_year(request, self._years, self._today)
        self._funnel = funnel(self._year, today=self._today)
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """Of which year."""
        return f"Van verwijzing tot duurzaam werk: {self._year}"

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """The path, per group, and whether work lasts."""
        found = self._path(request) if self._year in self._years else []
        return [
            *found,
            durable_section(durable(self._today)),
            Section(
                "Waarom werk stopt",
                template="web/figures/groups.html",
                data=("Reden", "Plaatsingen", ends(), "Er stopte nog geen werk."),
            ),
            Section(
                "Bij wie niets beweegt",
                template="web/figures/groups.html",
                data=(
                    "Gemeente",
                    "Mensen",
                    stalled_per_town(self._today),
                    "Bij iedereen die werk zoekt, beweegt er iets.",
                ),
            ),
        ]

    def _path(self, request: DeskRequest) -> list[Section]:
        tables = [self._table(request, at) for at in range(len(self._funnel.tables))]
        return [
            Section("Hoever kwamen ze?", template="web/parts/plot.html", data=_plot(self._funnel)),
            *(
                Section(f"Per {each.title.lower()}", template="web/figures/table.html", data=each)
                for each in tables
            ),
        ]

    def _table(self, request: DeskRequest, at: int) -> Table:
        grouping, lines = self._funnel.tables[at]
        url = open_address(request, "figures:rows")
        rows = [
            self._row("" if line.name == TOGETHER else url, line, {grouping.key: line.name})
            for line in lines
        ]
        total = self._row(url, Line("Allemaal samen", self._funnel.totals), {})
        return Table(grouping.title, self._funnel.steps, rows, total)

    def _row(self, url: str, line: Line, asks: dict[str, str]) -> Row:
        return Row(
            line.name,
            [
                Cell(
                    count,
                    f"{url}?{urlencode({YEAR: str(self._year), 'stap': str(at + 1), **asks})}"
                    if url and count
                    else "",
                )
                for at, count in enumerate(line.cells)
            ],
        )

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """The choice of a year, and the files."""
        return {
            "choices": [
                Choice(str(year), f"{request.path}?{urlencode({YEAR: year})}", year == self._year)
                for year in self._years
            ],
            "files": files_of(request, self._year),
            "has_rows": self._year in self._years,
        }


def chosen_year(request: HttpRequest, known: Sequence[int], today: date) -> int:
    """The year that was asked, or the last one with a referral."""
    form = forms.Form(request.GET)
    form.fields[YEAR] = forms.TypedChoiceField(
        choices=[(year, year) for year in known], coerce=int, required=False
    )
    chosen = form.cleaned_data[YEAR] if form.is_valid() else ""
    return int(chosen or (known[0] if known else today.year))


def files_of(request: DeskRequest, year: int) -> list[Link]:
    """The figures as a file, in each kind that there is."""
    urls = (
        (each.title, open_address(request, "figures:board-export", keys={"suffix": each.suffix}))
        for each in EXPORTERS.values()
    )
    return [Link(title, f"{url}?{urlencode({YEAR: year})}") for title, url in urls if url]


def durable_section(data: Durable, more_url: str = "") -> Section:
    """Durable work as its own figure, with its definition beside it, and the way to the others."""
    more = Link("Bekijk alle cijfers", more_url) if more_url else None
    return Section("Duurzaam werk", template="web/figures/durable.html", data=data, more=more)


def _plot(found: Funnel) -> drawings.Plot:
    months = len(found.steps) - len(_SHORT)
    after = [name.split()[-2] for name in found.steps[-months:]] if months else []
    names = [*_SHORT, *(f"Na {each} maanden" for each in after)]
    points = [
        drawings.Point(name, count)
        for name, count in zip(names, found.totals, strict=True)
        if count is not None
    ]
    return drawings.path(points, caption="Hoever kwamen ze?", heads=("Stap", "Verwijzingen"))


class FiguresFile(View):
    """All tables of a year as a file; what is hidden on the page is hidden there."""

    http_method_names = ("get", "head")

    def get(self, request: DeskRequest, suffix: str) -> FileResponse:
        """The file."""
        exporter, today = EXPORTERS.get(suffix), timezone.localdate()
        if exporter is None:
            raise Http404
        year = chosen_year(request, years(), today)
        found = funnel(year, today=today)
        file = TemporaryFile()  # noqa: SIM115 - the answer closes it
        exporter.write(file, ["Per", "Groep", *found.steps], table_rows(found))
        file.seek(0)
        name = f"cijfers-{year}.{suffix}"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=exporter.content_type
        )
