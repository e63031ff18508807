"""Forms of doorstroom: whom to follow, and what belongs to a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.inputs import DayInput, DecimalInput
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.jobs.widgets import ShiftsField
from koempel.desk.partners.models import Establishment
from koempel.desk.transitions.enums import (
    REASONS,
    Asks,
    PauseReason,
    Reason,
    Step,
    View,
)
from koempel.desk.transitions.queries import hosts, social_enterprises
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


class HostField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    """A place of an employer, told by the employer first."""

    def label_from_instance(self, obj: Any) -> str:
        """Employer, place and village."""
        return f"{obj.organisation}: {obj.name}, {obj.village}"


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


class ContractForm(StepForm):
    """The first day of regular work, and the vacancy that it fills."""

    day = _day("Wat is de eerste werkdag in het gewone werk?")
    vacancy = forms.CharField(
        label="Nummer van de vacature",
        max_length=8,
        required=False,
        help_text="Staat de vacature in Koempel, zoals J-7F3QK2? Dan is haar plaats ingevuld. Laat "
        "anders leeg.",
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._today = today

    def clean_vacancy(self) -> int | None:
        """The open vacancy of a regular employer with this number."""
        number = self.cleaned_data["vacancy"].strip().upper()
        if not number:
            return None
        rows = open_vacancies(self._today).filter(employer__kind=OrganisationKind.EMPLOYER)
        found = rows.filter(number=number).first()
        if found is None or found.seats_left < 1:
            raise forms.ValidationError(
                "Er is geen open vacature van een gewone werkgever met dit nummer."
            )
        return found.pk

    def told(self) -> Told:
        """The day and the vacancy."""
        return Told(day=self.cleaned_data["day"], vacancy=self.cleaned_data["vacancy"])


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
}


def step_form(step: Step, data: Any, *, today: date, vacancy: str = "") -> StepForm:
    """The form of a step; `vacancy` is the number that an internship led to."""
    if step.asks is Asks.REASON:
        return ReasonForm(data, reasons=REASONS[step.key])
    if step.asks is Asks.CONTRACT:
        return ContractForm(data, today=today, initial={"vacancy": vacancy})
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
        field: Any = self.fields["employer"]
        field.queryset = social_enterprises()


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


class AgreementForm(forms.Form):
    """What the parties agree on."""

    host: Any = HostField(
        Establishment.objects.none(),
        label="Waar is de stage?",
        empty_label="Kies een werkgever",
    )
    vacancy = forms.CharField(
        label="Nummer van de vacature",
        max_length=8,
        required=False,
        help_text="Als de stage naar een vacature leidt, zoals J-7F3QK2.",
    )
    first_on = _day("Eerste dag")
    last_on = _day("Laatste dag")
    shifts = ShiftsField(
        label="Uren van de week",
        help_text="Typ zoals je wil: 6, 6u30 of 14:00.",
    )
    host_pays = forms.BooleanField(
        label="De werkgever betaalt het loon terug aan het sociale-economiebedrijf",
        required=False,
    )
    goals = forms.CharField(
        label="Wat leert de persoon in deze stage?",
        max_length=600,
        validators=_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Korte zinnen. Schrijf niets over gezondheid.",
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["host"]
        field.queryset = hosts(today)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Find the vacancy, which must be of the host."""
        cleaned = super().clean() or self.cleaned_data
        number, host = cleaned.get("vacancy", "").strip().upper(), cleaned.get("host")
        cleaned["vacancy"] = None
        if number and host:
            rows = open_vacancies(self._today).filter(number=number)
            cleaned["vacancy"] = rows.filter(employer=host.organisation_id).first()
            if cleaned["vacancy"] is None:
                self.add_error("vacancy", "Deze werkgever heeft geen open vacature met dit nummer.")
        return cleaned


class SignForm(forms.Form):
    """Who signs the text that stands above."""

    name = forms.CharField(label="Wie tekent?", max_length=120, validators=_TEXT)
    agrees = forms.BooleanField(
        label="Ik heb de tekst gelezen en ga akkoord",
        error_messages={"required": "Vink aan dat je akkoord gaat."},
    )
    read = forms.CharField(widget=forms.HiddenInput)
