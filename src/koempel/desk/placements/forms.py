"""Forms about work: whether it goes on, and why and when it ended."""

from datetime import date
from typing import Any

from django import forms

from koempel.desk.common.inputs import DayInput
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.placements.actions import Told
from koempel.desk.placements.enums import Answer, EndReason, Party
from koempel.desk.placements.rules import End

_TEXT = [validate_no_national_number]


class EndForm(forms.Form):
    """The last day of work, and why it ended."""

    ended_on = forms.DateField(label="Wat was de laatste werkdag?", widget=DayInput())
    reason = forms.ChoiceField(
        label="Waarom stopte het?", widget=forms.RadioSelect, choices=EndReason.choices
    )
    explanation = forms.CharField(
        label="Wil je er iets bij zeggen?",
        max_length=300,
        required=False,
        validators=_TEXT,
        help_text="Schrijf niets over gezondheid.",
    )

    def __init__(self, *args: Any, started_on: date, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._started_on, self._today = started_on, today

    def clean_ended_on(self) -> date:
        """Refuse a day before the first one, or one that has still to come."""
        day: date = self.cleaned_data["ended_on"]
        if day < self._started_on:
            raise forms.ValidationError("Die dag ligt voor de eerste werkdag.")
        if day > self._today:
            raise forms.ValidationError("Die dag moet nog komen. Kies vandaag of vroeger.")
        return day

    def end(self) -> End:
        """What was told."""
        told = self.cleaned_data
        return End(told["ended_on"], EndReason(told["reason"]), told["explanation"])


WELL, NEEDS = "ja", "nee"


class GoesOnForm(forms.Form):
    """That work goes on: whether all is fine, and what is needed."""

    goes_well = forms.ChoiceField(
        label="Loopt alles goed?",
        widget=forms.RadioSelect,
        choices=((WELL, "Ja, het loopt goed"), (NEEDS, "Er is iets nodig")),
    )
    needs = forms.CharField(
        label="Wat is er nodig?",
        max_length=300,
        required=False,
        validators=_TEXT,
        help_text="Bijvoorbeeld vervoer, opvang of een taalles. Schrijf niets over gezondheid.",
    )


def answer_form(
    answer: Answer, data: Any, *, is_working: bool, started_on: date, today: date
) -> forms.Form:
    """The form of an answer."""
    if answer is Answer.YES:
        return GoesOnForm(data)
    if answer is Answer.NO and is_working:
        return EndForm(data, started_on=started_on, today=today)
    return forms.Form(data)


def for_person(form: forms.Form) -> forms.Form:
    """The same form, in words to the person."""
    words = {
        "goes_well": "Loopt het goed op je werk?",
        "needs": "Welke ondersteuning heb je nodig?",
        "ended_on": "Wat was je laatste werkdag?",
    }
    for name, label in words.items():
        if name in form.fields:
            form.fields[name].label = label
    return form


def with_name(form: forms.Form) -> forms.Form:
    """The same form, with who answers: where nobody signed in."""
    form.fields["name"] = forms.CharField(label="Wie antwoordt?", max_length=120, validators=_TEXT)
    return form


def with_party(form: forms.Form) -> forms.Form:
    """The same form, with who said it: where a guide writes it down."""
    field = forms.ChoiceField(
        label="Wie vertelde het?", widget=forms.RadioSelect, choices=Party.choices
    )
    form.fields = {"party": field, **form.fields}
    return form


def told_in(form: forms.Form, answer: Answer, party: Party) -> Told:
    """What was said in a form that is right."""
    said = form.cleaned_data
    well = said.get("goes_well")
    return Told(
        answer,
        party,
        goes_well=None if well is None else well == WELL,
        needs=said.get("needs", ""),
        end=form.end() if isinstance(form, EndForm) else None,
    )
