"""Every lever that somebody could have: what the case needs first, the best one on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from koempel.desk.levers.choices import Choice, Shelf, wishes_for
from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.people.disclosures import homes_of, name_in_reach, needs_of
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link, Section, Status, Tone
from koempel.desk.web.views.levers.addresses import book_url
from koempel.desk.web.views.people.found import find, way_to
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS

BEST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A lever that somebody could have, in words."""

    lever: Lever
    where: str
    status: Status
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Levers that do the same: the best ones, and the rest."""

    best: Sequence[ChoiceLine]
    rest: Sequence[ChoiceLine]


class ChooseLever(BoardPage):
    """Levers for one person."""

    title = "Ondersteuning"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page, for a person whom the reader guides."""
        self._person = find(keys["case"])
        self._case = self._person.case_number
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """For whom."""
        return f"Ondersteuning voor {name_in_reach(self._case)}"

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """From the case."""
        return way_to(self._case, "Ondersteuning")

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """A section per kind, those that the case needs first."""
        today = timezone.localdate()
        shelf, home = Shelf(today), homes_of([self._person])[self._case]
        needs = needs_of(self._person)
        found = []
        for wanted in wishes_for(needs, max(today, self._person.available_from)):
            lines = [_line(choice, self._case) for choice in shelf.choices(home, wanted)]
            if lines:
                title = LEVERS[wanted.kind].kind.title
                group = Group(lines[:BEST_SHOWN], lines[BEST_SHOWN:])
                is_needed = wanted.kind in needs.levers
                found.append(
                    Section(
                        f"{title}: nodig volgens het dossier" if is_needed else title,
                        template="web/levers/choices.html",
                        data=group,
                    )
                )
        return found


def _line(choice: Choice, case_number: str) -> ChoiceLine:
    return ChoiceLine(
        choice.lever,
        distance_in_words(choice.km),
        free_status(choice),
        book_url(choice.lever.pk, case_number),
    )


def distance_in_words(km: float | None) -> str:
    """How far something is, or nothing where that is not told."""
    return "" if km is None else f"{dutch.number(km, 1)} km"


def free_status(choice: Choice) -> Status:
    """Whether a lever has something free, in words."""
    fit = choice.fit
    if fit.never:
        return Status("past niet", Tone.BAD)
    if fit.full:
        again = f", plaats vrij op {dutch.day(fit.free_on)}" if fit.free_on else ""
        return Status(f"vol{again}", Tone.BAD)
    if choice.lever.family is Family.CHILDCARE:
        parts = choice.lever.parts.all()
        free = sum(part.free > 0 for part in parts)
        return Status(f"plaats op {free} van {len(parts)} dagdelen", Tone.GOOD)
    return Status(f"vrij vanaf {dutch.day(fit.first_day)}", Tone.GOOD)
