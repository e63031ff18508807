"""Who may look: grants, emergency access, the confidential part, the access log."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.actions import give_grant, open_break_glass, withdraw_grant
from koempel.desk.accounts.models import AccessGrant, DataClass, User
from koempel.desk.accounts.queries import AccessLine, access_log, grants_of_person
from koempel.desk.accounts.rules import Term
from koempel.desk.common.days import midnight
from koempel.desk.people import actions
from koempel.desk.people.forms import BreakGlassForm, ConfidentialForm, GrantForm
from koempel.desk.people.models import ConfidentialNote, Person
from koempel.desk.people.queries import note_shown
from koempel.desk.web.context import Door, Menu
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link, Status, Tone
from koempel.desk.web.views.people.entries import CaseForm
from koempel.desk.web.views.people.found import Deed, address, find, way_to
from koempel.desk.web.views.people.words import classes_in_words
from koempel.errors import KoempelError
from koempel.region import dutch


class ConfidentialPage(CaseForm):
    """The confidential part: every reading stands in the trail."""

    heading = "Vertrouwelijk deel"
    button = "Bewaar vertrouwelijk"
    intro = "Alleen wie dit dossier begeleidt. Elke keer dat iemand dit opent, wordt genoteerd."
    shows = ("K3", "K6")
    template = "web/people/confidential.html"

    def fill(self, person: Person, key: int | None, data: Any = None) -> ConfidentialForm:
        """An empty form."""
        return ConfidentialForm(data)

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """The notes that stand."""
        notes = ConfidentialNote.objects.filter(person=person).select_related("by")
        shown = [{"at": note.at, "by": note.by.name, "text": note.text} for note in notes]
        return {"notes": shown}

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Add the note."""
        actions.write_confidential_note(person, text=form.cleaned_data["text"], by=by, at=at)
        return Done("De notitie staat in het vertrouwelijke deel.")

    def after(self, person: Person) -> str:
        """Here again."""
        return address(person.case_number, "confidential")


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant in words."""

    who: str
    purpose: str
    what: str
    until: Status
    withdraw_url: str


class GrantsPage(CaseForm):
    """Who may look at this case, and giving that to one more."""

    heading = "Wie mag meekijken?"
    button = "Geef inzage"
    intro = "Geef nooit meer dan nodig is. Elke inzage heeft een doel, een grond en een einde."
    template = "web/people/grants.html"

    def fill(self, person: Person, key: int | None, data: Any = None) -> GrantForm:
        """An empty form."""
        return GrantForm(data, by=user_of(self.request))

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """The grants that were given."""
        now = timezone.now()
        grants = grants_of_person(person.case_number)
        return {
            "is_mine": person.caseworker_id == user_of(self.request).pk,
            "grants": [_grant_line(person, grant, now) for grant in grants],
        }

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Give it, and put it on the timeline."""
        asked = form.cleaned_data
        end = midnight(asked["until"] + timedelta(days=1))
        give_grant(
            person.case_number,
            to=asked["to"],
            purpose=asked["purpose"],
            classes=[DataClass.K2.value, *asked["classes"]],
            basis=asked["basis"],
            evidence=asked["evidence"],
            term=Term(at, end),
            by=by,
        )
        title, text = f"Inzage voor {asked['to']}", f"tot en met {dutch.day(asked['until'])}"
        actions.note_access(person, title=title, text=text, by=by, at=at)
        return Done(f"{asked['to']} mag meekijken {text}.")

    def after(self, person: Person) -> str:
        """Here again."""
        return address(person.case_number, "grants")


def _grant_line(person: Person, grant: AccessGrant, now: datetime) -> GrantLine:
    holds = grant.withdrawn_at is None and grant.valid_until >= now
    until = Status(dutch.day(timezone.localdate(grant.valid_until)), Tone.GOOD)
    if grant.withdrawn_at is not None:
        until = Status(f"beëindigd op {dutch.day(timezone.localdate(grant.withdrawn_at))}")
    elif not holds:
        until = Status("voorbij")
    url = address(person.case_number, "grant-withdraw", key=grant.pk) if holds else ""
    what = classes_in_words(grant.classes)
    return GrantLine(str(grant.to_organisation), grant.purpose, what, until, url)


class GrantWithdrawn(Deed):
    """Ends a grant at once."""

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """The grant ends."""
        grant = grants_of_person(person.case_number).filter(pk=key or 0).first()
        if grant is None:
            raise Http404
        withdraw_grant(grant, by=by, on=at)
        title = f"Inzage beëindigd voor {grant.to_organisation}"
        actions.note_access(person, title=title, text="", by=by, at=at)
        return Done(f"{grant.to_organisation} kan dit dossier niet meer zien.")


class BreakGlassPage(FormPage):
    """An hour of access to a case of the own organisation that one does not guide."""

    door = Door("Noodtoegang", "warn", 50, Menu.OWN)
    button = "Open het dossier een uur"
    intro = (
        "Een uur lang één dossier van je organisatie openen dat je niet begeleidt. Wissen, inzage "
        "geven of alles meenemen kan dan niet."
    )

    def title(self, subject: None) -> str:
        """What is done here."""
        return "Noodtoegang"

    def crumbs(self, request: DeskRequest, subject: None) -> Sequence[Link]:
        """By the list."""
        return [Link("Mensen", reverse("people:list")), Link("Noodtoegang", "")]

    def form(self, request: DeskRequest, subject: None, data: Any) -> BreakGlassForm:
        """Which case, and why."""
        return BreakGlassForm(data, initial={"case_number": request.GET.get("dossier", "")[:12]})

    def save(self, request: DeskRequest, subject: None, form: Any) -> tuple[Done, str]:
        """Open the case; a foreign number gets the answer of an absent one."""
        number = form.cleaned_data["case_number"]
        if not Person.objects.filter(case_number=number).exists():
            raise KoempelError("Dit dossier is er niet, of het is niet van jullie organisatie.")
        reason = form.cleaned_data["reason"]
        open_break_glass(number, reason=reason, by=user_of(request), on=timezone.now())
        return Done("Het dossier is een uur open. Je reden wordt nagekeken."), address(number)


class AccessLogPage(View):
    """Who looked at a case, as the person may know it."""

    def get(self, request: DeskRequest, case: str) -> HttpResponse:
        """The log of a year."""
        person = find(case)
        note_shown([person.case_number], ("K2",))
        lines = access_log(person.case_number, until=timezone.now())
        content = {"crumbs": way_to(case, "Wie keek in dit dossier?"), "lines": _by_day(lines)}
        return render(request, "web/people/log.html", content)


@dataclass(frozen=True, slots=True)
class LookedOn:
    """Who looked on a day, for what, at what, and how often."""

    on: date
    who: str
    purpose: str
    what: str
    count: str


def _by_day(lines: Sequence[AccessLine]) -> list[LookedOn]:
    """The log as the person may know it: by day, what is the same counted together."""
    counted = Counter((timezone.localdate(line.at), *_told_of(line)) for line in lines)
    return [LookedOn(*told, dutch.count(count, "keer", "keer")) for told, count in counted.items()]


def _told_of(line: AccessLine) -> tuple[str, str, str]:
    what = classes_in_words(line.classes)
    return f"{line.organisation}, {line.role}", line.purpose, what
