"""What waits for a partner with levers: counts per lever, and nobody's name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.levers.due import (
    ending_places,
    requests_of,
    seats_free_soon,
    silent_requests,
    stale_stock,
    vouchers_kept,
)
from koempel.desk.levers.models import Course, Lever, LeverBooking
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.waiting.heaps import (
    MOST_SHOWN,
    Heap,
    ago,
    days_left,
    heap_of,
)
from koempel.region import dutch

PLACES_AHEAD = timedelta(days=42)
COURSES_AHEAD = timedelta(days=60)

Bookings = Sequence[LeverBooking]


def requests(moment: datetime) -> Heap:
    """Requests that wait for the answer of the partner."""
    silent = {each.pk for each in silent_requests(current(), moment)}

    def line(found: Bookings) -> tuple[str, Status]:
        late = sum(each.pk in silent for each in found)
        status = Status("stil", Tone.BAD) if late else Status("nieuw", Tone.NEEDS_YOU)
        count = dutch.capital(dutch.count(len(found), "vraag", "vragen"))
        return f"{count}. De oudste is van {ago(found[0].made_at, moment)}.", status

    return _per_lever(
        list(requests_of(current())),
        line,
        title="Vragen om te beantwoorden",
        noun=("vraag", "vragen"),
    )


def vouchers(moment: datetime) -> Heap:
    """Vouchers that somebody can come with any day."""
    today = timezone.localdate(moment)

    def line(found: Bookings) -> tuple[str, Status]:
        first = found[0].hold_until or today
        text = dutch.capital(dutch.count(len(found), "bon ligt", "bonnen liggen"))
        return f"{text} klaar. De eerste geldt nog tot en met {dutch.day(first)}.", days_left(
            first, today
        )

    return _per_lever(
        list(vouchers_kept(current())),
        line,
        title="Bonnen om in te wisselen",
        noun=("bon", "bonnen"),
        rest="levers:vouchers",
    )


def ending(moment: datetime) -> Heap:
    """Places that come free soon."""
    today = timezone.localdate(moment)

    def line(found: Bookings) -> tuple[str, Status]:
        first = found[0].ends_on or today
        text = dutch.capital(dutch.count(len(found), "plaats eindigt", "plaatsen eindigen"))
        return f"{text}. De eerste op {dutch.day(first)}.", days_left(first, today)

    return _per_lever(
        list(ending_places(current(), today, today + PLACES_AHEAD)),
        line,
        title="Plaatsen die eindigen",
        noun=("plaats eindigt", "plaatsen eindigen"),
    )


def stock(moment: datetime) -> Heap:
    """Stock that nobody confirmed in time."""
    levers = stale_stock(current(), timezone.localdate(moment))

    def first(request: DeskRequest) -> Sequence[Waiting]:
        return [
            Waiting(
                each.name,
                _url(request, each),
                each.shown_kind.icon,
                f"Laatst bevestigd op {dutch.day(each.confirmed_on)}."
                if each.confirmed_on
                else "Nog nooit bevestigd.",
                Status("niet bevestigd", Tone.NEEDS_YOU),
            )
            for each in levers[:MOST_SHOWN]
        ]

    return Heap(
        "Voorraad om te bevestigen",
        ("voorraad te bevestigen", "voorraden te bevestigen"),
        len(levers),
        len(levers),
        first,
        "levers:board",
    )


def seats(moment: datetime) -> Heap:
    """Courses that begin soon and still have seats."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Course]) -> Sequence[Waiting]:
        return [
            Waiting(
                each.lever.name,
                _url(request, each.lever),
                each.lever.shown_kind.icon,
                f"De les start op {dutch.day(each.starts_on)}. "
                f"Nog {dutch.count(each.free, 'plaats', 'plaatsen')} vrij.",  # type: ignore[attr-defined]
                days_left(each.starts_on, today),
            )
            for each in found
        ]

    return heap_of(
        seats_free_soon(current(), today, today + COURSES_AHEAD),
        show,
        title="Lessen met vrije plaatsen",
        noun=("les met vrije plaatsen", "lessen met vrije plaatsen"),
        rest="levers:board",
        is_duty=False,
    )


def _per_lever(
    bookings: Bookings,
    line: Callable[[Bookings], tuple[str, Status]],
    *,
    title: str,
    noun: tuple[str, str],
    rest: str = "levers:board",
) -> Heap:
    """One line per lever; the partner's own pages tell who it is about."""
    by_lever: dict[int, list[LeverBooking]] = defaultdict(list)
    for each in bookings:
        by_lever[each.lever_id].append(each)

    def first(request: DeskRequest) -> Sequence[Waiting]:
        return list(_lines(request, list(by_lever.values())[:MOST_SHOWN], line))

    return Heap(title, noun, len(bookings), len(by_lever), first, rest)


def _lines(
    request: DeskRequest,
    groups: Iterable[Bookings],
    line: Callable[[Bookings], tuple[str, Status]],
) -> Iterable[Waiting]:
    for found in groups:
        lever = found[0].lever
        text, status = line(found)
        yield Waiting(lever.name, _url(request, lever), lever.shown_kind.icon, text, status)


def _url(request: DeskRequest, lever: Lever) -> str:
    return open_address(request, "levers:file", keys={"pk": lever.pk})
