"""Pages that write something down: the person, a step, a note, a child, a right, an obstacle."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.accounts.models import User
from koempel.desk.people import actions
from koempel.desk.people.forms import (
    ChildForm,
    ClearObstacleForm,
    NextStepForm,
    NoteForm,
    ObstacleForm,
    PersonForm,
    RegisterForm,
    RightForm,
)
from koempel.desk.people.hours import hours_in_words
from koempel.desk.people.models import Child, Person, PersonObstacle, SupportRight
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.people.found import Deed, address, child_of, find, way_to
from koempel.region import dutch


class CaseForm(FormPage):
    """A form about a case: a page of a part says which form, and what saving does.

    Attributes
    ----------
    heading : str
        The title of the page.
    shows : tuple of str
        Classes of data that the page shows of the person.
    """

    heading: ClassVar[str]
    shows: ClassVar[tuple[str, ...]] = ("K3",)
    template = "web/people/form.html"

    def fill(self, person: Person, key: int | None, data: Any = None) -> forms.BaseForm:
        """The form, filled with what is known."""
        raise NotImplementedError

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write it down, and say so."""
        raise NotImplementedError

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """What the template needs besides."""
        return {}

    def after(self, person: Person) -> str:
        """Where to go on."""
        return address(person.case_number)

    def subject(self, request: DeskRequest, **keys: Any) -> Person:
        """The person."""
        return find(keys["case"])

    def title(self, subject: Person) -> str:
        """What is done here."""
        return self.heading

    def crumbs(self, request: DeskRequest, subject: Person) -> Sequence[Link]:
        """By the case."""
        return way_to(subject.case_number, self.heading)

    def form(self, request: DeskRequest, subject: Person, data: Any) -> forms.BaseForm:
        """The form, filled with what is known."""
        return self.fill(subject, self.kwargs.get("key"), data)

    def save(self, request: DeskRequest, subject: Person, form: Any) -> tuple[Done, str]:
        """Write it down."""
        done = self.write(subject, form, by=user_of(request), at=timezone.now())
        return done, self.after(subject)

    def more(self, request: DeskRequest, subject: Person, form: Any) -> dict[str, Any]:
        """The name, where it is shown."""
        note_shown([subject.case_number], self.shows)
        return {
            "kicker": subject.name if "K3" in self.shows else "",
            **self.beside(subject, form, self.kwargs.get("key")),
        }


class HoursInWords(View):
    """What typed hours mean, while one types; nothing of a person comes by."""

    def get(self, request: DeskRequest) -> HttpResponse:
        """One sentence."""
        typed = request.GET.get("away") or request.GET.get("care_hours") or ""
        return HttpResponse(hours_in_words(typed[:400]), content_type="text/plain; charset=utf-8")


class RegisterPage(FormPage):
    """A new person."""

    button = "Schrijf in"
    intro = "Alleen wat het plan nodig heeft. Geen rijksregisternummer, geen geboortedag."
    template = "web/people/form.html"

    def title(self, subject: None) -> str:
        """What is done here."""
        return "Schrijf iemand in"

    def crumbs(self, request: DeskRequest, subject: None) -> Sequence[Link]:
        """By the list."""
        return [Link("Mensen", reverse("people:list")), Link("Schrijf iemand in", "")]

    def form(self, request: DeskRequest, subject: None, data: Any) -> RegisterForm:
        """With today filled in; sent, it warns that there may be a case already."""
        today = timezone.localdate()
        initial = {"registered_on": today, "available_from": today}
        return RegisterForm(
            data,
            initial=initial | {"hours_min": 19, "hours_max": 38},
            organisation=user_of(request).organisation,
            hours_url=reverse("people:hours"),
        )

    def save(self, request: DeskRequest, subject: None, form: Any) -> tuple[Done, str]:
        """Open the case."""
        user = user_of(request)
        person = actions.register_person(form.facts(), by=user, at=timezone.now())
        said = Done(f"{person.name} is ingeschreven als {person.case_number}.")
        return said, address(person.case_number)

    def more(self, request: DeskRequest, subject: None, form: Any) -> dict[str, Any]:
        """The fields in groups; whoever looks the same is told by number."""
        note_shown(form.duplicates, ("K3",))
        return {"groups": form.grouped(), "away_words": _away_words(form)}


def _away_words(form: PersonForm) -> str:
    typed = form["away"].value()
    return hours_in_words(typed) if typed else ""


class EditPage(CaseForm):
    """The facts of a person."""

    heading = "Bewerk de gegevens"
    button = "Bewaar"
    intro = "Wat je verandert, staat daarna op de tijdlijn; de oude waarde niet."
    shows = tuple(sorted(ALL_CLASSES - {"K5"}))

    def fill(self, person: Person, key: int | None, data: Any = None) -> PersonForm:
        """The form, filled."""
        return PersonForm(data, instance=person, hours_url=reverse("people:hours"))

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """The fields in groups."""
        return {"groups": form.grouped(), "away_words": _away_words(form)}

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write down what changed."""
        changed = actions.change_facts(person, form.facts(), by=by, at=at)
        if not changed:
            return Done("Er was niets veranderd.")
        return Done(f"Bewaard: {dutch.joined(changed)}.")


class NextStepPage(CaseForm):
    """What happens next; the step that stands can be ticked off."""

    heading = "Volgende stap"
    button = "Spreek deze stap af"

    def fill(self, person: Person, key: int | None, data: Any = None) -> NextStepForm:
        """An empty form: a next step is a new one."""
        return NextStepForm(data)

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """The step that stands, with its button."""
        if not person.next_step or person.next_step_on is None:
            return {}
        return {
            "warning": f"Nu staat er: {person.next_step}, tegen {dutch.day(person.next_step_on)}.",
            "deed_url": address(person.case_number, "step-done"),
            "deed_title": "Die stap is gedaan",
        }

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Agree the step."""
        what, due = form.cleaned_data["what"], form.cleaned_data["due"]
        actions.set_next_step(person, what=what, due=due, by=by, at=at)
        return Done(f"Afgesproken: {what}, tegen {dutch.day(due)}.")


class StepDone(Deed):
    """Ticks off the next step."""

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """The step was taken."""
        actions.finish_next_step(person, by=by, at=at)
        return Done("De stap is gedaan. Kies nu de volgende.")


class NotePage(CaseForm):
    """A note on the timeline."""

    heading = "Noteer iets"
    button = "Zet op de tijdlijn"
    intro = "Schrijf wat er gebeurde of wat je afsprak. Wat vertrouwelijk is, hoort hier niet."

    def fill(self, person: Person, key: int | None, data: Any = None) -> NoteForm:
        """An empty form."""
        return NoteForm(data)

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write it down, with a way back."""
        entry = actions.note_down(person, **form.cleaned_data, by=by, at=at)
        undo = address(person.case_number, "note-undo", key=entry.pk)
        return Done("De notitie staat op de tijdlijn.", undo=undo)


class NoteUndo(Deed):
    """Takes a note back."""

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """The note goes."""
        actions.take_back_note(child_of(person, "timeline", key or 0), by=by, at=at)
        return Done("De notitie is weg.")


class ChildPage(CaseForm):
    """A child, new or changed."""

    heading = "Kind"
    button = "Bewaar"
    shows = ("K3", "K5")

    def fill(self, person: Person, key: int | None, data: Any = None) -> ChildForm:
        """The form, filled when the child is known."""
        child = child_of(person, "children", key) if key else Child(person=person)
        return ChildForm(data, instance=child)

    def beside(self, person: Person, form: Any, key: int | None) -> dict[str, Any]:
        """A button to take the child off the case."""
        if key is None:
            return {}
        url = address(person.case_number, "child-gone", key=key)
        return {"deed_url": url, "deed_title": "Haal dit kind uit het dossier"}

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write it down."""
        actions.save_child(form.save(commit=False), by=by, at=at)
        return Done("Het kind staat in het dossier.")


class ChildRemoved(Deed):
    """Takes a child off the case."""

    def do(self, person: Person, *, by: User, at: datetime, key: int | None) -> Done:
        """The child goes."""
        actions.remove_child(child_of(person, "children", key or 0), by=by, at=at)
        return Done("Het kind is uit het dossier gehaald.")


class RightPage(CaseForm):
    """A decision on a right, new or changed."""

    heading = "Recht"
    button = "Schrijf op"
    intro = "Koempel rekent geen recht uit. Schrijf over wat VDAB of OCMW besliste."
    shows = ("K3", "K4")

    def fill(self, person: Person, key: int | None, data: Any = None) -> RightForm:
        """The form, filled when the decision is known."""
        right = child_of(person, "rights", key) if key else SupportRight(person=person)
        return RightForm(data, instance=right)

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write it down."""
        actions.save_right(form.save(commit=False), by=by, at=at)
        return Done("De beslissing staat in het dossier.")


class ObstaclePage(CaseForm):
    """A new obstacle."""

    heading = "Wat staat in de weg?"
    button = "Schrijf op"

    def fill(self, person: Person, key: int | None, data: Any = None) -> ObstacleForm:
        """The form, with today filled in."""
        obstacle = PersonObstacle(person=person)
        return ObstacleForm(data, instance=obstacle, initial={"since": timezone.localdate()})

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write it down."""
        actions.record_obstacle(form.save(commit=False), by=by, at=at)
        return Done("De drempel staat in het dossier.")


class ClearObstaclePage(CaseForm):
    """An obstacle that is gone."""

    heading = "Drempel weg"
    button = "De drempel is weg"
    shows = ("K3", "K4")

    def fill(self, person: Person, key: int | None, data: Any = None) -> ClearObstacleForm:
        """The form, with today filled in."""
        self._obstacle: PersonObstacle = child_of(person, "obstacles", key or 0)
        return ClearObstacleForm(data, initial={"on": timezone.localdate()})

    def write(self, person: Person, form: Any, *, by: User, at: datetime) -> Done:
        """Write down what took it away."""
        actions.clear_obstacle(self._obstacle, **form.cleaned_data, by=by, at=at)
        return Done("Mooi. De drempel is weg.")
