"""Forms of toeleiding: whom to refer, and what belongs to a step."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from koempel.desk.common.days import appointment
from koempel.desk.common.inputs import DayInput
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.referrals.enums import FEWEST_SLOTS, MOST_SLOTS, REASONS, Asks, Reason, Step
from koempel.desk.referrals.rules import NOTHING, Words
from koempel.region import dutch

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
        at = _moment(told["day"], told["hour"])
        return Words(talk_at=at, talk_place=told["place"], by_mail=self.by_mail)


class SlotsForm(StepForm):
    """Several moments, and where somebody is expected."""

    place = TalkForm.base_fields["place"]

    def __init__(self, *args: Any, now: datetime, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._now = now
        for number in range(1, MOST_SLOTS + 1):
            must = number <= FEWEST_SLOTS
            day = forms.DateField(label=f"Dag {number}", widget=DayInput(), required=must)
            hour = forms.TimeField(label=f"Uur {number}", widget=HourInput(), required=must)
            self.fields |= {f"day{number}": day, f"hour{number}": hour}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The day and the hour of each moment."""
        return [(self[f"day{each}"], self[f"hour{each}"]) for each in range(1, MOST_SLOTS + 1)]

    def clean(self) -> dict[str, Any]:
        """Refuse half moments, past ones, and fewer than two."""
        told = super().clean() or {}
        for day, hour in self.pairs:
            self._check(day.name, told.get(day.name), told.get(hour.name))
        if not self.errors and len(set(self._moments())) < FEWEST_SLOTS:
            raise forms.ValidationError("Stel minstens twee verschillende uren voor.")
        return told

    def _check(self, name: str, day: date | None, hour: time | None) -> None:
        if (day is None) != (hour is None) and name not in self.errors:
            self.add_error(name, "Vul de dag en het uur in, of geen van beide.")
        elif day is not None and hour is not None and _moment(day, hour) <= self._now:
            self.add_error(name, "Dat uur is voorbij. Kies een later.")

    def _moments(self) -> list[datetime]:
        told = self.cleaned_data
        pairs = [(told.get(day.name), told.get(hour.name)) for day, hour in self.pairs]
        return [_moment(day, hour) for day, hour in pairs if day and hour is not None]

    def words(self) -> Words:
        """The moments, the first one first."""
        slots = tuple(sorted(set(self._moments())))
        return Words(slots=slots, talk_place=self.cleaned_data["place"], by_mail=self.by_mail)


class SlotForm(StepForm):
    """Which of the offered moments."""

    slot = forms.ChoiceField(
        label="Welk uur?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een uur."},
    )

    def __init__(self, *args: Any, slots: Sequence[datetime], now: datetime, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["slot"]
        field.choices = [
            (each.isoformat(), dutch.capital(appointment(each))) for each in slots if each > now
        ]

    def words(self) -> Words:
        """The moment."""
        slot = datetime.fromisoformat(self.cleaned_data["slot"])
        return Words(talk_at=slot, by_mail=self.by_mail)


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


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


def step_form(step: Step, data: Any, *, now: datetime, slots: Sequence[datetime] = ()) -> StepForm:
    """The form of a step; `slots` are the moments that were offered."""
    if step.asks is Asks.TALK:
        return TalkForm(data, today=timezone.localdate(now))
    if step.asks is Asks.SLOTS:
        return SlotsForm(data, now=now)
    if step.asks is Asks.SLOT:
        return SlotForm(data, slots=slots, now=now)
    if step.asks is Asks.START:
        return StartForm(data)
    if step.asks is Asks.REASON:
        return ReasonForm(data, reasons=REASONS[step.key])
    return StepForm(data)


def answer_form(step: Step, data: Any, *, now: datetime) -> StepForm:
    """The form of a step with who answers, where nobody signed in."""
    form = step_form(step, data, now=now)
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
