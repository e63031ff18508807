"""Forms about work: why and when it ended."""

from datetime import date
from typing import Any

from django import forms

from koempel.desk.common.inputs import DayInput
from koempel.desk.partners.validators import validate_no_national_number
from koempel.desk.placements.enums import EndReason
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
