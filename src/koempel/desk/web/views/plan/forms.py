"""What is filled in on the pages of plans."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from django import forms

from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.enums import LEVELS, LICENCES, MEASURE_WORDS, SKILL_WORDS, STRAINS
from koempel.desk.jobs.forms import HOURS_HELP, MEASURES_HELP, many, refuse_odd_hours
from koempel.desk.jobs.weeks import LEAST_HOURS, MOST_HOURS
from koempel.desk.jobs.widgets import OccupationField, ShiftsField
from koempel.desk.planning.new_jobs import (
    MOST_LETTERS,
    MOST_SEATS,
    Ground,
    NewJob,
    NewJobs,
    id_of,
)
from koempel.desk.planning.what_ifs import MOST, Board
from koempel.region.rows import Level, Measure, Municipality, Strain
from koempel.region.what_if import ChangeError

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

    Every name is the id of what it changes, so that an address reads like what was asked. The new
    jobs themselves come along as texts; only the number of their seats is a field.
    """

    zoek = forms.CharField(label="Zoek een job", max_length=60, required=False)
    van = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], board: Board, jobs: NewJobs) -> None:
        super().__init__(data)
        self.board = board
        self._jobs = jobs
        for lever in board.levers.values():
            self.fields[lever.id] = _amount(lever.name, MOST)
        for town in board.towns.values():
            self.fields[town.nis] = _amount(town.name, MOST_AT_LEAST)
        for number in data:
            if number in board.jobs:
                self.fields[number] = _amount(board.jobs[number].title, MOST)
        for at, job in enumerate(jobs):
            self.fields[id_of(at)] = _amount(job.title, MOST, least=1)

    def wanted(self) -> dict[str, int]:
        """The numbers that were given, by id."""
        others = {"zoek", "van", *map(id_of, range(len(self._jobs)))}
        return {
            what: n for what, n in self.cleaned_data.items() if what not in others and n is not None
        }

    def new_jobs(self) -> NewJobs:
        """The new jobs, with the seats that were given."""
        seats = [self.cleaned_data.get(id_of(number)) for number in range(len(self._jobs))]
        return tuple(
            replace(job, seats=n or job.seats) for job, n in zip(self._jobs, seats, strict=True)
        )


def _amount(label: str, most: int, *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)


LEVEL_NAMES = ("dutch_speaking", "dutch_listening", "dutch_reading", "dutch_writing")
_LEVEL_LABELS = ("Spreken", "Luisteren", "Lezen", "Schrijven")


class NewJobForm(forms.Form):
    """A job to try out. It is not written to the vacancies."""

    title = forms.CharField(
        label="Titel",
        max_length=MOST_LETTERS,
        validators=[validate_no_national_number],
        help_text="Zo herken je de job op het bord. Noem niemand bij naam.",
    )
    occupation = OccupationField(
        label="Beroep", help_text="Typ een woord, zoals «poetsen» of «heftruck»."
    )
    where = forms.CharField(
        label="Plaats",
        max_length=120,
        help_text="Een dorp, of een werkgever die nu een job heeft: dan ligt de job daar.",
        widget=forms.TextInput(attrs={"list": "workplaces", "autocomplete": "off"}),
    )
    seats = forms.IntegerField(label="Aantal plaatsen", min_value=1, max_value=MOST_SEATS)
    shifts = ShiftsField(
        label="Uren van de week",
        help_text="Typ zoals je wil: 6, 6u30 of 14:00. Van 22 tot 6 eindigt de volgende ochtend.",
    )
    hours_per_week = forms.FloatField(
        label="Uren per week",
        min_value=LEAST_HOURS,
        max_value=MOST_HOURS,
        required=False,
        help_text=HOURS_HELP,
    )
    skills = many("Wat moet iemand al kunnen?", SKILL_WORDS)
    licences = many("Welk rijbewijs is nodig?", LICENCES)
    strains = many("Wat vraagt het werk van het lichaam?", STRAINS)
    measures = many("Alleen voor mensen met een recht op", MEASURE_WORDS, MEASURES_HELP)

    BLOCKS = (
        ("Wat is het werk?", ("title", "occupation", "where", "seats")),
        ("Wanneer?", ("shifts", "hours_per_week")),
        ("Hoeveel Nederlands is nodig?", LEVEL_NAMES),
        ("Wat is nog nodig?", ("skills", "licences", "strains", "measures")),
    )

    def __init__(self, *args: Any, ground: Ground, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.ground = ground
        for name, label in zip(LEVEL_NAMES, _LEVEL_LABELS, strict=True):
            self.fields[name] = forms.ChoiceField(label=label, choices=LEVELS)

    @property
    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their titles."""
        return [(title, [self[name] for name in names]) for title, names in self.BLOCKS]

    def clean_where(self) -> str:
        """The place that is meant, by its key."""
        try:
            return self.ground.workplace_named(self.cleaned_data["where"]).key
        except ChangeError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse hours that make no week of work."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "shifts" in cleaned and cleaned.get("hours_per_week") is None:
            refuse_odd_hours(self)
        return cleaned

    def job(self) -> NewJob:
        """The job that was filled in."""
        given = self.cleaned_data
        return NewJob(
            title=given["title"],
            isco=given["occupation"].isco,
            where=given["where"],
            seats=given["seats"],
            shifts=given["shifts"],
            hours_per_week=given["hours_per_week"] or 0.0,
            **{name: Level(given[name]) for name in LEVEL_NAMES},
            skills=tuple(given["skills"]),
            licences=tuple(given["licences"]),
            strains=tuple(map(Strain, given["strains"])),
            measures=tuple(map(Measure, given["measures"])),
        )

    @staticmethod
    def filled_in(job: NewJob, ground: Ground) -> dict[str, Any]:
        """What the form shows for a job that was made up before; no place when it is gone."""
        known = {each.key: each.name for each in ground.workplaces}
        told = {each.name: getattr(job, each.name) for each in fields(job)}
        return told | {
            "occupation": job.isco,
            "where": known.get(job.where, ""),
            "hours_per_week": job.hours_per_week or None,
        }


class ScenarioForm(forms.Form):
    """The name of a scenario; what was changed comes along."""

    name = forms.CharField(
        label="Naam van het scenario",
        help_text="Zo vinden je collega's het terug. Noem niemand bij naam.",
        max_length=120,
        validators=[validate_no_national_number],
    )
    changes = forms.JSONField(widget=forms.HiddenInput, required=False)
    new_jobs = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Whole numbers by id, and texts of new jobs; the board refuses what it does not know."""
        cleaned = dict(super().clean() or {})
        found, jobs = cleaned.get("changes") or {}, cleaned.get("new_jobs") or []
        is_good = (
            isinstance(found, dict)
            and all(type(n) is int and 0 <= n <= MOST_AT_LEAST for n in found.values())
            and isinstance(jobs, list)
            and all(isinstance(text, str) for text in jobs)
        )
        if self.errors.keys() & {"changes", "new_jobs"} or not is_good:
            # A hidden field has no place of its own to say what is wrong.
            self.add_error(None, "Dit scenario is niet leesbaar. Begin opnieuw bij «Wat als?».")
        return cleaned | {"changes": found, "new_jobs": jobs}
