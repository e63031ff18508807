"""The list of vacancies."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.jobs.actions import VacancyError, take_step
from koempel.desk.jobs.enums import LEVELS, ShiftKind, VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import asking_at_most, municipalities_with_work, vacancies_for
from koempel.desk.jobs.rules import OFFERS_WORK
from koempel.desk.jobs.terms import terms
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Go, Status, Tone
from koempel.region import dutch

TONES = {
    VacancyState.DRAFT: Tone.NEEDS_YOU,
    VacancyState.PUBLISHED: Tone.GOOD,
    VacancyState.FILLED: Tone.QUIET,
    VacancyState.CLOSED: Tone.QUIET,
    VacancyState.EXPIRED: Tone.BAD,
}


def status_of(vacancy: Vacancy) -> Status:
    """Where a vacancy stands, in a word with its colour."""
    return Status(vacancy.get_state_display(), TONES[VacancyState(vacancy.state)])


def file_url(vacancy: Vacancy) -> str:
    """Address of the file of a vacancy."""
    return reverse("jobs:file", kwargs={"number": vacancy.number})


def kinds_in_words(vacancy: Vacancy) -> str:
    """What the hours look like, such as "ploegen, nacht"."""
    return ", ".join(kind.label for kind in vacancy.kinds)


def is_exclusive(vacancy: Vacancy) -> str:
    """Whether the job is kept for people with a right."""
    return "alleen met een recht" if vacancy.measures else ""


def municipality_beside(vacancy: Vacancy) -> str:
    """The municipality, when the village does not carry its name already."""
    municipality = str(vacancy.village.municipality)
    return "" if municipality == vacancy.village.name else municipality


def seats_beside(vacancy: Vacancy) -> str:
    """How many seats there are in all, once some are taken."""
    return f"van {vacancy.seats}" if vacancy.taken else ""


_SHORT_LEVELS = [(level, words.partition(",")[0]) for level, words in LEVELS]


@dataclass(frozen=True, slots=True)
class DutchFilter:
    """Jobs that ask no more spoken Dutch than a level."""

    name: str = "nederlands"
    label: str = "Nederlands hoogstens"

    def field(self, request: HttpRequest) -> forms.Field:
        """The levels, with "alle" first."""
        return forms.ChoiceField(
            label=self.label, choices=[("", "alle"), *_SHORT_LEVELS], required=False
        )

    def apply(self, rows: Rows, value: str) -> Rows:
        """Jobs within reach of somebody with this level."""
        return asking_at_most(rows, value)


def _municipalities(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for each in municipalities_with_work(vacancies_for(current())):
        yield each.nis, each.name


def publish_all(request: DeskRequest, vacancies: Rows) -> Done:
    """Put the chosen drafts online; says how many could not."""
    now = timezone.now()
    done = 0
    for vacancy in vacancies:
        with suppress(VacancyError):
            take_step(
                vacancy,
                "publish",
                by=user_of(request),
                at=now,
                on=timezone.localdate(now),
                parameters=terms(),
            )
            done += 1
    left = len(vacancies) - done
    text = f"{dutch.capital(dutch.count(done, 'vacature staat', 'vacatures staan'))} nu online."
    why = "geen ontwerp meer, of de laatste startdag is voorbij"
    return Done(f"{text} {dutch.number(left)} niet: {why}." if left else text)


class JobsPage(ListPage):
    """Vacancies: the own ones of an employer, all that were online for guides and directors."""

    title = "Jobs"
    noun = ("job", "jobs")
    door = Door("Jobs", "work", 30)
    search = ("search", "title", "establishment__name", "establishment__village__name")
    filters = (
        ChoiceFilter("stand", "Stand", "state", VacancyState.choices),
        ChoiceFilter(
            "werkgever",
            "Werkgever",
            "employer__kind",
            [(kind.value, kind.label) for kind in OFFERS_WORK],
        ),
        ChoiceFilter(
            "gemeente", "Gemeente", "establishment__village__municipality", _municipalities
        ),
        ChoiceFilter("uren", "Uren", "shift_kinds__contains", ShiftKind.choices),
        DutchFilter(),
    )
    columns = (
        Column("Job", "title", sort="title", link=file_url, note="employer.name"),
        Column(
            "Plaats",
            "village.name",
            sort="establishment__village__name",
            note=municipality_beside,
        ),
        Column("Uren", kinds_in_words, note=is_exclusive),
        Column(
            "Uren per week",
            "hours_per_week",
            Show.NUMBER,
            sort="hours_per_week",
            decimals=1,
        ),
        Column("Vrij", "seats_left", Show.NUMBER, note=seats_beside),
        Column("Start vanaf", "start_from", Show.DATE, sort="start_from"),
        Column("Stand", status_of, Show.STATUS, sort="state"),
    )
    bulk = (BulkAction("publish", "Zet online", publish_all),)
    key = "number"
    nothing = "Zet je eerste vacature erin. Terwijl je de uren invult, zie je wie kan komen."
    first = Go("Nieuwe vacature", "jobs:new")
    more = (
        Go("Lees een bestand in", "jobs:import"),
        Go("Haal op voor elders", "jobs:export"),
        Go("Openbare vacatures", "jobs:feeds"),
    )

    def rows(self, request: DeskRequest) -> Rows:
        """The vacancies that the reader may see."""
        return vacancies_for(current())
