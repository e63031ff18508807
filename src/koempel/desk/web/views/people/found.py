"""Finding the person of an address, and going back to the case."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.people.models import Person
from koempel.desk.people.queries import person_or_none
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.errors import KoempelError


def find(case: str) -> Person:
    """The person with this number; absent and foreign give the same answer."""
    person = person_or_none(case)
    if person is None:
        raise Http404
    return person


def child_of(person: Person, rows: str, key: int) -> Any:
    """A row that hangs on the person, by the name of its set; else the same answer as absent."""
    row = getattr(person, rows).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def address(case: str, name: str = "file", **keys: Any) -> str:
    """An address of a case."""
    return reverse(f"people:{name}", kwargs={"case": case, **keys})


def way_to(case: str, title: str) -> list[Link]:
    """The crumbs of a page below a case."""
    return [Link("Mensen", reverse("people:list")), Link(case, address(case)), Link(title, "")]


class Deed(View):
    """A button of a case: does one thing on POST and goes back to the case."""

    http_method_names = ("post",)

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """Do it, and say what was done; a refusal raises a `KoempelError`."""
        raise NotImplementedError

    def post(self, request: DeskRequest, case: str, key: int | None = None) -> HttpResponse:
        """Do it or say why not."""
        person = find(case)
        try:
            done = self.do(person, by=user_of(request), at=timezone.now(), key=key)
        except KoempelError as error:
            notices.warn(request, str(error))
        else:
            notices.say(request, done)
        return HttpResponseRedirect(address(case))
