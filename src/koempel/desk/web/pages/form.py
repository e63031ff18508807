"""The form page: one form below a title, one button that says what it does."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from koempel.desk.common.once import once, stamp_of
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Fact, Link
from koempel.errors import KoempelError

SEND_KEY = "sleutel"
_TOKEN = "csrfmiddlewaretoken"
AGAIN = Done("Dit had je al verstuurd. Het is één keer gedaan.")


class ClosedError(Exception):
    """What a form was for is over: somebody else was first. The page at `url` shows it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


class _Named(Protocol):
    @property
    def key(self) -> str: ...


Named = TypeVar("Named", bound=_Named)


def step_now(key: str, now: Iterable[Named], known: Iterable[Named], url: str) -> Named:
    """The step with a key, of those that can be taken now.

    Raises
    ------
    ClosedError
        When it could be taken once; the page at `url` says how it stands.
    Http404
        When the reader never takes such a step here.
    """
    for step in now:
        if step.key == key:
            return step
    if any(step.key == key for step in known):
        raise ClosedError(url)
    raise Http404


class FormPage(View):
    """Something to fill in. A page of a part says what the form is and what it does.

    What the action refuses with a `KoempelError` is shown above the form, and the input stays.
    Where the form came too late a `ClosedError` leads to the page that says how it stands.
    Sent twice, it is done once. A `template` of its own has the hidden field
    ``{% include "web/parts/send_key.html" %}`` in its form.
    """

    button: ClassVar[str]
    intro: ClassVar[str] = ""
    template: ClassVar[str] = "web/form.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Any:
        """What the form is about; absent and not allowed are the same `Http404`."""
        return None

    def title(self, subject: Any) -> str:
        """The title of the page."""
        raise NotImplementedError

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """The way here."""
        return ()

    def facts(self, request: DeskRequest, subject: Any) -> Sequence[Fact]:
        """What one must know to fill it in, above the form."""
        return ()

    def form(self, request: DeskRequest, subject: Any, data: Any) -> BaseForm:
        """The form, with what was sent or with nothing."""
        raise NotImplementedError

    def save(self, request: DeskRequest, subject: Any, form: Any) -> tuple[Done, str]:
        """Do it; give what was done and the address to go on to."""
        raise NotImplementedError

    def more(self, request: DeskRequest, subject: Any, form: Any) -> dict[str, Any]:
        """What a template of its own needs besides; also the place to note a disclosure."""
        return {}

    def get(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """The empty form."""
        try:
            subject = self.subject(request, **keys)
        except ClosedError as closed:
            return _closed(request, closed)
        return self._page(request, subject, self.form(request, subject, None))

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """What was filled in: done, or shown again with what is wrong."""
        try:
            done, url = sent_once(request, lambda: self._save(request, keys))
        except _FaultyFormError as faulty:
            return self._page(request, faulty.subject, faulty.form)
        except ClosedError as closed:
            return _closed(request, closed)
        notices.say(request, done)
        return HttpResponseRedirect(url)

    def _save(self, request: DeskRequest, keys: dict[str, Any]) -> tuple[Done, str]:
        subject = self.subject(request, **keys)
        form = self.form(request, subject, request.POST)
        if not form.is_valid():
            raise _FaultyFormError(subject, form)
        try:
            with transaction.atomic():
                return self.save(request, subject, form)
        except KoempelError as error:
            form.add_error(None, str(error))
            raise _FaultyFormError(subject, form) from error

    def _page(self, request: DeskRequest, subject: Any, form: BaseForm) -> HttpResponse:
        content = {
            "title": self.title(subject),
            "intro": self.intro,
            "crumbs": self.crumbs(request, subject),
            "facts": self.facts(request, subject),
            "form": form,
            "button": self.button,
            "send_key": send_key(request),
            **self.more(request, subject, form),
        }
        # 422: htmx and tests can tell a faulty form from a page.
        return render(request, self.template, content, status=422 if form.errors else 200)


def _closed(request: DeskRequest, closed: ClosedError) -> HttpResponse:
    notices.warn(request, notices.TOO_LATE)
    return HttpResponseRedirect(closed.url)


class _FaultyFormError(Exception):
    """A form that goes back to who sent it; nothing of it was kept."""

    def __init__(self, subject: Any, form: BaseForm) -> None:
        super().__init__()
        self.subject = subject
        self.form = form


def send_key(request: DeskRequest) -> str:
    """The key of a form: a new one, or the same when the form is shown again."""
    return request.POST.get(SEND_KEY) or secrets.token_urlsafe(16)


def sent_once(request: DeskRequest, save: Callable[[], tuple[Done, str]]) -> tuple[Done, str]:
    """Do what a form asks, unless the same form was sent before; without a key, always."""
    key = request.POST.get(SEND_KEY, "")
    if not key:
        return save()
    said = AGAIN

    def do() -> str:
        nonlocal said
        said, url = save()
        return url

    sent = {name: values for name, values in request.POST.lists() if name != _TOKEN}
    stamp = stamp_of(key, user=request.user.pk, path=request.get_full_path(), sent=sent)
    url, _ = once(stamp, at=timezone.now(), do=do)
    return said, url
