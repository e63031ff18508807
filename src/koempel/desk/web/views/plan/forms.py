"""What is filled in on the pages of plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from koempel.desk.partners.validators import validate_no_national_number
from koempel.desk.planning.what_ifs import MOST, Board
from koempel.region.rows import Municipality

MOST_AT_LEAST = 9999


class FloorsForm(forms.Form):
    """At least how many proposals each municipality gets."""

    def __init__(self, data: Any, *, towns: Iterable[Municipality], now: Mapping[str, int]) -> None:
        super().__init__(data)
        for town in towns:
            self.fields[town.nis] = forms.IntegerField(
                label=f"Minstens zoveel voorstellen in {town.name}",
                min_value=0,
                max_value=MOST_AT_LEAST,
                required=False,
                initial=now.get(town.nis) or None,
            )

    def floors(self) -> dict[str, int]:
        """Per NIS code the number that was asked."""
        return {nis: n for nis, n in self.cleaned_data.items() if n}


class PauseForm(forms.Form):
    """Why the planner must stop."""

    reason = forms.CharField(
        label="Waarom moet de planner stoppen?",
        help_text="Iedereen die met voorstellen werkt, leest dit. Noem niemand bij naam.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[validate_no_national_number],
    )


class WhatIfForm(forms.Form):
    """Numbers of levers, of jobs, and per municipality at least how many; words to find a job.

    Every name is the id of what it changes, so that an address reads like what was asked.
    """

    zoek = forms.CharField(label="Zoek een job", max_length=60, required=False)
    van = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], board: Board) -> None:
        super().__init__(data)
        self.board = board
        for lever in board.levers.values():
            self.fields[lever.id] = _amount(lever.name, MOST)
        for town in board.towns.values():
            self.fields[town.nis] = _amount(town.name, MOST_AT_LEAST)
        for number in data:
            if number in board.jobs:
                self.fields[number] = _amount(board.jobs[number].title, MOST)

    def wanted(self) -> dict[str, int]:
        """The numbers that were given, by id."""
        words = ("zoek", "van")
        return {
            what: n for what, n in self.cleaned_data.items() if what not in words and n is not None
        }


def _amount(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


class ScenarioForm(forms.Form):
    """The name of a scenario; what was changed comes along."""

    name = forms.CharField(
        label="Naam van het scenario",
        help_text="Zo vinden je collega's het terug. Noem niemand bij naam.",
        max_length=120,
        validators=[validate_no_national_number],
    )
    changes = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Whole numbers by id; the board refuses what it does not know."""
        cleaned = dict(super().clean() or {})
        found = cleaned.get("changes") or {}
        is_good = isinstance(found, dict) and all(
            type(n) is int and 0 <= n <= MOST_AT_LEAST for n in found.values()
        )
        if "changes" in self.errors or not is_good:
            # A hidden field has no place of its own to say what is wrong.
            self.add_error(None, "Dit scenario is niet leesbaar. Begin opnieuw bij «Wat als?».")
        return cleaned | {"changes": found}
