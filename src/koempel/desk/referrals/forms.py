"""Forms of toeleiding: whom to refer, and what belongs to a step."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from koempel.desk.common.inputs import DayInput
from koempel.desk.partners.validators import validate_no_national_number
from koempel.desk.referrals.enums import REASONS, Asks, Reason, Step
from koempel.desk.referrals.rules import NOTHING, Words

_TEXT = [validate_no_national_number]


class HourInput(forms.TimeInput):
    """An hour with the clock of the browser."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


BY_MAIL = "mail"
"""Name of the button that also mails: which button was pressed is the choice."""


class MailableForm(forms.Form):
    """A form with two buttons, of which one also mails."""

    @property
    def by_mail(self) -> bool:
        """Whether that button was pressed."""
        return self.data.get(BY_MAIL) == "ja"


class StepForm(MailableForm):
    """A step that needs nothing besides."""

    def words(self) -> Words:
        """What was told."""
        return NOTHING


class TalkForm(StepForm):
    """When and where somebody is expected."""

    day = forms.DateField(label="Welke dag?", widget=DayInput())
    hour = forms.TimeField(label="Welk uur?", widget=HourInput())
    place = forms.CharField(
        label="Waar, en bij wie?",
        max_length=300,
        validators=_TEXT,
        help_text="Bijvoorbeeld: Halstraat 1, vraag naar de ploegbaas.",
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._today = today

    def clean_day(self) -> date:
        """Refuse a day that is past."""
        day: date = self.cleaned_data["day"]
        if day < self._today:
            raise forms.ValidationError("Die dag is voorbij. Kies vandaag of later.")
        return day

    def words(self) -> Words:
        """The moment, in the time of here."""
        told = self.cleaned_data
        at = timezone.make_aware(datetime.combine(told["day"], told["hour"]))
        return Words(talk_at=at, talk_place=told["place"], by_mail=self.by_mail)


class StartForm(StepForm):
    """The first day of work."""

    starts_on = forms.DateField(label="Wat is de eerste werkdag?", widget=DayInput())

    def words(self) -> Words:
        """The day."""
        return Words(starts_on=self.cleaned_data["starts_on"])


class ReasonForm(StepForm):
    """Why it ends."""

    reason = forms.ChoiceField(label="Waarom?", widget=forms.RadioSelect)
    explanation = forms.CharField(
        label="Wil je er iets bij zeggen?",
        max_length=300,
        required=False,
        validators=_TEXT,
        help_text="Schrijf niets over gezondheid.",
    )

    def __init__(self, *args: Any, reasons: Sequence[Reason], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["reason"]
        field.choices = [(each.value, each.label) for each in reasons]

    def words(self) -> Words:
        """The reason."""
        told = self.cleaned_data
        return Words(reason=Reason(told["reason"]), explanation=told["explanation"])


def step_form(step: Step, data: Any, *, today: date) -> StepForm:
    """The form of a step."""
    if step.asks is Asks.TALK:
        return TalkForm(data, today=today)
    if step.asks is Asks.START:
        return StartForm(data)
    if step.asks is Asks.REASON:
        return ReasonForm(data, reasons=REASONS[step.key])
    return StepForm(data)


def answer_form(step: Step, data: Any, *, today: date) -> StepForm:
    """The form of a step with who answers, where nobody signed in."""
    form = step_form(step, data, today=today)
    form.fields["name"] = forms.CharField(label="Wie antwoordt?", max_length=120, validators=_TEXT)
    return form


class ReferForm(MailableForm):
    """Whom to refer, and what the employer should know."""

    who = forms.MultipleChoiceField(
        label="Wie verwijs je?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één persoon."},
    )
    message = forms.CharField(
        label="Wat moet de werkgever weten?",
        max_length=300,
        required=False,
        validators=_TEXT,
        help_text="De werkgever ziet de naam, het telefoonnummer en deze tekst. "
        "Schrijf niets over gezondheid of schulden.",
    )

    def __init__(self, *args: Any, who: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["who"]
        field.choices = who


class SeatForm(MailableForm):
    """To which vacancy, and what the employer should know."""

    vacancy = forms.ChoiceField(
        label="Naar welke vacature?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een vacature."},
    )
    message = ReferForm.base_fields["message"]

    def __init__(self, *args: Any, vacancies: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["vacancy"]
        field.choices = vacancies
