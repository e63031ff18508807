"""Finding the person of an address, and going back to the case."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from koempel.desk.accounts.models import User
from koempel.desk.people.models import Person
from koempel.desk.people.queries import person_or_none
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link


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


class Deed(ButtonView):
    """A button of a case: does one thing and goes back to the case."""

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """Do it, and say what was done; a refusal raises a `KoempelError`."""
        raise NotImplementedError

    def subject(self, request: DeskRequest, **keys: Any) -> tuple[Person, int | None]:
        """The person, and the row of the case if there is one."""
        return find(keys["case"]), keys.get("key")

    def press(
        self, request: DeskRequest, subject: tuple[Person, int | None], *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Do it, then the case."""
        person, key = subject
        return self.do(person, by=by, at=at, key=key), self.back(subject)

    def back(self, subject: tuple[Person, int | None]) -> str:
        """To the case."""
        return address(subject[0].case_number)
