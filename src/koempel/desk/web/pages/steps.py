"""The steps: hand in or fill in, look at every problem in place, done with undo.

The file is chosen once: it waits in the `UploadStore` until its owner agrees. Sending the last
step twice does its work once.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views import View

from koempel.desk.common.uploads import Kept, UploadGoneError, store
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Fact, Link
from koempel.errors import KoempelError
from koempel.region import dutch

MB = 1024 * 1024


class UploadForm(forms.Form):
    """One file, of a kind and size that we read."""

    file = forms.FileField(
        label="Bestand",
        widget=forms.FileInput(),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def __init__(self, *args: Any, endings: Sequence[str], most_bytes: int, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.endings = endings
        self.most_bytes = most_bytes
        self.fields["file"].help_text = (
            f"Een bestand dat eindigt op {' of '.join(endings)}, hoogstens "
            f"{dutch.number(most_bytes / MB)} MB."
        )
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse other kinds and what is too big, before anything is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        ending = PurePath(file.name or "").suffix.lower()
        if ending not in self.endings:
            raise forms.ValidationError(
                f"Dit bestand eindigt op «{ending}». Bewaar het als {' of '.join(self.endings)}."
            )
        if (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(
                f"Dit bestand is {dutch.number((file.size or 0) / MB, 1)} MB. Verdeel het."
            )
        return file


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a handed in row, and what is wrong with it."""

    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A handed in row; `problem` is one that is not about a single cell."""

    line: int
    cells: Sequence[Cell]
    problem: str = ""

    @property
    def is_faulty(self) -> bool:
        """Whether anything is wrong with it."""
        return bool(self.problem) or any(cell.problem for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Preview:
    """What will happen, before it happens.

    Attributes
    ----------
    button : str
        What the last step does ("Lees 12 mensen in"); empty when there is nothing to do.
    choices : Form, optional
        What can be chosen about the file, such as its columns; it stands in the address.
    choices_title : str
        The question that they answer.
    note : str
        What the rows below are, when they are not all rows.
    must_choose : bool
        Whether nothing can be done before something else is chosen.
    """

    summary: Sequence[Fact]
    heads: Sequence[str]
    rows: Sequence[Row]
    button: str
    choices: forms.Form | None = None
    choices_title: str = ""
    note: str = ""
    must_choose: bool = False

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, Cell]]]]:
        """The rows, each cell with the head of its column."""
        return [(row, list(zip(self.heads, row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of it: one sentence, counts, where to go on, and the address that undoes it."""

    text: str
    counts: dict[str, int] = field(default_factory=dict)
    links: Sequence[tuple[str, str]] = ()
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """The work goes on in the background; its progress stands at `url`."""

    url: str


class StepsPage(View):
    """Three steps at one address: hand in, check, done."""

    title: ClassVar[str]
    intro: ClassVar[str] = ""
    steps: ClassVar[tuple[str, str, str]] = ("Bestand", "Nakijken", "Klaar")
    endings: ClassVar[tuple[str, ...]] = (".csv", ".xlsx")
    most_bytes: ClassVar[int] = 20 * MB

    def taken_in(self, upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
        """What is kept of a file; a `KoempelError` refuses it, and says why."""
        return upload

    def preview(self, request: DeskRequest, kept: Kept) -> Preview:
        """What the file says, with every problem in its place; writes nothing."""
        raise NotImplementedError

    def apply(self, request: DeskRequest, kept: Kept) -> Finished | Working:
        """Do it, all or nothing."""
        raise NotImplementedError

    @classmethod
    def paths(cls, route: str, name: str) -> list[URLPattern]:
        """The addresses ``name`` (hand in) and ``name-check`` (check and done)."""
        return [
            path(route, cls.as_view(), name=name),
            path(f"{route}<slug:token>/", CheckPage.as_view(of=cls, start=name), name=_check(name)),
        ]

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The first step, empty."""
        return self._first(request, self._form())

    def post(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """Keep the file and go on, or say what is wrong with it."""
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self._first(request, form)
        try:
            file = self.taken_in(form.cleaned_data["file"])
        except KoempelError as error:
            form.add_error("file", str(error))
            return self._first(request, form)
        kept = store().keep(file, owner=owner(request), now=timezone.now())
        match = request.resolver_match
        name = _check(match.view_name) if match else ""
        return HttpResponseRedirect(reverse(name, kwargs={**keys, "token": kept.token}))

    def _form(self, *data: Any) -> UploadForm:
        return UploadForm(*data, endings=self.endings, most_bytes=self.most_bytes)

    def _first(self, request: DeskRequest, form: UploadForm) -> HttpResponse:
        content = {"steps": self, "at": 1, "form": form}
        # 422: htmx and tests can tell a faulty form from a page.
        return render(request, "web/steps.html", content, status=422 if form.errors else 200)


class CheckPage(View):
    """The second step of a `StepsPage`, and the third once it was done."""

    of: type[StepsPage] = StepsPage
    start: str = ""

    def get(self, request: DeskRequest, token: str, **keys: Any) -> HttpResponse:
        """What will happen, or what came of it."""
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
        except UploadGoneError as error:
            return self._gone(request, error, keys)
        steps = self._steps(request, keys)
        if kept.result is not None:
            return self._result(request, steps, kept.result)
        content = {"steps": steps, "at": 2, "kept": kept, "preview": steps.preview(request, kept)}
        return render(request, "web/steps.html", content)

    def post(self, request: DeskRequest, token: str, **keys: Any) -> HttpResponse:
        """Do it, once."""
        steps = self._steps(request, keys)
        try:
            kept = store().find(token, owner=owner(request), now=timezone.now())
            if kept.result is None:
                store().use(kept, lambda mine: self._done(request, steps, mine))
        except UploadGoneError as error:
            return self._gone(request, error, keys)
        except KoempelError as error:
            notices.warn(request, str(error))
        return HttpResponseRedirect(request.path)

    def _done(self, request: DeskRequest, steps: StepsPage, kept: Kept) -> dict[str, Any]:
        outcome = steps.apply(request, kept)
        if isinstance(outcome, Finished):
            store().let_go(kept.token)
        return asdict(outcome)

    def _steps(self, request: DeskRequest, keys: dict[str, Any]) -> StepsPage:
        steps = self.of()
        steps.setup(request, **keys)
        return steps

    def _gone(
        self, request: DeskRequest, error: UploadGoneError, keys: dict[str, Any]
    ) -> HttpResponse:
        notices.warn(request, str(error))
        match = request.resolver_match
        space = f"{match.namespace}:" if match and match.namespace else ""
        return HttpResponseRedirect(reverse(f"{space}{self.start}", kwargs=keys))

    def _result(
        self, request: DeskRequest, steps: StepsPage, result: dict[str, Any]
    ) -> HttpResponse:
        if "url" in result:
            return HttpResponseRedirect(result["url"])
        return finished_page(request, steps, Finished(**result))


def finished_page(request: DeskRequest, steps: StepsPage, finished: Finished) -> HttpResponse:
    """The third step: what came of it."""
    content = {
        "steps": steps,
        "at": 3,
        "finished": finished,
        "facts": [Fact(label, dutch.number(n)) for label, n in finished.counts.items()],
        "links": [Link(title, url) for title, url in finished.links],
    }
    return render(request, "web/steps.html", content)


def _check(name: str) -> str:
    return f"{name}-check"


def owner(request: HttpRequest) -> str:
    """Who brings a file; nobody keeps one without a name."""
    if request.user.pk is None:
        raise Http404
    return str(request.user.pk)
