"""Handing cases over to a colleague, and taking over those that nobody guides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.people.forms import HandOverForm
from koempel.desk.people.handing import hand_over, take_back, take_over
from koempel.desk.people.models import Person
from koempel.desk.people.queries import NumberRow, note_shown, number_rows, without_guide
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.region import dutch

CASES = "dossier"
_NOUN = ("dossier", "dossiers")


def hand_over_url(case_numbers: Sequence[str]) -> str:
    """Where some cases are handed over."""
    return f"{reverse('people:hand-over')}?{urlencode([(CASES, each) for each in case_numbers])}"


def _undo_url(batch: str) -> str:
    return reverse("people:hand-over-undo", kwargs={"batch": batch})


class HandOverPage(FormPage):
    """One's own cases go to a colleague."""

    button = "Draag over"
    intro = "Je collega ziet dan alles. Jij ziet het niet meer."
    template = "web/people/hand_over.html"

    def subject(self, request: DeskRequest, **keys: Any) -> list[Person]:
        """Those of the address that the reader guides."""
        numbers = request.GET.getlist(CASES)
        own = Person.objects.filter(pk__in=numbers, caseworker=user_of(request))
        people = list(own.order_by("last_name", "first_name", "pk"))
        if not people:
            raise Http404
        return people

    def title(self, subject: list[Person]) -> str:
        """How many go."""
        return f"Draag {dutch.count(len(subject), *_NOUN)} over"

    def crumbs(self, request: DeskRequest, subject: list[Person]) -> Sequence[Link]:
        """By the list."""
        return [Link("Mensen", reverse("people:list")), Link("Overdragen", "")]

    def form(self, request: DeskRequest, subject: list[Person], data: Any) -> HandOverForm:
        """To whom."""
        return HandOverForm(data, by=user_of(request))

    def save(self, request: DeskRequest, subject: list[Person], form: Any) -> tuple[Done, str]:
        """Hand them over, with a way back."""
        to, numbers = form.cleaned_data["to"], [person.pk for person in subject]
        batch = hand_over(numbers, to=to, by=user_of(request), at=timezone.now())
        text = f"{dutch.capital(dutch.count(len(numbers), *_NOUN))} overgedragen aan {to}."
        return Done(text, undo=_undo_url(batch)), reverse("people:list")

    def more(self, request: DeskRequest, subject: list[Person], form: Any) -> dict[str, Any]:
        """Who goes."""
        note_shown((person.pk for person in subject), ("K3",))
        return {"people": subject}


class HandOverUndo(ButtonView):
    """Takes back what was handed or taken over a moment ago."""

    def subject(self, request: DeskRequest, **keys: Any) -> str:
        """The batch that went together."""
        batch: str = keys["batch"]
        return batch

    def press(
        self, request: DeskRequest, subject: str, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Everybody goes back to where they were."""
        count = take_back(subject, by=by, at=at)
        text = f"{dutch.capital(dutch.count(count, *_NOUN))} teruggenomen."
        return Done(text), self.back(subject)

    def back(self, subject: str) -> str:
        """To the list."""
        return reverse("people:list")


def _take_over(request: DeskRequest, rows: Rows) -> Done:
    numbers = [row.pk for row in rows]
    batch = take_over(numbers, by=user_of(request), at=timezone.now())
    text = (
        f"{dutch.capital(dutch.count(len(numbers), *_NOUN))} overgenomen. Je vindt ze bij Mensen."
    )
    return Done(text, undo=_undo_url(batch))


def _municipalities(request: Any) -> list[tuple[str, str]]:
    rows = without_guide().exclude(address_shield=True).order_by("village__municipality__name")
    return list(rows.values_list("village__municipality", "village__municipality__name").distinct())


class WithoutGuidePage(ListPage):
    """Cases of the office that nobody guides any more: their number and municipality, no more."""

    title = "Dossiers zonder begeleider"
    intro = (
        "Hun begeleider werkt hier niet meer. Vink aan welke je overneemt; pas daarna zie je over "
        "wie het gaat."
    )
    noun = _NOUN
    search = ("case_number",)
    filters = (ChoiceFilter("gemeente", "Gemeente", "village__municipality", _municipalities),)
    columns = (
        Column("Dossier", "case_number", Show.CODE, sort="case_number"),
        Column("Gemeente", "municipality"),
    )
    bulk = (BulkAction("take-over", "Neem over", _take_over),)
    nothing = "Elk dossier van je organisatie heeft een begeleider."

    def rows(self, request: DeskRequest) -> Rows:
        """Those of the office; who hides the address is in no municipality."""
        rows = without_guide().order_by("case_number")
        return rows.exclude(address_shield=True) if request.GET.get("gemeente") else rows

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[NumberRow]:
        """Rows without a name."""
        return number_rows(rows)
