"""The form page: one form below a title, one button that says what it does."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Fact, Link
from koempel.errors import KoempelError


class FormPage(View):
    """Something to fill in. A page of a part says what the form is and what it does.

    What the action refuses with a `KoempelError` is shown above the form, and the input stays.
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

    def get(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """The empty form."""
        subject = self.subject(request, **keys)
        return self._page(request, subject, self.form(request, subject, None))

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """What was filled in: done, or shown again with what is wrong."""
        subject = self.subject(request, **keys)
        form = self.form(request, subject, request.POST)
        if not form.is_valid():
            return self._page(request, subject, form)
        try:
            done, url = self.save(request, subject, form)
        except KoempelError as error:
            form.add_error(None, str(error))
            return self._page(request, subject, form)
        notices.say(request, done)
        return HttpResponseRedirect(url)

    def _page(self, request: DeskRequest, subject: Any, form: BaseForm) -> HttpResponse:
        content = {
            "title": self.title(subject),
            "intro": self.intro,
            "crumbs": self.crumbs(request, subject),
            "facts": self.facts(request, subject),
            "form": form,
            "button": self.button,
        }
        # 422: htmx and tests can tell a faulty form from a page.
        return render(request, self.template, content, status=422 if form.errors else 200)
