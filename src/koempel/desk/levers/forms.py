"""Forms about levers."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices

from koempel.desk.common.inputs import DayInput, DecimalInput
from koempel.desk.common.roles import Role
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.levers.actions import Wish
from koempel.desk.levers.enums import KIND_CHOICES, BikeSize, BookingState, Family, kinds_of
from koempel.desk.levers.models import (
    DIRECTIONS,
    ChildcareSite,
    Course,
    Lever,
    LeverBooking,
    LeverPart,
    ShuttleLine,
    ShuttleRun,
)
from koempel.desk.levers.parts import Detail
from koempel.desk.levers.queries import parts_in_words
from koempel.desk.levers.rules import steps_for
from koempel.desk.levers.terms import last_day
from koempel.desk.levers.vouchers import tidy_code
from koempel.desk.partners.forms import HOME, PointField, far_off, village_choices
from koempel.desk.partners.models import Municipality, Village
from koempel.desk.people.case_numbers import tidy_case_number
from koempel.desk.people.disclosures import children_in_reach
from koempel.desk.people.forms import hours_field
from koempel.desk.people.models import Child, Person
from koempel.region.outcome import LeverKind
from koempel.region.rows import Day

DAYS_IN_FULL = dict(
    zip(
        (day.value for day in Day),
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        strict=True,
    )
)


class StepForm(forms.Form):
    """A step of a booking, with the reason where one is needed."""

    step = forms.ChoiceField()
    reason = forms.CharField(
        label="Waarom?", max_length=300, required=False, validators=[validate_no_national_number]
    )

    def __init__(self, data: Any, *, role: Role, booking: LeverBooking) -> None:
        super().__init__(data)
        self._steps = {
            step.to.value: step
            for step in steps_for(role, BookingState(booking.state), booking.lever.family)
        }
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, step.title) for name, step in self._steps.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the step needs one."""
        found: dict[str, Any] = super().clean() or {}
        step = self._steps.get(found.get("step", ""))
        if step and step.asks_why and not found.get("reason"):
            self.add_error("reason", "Schrijf in enkele woorden waarom.")
        return found


class ExtendForm(forms.Form):
    """A later last day."""

    ends_on = forms.DateField(label="Nieuwe laatste dag", widget=DayInput())


class NoMatchForm(forms.Form):
    """That nothing there suits somebody, why, and whether the voucher stays good."""

    KEEP, LET_GO = "houd", "laat-los"

    reason = forms.CharField(
        label="Wat ontbreekt?", max_length=300, validators=[validate_no_national_number]
    )
    then = forms.ChoiceField(choices=[(KEEP, "Hou de bon geldig"), (LET_GO, "Laat de bon los")])


class VoucherForm(forms.Form):
    """The code of a voucher, as it was typed."""

    code = forms.CharField(label="Typ de code van de bon", max_length=40)

    def clean_code(self) -> str:
        """The code as it is stored."""
        return tidy_code(self.cleaned_data["code"])


class StockForm(forms.Form):
    """How many there are of each part, and why that changes."""

    reason = forms.CharField(
        label="Waarom verandert het?",
        max_length=300,
        required=False,
        validators=[validate_no_national_number],
    )

    def __init__(self, data: Any, *, lever: Lever, parts: Iterable[LeverPart]) -> None:
        super().__init__(data)
        self.parts = {f"deel{part.pk}": part for part in parts}
        for name, part in self.parts.items():
            self.fields[name] = forms.IntegerField(
                label=parts_in_words(lever.family, [part]) or f"Aantal {lever.words.units}",
                min_value=part.held + part.out,
                max_value=10_000,
                initial=part.capacity,
                error_messages={
                    "min_value": f"Er zijn er al {part.held + part.out} beloofd of meegegeven."
                },
            )
        self.order_fields([*self.parts, "reason"])

    def wanted(self) -> list[tuple[LeverPart, int]]:
        """Parts with the number that they get."""
        return [(part, self.cleaned_data[name]) for name, part in self.parts.items()]


class WhoForm(forms.Form):
    """For whom, as somebody says it."""

    who = forms.CharField(
        label="Voor wie?", max_length=80, help_text="Een naam, of het nummer van het dossier."
    )


class CaseForm(forms.Form):
    """For whom, by number."""

    dossier = forms.CharField(max_length=12)

    def clean_dossier(self) -> str:
        """The number as it is written."""
        number = tidy_case_number(self.cleaned_data["dossier"])
        if not number:
            raise forms.ValidationError("Dit is geen dossiernummer. Het lijkt op K-7F3Q.")
        return number


class How(TextChoices):
    """What the button of a booking does."""

    ASK = "vraag", "Vraag het aan de partner"
    HOLD = "houd", "Houd het meteen vast"


class HowForm(forms.Form):
    """Which of the two buttons was pressed."""

    how = forms.ChoiceField(choices=How.choices)


class ChildChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic when it runs
    """One of the children of the case."""

    def label_from_instance(self, obj: Child) -> str:
        """The first name and the month of birth."""
        return f"{obj.first_name or 'Kind'}, geboren in {obj.birth_month:%m/%Y}"


class BookingForm(forms.Form):
    """Which parts of a lever, for which child or in which size, from when until when."""

    child = ChildChoice(None, label="Voor welk kind?", empty_label=None)
    size = forms.ChoiceField(
        label="Welke maat?",
        choices=[("", "maakt niet uit"), *BikeSize.choices],
        required=False,
    )
    parts = forms.ModelMultipleChoiceField(
        LeverPart.objects.none(), label="Wanneer?", widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label="Vanaf", widget=DayInput())
    ends_on = forms.DateField(label="Tot en met", required=False, widget=DayInput())
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        lever: Lever,
        person: Person,
        first_day: date,
        key: str,
        codes: Collection[str] = (),
    ) -> None:
        super().__init__(data, initial={"key": key, "starts_on": first_day})
        self.lever = lever
        self._codes = codes
        for name in _without(lever):
            del self.fields[name]
        if last_day(LeverKind(lever.kind), first_day):
            self.fields["ends_on"].help_text = "Leeg is de gewone termijn van deze opvang."
        if "child" in self.fields:
            self._offer_children(person)
        self._offer_parts()

    def _offer_children(self, person: Person) -> None:
        field = self.fields["child"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = children_in_reach(person)
        self.lacks_child = not field.queryset.exists()

    def _offer_parts(self) -> None:
        parts = self.lever.parts.select_related("run")
        if parts.count() == 1:
            del self.fields["parts"]
            return
        field = self.fields["parts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = parts
        self.initial["parts"] = [part.pk for part in parts if part.code in self._codes]
        field.choices = [
            (part.pk, f"{parts_in_words(self.lever.family, [part])}, {_free(part)}")
            for part in parts
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste dag.")
        return found

    def wish(self, case_number: str) -> Wish:
        """What is asked, with the days that the lever itself sets."""
        facts = self.cleaned_data
        first, last = self._days()
        return Wish(
            case_number,
            list(facts.get("parts", self.lever.parts.all())),
            starts_on=first,
            ends_on=last,
            key=facts["key"],
            child=facts.get("child"),
            size=facts.get("size", ""),
        )

    def _days(self) -> tuple[date, date | None]:
        if self.lever.family is Family.TRAINING:
            return self.lever.course.starts_on, self.lever.course.ends_on
        first: date = self.cleaned_data["starts_on"]
        last = self.cleaned_data.get("ends_on")
        return first, last or last_day(LeverKind(self.lever.kind), first)


def _free(part: LeverPart) -> str:
    return f"{part.free} vrij" if part.free else "vol"


_WITHOUT: dict[Family, tuple[str, ...]] = {
    Family.BIKES: ("child", "ends_on"),
    Family.CHILDCARE: ("size",),
    Family.TRAINING: ("child", "size", "starts_on", "ends_on"),
    Family.TRANSPORT: ("child", "size"),
}


def _without(lever: Lever) -> tuple[str, ...]:
    """Fields that say nothing about a lever; a loan ends, what is sold does not."""
    if lever.kind == LeverKind.EBIKE_LOAN:
        return ("child",)
    if lever.kind == LeverKind.BIKE_LESSON:
        return ("child", "size", "ends_on")
    return _WITHOUT[lever.family]


DETAILS: dict[Family, type[Detail]] = {
    Family.CHILDCARE: ChildcareSite,
    Family.TRAINING: Course,
    Family.TRANSPORT: ShuttleLine,
}
_RELATED = {ChildcareSite: "childcare", Course: "course", ShuttleLine: "line"}


_PLACES = {"": "", "from_": " van de opstapplaats", "to_": " van de halte"}
"""Of what a place on the map is, by what the names of its fields begin with."""


class LeverForm(forms.ModelForm[Lever]):
    """A lever with what only its family has, as one form."""

    class Meta:
        model = Lever
        fields = ("kind", "name", "wait_days", "cost_eur", "valid_until", "serves")
        widgets = {
            "valid_until": DayInput(),
            "cost_eur": DecimalInput(),
            "serves": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "wait_days": "Van de vraag tot de dag waarop iemand het heeft.",
            "cost_eur": "In euro, voor de partners samen.",
            "serves": "Niets gekozen is voor iedereen.",
        }

    def __init__(self, data: Any = None, *, instance: Lever, family: Family) -> None:
        super().__init__(data, instance=instance)
        kind, serves = self.fields["kind"], self.fields["serves"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(serves, forms.ModelMultipleChoiceField)
        kinds = {each.value for each in kinds_of(family)}
        kind.choices = [choice for choice in KIND_CHOICES if choice[0] in kinds]
        serves.queryset = Municipality.objects.filter(nis__in=HOME)
        self._model = DETAILS.get(family)
        if self._model is not None:
            self._add_detail(self._model)

    def _add_detail(self, model: type[Detail]) -> None:
        known = getattr(self.instance, _RELATED[model], None) if self.instance.pk else None
        self.detail: Detail = known or model()
        added = forms.fields_for_model(model, exclude=("lever",), widgets={"starts_on": DayInput()})
        if "hours" in added:
            added["hours"] = hours_field("Openingsuren", "Schrijf bijvoorbeeld: ma-vr 6-18.30")
        self._spots = [spot for spot in _PLACES if added.pop(f"{spot}lat", None)]
        for name, field in added.items():
            if (spot := name.removesuffix("lon")) in self._spots:
                self._ask_place(spot)
            else:
                self.fields[name] = field
        self._detail_names = tuple(name for name in added if name in self.fields)
        if known is not None:
            self.initial.update(forms.model_to_dict(known, fields=self._detail_names))

    def _ask_place(self, spot: str) -> None:
        """Ask for a village, which is near enough when nobody knows better, and for a point."""
        village = forms.ModelChoiceField(
            Village.objects.all(), label=f"Dorp{_PLACES[spot]}", required=False
        )
        village.choices = [("", "Kies een dorp"), *village_choices()]
        self.fields[f"{spot}village"] = village
        self.fields[f"{spot}point"] = PointField(
            label=f"Coördinaten{_PLACES[spot]}",
            required=False,
            help_text="Breedte en lengte, zoals 51.0366, 5.2801. Leeg: het midden van het dorp.",
        )
        self._show_place(spot)

    def _show_place(self, spot: str) -> None:
        lon, lat = (getattr(self.detail, f"{spot}{axis}") for axis in ("lon", "lat"))
        if lon is None:
            return
        village = Village.objects.filter(lon=lon, lat=lat).first()
        if village is None:
            self.initial[f"{spot}point"] = (lon, lat)
        else:
            self.initial[f"{spot}village"] = village.pk

    def _place(self, spot: str) -> None:
        """Put a place at its point, or in the middle of its village."""
        village, point = (self.cleaned_data.get(f"{spot}{part}") for part in ("village", "point"))
        if f"{spot}point" in self.errors:
            return
        found = point or (village and village.point)
        if found is None:
            self.add_error(f"{spot}village", "Kies een dorp, of vul de coördinaten in.")
            return
        if said := far_off(found, village):
            self.add_error(f"{spot}point", said)
        for axis, value in zip(("lon", "lat"), found, strict=True):
            setattr(self.detail, f"{spot}{axis}", value)

    def clean(self) -> dict[str, Any] | None:
        """Check what only this family has, too."""
        found = super().clean()
        if self._model is not None:
            for spot in self._spots:
                self._place(spot)
            for name in self._detail_names:
                if name in self.cleaned_data:
                    setattr(self.detail, name, self.cleaned_data[name])
            self._check_detail()
        return found

    def _check_detail(self) -> None:
        wrong = {name for name in self._detail_names if name in self.errors}
        wrong |= {
            f"{spot}{axis}"
            for spot in self._spots
            for axis in ("lon", "lat")
            if self.errors.keys() & {f"{spot}village", f"{spot}point"}
        }
        try:
            self.detail.full_clean(exclude={"lever", *wrong}, validate_constraints=not wrong)
        except forms.ValidationError as error:
            self.add_error(None, error)

    def detail_or_none(self) -> Detail | None:
        """What only this family has."""
        return self.detail if self._model is not None else None


class RunForm(forms.Form):
    """A run of a line: direction, hour, days."""

    direction = forms.ChoiceField(label="Richting", choices=DIRECTIONS)
    time = forms.TimeField(
        label="Uur",
        widget=forms.TimeInput({"type": "time"}),
        help_text="Aankomst bij het werk, of vertrek naar huis.",
    )
    days = forms.MultipleChoiceField(
        label="Dagen", choices=list(DAYS_IN_FULL.items()), widget=forms.CheckboxSelectMultiple
    )

    def run(self) -> ShuttleRun:
        """The run, without its part."""
        facts = self.cleaned_data
        minute = facts["time"].hour * 60 + facts["time"].minute
        return ShuttleRun(direction=facts["direction"], minute=minute, days=facts["days"])
