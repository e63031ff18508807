"""The progress of long work: asked twice a second, readable without scripts, with a stop."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from koempel.desk.web.pages.request import DeskRequest, wants_part
from koempel.desk.web.pages.values import Link
from koempel.desk.work.actions import DIED, ask_stop
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.desk.work.queries import find_work, is_silent


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes
    ----------
    total : int
        How much there is to do; 0 while that is not known.
    url : str
        Where to go when it is done.
    failed, stopped : str
        Why it ended otherwise, and what now.
    """

    done: int
    total: int
    text: str
    url: str = ""
    failed: str = ""
    stopped: str = ""

    @property
    def is_going_on(self) -> bool:
        """Whether to ask again."""
        return not (self.url or self.failed or self.stopped)


class ProgressPage(View):
    """The progress of one piece of work; `stop_button` names the button that ends it."""

    title: ClassVar[str]
    stop_button: ClassVar[str] = ""

    def again(self) -> Link | None:
        """Where to begin again when it did not come to its end."""
        return None

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
        if is_part and not progress.is_going_on:
            # The whole page changes: its buttons too.
            return HttpResponse(headers={"HX-Refresh": "true"})
        template = "web/progress.html#progress" if is_part else "web/progress.html"
        return render(
            request, template, {"work": self, "progress": progress, "again": self.again()}
        )

    def post(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """Stop the work."""
        if self.stop_button:
            self.stop(request, **keys)
        return HttpResponseRedirect(request.path)


def _onward(url: str, *, is_part: bool) -> HttpResponse:
    if not is_part:
        return HttpResponseRedirect(url)
    return HttpResponse(status=200, headers={"HX-Redirect": url})


class WorkPage(ProgressPage):
    """The progress of a `Work` of the reader; the key of its address is ``key``.

    Attributes
    ----------
    kind : str
        The name of its task.
    stopped : str
        What a stop means: what was kept, and what was not.
    """

    kind: ClassVar[str]
    stopped: ClassVar[str]
    stop_button = "Stop"

    def done_url(self, work: Work) -> str:
        """Where its outcome stands."""
        raise NotImplementedError

    def work(self, request: DeskRequest, key: str) -> Work:
        """The work of this kind that the reader asked."""
        work = find_work(key, kind=self.kind, owner=request.user.pk)
        if work is None:
            raise Http404
        return work

    def progress(self, request: DeskRequest, **keys: Any) -> Progress:
        """How far it is, in words."""
        work = self.work(request, keys["key"])
        if work.state == State.DONE:
            return Progress(work.done, work.total, "", url=self.done_url(work))
        if work.state == State.STOPPED:
            return Progress(work.done, work.total, "", stopped=self.stopped)
        now = timezone.now()
        failed = DIED if work.state == State.RUNNING and is_silent(work, now) else work.error
        return Progress(work.done, work.total, _busy_with(work, now), failed=failed)

    def stop(self, request: DeskRequest, **keys: Any) -> None:
        """Ask it to stop."""
        ask_stop(self.work(request, keys["key"]), at=timezone.now())


def _busy_with(work: Work, now: datetime) -> str:
    if work.stop_asked:
        return "Koempel stopt zo."
    if work.state == State.RUNNING:
        return work.text or "Koempel is begonnen."
    if is_silent(work, now):
        return (
            "Dit wacht al meer dan een minuut. Koempel is met ander werk bezig, of de werker staat "
            "stil. Blijft dit zo, zeg het dan aan je beheerder."
        )
    return "Koempel begint er zo aan. Je mag deze pagina sluiten: het werk gaat door."
