"""The question for whom a lever is asked: by name or number, among the people within reach.

The words are sent, and stand in no address: a name does not belong there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from koempel.desk.levers.forms import WhoForm
from koempel.desk.levers.models import Lever
from koempel.desk.people.queries import SEARCHED, PersonRow, people_in_reach, person_rows
from koempel.desk.web.pages.listing import matching
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.views.levers.addresses import book_url, lever_crumbs

MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Who could be meant: the first ones, and how many more there are."""

    people: Sequence[tuple[PersonRow, str]]
    """Each with where one goes on with them."""
    more: int


def for_whom(request: DeskRequest, lever: Lever) -> HttpResponse:
    """Ask for whom, and lead on to the one who was meant."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    found = _found(lever, form.cleaned_data["who"].split()) if form.is_valid() else None
    if found and len(found.people) == 1:
        return HttpResponseRedirect(found.people[0][1])
    if found and not found.people:
        form.add_error("who", "We vinden niemand. Kijk de naam na, of typ het nummer.")
    content = {
        "title": f"{lever}: voor wie?",
        "crumbs": lever_crumbs(request, lever, "Vraag", is_below=True),
        "form": form,
        "found": found,
    }
    return render(request, "web/levers/for_whom.html", content, status=422 if form.errors else 200)


def _found(lever: Lever, words: Sequence[str]) -> Found:
    rows = matching(people_in_reach(), SEARCHED, words).order_by("known_last_name", "pk")
    first = person_rows(list(rows[:MOST]), at=timezone.now())
    people = [(each, book_url(lever.pk, each.case_number)) for each in first]
    # Counted only where there can be more: the usual answer is one person.
    return Found(people, more=rows.count() - MOST if len(first) == MOST else 0)
