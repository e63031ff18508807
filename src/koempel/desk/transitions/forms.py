"""Forms of doorstroom: whom to follow, and what belongs to a step."""

from collections.abc import Sequence
from typing import Any

from django import forms

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.inputs import DayInput, DecimalInput
from koempel.desk.partners.validators import validate_no_national_number
from koempel.desk.transitions.enums import (
    REASONS,
    Asks,
    PauseReason,
    Reason,
    Step,
    View,
)
from koempel.desk.transitions.queries import social_enterprises
from koempel.desk.transitions.rules import NOTHING, Pause, Told

_TEXT = [validate_no_national_number]


def _text(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=300, required=required, validators=_TEXT, help_text=help_text
    )


def _more() -> forms.CharField:
    return _text("Wil je er iets bij zeggen?", help_text="Schrijf niets over gezondheid.")


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput(), help_text=help_text)


class StepForm(forms.Form):
    """A step that needs nothing besides."""

    def told(self) -> Told:
        """What was told."""
        return NOTHING


class ViewForm(StepForm):
    """What the social enterprise thinks."""

    view = forms.ChoiceField(
        label="Wat denken jullie?", choices=View.choices, widget=forms.RadioSelect
    )
    explanation = _more()

    def told(self) -> Told:
        """The view."""
        found = self.cleaned_data
        return Told(view=View(found["view"]), explanation=found["explanation"])


class VisitForm(StepForm):
    """When VDAB came to look."""

    day = _day("Wanneer was het bezoek aan de werkvloer?")
    explanation = _more()

    def told(self) -> Told:
        """The day."""
        return Told(day=self.cleaned_data["day"], explanation=self.cleaned_data["explanation"])


class CoachForm(StepForm):
    """Who guides the trajectory."""

    coach = _text(
        "Wie is de coach?",
        required=True,
        help_text="De naam en de dienst, zoals de persoon ze kent.",
    )

    def told(self) -> Told:
        """The name."""
        return Told(coach=self.cleaned_data["coach"])


class HoursForm(StepForm):
    """Guidance that was given."""

    hours = forms.DecimalField(
        label="Hoeveel uren begeleiding?",
        min_value=0.25,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=DecimalInput(attrs={"step": "0.25"}),
    )
    explanation = _text("Waarover ging het?", help_text="Schrijf niets over gezondheid.")

    def told(self) -> Told:
        """The hours."""
        found = self.cleaned_data
        return Told(hours=found["hours"], explanation=found["explanation"])


class PauseForm(StepForm):
    """From when until when a trajectory stands still."""

    reason = forms.ChoiceField(
        label="Waarom?", choices=PauseReason.choices, widget=forms.RadioSelect
    )
    first = _day("Vanaf welke dag?")
    until = _day(
        "Op welke dag gaat het weer verder?",
        help_text="Alle termijnen hierna schuiven even veel dagen op.",
    )

    def told(self) -> Told:
        """The pause."""
        found = self.cleaned_data
        return Told(pause=Pause(PauseReason(found["reason"]), found["first"], found["until"]))


class StartForm(StepForm):
    """The first day of regular work."""

    day = _day("Wat is de eerste werkdag in het gewone werk?")

    def told(self) -> Told:
        """The day."""
        return Told(day=self.cleaned_data["day"])


class ReasonForm(StepForm):
    """Why it ends."""

    reason = forms.ChoiceField(label="Waarom?", widget=forms.RadioSelect)
    explanation = _more()

    def __init__(self, *args: Any, reasons: Sequence[Reason], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["reason"]
        field.choices = [(each.value, each.label) for each in reasons]

    def told(self) -> Told:
        """The reason."""
        found = self.cleaned_data
        return Told(reason=Reason(found["reason"]), explanation=found["explanation"])


_FORMS: dict[Asks, type[StepForm]] = {
    Asks.NOTHING: StepForm,
    Asks.VIEW: ViewForm,
    Asks.VISIT: VisitForm,
    Asks.COACH: CoachForm,
    Asks.HOURS: HoursForm,
    Asks.PAUSE: PauseForm,
    Asks.START: StartForm,
}


def step_form(step: Step, data: Any) -> StepForm:
    """The form of a step."""
    if step.asks is Asks.REASON:
        return ReasonForm(data, reasons=REASONS[step.key])
    return _FORMS[step.asks](data)


class FollowForm(forms.Form):
    """Where somebody works, and since when."""

    employer: Any = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="In welk sociale-economiebedrijf?",
        empty_label="Kies een bedrijf",
    )
    since = _day("Sinds welke dag?")
    evaluated_on = _day(
        "Wanneer was de laatste evaluatie?",
        required=False,
        help_text="Laat leeg als er nog geen was.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["employer"].queryset = social_enterprises()  # type: ignore[attr-defined]


class HiredForm(forms.Form):
    """Who, of those that a social enterprise hired."""

    referral = forms.ChoiceField(
        label="Wie volgen jullie op?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie je opvolgt."},
    )

    def __init__(self, *args: Any, who: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["referral"]
        field.choices = who
