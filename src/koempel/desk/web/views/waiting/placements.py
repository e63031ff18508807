"""What waits of work that goes on: for who guides, for the employer, and for who directs."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.placements.enums import Party
from koempel.desk.placements.models import FollowUp
from koempel.desk.placements.queries import (
    PlacementSeen,
    follow_ups_asked,
    follow_ups_to_ask,
    late_follow_ups,
    needs_told,
    placements_seen,
)
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.placements.words import file_url
from koempel.desk.web.views.waiting.heaps import RECENT, Heap, due_status, heap_of
from koempel.region import dutch

_NOUN = ("vraag over werk", "vragen over werk")


def to_ask(moment: datetime) -> Heap:
    """Follow-ups that are due: who guides asks by a link, or calls."""
    today = timezone.localdate(moment)
    return heap_of(
        follow_ups_to_ask(current(), today=today, at=moment),
        _shown(lambda row, seen: f"Na {row.months} maanden: nog aan het werk?", moment),
        title="Nog aan het werk?",
        noun=_NOUN,
        rest="placements:list",
        query="?opvolging=wacht",
    )


def asked(moment: datetime) -> Heap:
    """Questions that who guides sent to an employer."""
    today = timezone.localdate(moment)
    return heap_of(
        follow_ups_asked(current(), Party.EMPLOYER, today=today, at=moment),
        _shown(lambda row, seen: f"{seen.vacancy.title}: werkt nog bij jullie?", moment),
        title="Werkt wie begon nog bij jullie?",
        noun=_NOUN,
        rest="placements:list",
        query="?opvolging=wacht",
    )


def needs(moment: datetime) -> Heap:
    """What somebody at work, or the employer, lately said to be in need of."""

    def show(request: DeskRequest, found: Sequence[FollowUp]) -> Sequence[Waiting]:
        return [
            Waiting(
                seen.label,
                file_url(seen.pk),
                "work",
                dutch.sentence(row.needs) if row.needs else "Er is iets nodig.",
                Status("vraagt iets", Tone.NEEDS_YOU),
            )
            for row, seen in _with_work(found)
            if seen.who.knows_guidance
        ]

    return heap_of(
        needs_told(current(), moment - RECENT),
        show,
        title="Aan het werk, en er is iets nodig",
        noun=("antwoord dat iets vraagt", "antwoorden die iets vragen"),
        is_duty=False,
    )


def _shown(
    words: Callable[[FollowUp, PlacementSeen], str], moment: datetime
) -> Callable[[DeskRequest, Sequence[FollowUp]], Sequence[Waiting]]:
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[FollowUp]) -> Sequence[Waiting]:
        return [
            Waiting(
                seen.label,
                file_url(seen.pk),
                "work",
                words(row, seen),
                due_status(row.due_on, today),
            )
            for row, seen in _with_work(found)
        ]

    return show


def _with_work(found: Sequence[FollowUp]) -> list[tuple[FollowUp, PlacementSeen]]:
    seen = {each.pk: each for each in placements_seen(row.placement for row in found)}
    return [(row, seen[row.placement_id]) for row in found if row.placement_id in seen]


def late_count(moment: datetime) -> tuple[int, str]:
    """How many follow-ups stay without an answer, and at how many employers, for who directs."""
    rows = late_follow_ups(current(), timezone.localdate(moment)).order_by()
    found = list(rows.values_list("placement__vacancy__employer", flat=True))
    return len(found), dutch.count(len(set(found)), "werkgever", "werkgevers")
