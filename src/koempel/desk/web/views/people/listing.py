"""The lists of people: by name for who guides, without names for who directs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from koempel.desk.people.enums import OBSTACLES, CaseStatus
from koempel.desk.people.errors import PeopleError
from koempel.desk.people.queries import (
    SEARCHED,
    PersonRow,
    PseudonymRow,
    municipalities_known,
    people_in_reach,
    person_rows,
    pseudonym_rows,
    with_obstacle,
)
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, Rows
from koempel.desk.web.pages.listing import BulkAction, ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go, Status
from koempel.desk.web.views.people.handing import hand_over_url
from koempel.desk.web.views.people.words import status_of, step_status
from koempel.region.vocabulary import LEVERS
from koempel.region.windows import in_words, parse_windows

DOOR = Door("Mensen", "people", 20)
_WEEK = timedelta(days=7)


def municipalities(request: HttpRequest) -> list[tuple[str, str]]:
    """Municipalities where people live that the reader may see."""
    return list(municipalities_known().values_list("nis", "name"))


@dataclass(frozen=True, slots=True)
class StepFilter:
    """By what the next step asks: late or today, this week, or none yet."""

    name: str = "stap"

    def field(self, request: HttpRequest) -> forms.Field:
        """When the next step is due."""
        choices = [
            ("", "alle"),
            ("nu", "vandaag of te laat"),
            ("week", "deze week"),
            ("geen", "nog geen stap"),
        ]
        return forms.ChoiceField(label="Volgende stap", choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows with such a step; a closed case needs none."""
        today = timezone.localdate()
        if value == "geen":
            return rows.filter(known_step="").exclude(status=CaseStatus.CLOSED)
        until = today if value == "nu" else today + _WEEK
        return rows.filter(known_step_on__lte=until)


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """By what stands in the way."""

    name: str = "drempel"

    def field(self, request: HttpRequest) -> forms.Field:
        """An open obstacle, or no transport of their own."""
        choices = [("", "alle"), ("vervoer", "Geen eigen vervoer")]
        choices += [(value, kind.title) for value, kind in OBSTACLES.items()]
        return forms.ChoiceField(label="Wat staat in de weg", choices=choices, required=False)

    def apply(self, rows: Rows, value: str) -> Rows:
        """Rows with it."""
        if value == "vervoer":
            return rows.filter(known_modes=[])
        return with_obstacle(rows, value)


def _url(row: PersonRow) -> str:
    return reverse("people:file", kwargs={"case": row.case_number})


def _due(row: PersonRow) -> Status | None:
    return step_status(row.next_step_on, timezone.localdate())


def _hand_over(request: DeskRequest, rows: Rows) -> str:
    own = [row.pk for row in rows if row.caseworker_id == request.user.pk]
    if not own:
        raise PeopleError("Je kunt alleen overdragen wie je zelf begeleidt. Kies opnieuw.")
    return hand_over_url(own)


class PeoplePage(ListPage):
    """Who one guides, what is due on top."""

    title = "Mensen"
    intro = "Wie volg je, en wat is de volgende stap?"
    noun = ("mens", "mensen")
    door = DOOR
    search = SEARCHED
    filters = (
        StepFilter(),
        ChoiceFilter("gemeente", "Gemeente", "known_municipality", municipalities),
        NeedFilter(),
        ChoiceFilter("status", "Status", "status", CaseStatus.choices),
    )
    columns = (
        Column("Naam", "name", sort="known_last_name", note="case_number", link=_url),
        Column("Woont in", lambda row: row.village or row.municipality, sort="known_village"),
        Column(
            "Wat staat in de weg",
            lambda row: [OBSTACLES[each] for each in row.obstacles],
            Show.KINDS,
        ),
        Column("Volgende stap", "next_step"),
        Column("Tegen", _due, Show.STATUS, sort="known_step_on"),
        Column("Status", lambda row: status_of(row.status), Show.STATUS, sort="status"),
    )
    nothing = "Schrijf de eerste persoon in. Daarna zie je hier wie op een volgende stap wacht."
    first = Go("Schrijf iemand in", "people:register")
    more = (
        Go("Lees een bestand in", "people:import"),
        Go("Zonder begeleider", "people:without-guide"),
        Go("Noodtoegang", "people:break-glass"),
    )
    bulk = (BulkAction("hand-over", "Draag over aan een collega", _hand_over),)

    def rows(self, request: DeskRequest) -> Rows:
        """Everybody within reach."""
        return people_in_reach()

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[PersonRow]:
        """What the reader may see of them."""
        return person_rows(rows, at=timezone.now())


def _away(row: PseudonymRow) -> str:
    return in_words(parse_windows(row.away))


class PseudonymPage(ListPage):
    """Everybody, without a name: what they need, and never why."""

    title = "Mensen zonder naam"
    intro = "Wie werk zoekt in de regio, en welke hefboom helpt. Namen en redenen staan hier niet."
    noun = ("mens", "mensen")
    door = DOOR
    search = ("case_number",)
    filters = (ChoiceFilter("gemeente", "Gemeente", "known_municipality", municipalities),)
    columns = (
        Column("Dossier", "case_number", Show.CODE),
        Column("Gemeente", "municipality"),
        Column(
            "Hefboom nodig",
            lambda row: [LEVERS[lever].kind for lever in row.levers],
            Show.KINDS,
        ),
        Column("Kan van huis zijn", _away),
        Column("Kan starten", "available_from", Show.DATE, sort="available_from"),
    )
    nothing = "Zodra iemand is ingeschreven, zie je hier welke hefboom helpt."

    def rows(self, request: DeskRequest) -> Rows:
        """Everybody who looks for work; who hides the address is in no municipality."""
        return people_in_reach().filter(status=CaseStatus.ACTIVE).order_by("case_number")

    def project(self, request: DeskRequest, rows: Sequence[Any]) -> Sequence[PseudonymRow]:
        """Rows without a name."""
        return pseudonym_rows(rows)
