"""A heap: things of one kind that wait for somebody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.web.pages.due import due_now
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Status, Tone, Waiting
from koempel.region import dutch

MOST_SHOWN = 6
"""Things of a heap that are shown; the others stand in their list."""

RECENT = timedelta(days=14)
"""What happened longer ago is no news."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Things of one kind that wait.

    Attributes
    ----------
    noun : tuple of str
        One of them and several: ``("voorstel", "voorstellen")``.
    lines : int
        In how many lines they are told; several of one lever are one line.
    first : callable
        Gives the first few, ready to show; what they disclose is noted then and not before.
    rest : str
        Address name of the list that has all of them, or nothing.
    query : str
        What the address of that list asks.
    hides_few : bool
        Whether one to four are not counted out: for who may not know whom it is about.
    is_duty : bool
        Whether it asks something of the reader; what is only worth a look does not count.
    """

    title: str
    noun: tuple[str, str]
    count: int
    lines: int
    first: Callable[[DeskRequest], Sequence[Waiting]]
    rest: str = ""
    query: str = ""
    hides_few: bool = False
    is_duty: bool = True

    @property
    def word(self) -> str:
        """How many, in few words."""
        one, more = self.noun
        if self.hides_few:
            return f"{dutch.few(self.count)} {more}"
        return f"{dutch.number(self.count)} {one if self.count == 1 else more}"


Waits = Callable[[datetime], Heap]
"""Looks what waits at a moment for the asker of the context in force."""


def heap_of(
    rows: QuerySet[Any],
    show: Callable[[DeskRequest, Sequence[Any]], Sequence[Waiting]],
    *,
    title: str,
    noun: tuple[str, str],
    rest: str = "",
    query: str = "",
    is_duty: bool = True,
) -> Heap:
    """A heap with a line per row, of which only the first few are read."""
    count = rows.count()
    return Heap(
        title,
        noun,
        count,
        count,
        lambda request: show(request, list(rows[:MOST_SHOWN])),
        rest,
        query,
        is_duty=is_duty,
    )


@dataclass(frozen=True, slots=True)
class ShownHeap:
    """A heap as the page shows it; `more` says how many are left, and where."""

    title: str
    items: Sequence[Waiting]
    more: Link
    is_duty: bool


def shown(heap: Heap, request: DeskRequest) -> ShownHeap:
    """The first things of a heap, and the way to the others."""
    items = heap.first(request)
    url = open_address(request, heap.rest) if heap.rest else ""
    left = heap.lines - len(items)
    words = f"Nog {dutch.count(left, 'andere', 'andere')}" if left > 0 else ""
    more = Link(words or "Bekijk de lijst", url + heap.query) if url else Link(words, "")
    return ShownHeap(heap.title, items, more, heap.is_duty)


def due_status(due: date, today: date) -> Status:
    """How long something is late, or when it is due."""
    is_tomorrow = (due - today).days == 1
    return due_now(due, today) or Status("morgen" if is_tomorrow else f"tegen {dutch.day(due)}")


def days_left(last: date, today: date) -> Status:
    """How many days are left."""
    days = (last - today).days
    if days <= 0:
        return Status("vandaag", Tone.BAD)
    return Status(f"nog {dutch.count(days, 'dag', 'dagen')}", Tone.NEEDS_YOU)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in days."""
    days = (timezone.localdate(now) - timezone.localdate(moment)).days
    return "vandaag" if days == 0 else f"{dutch.count(days, 'dag', 'dagen')} geleden"
