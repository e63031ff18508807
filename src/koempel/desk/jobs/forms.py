"""The form of a vacancy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.inputs import DayInput, DecimalInput
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.enums import LICENCES, MEASURE_WORDS, SKILL_WORDS, STRAINS
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import job_of
from koempel.desk.jobs.weeks import LEAST_HOURS, MOST_HOURS, hours_per_week
from koempel.desk.jobs.widgets import OccupationField, ShiftsField
from koempel.desk.partners.forms import PlaceForm
from koempel.desk.partners.models import Establishment
from koempel.desk.partners.queries import establishments_of
from koempel.region import dutch
from koempel.region.rows import Job
from koempel.region.windows import parse_rotation

FREE_TEXT = ("title", "description", "wage")
WHERE = "Waar?"
NEW_PLACE = "nieuw"
"""The choice of an establishment that does not stand in the list yet."""
HOURS_HELP = (
    "Laat leeg: dan tellen we de uren hierboven op. Zijn de pauzes niet betaald? Vul dan de "
    "betaalde uren in."
)
MEASURES_HELP = (
    "Laat leeg als iedereen mag komen. Vink je iets aan, dan telt alleen wie dat recht van VDAB of "
    "het OCMW kreeg."
)
_OPEN_DAYS = 365
"""How long a start stays possible while no day is typed: long enough to keep nobody out."""


def many(
    label: str, choices: Iterable[tuple[str, str]], help_text: str = ""
) -> forms.MultipleChoiceField:
    """A field of which any number can be ticked, or nothing."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Some fields of the form under one title."""

    title: str
    names: tuple[str, ...]


class VacancyForm(forms.ModelForm):  # type: ignore[type-arg] # generic in its stubs only
    """Everything that an employer says of a job."""

    occupation = OccupationField(
        label="Beroep", help_text="Typ een woord, zoals «poetsen» of «heftruck»."
    )
    shifts = ShiftsField(
        label="Uren van de week",
        help_text="Typ zoals je wil: 6, 6u30 of 14:00. Van 22 tot 6 eindigt de volgende ochtend.",
    )
    establishment = forms.ChoiceField(label="Vestiging")
    licences = many("Welk rijbewijs is nodig?", LICENCES)
    strains = many("Wat vraagt het werk van het lichaam?", STRAINS)
    measures = many("Alleen voor mensen met een recht op", MEASURE_WORDS, MEASURES_HELP)

    BLOCKS = (
        Block("Wat is het werk?", ("title", "occupation", "description")),
        Block("Wanneer?", ("shifts", "hours_per_week", "start_from", "start_to")),
        Block(WHERE, ("establishment",)),
        Block("Hoeveel Nederlands is nodig?", (
            "dutch_speaking", "dutch_listening", "dutch_reading", "dutch_writing",
        )),
        Block("Wat is nog nodig?", ("skills", "licences", "strains", "measures")),
        Block("Wat bied je?", ("seats", "contract", "wage")),
    )  # fmt: skip

    class Meta:
        model = Vacancy
        fields = (
            "title", "occupation", "description", "shifts", "hours_per_week", "start_from",
            "start_to", "dutch_speaking", "dutch_listening", "dutch_reading", "dutch_writing",
            "skills", "licences", "strains", "measures", "seats", "contract", "wage",
        )  # fmt: skip
        widgets = {
            "start_from": DayInput(),
            "start_to": DayInput(),
            "hours_per_week": DecimalInput(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "hours_per_week": HOURS_HELP,
            "wage": "Zoals je het in de vacature zet, bijvoorbeeld «€ 15,20 bruto per uur».",
        }

    def __init__(self, *args: Any, employer: Organisation, today: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.instance.employer = employer
        self.fields["hours_per_week"].required = False
        for name in FREE_TEXT:
            self.fields[name].validators.append(validate_no_national_number)
        self._offer_places(employer, today)
        stored = [code for code in self.instance.skills if code not in dict(SKILL_WORDS)]
        choices = [*SKILL_WORDS, *((code, code) for code in stored)]
        self.fields["skills"] = many("Wat moet iemand al kunnen?", choices)
        if self._hours_follow_shifts():
            self.initial["hours_per_week"] = None

    def _offer_places(self, employer: Organisation, today: date) -> None:
        """The establishments of the employer, and a form for a new one."""
        self.place = PlaceForm(
            self.data if self.is_bound else None,
            prefix="plaats",
            instance=Establishment(organisation=employer, valid_from=today),
        )
        stored = self.instance.establishment_id
        known = establishments_of(employer.pk, today) | Establishment.objects.filter(pk=stored)
        self._known = {str(each.pk): each for each in known.select_related("village")}
        choices = [(key, _in_words(each)) for key, each in self._known.items()]
        field = self.fields["establishment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (NEW_PLACE, "Een nieuwe vestiging …")]
        if not choices:
            field.widget = forms.HiddenInput()
        self.initial["establishment"] = str(stored or next(iter(self._known), NEW_PLACE))

    def _hours_follow_shifts(self) -> bool:
        stored = self.instance
        return bool(stored.pk) and float(stored.hours_per_week) == hours_per_week(stored.rotation)

    @property
    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their titles; those of a new establishment follow the choice."""
        found = [(block.title, [self[name] for name in block.names]) for block in self.BLOCKS]
        dict(found)[WHERE].extend(self.place.visible_fields())
        return found

    def visible_fields(self) -> list[forms.BoundField]:
        """All fields that can be wrong."""
        return [*super().visible_fields(), *self.place.visible_fields()]

    def clean(self) -> dict[str, Any]:
        """What no single field can tell."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("start_from"), cleaned.get("start_to")
        if first and last and last < first:
            self.add_error("start_to", "De laatste startdag ligt voor de eerste.")
        self._settle_hours(cleaned)
        self._settle_place(cleaned)
        return cleaned

    def _settle_place(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("establishment")
        if chosen in self._known:
            self.place.errors.clear()
            self.instance.establishment = self._known[chosen]
        elif chosen == NEW_PLACE:
            self.instance.establishment = self.place.instance
            if not self.place.is_valid():
                self.add_error("establishment", "Vul de nieuwe vestiging verder in.")

    def _settle_hours(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("hours_per_week") is None and "shifts" in cleaned:
            cleaned["hours_per_week"] = hours_per_week(parse_rotation(cleaned["shifts"]))
            refuse_odd_hours(self)

    @property
    def missing_to_count(self) -> list[str]:
        """What has still to be filled in before anybody can be counted."""
        known = {
            "het beroep": self.cleaned_data.get("occupation"),
            "de plaats": self._has_point(),
            "de uren": self.cleaned_data.get("shifts"),
        }
        return [word for word, value in known.items() if not value]

    def _has_point(self) -> bool:
        place = getattr(self.instance, "establishment", None)
        return place is not None and place.lon is not None

    def draft_job(self, today: date) -> Job | None:
        """The job as far as it is typed, for the live count; None when too little is known."""
        self.is_valid()
        if self.missing_to_count:
            return None
        draft = self.instance
        cleaned = self.cleaned_data
        draft.start_from = cleaned.get("start_from") or today
        least = max(draft.start_from, today) + timedelta(days=_OPEN_DAYS)
        draft.start_to = cleaned.get("start_to") or least
        draft.hours_per_week = cleaned.get("hours_per_week") or 1
        draft.seats = cleaned.get("seats") or 1
        return job_of(draft)


def refuse_odd_hours(form: forms.BaseForm) -> None:
    """Say so when the hours of a form make no week of work."""
    hours = hours_per_week(parse_rotation(form.cleaned_data["shifts"]))
    if not LEAST_HOURS <= hours <= MOST_HOURS:
        form.add_error(
            "shifts",
            f"Samen is dat {dutch.trimmed(hours)} uren per week. "
            f"Het kan {LEAST_HOURS} tot {MOST_HOURS}.",
        )


def _in_words(place: Establishment) -> str:
    return f"{place.name}, {place.address}, {place.village}"
