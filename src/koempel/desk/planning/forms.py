"""Forms of a decision: what is decided, why, and in words for the person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.planning.enums import NEEDS_MOTIVATION, REASONS, UNDER_DECISION, Reason, Verdict
from koempel.desk.planning.rules import Words

_SALT = "koempel.planning.opened"
_MOST_SECONDS = 12 * 3600

Choice = tuple[str, str]


class WordsForm(forms.Form):
    """A reason with its words; `verdict` says which reasons there are."""

    verdict: Verdict

    reason = forms.ChoiceField(label="Reden")
    motivation = forms.CharField(
        label="Motivering, leesbaar voor de persoon",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        validators=[validate_no_national_number],
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._field("reason").choices = [("", "kies een reden"), *_reasons(self.verdict)]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean_motivation(self) -> str:
        """Refuse to decide against somebody without a word."""
        text: str = self.cleaned_data["motivation"].strip()
        if self.verdict in NEEDS_MOTIVATION and not text:
            raise forms.ValidationError("Schrijf waarom, in woorden die de persoon begrijpt.")
        return text

    def words(self) -> Words:
        """What was given with the decision."""
        return Words(
            reason=Reason(self.cleaned_data["reason"]), motivation=self.cleaned_data["motivation"]
        )


class WithdrawForm(WordsForm):
    """Why an accepted proposal ends."""

    verdict = Verdict.WITHDRAW


class DecisionForm(WordsForm):
    """Accept a proposal, take another way, or decide against it."""

    verdict = Verdict.ACCEPT

    what = forms.ChoiceField(
        label="Jouw beslissing", choices=[(each.value, each.label) for each in UNDER_DECISION]
    )
    way = forms.ChoiceField(label="Welke andere weg?", required=False)
    disagrees = forms.CharField(
        label="Denkt de persoon er anders over? Schrijf het op.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        validators=[validate_no_national_number],
    )
    proposal = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ways: Sequence[Choice], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._field("way").choices = [("", "kies een andere weg"), *ways]
        self._field("reason").choices = [
            ("", "kies een reden"),
            *((_GROUPS[each], _reasons(each)) for each in UNDER_DECISION),
        ]

    def clean(self) -> dict[str, Any]:
        """Look at the reason and the words once it is known what is decided."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        what = data.get("what")
        if what is None:
            return data
        self.verdict = Verdict(what)
        if data.get("reason") and data["reason"] not in REASONS[self.verdict]:
            self.add_error("reason", f"Deze reden hoort niet bij «{_NAMES[self.verdict]}».")
        if self.verdict is Verdict.CHANGE and not data.get("way"):
            self.add_error("way", "Kies welke weg het wordt.")
        if self.verdict in NEEDS_MOTIVATION and not data.get("motivation", "x").strip():
            self.add_error("motivation", "Schrijf waarom, in woorden die de persoon begrijpt.")
        return data

    def words_at(self, at: datetime) -> Words:
        """What was given with the decision, and how long the page was open."""
        return Words(
            reason=Reason(self.cleaned_data["reason"]),
            motivation=self.cleaned_data["motivation"],
            disagrees=self.cleaned_data["disagrees"].strip(),
            seconds_looked=seconds_since(self.cleaned_data["opened"], at),
        )


_NAMES = {
    Verdict.ACCEPT: "aanvaarden",
    Verdict.CHANGE: "aanpassen",
    Verdict.REFUSE: "weigeren",
}
_GROUPS = {
    Verdict.ACCEPT: "Bij aanvaarden",
    Verdict.CHANGE: "Bij aanpassen",
    Verdict.REFUSE: "Bij weigeren",
}


def _reasons(verdict: Verdict) -> list[Choice]:
    return [(each.value, each.label) for each in REASONS[verdict]]


def opened_at(at: datetime) -> str:
    """The moment at which a page was opened, signed: the browser hands it back with a decision."""
    return signing.dumps(at.timestamp(), salt=_SALT)


def seconds_since(opened: str, at: datetime) -> int | None:
    """How long ago a page was opened; None for what we did not sign or is too long ago."""
    try:
        moment = float(signing.loads(opened, salt=_SALT))
    except signing.BadSignature:
        return None
    seconds = round(at.timestamp() - moment)
    return seconds if 0 <= seconds <= _MOST_SECONDS else None
