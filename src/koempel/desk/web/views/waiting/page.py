"""The first page of whoever works in the desk: what waits, and what to do when nothing does."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.web.context import Door, open_doors
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.waiting.heaps import Heap, shown
from koempel.desk.web.views.waiting.roles import heaps_of
from koempel.region import dutch


class WaitingPage(BoardPage):
    """Everything that waits for the reader, the most urgent in the box."""

    title = "Wat wacht"
    door = Door("Wat wacht", "cal", 5)
    template = "web/waiting.html"

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page, of one look."""
        self._heaps: Sequence[Heap] = list(heaps_of(current().role, timezone.now()))
        return super().get(request, *args, **keys)

    def heading(self, request: DeskRequest) -> str:
        """How much waits."""
        count = sum(heap.count for heap in self._heaps if heap.is_duty)
        if not count:
            return "Er wacht niets op jou"
        verb = "wacht" if count == 1 else "wachten"
        return f"{dutch.capital(dutch.count(count, 'ding', 'dingen'))} {verb} op jou"

    def kicker(self, request: DeskRequest) -> str:
        """The day."""
        return dutch.capital(dutch.weekday_and_day(timezone.localdate()))

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """The heaps, or the doors that are there instead."""
        doors = [door for door in open_doors(request) if not door.is_current]
        return {
            "heaps": [shown(heap, request) for heap in self._heaps],
            "instead": [Link(door.title, door.url) for door in doors],
        }
