"""Forms about partners."""

import re
from datetime import date
from typing import Any

from django import forms

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.inputs import DayInput, NumberField
from koempel.desk.common.validators import (
    validate_enterprise_number,
    validate_no_national_number,
)
from koempel.desk.partners.models import (
    Contact,
    Establishment,
    Municipality,
    Offer,
    PartnerEvent,
    Village,
)
from koempel.desk.partners.queries import partner_like, partner_with_number
from koempel.region.row_rules import REGION_KM, VILLAGE_KM, distance_km

HOME = ("71070", "71004", "72039")
"""The partnership's own municipalities come first in a choice of places."""


_POINT = re.compile(r"(-?[0-9]{1,2}[.,][0-9]+)[\s;,]+(-?[0-9]{1,3}[.,][0-9]+)")

Point = tuple[float, float]
"""Longitude and latitude."""


class PartnerForm(forms.ModelForm[Organisation]):
    """Name, kind, municipality and enterprise number of an organisation.

    Who adds a name that stands there already says that it is another organisation.
    """

    name = forms.CharField(label="Naam", max_length=200, validators=[validate_no_national_number])
    org_code = NumberField(
        label="Ondernemingsnummer",
        help_text="Tien cijfers, zoals 0403.019.261. Leeg als er geen is.",
        validators=[validate_enterprise_number],
    )
    nis = forms.ModelChoiceField(
        Municipality.objects.all(), label="Gemeente", required=False, empty_label="niet gekozen"
    )

    is_other = forms.BooleanField(
        label="Dit is een andere organisatie met dezelfde naam", required=False
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "nis", "org_code")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not self.is_bound:
            del self.fields["is_other"]

    def clean(self) -> dict[str, Any]:
        """Ask about a partner of the same name in the same municipality."""
        cleaned = super().clean() or self.cleaned_data
        twin = self._twin(cleaned)
        if twin is None:
            del self.fields["is_other"]
        elif not cleaned["is_other"]:
            self.add_error(
                "name",
                f"{twin.name} staat er al. Is het dezelfde, open dan die partner. Is het een "
                "andere, vink dat dan onderaan aan.",
            )
        return cleaned

    def _twin(self, cleaned: dict[str, Any]) -> Organisation | None:
        if "name" not in cleaned or not {"name", "nis"} & set(self.changed_data):
            return None
        nis = cleaned.get("nis") or ""
        return partner_like(cleaned["name"], nis, other_than=self.instance.pk)

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


class PointField(forms.CharField):
    """A latitude and a longitude in one field, as a map copies them."""

    def to_python(self, value: Any) -> Any:
        """Longitude and latitude."""
        text = super().to_python(value)
        if not text:
            return None
        found = _POINT.fullmatch(text.strip())
        if found is None:
            raise forms.ValidationError(
                "Dit zijn geen coördinaten. Schrijf breedte en lengte, zoals 51.0366, 5.2801."
            )
        lat, lon = (float(part.replace(",", ".")) for part in found.groups())
        return lon, lat

    def prepare_value(self, value: Any) -> Any:
        """Latitude first, as people write it."""
        return f"{value[1]:.5f}, {value[0]:.5f}" if isinstance(value, tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else is typed than what is shown."""
        return (self.prepare_value(initial) or "") != (data or "")

    def run_validators(self, value: Any) -> None:
        """Those of a text say nothing of a point."""


def far_off(point: Point, village: Village | None) -> str:
    """What to say of a point far from its village, or from all; nothing when it can be right."""
    within, near = VILLAGE_KM, village
    if near is None:
        within = REGION_KM
        near = min(Village.objects.all(), key=lambda each: distance_km(point, each.point))
    km = distance_km(point, near.point)
    if km <= within:
        return ""
    return (
        f"Dat ligt {km:.0f} km van {near}. Kijk de coördinaten na: eerst de breedte (rond 51), "
        "dan de lengte (rond 5)."
    )


class EstablishmentForm(forms.ModelForm[Establishment]):
    """An establishment; without a point of its own it gets that of its village."""

    number = NumberField(
        label="Vestigingsnummer",
        help_text="Tien cijfers, zoals 2.147.812.701. Leeg als je het niet kent.",
        validators=Establishment._meta.get_field("number").validators[1:],
    )

    class Meta:
        model = Establishment
        fields = ("name", "number", "address", "village", "valid_from", "valid_to")
        widgets = {"valid_from": DayInput(), "valid_to": DayInput()}

    point = PointField(
        label="Coördinaten",
        required=False,
        help_text="Breedte en lengte, zoals 51.0366, 5.2801. Leeg: het midden van het dorp.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial["point"] = self._own_point()
        village = self.fields["village"]
        assert isinstance(village, forms.ModelChoiceField)
        village.choices = [("", "Kies een dorp"), *village_choices()]

    def _own_point(self) -> Point | None:
        """The point, when it is not just the middle of the village."""
        place = self.instance
        if place.lon is None or (place.lon, place.lat) == place.village.point:
            return None
        return place.lon, place.lat

    def clean(self) -> dict[str, Any]:
        """Put it at its point, or in the middle of its village."""
        cleaned = super().clean() or self.cleaned_data
        village, point = cleaned.get("village"), cleaned.get("point")
        if village is None:
            return cleaned
        point = point or village.point
        if said := far_off(point, village):
            self.add_error("point", said)
        else:
            self.instance.lon, self.instance.lat = point
        self._refuse_twin(cleaned)
        return cleaned

    def _refuse_twin(self, cleaned: dict[str, Any]) -> None:
        same = {f"{name}__iexact": cleaned.get(name, "") for name in ("name", "address")}
        found = Establishment.objects.filter(
            organisation=self.instance.organisation_id,
            village=cleaned["village"],
            valid_to__isnull=True,
            **same,
        )
        if found.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "Deze vestiging staat er al.")


class PlaceForm(EstablishmentForm):
    """A new establishment beside something else; since when it is there is known."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        del self.fields["valid_from"], self.fields["valid_to"], self.fields["point"]


class ContactForm(forms.ModelForm[Contact]):
    """Somebody to call."""

    class Meta:
        model = Contact
        fields = (
            "name", "function", "email", "phone", "is_main", "agreed_on", "last_contact_on",
        )  # fmt: skip
        widgets = {"agreed_on": DayInput(), "last_contact_on": DayInput()}
        help_texts = {
            "agreed_on": "Wanneer vond deze persoon het goed dat naam en nummer hier staan?",
        }

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days that are still to come."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("agreed_on", "last_contact_on"):
            day = cleaned.get(name)
            if day is not None and day > self._today:
                self.add_error(name, "Deze dag moet nog komen. Kijk de datum na.")
        return cleaned

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
        help_text=(
            "Over de organisatie, niet over mensen die een job zoeken. De partner ziet dit niet."
        ),
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
