"""The whole case at once: all that is kept, erasing it, and when it goes by itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.people import actions
from koempel.desk.people.exports import as_data, everything_about
from koempel.desk.people.forms import EraseForm
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.people.retention import WARN_DAYS, going_by, terms
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link, Status, Tone
from koempel.desk.web.views.people.found import address, find, way_to
from koempel.region import parameters

_TERM_WORDS = {
    "retention.case": "Dossier van wie niet aan het werk is",
    "retention.placed": "Dossier van wie aan het werk is",
    "retention.note": "Notities",
}


class EverythingPage(View):
    """All that is kept about a person, to read."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """Every table, every field."""
        person = find(case)
        note_shown([case], ALL_CLASSES)
        content = {
            "title": person.name,
            "crumbs": way_to(case, "Alles wat we bewaren"),
            "parts": everything_about(case),
            "actions": [Link("Neem mee als bestand", address(case, "everything-file"))],
        }
        return render(request, "web/people/everything.html", content)


class EverythingFile(View):
    """The same as a file."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """JSON with the names of the fields."""
        find(case)
        note_shown([case], ALL_CLASSES)
        options = {"ensure_ascii": False, "indent": 2}
        answer = JsonResponse(as_data(everything_about(case)), json_dumps_params=options)
        answer["Content-Disposition"] = f'attachment; filename="{case}.json"'
        return answer


class ErasePage(FormPage):
    """Erasing a case for good."""

    button = "Wis alles"
    template = "web/people/form.html"

    def subject(self, request: DeskRequest, **keys: Any) -> str:
        """The number of a case within reach."""
        return find(keys["case"]).case_number

    def title(self, subject: str) -> str:
        """What is done here."""
        return "Wis dit dossier"

    def crumbs(self, request: DeskRequest, subject: str) -> Sequence[Link]:
        """By the case."""
        return way_to(subject, "Wis dit dossier")

    def form(self, request: DeskRequest, subject: str, data: Any) -> EraseForm:
        """The number to type."""
        return EraseForm(data, expected=subject)

    def save(self, request: DeskRequest, subject: str, form: Any) -> tuple[Done, str]:
        """Erase it."""
        actions.erase_person(subject, on=timezone.localdate())
        text = f"Dossier {subject} is gewist. Alleen het nummer en de dag blijven."
        return Done(text), reverse("people:list")

    def more(self, request: DeskRequest, subject: str, form: Any) -> dict[str, Any]:
        """What goes."""
        return {
            "warning": "Alles gaat weg: gegevens, kinderen, rechten, drempels, tijdlijn, "
            "vertrouwelijke notities en gegeven inzage. Wat partners vasthouden, komt vrij. "
            "Dit kan niet ongedaan gemaakt worden.",
        }


class RetentionPage(View):
    """What goes by itself soon, and the terms of today."""

    def get(self, request: DeskRequest) -> HttpResponse:
        """A preview for the people within reach."""
        today = timezone.localdate()
        going = going_by(today + timedelta(days=WARN_DAYS), today=today)
        note_shown((each.case_number for each in going), ("K2",))
        of_today = [row for row in terms().rows if row.holds_on(today)]
        content = {
            "crumbs": [Link("Mensen", reverse("people:list")), Link("Bewaartermijnen", "")],
            "waits": not settings.TERMS_AGREED and not all(map(_is_sure, of_today)),
            "going": [
                {
                    "case_number": each.case_number,
                    "what": each.what,
                    "why": each.why,
                    "on": each.on,
                    "url": address(each.case_number),
                }
                for each in going
            ],
            "terms": [_term(row) for row in of_today],
        }
        return render(request, "web/people/retention.html", content)


def _is_sure(row: parameters.PolicyParameter) -> bool:
    return row.status is parameters.Status.CONFIRMED


def _term(row: parameters.PolicyParameter) -> dict[str, Any]:
    status = Status("bevestigd", Tone.GOOD) if _is_sure(row) else Status("nog te bevestigen")
    return {
        "what": _TERM_WORDS[row.key],
        "months": row.value,
        "source": row.unit,
        "status": status,
    }
