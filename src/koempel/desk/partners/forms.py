"""Forms about partners."""

from typing import Any

from django import forms

from koempel.desk.accounts.models import Organisation
from koempel.desk.partners.models import (
    Contact,
    Establishment,
    Municipality,
    Offer,
    PartnerEvent,
    Village,
)
from koempel.desk.partners.queries import partner_with_number
from koempel.desk.partners.validators import (
    digits_of,
    dotted,
    validate_enterprise_number,
    validate_no_national_number,
)

HOME = ("71070", "71004", "72039")
"""The partnership's own municipalities come first in a choice of places."""


class NumberField(forms.CharField):
    """A Belgian number of ten digits, typed with or without dots."""

    def to_python(self, value: Any) -> str:
        """Its digits alone."""
        return digits_of(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        """With dots, while it is what is stored."""
        return dotted(value) if isinstance(value, str) and value.isdigit() else value


class PartnerForm(forms.ModelForm[Organisation]):
    """Name, kind, municipality and enterprise number of an organisation."""

    name = forms.CharField(label="Naam", max_length=200, validators=[validate_no_national_number])
    org_code = NumberField(
        label="Ondernemingsnummer",
        required=False,
        max_length=20,
        help_text="Tien cijfers, zoals 0403.019.261. Leeg als er geen is.",
        validators=[validate_enterprise_number],
    )
    nis = forms.ModelChoiceField(
        Municipality.objects.all(), label="Gemeente", required=False, empty_label="niet gekozen"
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "nis", "org_code")

    def clean_nis(self) -> str:
        """The code of the municipality."""
        found: Municipality | None = self.cleaned_data["nis"]
        return found.nis if found else ""

    def clean_org_code(self) -> str:
        """Refuse a number that another partner has, and name that partner."""
        number: str = self.cleaned_data["org_code"]
        other = partner_with_number(number, other_than=self.instance.pk)
        if other is not None:
            state = "" if other.is_active else " Die werkt nu niet mee; zet ze weer aan."
            raise forms.ValidationError(f"{other.name} heeft dit nummer al.{state}")
        return number


class EstablishmentForm(forms.ModelForm[Establishment]):
    """An establishment; without a point of its own it gets that of its village."""

    number = NumberField(
        label="Vestigingsnummer",
        required=False,
        max_length=20,
        help_text="Tien cijfers, zoals 2.147.812.701. Leeg als je het niet kent.",
        validators=Establishment._meta.get_field("number").validators[1:],
    )

    class Meta:
        model = Establishment
        fields = ("name", "number", "address", "village", "valid_from", "valid_to")
        widgets = {
            "valid_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "valid_to": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        village = self.fields["village"]
        assert isinstance(village, forms.ModelChoiceField)
        village.choices = [("", "Kies een dorp"), *village_choices()]

    def clean(self) -> dict[str, Any]:
        """Put what is new, or moves to another village, in the middle of the village."""
        cleaned = super().clean() or self.cleaned_data
        village = cleaned.get("village")
        if village is not None and (self.instance.lon is None or "village" in self.changed_data):
            self.instance.lon, self.instance.lat = village.lon, village.lat
        return cleaned


class PlaceForm(EstablishmentForm):
    """A new establishment beside something else; since when it is there is known."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["valid_from"], self.fields["valid_to"]


class ContactForm(forms.ModelForm[Contact]):
    """Somebody to call."""

    class Meta:
        model = Contact
        fields = ("name", "function", "email", "phone", "is_main")

    def validate_constraints(self) -> None:
        """Check all but the one main contact: the action lets the new one take over."""
        was_main = self.instance.is_main
        self.instance.is_main = False
        super().validate_constraints()
        self.instance.is_main = was_main


class OfferForm(forms.ModelForm[Offer]):
    """Something that a partner offers or seeks."""

    class Meta:
        model = Offer
        fields = ("side", "kind", "text")


class NoteForm(forms.ModelForm[PartnerEvent]):
    """A line for the timeline."""

    text = forms.CharField(
        label="Notitie",
        max_length=500,
        widget=forms.Textarea,
        help_text="Over de organisatie, niet over mensen die een job zoeken.",
        validators=[validate_no_national_number],
    )

    class Meta:
        model = PartnerEvent
        fields = ("text",)


def village_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Villages by municipality, the partnership's own first."""
    groups: dict[str, list[tuple[str, str]]] = {nis: [] for nis in HOME}
    names = {}
    rows = Village.objects.select_related("municipality").order_by("municipality__name", "name")
    for village in rows:
        names[village.municipality_id] = village.municipality.name
        place = (village.code, f"{village.name} ({village.postcode})")
        groups.setdefault(village.municipality_id, []).append(place)
    return [(names[nis], places) for nis, places in groups.items() if places]
