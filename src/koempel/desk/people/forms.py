"""What people fill in about a person: in their own words where the planner wants codes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, ClassVar

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField

from koempel.desk.accounts.models import Basis, DataClass, Organisation, User
from koempel.desk.accounts.rules import GRANT_LASTS_AT_MOST
from koempel.desk.common.inputs import DayInput
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.wishes import WantedWorkField
from koempel.desk.partners.models import Village
from koempel.desk.people import enums
from koempel.desk.people.case_numbers import tidy_case_number
from koempel.desk.people.enums import choices_of
from koempel.desk.people.hours import hours_from, hours_in_words
from koempel.desk.people.models import Child, Person, PersonObstacle, SupportRight
from koempel.desk.people.places import cell
from koempel.desk.people.queries import colleagues, possible_duplicates
from koempel.desk.people.validators import validate_codes
from koempel.region import vocabulary
from koempel.region.rows import CareKind
from koempel.region.windows import WindowsError

_TEXT = [validate_no_national_number]
_SKILLS: list[tuple[str, str]] = sorted(vocabulary.SKILLS.items(), key=itemgetter(1))
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


_DASHES = BLANK_CHOICE_DASH[0]


class Choosing(forms.BaseForm):
    """A form whose empty choices say what to do, where Django puts dashes."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for field in self.fields.values():
            choices = list(getattr(field, "choices", ()))
            if choices[:1] == [_DASHES]:
                field.choices = [("", "Kies"), *choices[1:]]  # type: ignore[attr-defined] # the stubs know Field alone


class CodesField(forms.CharField):
    """Codes in one line, with spaces or commas between them."""

    def prepare_value(self, value: Any) -> Any:
        """The codes as one line."""
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The codes as a list, each once."""
        words = str(value or "").upper().replace(",", " ").replace(";", " ").split()
        return list(dict.fromkeys(words))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the list is another one."""
        return bool((initial or []) != self.to_python(data))


class ChoicesField(forms.MultipleChoiceField):
    """Several of a table of words, as boxes to tick; the value is a list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, words: Mapping[StrEnum, str], **rest: Any) -> None:
        super().__init__(choices=choices_of(words), required=False, **rest)


class HoursField(forms.CharField):
    """Weekly hours in Dutch or in the planner's notation; the value is the notation."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(max_length=400, **rest)

    def prepare_value(self, value: Any) -> Any:
        """Known hours in Dutch words, which read back the same."""
        words = hours_in_words(value) if value else ""
        return words if words and _reads_back(words, value) else value

    def to_python(self, value: Any) -> Any:
        """The notation."""
        text = super().to_python(value)
        if text in self.empty_values:
            return ""
        try:
            return hours_from(str(text))
        except WindowsError as error:
            raise forms.ValidationError(
                "Deze uren kunnen we niet lezen. Schrijf bijvoorbeeld «ma-vr 6-14», of "
                "«maandag tot vrijdag van 6.30 tot 14 uur; zaterdag van 8 tot 12 uur».",
                code="windows",
            ) from error


def _reads_back(words: str, value: str) -> bool:
    try:
        return hours_from(words) == hours_from(value)
    except WindowsError:
        return False


class MonthField(forms.CharField):
    """A month, stored as its first day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2024-09"})

    def prepare_value(self, value: Any) -> Any:
        """The month as the browser writes it."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        """The first day of the month."""
        text = super().to_python(value) or ""
        try:
            return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else self._wrong()
        except ValueError:
            return self._wrong()

    def _wrong(self) -> date:
        raise forms.ValidationError("Schrijf het jaar en de maand, zoals 2024-09.", code="month")


def hours_field(label: str, help_text: str, words_url: str = "", **rest: Any) -> HoursField:
    """A field for weekly hours; with an address it says them in words while one types."""
    live = {
        "hx-get": words_url,
        "hx-trigger": "input changed delay:300ms",
        "hx-target": "next .live",
    }
    widget = forms.TextInput(attrs=live if words_url else {})
    return HoursField(label=label, help_text=help_text, widget=widget, **rest)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a title that says why they are asked."""

    title: str
    why: str
    fields: Sequence[BoundField]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg] # generic in its stubs only
    """The facts of a person: what the planner needs and no more."""

    modes = ChoicesField(enums.MODE_WORDS, label="Eigen vervoer")
    needs = ChoicesField(
        enums.NEED_WORDS,
        label="Nodig op het werk",
        help_text="Wat het werk niet mag vragen. Schrijf nergens een diagnose.",
    )
    skills = forms.MultipleChoiceField(
        label="Kan al",
        choices=_SKILLS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licences = CodesField(
        label="Rijbewijzen",
        required=False,
        validators=[validate_codes],
        help_text="De letters, zoals B of C.",
    )
    wants = WantedWorkField(
        label="Gewenst werk",
        required=False,
        help_text="Typ een woord en kies een beroep, zoals kassa of poetsen. Een hele sector kan "
        "ook, zoals Zorg.",
    )
    away = hours_field(
        "Kan van huis zijn",
        "Met de reis erbij. Schrijf bijvoorbeeld: ma-vr 6-19; za 8-12",
    )

    groups: ClassVar[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
        ("Wie", "Naam en contact ziet alleen wie begeleidt.",
         ("first_name", "last_name", "phone", "email")),
        ("Waar", "Het plan rekent met het midden van het dorp of de wijk.",
         ("village", "address_shield")),
        ("Onderweg", "Hiermee zoekt het plan welke jobs bereikbaar zijn.",
         ("modes", "cycling", "licences", "max_travel_min")),
        ("Wanneer", "Uren waarop iemand kan werken, de reis inbegrepen.",
         ("away", "hours_min", "hours_max", "available_from", "registered_on", "permit_until")),
        ("Werk", "Wat iemand wil en kan.", ("wants", "skills", "needs")),
        ("Nederlands", "Volgens het Europese niveau.",
         ("dutch_listening", "dutch_speaking", "dutch_reading", "dutch_writing")),
    )  # fmt: skip

    class Meta:
        model = Person
        fields = (
            "first_name",
            "last_name",
            "phone",
            "email",
            "village",
            "address_shield",
            "modes",
            "cycling",
            "licences",
            "max_travel_min",
            "away",
            "hours_min",
            "hours_max",
            "available_from",
            "registered_on",
            "permit_until",
            "wants",
            "skills",
            "needs",
            "dutch_listening",
            "dutch_speaking",
            "dutch_reading",
            "dutch_writing",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "available_from": DayInput(),
            "registered_on": DayInput(),
            "permit_until": DayInput(),
            "phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "address_shield": "Dan ziet niemand anders waar deze persoon woont.",
            "permit_until": "Alleen als er een laatste dag is.",
            "max_travel_min": "Leeg rekent met de gewone grens.",
        }

    def __init__(self, *args: Any, hours_url: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["village"].choices = village_choices()  # type: ignore[attr-defined] # the stubs know Field alone
        for name in ("hours_min", "hours_max"):
            hours = self.initial.get(name)
            self.initial[name] = int(hours) if hours is not None and hours % 1 == 0 else hours
        if hours_url:
            away = hours_field("", "", hours_url)
            self.fields["away"].widget.attrs.update(away.widget.attrs)

    def grouped(self) -> Iterator[Group]:
        """The fields as they stand on the page."""
        for title, why, names in self.groups:
            yield Group(title, why, [self[name] for name in names])

    def clean(self) -> dict[str, Any]:
        """Refuse hours in the wrong order, in words."""
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("hours_min"), cleaned.get("hours_max")
        if low is not None and high is not None and low > high:
            self.add_error("hours_max", "Dit is minder dan het minste aantal uren.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was filled in, with the cell of the home."""
        found = dict(self.cleaned_data)
        village: Village = found["village"]
        if self.instance._state.adding or "village" in self.changed_data:
            found["lon"], found["lat"] = cell(village.lon, village.lat)
        return found


def village_choices() -> list[tuple[str, Any]]:
    """Every village, those of the municipalities that take part on top."""
    taking_part = set(Organisation.objects.exclude(nis="").values_list("nis", flat=True))
    near: list[tuple[str, str]] = []
    far: list[tuple[str, str]] = []
    for village in Village.objects.select_related("municipality"):
        label = f"{village.name} ({village.postcode} {village.municipality})"
        place = near if village.municipality.pk in taking_part else far
        place.append((village.pk, label))
    return [("", "Kies een dorp of wijk"), ("Onze gemeenten", near), ("Elders", far)]


class RegisterForm(PersonForm):
    """The same for a new person, with a warning when there is one that looks the same."""

    is_another = forms.BooleanField(label="Dit is iemand anders. Schrijf toch in.", required=False)

    def __init__(self, *args: Any, organisation: Organisation, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._organisation = organisation
        self.duplicates: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Stop once when there may be a case already."""
        cleaned = super().clean()
        if not self.errors:
            self.duplicates = possible_duplicates(
                first_name=cleaned["first_name"],
                last_name=cleaned["last_name"],
                village=cleaned["village"].pk,
                phone=cleaned["phone"],
                organisation=self._organisation,
            )
        if self.duplicates and not cleaned.get("is_another"):
            raise forms.ValidationError(
                f"Misschien heeft deze persoon al een dossier: {', '.join(self.duplicates)}. "
                "De naam is dezelfde, en het dorp of de telefoon ook. Kijk dat eerst na.",
                code="duplicate",
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was filled in, without the answer to the warning."""
        found = super().facts()
        del found["is_another"]
        return found


class ChildForm(Choosing, forms.ModelForm):  # type: ignore[type-arg] # generic in its stubs only
    """A child and its care now."""

    birth_month = MonthField(label="Geboren in", help_text="Alleen het jaar en de maand.")
    care_place = forms.ModelChoiceField(
        Village.objects.all(),
        label="Waar is de opvang of de school?",
        required=False,
    )
    care_hours = hours_field(
        "Wanneer kan het kind daar zijn?", "Bijvoorbeeld: ma-vr 7-18", required=False
    )

    class Meta:
        model = Child
        fields = (
            "first_name",
            "birth_month",
            "care",
            "care_place",
            "care_hours",
            "care_until",
            "regular_from",
            "regular_earliest",
            "regular_latest",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "care_until": DayInput(),
            "regular_from": DayInput(),
            "regular_earliest": DayInput(),
            "regular_latest": DayInput(),
        }
        labels: ClassVar[dict[str, str]] = {
            "regular_earliest": "Gewone plaats: op zijn vroegst",
            "regular_latest": "Gewone plaats: op zijn laatst",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "care_until": "Alleen als de opvang stopt.",
            "regular_from": "Staat het kind op een wachtlijst? Vanaf wanneer is een plaats nodig?",
            "regular_earliest": "Wat de opvang of het loket verwacht, niet wat je hoopt.",
            "regular_latest": "Is de dag zeker? Vul dan twee keer dezelfde dag in.",
        }

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["care_place"].choices = village_choices()  # type: ignore[attr-defined] # the stubs know Field alone

    def clean(self) -> dict[str, Any]:
        """A place for care that is somewhere; none for a child at home."""
        cleaned: dict[str, Any] = super().clean() or {}
        place: Village | None = cleaned.get("care_place")
        is_elsewhere = cleaned.get("care") in (CareKind.CHILDCARE, CareKind.SCHOOL)
        if not is_elsewhere:
            self.instance.care_lon = self.instance.care_lat = None
        elif place is not None:
            self.instance.care_lon, self.instance.care_lat = cell(place.lon, place.lat)
        elif self.instance.care_lon is None:
            self.add_error("care_place", "Zeg in welk dorp de opvang of de school is.")
        return cleaned


class RightForm(Choosing, forms.ModelForm):  # type: ignore[type-arg] # generic in its stubs only
    """A decision of VDAB or OCMW, as it was taken."""

    class Meta:
        model = SupportRight
        fields = ("measure", "granted_by", "granted_on", "valid_until", "state")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "granted_on": DayInput(),
            "valid_until": DayInput(),
        }


class ObstacleForm(Choosing, forms.ModelForm):  # type: ignore[type-arg] # generic in its stubs only
    """What stands in the way, and what shows it."""

    class Meta:
        model = PersonObstacle
        fields = ("kind", "evidence", "since")
        widgets: ClassVar[dict[str, forms.Widget]] = {"since": DayInput()}
        help_texts: ClassVar[dict[str, str]] = {
            "evidence": "Een feit, geen oordeel. Bijvoorbeeld: de bus rijdt pas om 6.40 uur."
        }

    def _get_validation_exclusions(self) -> set[str]:
        # Whose it is and that it still stands are not asked, but the constraint looks at both.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"person", "removed_on"}


class ClearObstacleForm(forms.Form):
    """What took an obstacle away, and when."""

    how = forms.CharField(label="Wat nam de drempel weg?", max_length=200, validators=_TEXT)
    on = forms.DateField(label="Op", widget=DayInput())


class NextStepForm(forms.Form):
    """What happens next, by when."""

    what = forms.CharField(
        label="Wat is de volgende stap?",
        max_length=180,
        validators=_TEXT,
        help_text="Begin met een werkwoord: bel, vraag, stel voor.",
    )
    due = forms.DateField(label="Tegen wanneer?", widget=DayInput())


class NoteForm(forms.Form):
    """A note on the timeline."""

    title = forms.CharField(label="Wat gebeurde er?", max_length=180, validators=_TEXT)
    text = forms.CharField(
        label="Meer",
        max_length=2000,
        required=False,
        validators=_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_contact = forms.BooleanField(label="Dit was een contact met de persoon", required=False)


class ConfidentialForm(forms.Form):
    """A note in the confidential part."""

    text = forms.CharField(
        label="Nieuwe notitie",
        max_length=4000,
        validators=_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Schrijf alleen wat nodig is. Geen diagnose, geen bedragen.",
    )


class GrantForm(forms.Form):
    """Who may look at which data, for what, until when."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(), label="Wie mag kijken?", empty_label="Kies een partner"
    )
    purpose = forms.CharField(
        label="Waarvoor?",
        max_length=60,
        validators=_TEXT,
        help_text="Bijvoorbeeld: toeleiding naar een job.",
    )
    classes = forms.MultipleChoiceField(
        label="Welke gegevens?",
        choices=[
            (DataClass.K3.value, "naam en contact"),
            (DataClass.K4.value, "begeleiding: taal, uren, drempels, rechten"),
            (DataClass.K5.value, "gezin en kinderen"),
            (DataClass.K6.value, "zeer gevoelig: noden op het werk en notities"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één soort gegevens."},
    )
    basis = forms.ChoiceField(label="Op welke grond?", choices=Basis.choices)
    evidence = forms.CharField(
        label="Waar staat dat?",
        max_length=300,
        validators=_TEXT,
        help_text="Bijvoorbeeld: afspraak van 23 november, ondertekend door de persoon.",
    )
    until = forms.DateField(
        label="Tot en met",
        widget=DayInput(),
        help_text=f"Hoogstens {GRANT_LASTS_AT_MOST.days // 365} jaar.",
    )

    def __init__(self, *args: Any, by: User, **rest: Any) -> None:
        super().__init__(*args, **rest)
        others = Organisation.objects.filter(is_active=True).exclude(pk=by.organisation_id)
        self.fields["to"].queryset = others  # type: ignore[attr-defined] # the stubs know Field alone


class HandOverForm(forms.Form):
    """Which colleague guides from now on."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="Wie begeleidt voortaan?", empty_label="Kies een collega"
    )

    def __init__(self, *args: Any, by: User, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["to"].queryset = colleagues(by)  # type: ignore[attr-defined] # the stubs know Field alone


class BreakGlassForm(forms.Form):
    """Which case must be seen now, and why."""

    case_number = forms.CharField(label="Dossiernummer", max_length=12, help_text="Zoals K-7F3Q.")
    reason = forms.CharField(
        label="Waarom moet je dit dossier nu zien?",
        max_length=500,
        validators=_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Iemand kijkt dit binnen twee werkdagen na.",
    )

    def clean_case_number(self) -> str:
        """The number as we write it."""
        return tidy_case_number(self.cleaned_data["case_number"]) or "K-????"


class EraseForm(forms.Form):
    """Typing the number again: erasing cannot be undone."""

    case_number = forms.CharField(label="Typ het dossiernummer over", max_length=12)

    def __init__(self, *args: Any, expected: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._expected = expected

    def clean_case_number(self) -> str:
        """Refuse another number."""
        if tidy_case_number(self.cleaned_data["case_number"]) != self._expected:
            raise forms.ValidationError("Dit is een ander nummer.", code="other")
        return self._expected
