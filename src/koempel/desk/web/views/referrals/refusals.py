"""Why it did not work out: the board for who directs, the rows behind a count, and the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.refusals import (
    ReasonCounts,
    Refusal,
    alike,
    behind,
    count_of,
    counted,
    refusals_in,
    towns_of,
    years_with_refusals,
)
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.exports import EXPORTERS
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link, Section

HIDDEN = "verborgen"
PAGE = "referrals:refusals"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as the board shows it, and where its rows are; both empty for nobody."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A reason with its counts."""

    title: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """All reasons of a year; `towns` are the heads of the columns."""

    form: forms.Form
    towns: Sequence[str]
    lines: Sequence[Line]
    files: Sequence[Link]


class Look:
    """What somebody looks at: a year, and one municipality or all."""

    def __init__(self, request: HttpRequest) -> None:
        today = timezone.localdate()
        self.years = years_with_refusals(current()) or [today.year]
        form = _year_form(self.years, request)
        self.year = int(form.cleaned_data.get("jaar") or self.years[0])
        self.refusals = refusals_in(current(), self.year)
        self.towns = towns_of(self.refusals)
        self.form = _look_form(self, request)
        self.town = self.form.cleaned_data.get("gemeente") or ""
        self.rows = counted(self.refusals, self.towns)

    @property
    def columns(self) -> Sequence[str]:
        """The towns that are shown; several have one for all together first."""
        if self.town:
            return [self.town]
        return ["", *self.towns] if len(self.towns) > 1 else self.towns

    def counts(self, row: ReasonCounts) -> list[int | None]:
        """The counts of a reason in these columns."""
        return [count_of(row, self.towns, town) for town in self.columns]

    def of(self, reason: str) -> list[Refusal]:
        """The rows behind a count that is shown.

        Raises
        ------
        Http404
            When there is no such count, or it stays hidden.
        """
        for row in self.rows:
            if row.reason == reason and count_of(row, self.towns, self.town):
                return behind(row, self.refusals, self.towns, self.town)
        raise Http404


def _year_form(years: Sequence[int], request: HttpRequest) -> forms.Form:
    form = forms.Form(request.GET)
    choices = [(str(year), str(year)) for year in years]
    form.fields["jaar"] = forms.ChoiceField(label="Jaar", choices=choices, required=False)
    form.is_valid()
    return form


def _look_form(look: Look, request: HttpRequest) -> forms.Form:
    form = _year_form(look.years, request)
    choices = [("", "alle"), *((town, town) for town in look.towns)]
    form.fields["gemeente"] = forms.ChoiceField(
        label="Gemeente van het werk", choices=choices, required=False
    )
    form.full_clean()
    return form


class RefusalsPage(BoardPage):
    """How many people per reason and municipality."""

    title = "Waarom het niet lukte"

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """From the list."""
        return [Link("Toeleiding", reverse("referrals:list")), Link("Waarom het niet lukte", "")]

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """The filters and the table."""
        look = Look(request)
        title = f"Mensen per reden, {look.year}"
        return [Section(title, template="web/referrals/refusals.html", data=_table(look))]


def _table(look: Look) -> Table:
    lines = [
        Line(
            row.reason.label,
            [
                _cell(look, row.reason, town, count)
                for town, count in zip(look.columns, look.counts(row), strict=True)
            ],
        )
        for row in look.rows
        if not look.town or count_of(row, look.towns, look.town) != 0
    ]
    asked = urlencode({"jaar": str(look.year), "gemeente": look.town})
    files = [
        Link(each.title, f"{reverse('referrals:refusals-export', args=[suffix])}?{asked}")
        for suffix, each in EXPORTERS.items()
    ]
    return Table(look.form, [town or "Samen" for town in look.columns], lines, files)


def _cell(look: Look, reason: Reason, town: str, count: int | None) -> Cell:
    if not count:
        return Cell(HIDDEN if count is None else "0")
    asked = urlencode({"jaar": str(look.year), "gemeente": town})
    url = reverse("referrals:refusal-rows", kwargs={"reason": reason.value})
    return Cell(str(count), f"{url}?{asked}")


class RefusalRows(BoardPage):
    """Who is behind one count, without names."""

    title = "Waarom het niet lukte"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> Any:
        """The page, of a reason that is shown."""
        self._look = Look(request)
        self._found = self._look.of(keys["reason"])
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """The reason, the year and the place."""
        where = f" in {self._look.town}" if self._look.town else ""
        return f"{self._found[0].reason.label}{where}, {self._look.year}"

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """From the board."""
        board = f"{reverse(PAGE)}?{urlencode({'jaar': self._look.year})}"
        return [
            Link("Toeleiding", reverse("referrals:list")),
            Link("Waarom het niet lukte", board),
            Link(self._found[0].reason.label, ""),
        ]

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """How many people share what may be told of them."""
        rows = sorted(alike(self._found).items())
        return [Section("Waar, en bij wie?", template="web/referrals/refusal_rows.html", data=rows)]


class RefusalsFile(View):
    """The table as a file; what is hidden on the page is hidden in it."""

    def get(self, request: DeskRequest, suffix: str) -> FileResponse:
        """The file."""
        exporter = EXPORTERS.get(suffix)
        if exporter is None:
            raise Http404
        look, file = Look(request), BytesIO()
        head = ["reden", *(town or "samen" for town in look.columns)]
        lines = (
            [row.reason.label, *(HIDDEN if each is None else each for each in look.counts(row))]
            for row in look.rows
        )
        exporter.write(file, head, lines)
        file.seek(0)
        name = f"waarom-het-niet-lukte-{look.year}.{suffix}"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=exporter.content_type
        )
