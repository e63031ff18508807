"""The file: who or what it is, the next step, the facts, one timeline of everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import View

from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, may_open
from koempel.desk.web.pages.values import Event, Link, Section, Status
from koempel.errors import KoempelError
from koempel.region.vocabulary import Kind

ACT = "doe"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a file.

    Attributes
    ----------
    above : sequence of Link
        The way here; the last one is the file itself and has no address.
    about : str
        One quiet line below the title.
    status, since : Status and str
        Where it stands, and since or until when.
    next_step : Link, optional
        The one button: what to do now.
    """

    title: str
    above: Sequence[Link] = ()
    about: str = ""
    status: Status | None = None
    since: str = ""
    next_step: Link | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status that is allowed now; `title` is its button and says what it does."""

    name: str
    title: str


class FilePage(View):
    """One person, job, partner or lever. A page of a part fills in the methods it needs.

    `template` may extend ``web/file.html`` to add to its blocks.
    """

    template: ClassVar[str] = "web/file.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Any:
        """What the file is about; absent and not allowed are the same `Http404`."""
        raise NotImplementedError

    def head(self, request: DeskRequest, subject: Any) -> Head:
        """Who or what, where it stands, what to do now."""
        raise NotImplementedError

    def sections(self, request: DeskRequest, subject: Any) -> Sequence[Section]:
        """The facts in short blocks, on the left."""
        return ()

    def kinds(self, request: DeskRequest, subject: Any) -> Sequence[Kind]:
        """Obstacles or levers, as chips below the first block."""
        return ()

    def timeline(self, request: DeskRequest, subject: Any) -> Sequence[Event]:
        """Everything that happened, the last first, on the right."""
        return ()

    def changes(self, request: DeskRequest, subject: Any) -> Sequence[Change]:
        """The status changes that are allowed now, from the table of its life cycle."""
        return ()

    def change(self, request: DeskRequest, subject: Any, name: str) -> Done:
        """Make one of `changes`; a `KoempelError` is told as a warning."""
        raise NotImplementedError

    def more(self, request: DeskRequest, subject: Any) -> dict[str, Any]:
        """What the blocks of a template of its own need."""
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **keys: Any) -> HttpResponseBase:
        """Answer HEAD like GET: Django would call `head`, which is the head of the file here."""
        if request.method == "HEAD":
            return self.get(cast("DeskRequest", request), *args, **keys)
        return super().dispatch(request, *args, **keys)

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page."""
        subject = self.subject(request, **keys)
        content = {
            "subject": subject,
            "head": self.head(request, subject),
            "sections": self.sections(request, subject),
            "kinds": self.kinds(request, subject),
            "timeline": self.timeline(request, subject),
            "changes": self.changes(request, subject) if _may_change(request) else (),
            **self.more(request, subject),
        }
        return render(request, self.template, content)

    def post(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """A change of status, then the page again."""
        subject = self.subject(request, **keys)
        allowed = self.changes(request, subject)
        form = forms.Form(request.POST)
        form.fields[ACT] = forms.ChoiceField(choices=[(each.name, "") for each in allowed])
        if form.is_valid():
            self._make(request, subject, form.cleaned_data[ACT])
        else:
            notices.warn(request, notices.TOO_LATE)
        return HttpResponseRedirect(request.get_full_path())

    def _make(self, request: DeskRequest, subject: Any, name: str) -> None:
        try:
            notices.say(request, self.change(request, subject, name))
        except KoempelError as error:
            notices.warn(request, str(error))


def _may_change(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and may_open(request, match.view_name, "POST")
