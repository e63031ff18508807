"""What waits in doorstroom: terms that come or are late, and who is not followed yet."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import referrals_seen
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import (
    due_transitions,
    hired_unfollowed,
    late_transitions,
    talks_due,
    transitions_seen,
    unsigned_rounds,
)
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Waiting
from koempel.desk.web.views.transitions.words import ASKS, agreement_url, file_url, waits_for
from koempel.desk.web.views.waiting.heaps import MOST_SHOWN, Heap, due_status, heap_of
from koempel.region import dutch


def terms(moment: datetime) -> Heap:
    """Evaluations and phases whose term comes soon or is over."""
    return heap_of(
        due_transitions(current(), timezone.localdate(moment)),
        _due(moment),
        title="Doorstroom: termijnen",
        noun=("termijn in de doorstroom", "termijnen in de doorstroom"),
        rest="transitions:list",
        query="?termijn=gauw",
    )


def talks(moment: datetime) -> Heap:
    """Days on which somebody with regular work is asked how it goes."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Transition]) -> Sequence[Waiting]:
        due = {row.pk: row.talk_on or today for row in found}
        return [
            Waiting(
                each.label,
                file_url(each.pk),
                "up",
                "Nazorg: vraag hoe het gaat",
                due_status(due[each.pk], today),
            )
            for each in transitions_seen(found)
        ]

    return heap_of(
        talks_due(current(), today),
        show,
        title="Nazorg na de doorstroom",
        noun=("nazorg te doen", "keer nazorg te doen"),
        rest="transitions:list",
        query="?stand=AFTERCARE",
    )


def unsigned(moment: datetime) -> Heap:
    """Internship agreements that somebody has still to sign, for who guides."""
    return _unsigned_heap(moment, unsigned_rounds(current()), waits_for)


def to_sign(moment: datetime) -> Heap:
    """Internship agreements that the own enterprise has still to sign."""
    found = [each for each in unsigned_rounds(current()) if Party.ENTERPRISE in each[1]]
    return _unsigned_heap(moment, found, lambda _: "Teken voor jullie bedrijf")


def _unsigned_heap(
    moment: datetime,
    found: Sequence[tuple[Transition, Collection[Party]]],
    says: Callable[[Collection[Party]], str],
) -> Heap:
    today = timezone.localdate(moment)

    def show(request: DeskRequest) -> Sequence[Waiting]:
        first = found[:MOST_SHOWN]
        seen = transitions_seen([row for row, _ in first])
        return [
            Waiting(
                who.label,
                agreement_url(who.pk),
                "up",
                f"{who.employer}: {says(left)}",
                due_status(row.agreement.first_on, today),
            )
            for who, (row, left) in zip(seen, first, strict=True)
        ]

    return Heap(
        "Stageovereenkomsten om te tekenen",
        ("stageovereenkomst om te tekenen", "stageovereenkomsten om te tekenen"),
        len(found),
        len(found),
        show,
        "transitions:list",
        "?stand=MATCHING",
    )


def unfollowed(moment: datetime) -> Heap:
    """People whom a social enterprise hired and whom nobody follows yet."""
    return heap_of(
        hired_unfollowed(current()),
        _hired,
        title="Aangeworven: plan de eerste evaluatie",
        noun=("nieuwe medewerker zonder evaluatie", "nieuwe medewerkers zonder evaluatie"),
        rest="transitions:new",
    )


def _due(moment: datetime) -> Callable[[DeskRequest, Sequence[Transition]], Sequence[Waiting]]:
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Transition]) -> Sequence[Waiting]:
        return [
            Waiting(
                each.label,
                file_url(each.pk),
                "up",
                f"{each.employer}: {ASKS[each.state]}",
                due_status(each.due_on or today, today),
            )
            for each in transitions_seen(found)
        ]

    return show


def _hired(request: DeskRequest, found: Sequence[Referral]) -> Sequence[Waiting]:
    url = open_address(request, "transitions:new")
    return [
        Waiting(each.label, url, "up", f"{each.vacancy.title} bij {each.vacancy.employer}")
        for each in referrals_seen(found)
    ]


def late_count(moment: datetime) -> tuple[int, str]:
    """How many terms are over, and at how many social enterprises, for who directs."""
    rows = late_transitions(current(), timezone.localdate(moment)).order_by()
    found = list(rows.values_list("employer", flat=True))
    return len(found), dutch.count(len(set(found)), "bedrijf", "bedrijven")
