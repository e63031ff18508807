"""The progress of long work: asked twice a second, readable without scripts, with a stop."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from koempel.desk.web.pages.request import DeskRequest, wants_part


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    `url` is where to go when it is done; `failed` says what went wrong and what now.
    """

    done: int
    total: int
    text: str
    url: str = ""
    failed: str = ""

    @property
    def is_going_on(self) -> bool:
        """Whether to ask again."""
        return not self.url and not self.failed


class ProgressPage(View):
    """The progress of one piece of work; `stop_button` names the button that ends it."""

    title: ClassVar[str]
    stop_button: ClassVar[str] = ""

    def progress(self, request: DeskRequest, **keys: Any) -> Progress:
        """How far it is; absent and not allowed are the same `Http404`."""
        raise NotImplementedError

    def stop(self, request: DeskRequest, **keys: Any) -> None:
        """Ask the work to end."""
        raise NotImplementedError

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page, its moving part, or the way to what came of it."""
        progress = self.progress(request, **keys)
        is_part = wants_part(request)
        if progress.url:
            return _onward(progress.url, is_part=is_part)
        if is_part and progress.failed:
            # The whole page: the button to stop it is outside the part that moves.
            return HttpResponse(status=200, headers={"HX-Refresh": "true"})
        template = "web/progress.html#progress" if is_part else "web/progress.html"
        return render(request, template, {"work": self, "progress": progress})

    def post(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """Stop the work."""
        if self.stop_button:
            self.stop(request, **keys)
        return HttpResponseRedirect(request.path)


def _onward(url: str, *, is_part: bool) -> HttpResponse:
    if not is_part:
        return HttpResponseRedirect(url)
    return HttpResponse(status=200, headers={"HX-Redirect": url})
