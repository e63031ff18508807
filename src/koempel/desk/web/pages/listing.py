"""The list: search as you type, filters, sorting, pages, bulk actions, files.

A list is a class that says what is on it; `docs/desk-pages.md` has one written out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from functools import cached_property, reduce
from operator import and_, or_
from tempfile import TemporaryFile
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views import View

from koempel.desk.web.context import Door
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.columns import Column
from koempel.desk.web.pages.exports import EXPORTERS, Plain
from koempel.desk.web.pages.filters import Filter, Rows
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, may_open, open_address, wants_part
from koempel.desk.web.pages.values import Go, Link
from koempel.errors import KoempelError
from koempel.region import dutch

PER_PAGE = 30
SEARCH, SORT, PAGE = "zoek", "sorteer", "blad"
CHOSEN, ACT = "kies", "doe"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with several rows at once.

    `do` gets the request and the chosen rows, and says what was done, or gives the address of a
    page that asks more. What a `KoempelError` refuses is said.
    """

    name: str
    title: str
    do: Callable[[DeskRequest, Rows], Done | str]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column, with the address that sorts by it."""

    column: Column
    url: str = ""
    direction: str = ""

    @property
    def icon(self) -> str:
        """An arrow for the direction it is sorted in."""
        return {"ascending": "up", "descending": "down"}.get(self.direction, "")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands on the page: its key, and a cell per column with its style."""

    key: Any
    cells: list[tuple[Column, SafeString]]


class ListPage(View):
    """A list of rows that one may see.

    Attributes
    ----------
    noun : tuple of str
        One row and several, for the count in words: ``("mens", "mensen")``.
    search : tuple of str
        Fields in which every word of a search must be found.
    key : str
        Field that names a row in a bulk action.
    nothing : str
        What an empty list says: that there is nothing yet, and what then comes.
    first, more : Go and tuple of Go
        The button that adds a row, and other buttons beside it.
    door : Door, optional
        Its place in the navigation.
    """

    title: ClassVar[str]
    intro: ClassVar[str] = ""
    noun: ClassVar[tuple[str, str]]
    columns: ClassVar[tuple[Column, ...]]
    search: ClassVar[tuple[str, ...]] = ()
    filters: tuple[Filter, ...] = ()
    bulk: ClassVar[tuple[BulkAction, ...]] = ()
    key: ClassVar[str] = "pk"
    nothing: ClassVar[str] = ""
    first: ClassVar[Go | None] = None
    more: ClassVar[tuple[Go, ...]] = ()
    door: ClassVar[Door | None] = None

    def rows(self, request: DeskRequest) -> Rows:
        """The rows that the user may see, in their natural order."""
        raise NotImplementedError

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[Any]:
        """What columns read of rows that are about to be shown, one for one.

        Overridden where rows become a role's projection and where a disclosure is noted.
        """
        return rows

    @classmethod
    def export_path(cls, route: str, name: str) -> URLPattern:
        """The address of the list as a file; it needs a row of its own in the access table."""
        view = ListExport.as_view(of=cls)
        return path(f"{route}bestand.<str:suffix>", view, name=export_name(name))

    def get(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or its rows only when htmx asks for them."""
        look = Listing(self, request).look()
        is_part = wants_part(request)
        template = "web/list.html#rows" if is_part else "web/list.html"
        response = render(request, template, {"list": look, "is_part": is_part})
        if is_part:
            response["HX-Replace-Url"] = look.here
        patch_vary_headers(response, ["HX-Request"])
        return response

    def post(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A bulk action on the chosen rows, then the same page again."""
        here = request.get_full_path()
        form = BulkForm(self, request)
        if not form.is_valid():
            notices.warn(request, f"Er is niets gedaan. Kies eerst minstens één {self.noun[0]}.")
            return HttpResponseRedirect(here)
        act = next(each for each in self.bulk if each.name == form.cleaned_data[ACT])
        try:
            done = act.do(request, form.cleaned_data[CHOSEN])
        except KoempelError as error:
            notices.warn(request, str(error))
            return HttpResponseRedirect(here)
        if isinstance(done, str):
            return HttpResponseRedirect(done)
        notices.say(request, done)
        return HttpResponseRedirect(here)


class BulkForm(forms.Form):
    """Which rows, and what to do with them."""

    def __init__(self, page: ListPage, request: DeskRequest) -> None:
        super().__init__(request.POST)
        self.fields[ACT] = forms.ChoiceField(choices=[(each.name, "") for each in page.bulk])
        self.fields[CHOSEN] = forms.ModelMultipleChoiceField(
            page.rows(request), to_field_name=page.key
        )


@dataclass(frozen=True, slots=True)
class Look:
    """A list as its template gets it: cells, words and links, and none of the rows behind them.

    Attributes
    ----------
    here : str
        The address of this look.
    sheet_number, n_sheets : int
        Which page it is, of how many.
    """

    page: ListPage
    here: str
    asked: dict[str, str]
    is_narrowed: bool
    count: str
    hidden_by: str
    headings: Sequence[Heading]
    lines: Sequence[Line]
    bulk: Sequence[BulkAction]
    search_field: forms.BoundField | None
    filter_fields: Sequence[forms.BoundField]
    actions: Sequence[Link]
    first_step: Sequence[Link]
    files: Sequence[Link]
    sheet_number: int
    n_sheets: int
    previous_url: str
    next_url: str


class Listing:
    """One look at a list: the rows after search, filters, sorting and paging, and its addresses."""

    def __init__(self, page: ListPage, request: DeskRequest) -> None:
        self.page = page
        self.request = request
        self.form = query_form(page, request)
        self.form.is_valid()

    def look(self) -> Look:
        """What its template gets."""
        return Look(**{each.name: getattr(self, each.name) for each in fields_of(Look)})

    @cached_property
    def visible(self) -> Rows:
        """All rows that the user may see."""
        return self.page.rows(self.request)

    @cached_property
    def found(self) -> Rows:
        """The rows that search and filters leave, sorted."""
        rows = self.visible
        for each in self.page.filters:
            value = self.form.cleaned_data.get(each.name)
            if value not in (None, ""):
                rows = each.apply(rows, value)
        words = self.form.cleaned_data.get(SEARCH, "").split()
        rows = matching(rows, self.page.search, words) if words else rows
        return self._sorted(rows)

    def _sorted(self, rows: Rows) -> Rows:
        wanted = self.form.cleaned_data.get(SORT, "")
        column = next((c for c in self._sortable if c.name == wanted.lstrip("-")), None)
        if column is None:
            natural = rows.query.order_by or rows.model._meta.ordering or ()
            return rows.order_by(*natural, "pk")
        # The key last: rows that are equal would be on two pages, or on none.
        return rows.order_by(f"-{column.sort}" if wanted.startswith("-") else column.sort, "pk")

    @cached_property
    def sheet(self) -> Page[Any]:
        """The rows of the page that was asked, or the last one."""
        paginator = Paginator(self.found, PER_PAGE)
        return paginator.get_page(self.form.cleaned_data.get(PAGE) or 1)

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of this page, ready to show."""
        rows = list(self.sheet.object_list)
        shown = self.page.project(self.request, rows)
        return [
            Line(
                getattr(row, self.page.key),
                [(column, column.html(seen)) for column in self.page.columns],
            )
            for row, seen in zip(rows, shown, strict=True)
        ]

    @cached_property
    def hidden(self) -> int:
        """How many rows search and filters take away."""
        return self.visible.count() - self.sheet.paginator.count if self.is_narrowed else 0

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or filter is on."""
        return any(name not in {SORT, PAGE} for name in self.asked)

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was asked and is valid, as it stands in the address."""
        cleaned = self.form.cleaned_data
        return {
            name: self.form.data[name].strip()
            for name in self.form.fields
            if cleaned.get(name) not in (None, "")
        }

    @property
    def count(self) -> str:
        """The count in words."""
        return dutch.count(self.sheet.paginator.count, *self.page.noun)

    @property
    def hidden_by(self) -> str:
        """How many are not shown and why, or nothing."""
        if not self.hidden:
            return ""
        return f"{dutch.number(self.hidden)} verborgen door {self._narrowing}"

    @property
    def _narrowing(self) -> str:
        filters = len(self.asked.keys() - {SEARCH, SORT, PAGE})
        if SEARCH in self.asked:
            return "zoekwoord en filters" if filters else "het zoekwoord"
        return "de filters" if filters > 1 else "de filter"

    @property
    def headings(self) -> list[Heading]:
        """The heads of the columns."""
        return list(self._headings())

    def _headings(self) -> Iterator[Heading]:
        wanted = self.asked.get(SORT, "")
        for column in self.page.columns:
            if not column.sort:
                yield Heading(column)
                continue
            turned = f"-{column.name}" if wanted == column.name else column.name
            direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(wanted, "")
            yield Heading(column, self.address(**{SORT: turned, PAGE: ""}), direction)

    @property
    def _sortable(self) -> list[Column]:
        return [column for column in self.page.columns if column.sort]

    def address(self, **changes: str) -> str:
        """The address of this look, or of one with a few changes."""
        asked = {**self.asked, **changes}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def here(self) -> str:
        """The address of this look."""
        return self.address()

    @property
    def sheet_number(self) -> int:
        """Which page this is."""
        return self.sheet.number

    @property
    def n_sheets(self) -> int:
        """How many pages there are."""
        return self.sheet.paginator.num_pages

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self._sheet_url(-1) if self.sheet.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return self._sheet_url(1) if self.sheet.has_next() else ""

    def _sheet_url(self, step: int) -> str:
        return self.address(**{PAGE: str(self.sheet.number + step)})

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The fields of the filters."""
        return [self.form[each.name] for each in self.page.filters]

    @property
    def search_field(self) -> forms.BoundField | None:
        """The field of the search, when the list has one."""
        return self.form[SEARCH] if self.page.search else None

    @property
    def actions(self) -> list[Link]:
        """The buttons of the head that the user may press."""
        first = (self.page.first,) if self.page.first else ()
        return _open_links(self.request, (*first, *self.page.more))

    @property
    def first_step(self) -> list[Link]:
        """The button of an empty list."""
        return _open_links(self.request, (self.page.first,) if self.page.first else ())

    @property
    def bulk(self) -> tuple[BulkAction, ...]:
        """The bulk actions, when the user may do them."""
        match = self.request.resolver_match
        may = match is not None and may_open(self.request, match.view_name, "POST")
        return self.page.bulk if may else ()

    @property
    def files(self) -> list[Link]:
        """The list as a file, in each kind that there is."""
        match = self.request.resolver_match
        if match is None:
            return []
        query = urlencode({name: value for name, value in self.asked.items() if name != PAGE})
        urls = (
            (each.title, open_address(self.request, export_name(match.view_name), keys=keys))
            for each in EXPORTERS.values()
            for keys in ({**match.kwargs, "suffix": each.suffix},)
        )
        return [Link(title, f"{url}?{query}" if query else url) for title, url in urls if url]


class ListExport(View):
    """A list as a file: the same rows, with the same search, filters and sorting."""

    of: type[ListPage] = ListPage

    def get(self, request: DeskRequest, suffix: str, **kwargs: Any) -> FileResponse:
        """The file; it is whole before the first byte leaves, so no answer stops halfway."""
        exporter = EXPORTERS.get(suffix)
        if exporter is None:
            raise Http404
        page = self.of()
        page.setup(request, **kwargs)
        file = TemporaryFile()  # noqa: SIM115 - the answer closes it
        exporter.write(file, [column.title for column in page.columns], _plain(page, request))
        file.seek(0)
        name = f"{slugify(page.title)}-{timezone.localdate():%Y-%m-%d}.{suffix}"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=exporter.content_type
        )


def _plain(page: ListPage, request: DeskRequest) -> Iterator[list[Plain]]:
    chunk: list[Any] = []
    for row in Listing(page, request).found.iterator(_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield from _plain_lines(page, request, chunk)
            chunk = []
    yield from _plain_lines(page, request, chunk)


def _plain_lines(
    page: ListPage, request: DeskRequest, rows: Sequence[Any]
) -> Iterator[list[Plain]]:
    for seen in page.project(request, rows):
        yield [column.plain(seen) for column in page.columns]


def export_name(name: str) -> str:
    """The name of the address of a list as a file."""
    return f"{name}-export"


def matching(rows: Rows, fields: Sequence[str], words: Sequence[str]) -> QuerySet[Any]:
    """Rows in which every word is found in one of the fields."""
    anywhere = (
        reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)) for word in words
    )
    return rows.filter(reduce(and_, anywhere))


def query_form(page: ListPage, request: HttpRequest) -> forms.Form:
    """The form that checks what the address of a list asks."""
    sortable = [column.name for column in page.columns if column.sort]
    fields: dict[str, forms.Field] = {}
    if page.search:
        fields[SEARCH] = forms.CharField(label="Zoek", max_length=80, required=False)
    fields |= {each.name: each.field(request) for each in page.filters}
    fields[SORT] = forms.ChoiceField(
        choices=[(f"{sign}{name}",) * 2 for name in sortable for sign in ("", "-")],
        required=False,
    )
    fields[PAGE] = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)
    form = forms.Form(request.GET)
    form.fields.update(fields)
    return form


def _open_links(request: HttpRequest, buttons: Sequence[Go]) -> list[Link]:
    urls = ((button.title, open_address(request, button.name)) for button in buttons)
    return [Link(title, url) for title, url in urls if url]
