"""What each family shows of its own on a board: weeks, groups, rides, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever, LeverPart
from koempel.desk.levers.queries import OpenBookings, n_placed, parts_in_words
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link, Section
from koempel.desk.web.views.levers.addresses import file_url
from koempel.desk.web.views.levers.childcare import crossing_section, weeks_sections
from koempel.desk.web.views.levers.lines import kept_section
from koempel.desk.web.views.levers.sections import LeverLine, lever_lines
from koempel.region import dutch
from koempel.region.vocabulary import LEVELS


def own_sections(
    request: DeskRequest, family: Family, levers: Sequence[Lever], found: OpenBookings
) -> list[Section]:
    """What a partner of this family looks at first."""
    if family is Family.CHILDCARE:
        return [*weeks_sections(levers, "Bezetting"), *crossing_section(request, found.kept)]
    if family is Family.TRAINING:
        return _group_sections(request, levers)
    return _ride_sections(request, levers) if family is Family.TRANSPORT else []


STOCK_IS_SHOWN = (Family.TRAINING, Family.TRANSPORT)
"""Families whose own sections say already what there is."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of a group or a ride: how many are taken of how many."""

    name: str
    taken: int
    capacity: int

    @property
    def free(self) -> int:
        """What is left."""
        return self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a course: what it leads to and when, its seats, whether they are confirmed."""

    about: str
    seats: Seats
    line: LeverLine


def _group_sections(request: DeskRequest, levers: Sequence[Lever]) -> list[Section]:
    today = timezone.localdate()
    running = [lever for lever in levers if lever.course.ends_on >= today]
    running.sort(key=lambda lever: lever.course.starts_on)
    rows = [
        Group(_group_in_words(line.lever), _seats(line.lever.name, line.lever.parts.all()), line)
        for line in lever_lines(request, running)
    ]
    if not rows:
        return []
    return [Section("Groepen", template="web/levers/groups.html", data=rows, anchor="voorraad")]


def _group_in_words(lever: Lever) -> str:
    course = lever.course
    level = f"van {level_word(course.from_level)} naar {course.teaches}"
    days = f"{dutch.day(course.starts_on)} tot {dutch.day(course.ends_on)}"
    return dutch.capital(f"{level}, {days}" if course.from_level else days)


def level_word(code: str) -> str:
    """A level of Dutch as people say it."""
    return LEVELS.get(code, code)


@dataclass(frozen=True, slots=True)
class Rides:
    """A line with the seats of each run."""

    line: LeverLine
    runs: Sequence[Seats]


def _ride_sections(request: DeskRequest, levers: Sequence[Lever]) -> list[Section]:
    return [
        Section(
            line.lever.name,
            template="web/levers/rides.html",
            data=Rides(
                line,
                [
                    _seats(dutch.capital(parts_in_words(line.lever.family, [part])), [part])
                    for part in line.lever.parts.all()
                ],
            ),
            more=Link("Bekijk de lijn", file_url(line.lever.pk)),
            anchor="" if number else "voorraad",
        )
        for number, line in enumerate(lever_lines(request, levers))
    ]


def _seats(name: str, parts: Iterable[LeverPart]) -> Seats:
    found = list(parts)
    capacity = sum(part.capacity for part in found)
    return Seats(name, sum(part.held + part.out for part in found), capacity)


_WHO = {
    Family.BIKES: "Bonnen en fietsen",
    Family.CHILDCARE: "Kinderen met een plaats",
    Family.TRAINING: "Wie komt naar de les?",
    Family.TRANSPORT: "Wie rijdt mee?",
}


def who_section(request: DeskRequest, family: Family, found: OpenBookings) -> Section:
    """Who has something or will get it."""
    return kept_section(request, found, _WHO[family])


@dataclass(frozen=True, slots=True)
class Meant:
    """What came of the levers: a count that hides small numbers, and what it counts."""

    count: str
    text: str


_MEANT = {
    Family.BIKES: "mensen werken nu, en begonnen dit jaar met een fiets van jullie.",
    Family.CHILDCARE: "ouders werken nu, en begonnen dit jaar toen hun kind hier een plaats had.",
    Family.TRAINING: "mensen werken nu, en begonnen dit jaar tijdens of na een les van jullie.",
    Family.TRANSPORT: "mensen werken nu, en begonnen dit jaar toen ze met jullie meereden.",
}
_NOBODY_YET = "Dit jaar nog niemand, voor zover Koempel weet."
_TITLES = {
    Family.BIKES: "Wat jullie fietsen mogelijk maakten",
    Family.CHILDCARE: "Wat jullie plaatsen mogelijk maakten",
    Family.TRAINING: "Wat jullie lessen mogelijk maakten",
    Family.TRANSPORT: "Wat jullie ritten mogelijk maakten",
}


def meant_section(family: Family, levers: Sequence[Lever]) -> Section:
    """How many people work now with the help of some levers, this year."""
    new_year = timezone.localdate().replace(month=1, day=1)
    count = n_placed(levers, new_year)
    data = Meant(dutch.few(count), _MEANT[family]) if count else Meant("", _NOBODY_YET)
    return Section(_TITLES[family], template="web/levers/meant.html", data=data)
