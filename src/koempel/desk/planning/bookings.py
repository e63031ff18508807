"""From what a proposal takes to the bookings that hold it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from koempel.desk.levers import ledger
from koempel.desk.levers.actions import Wish, book_lever, release_booking
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.models import LeverBooking, LeverPart
from koempel.desk.planning.errors import FullError
from koempel.desk.planning.lever_rows import key_of, name_in_plan
from koempel.desk.planning.models import Decision
from koempel.region.outcome import Proposal

NOT_STARTED = (BookingState.REQUESTED, BookingState.HELD)


def lock_levers(proposal: Proposal) -> None:
    """Lock what a proposal takes, before anything is written in the trail.

    Others lock a lever first and the end of the trail last: the other way round, each would wait
    for the other.
    """
    ledger.lock(part for wish in _wishes(proposal, "") for part in wish.parts)


def lock_held(decision: Decision) -> None:
    """Lock what a decision held, for the same reason."""
    held = bookings_of(decision).select_for_update(of=("self",), no_key=True)
    ledger.lock(LeverPart.objects.filter(bookings__in=[booking.pk for booking in held]))


def hold_levers(proposal: Proposal, decision: Decision) -> list[LeverBooking]:
    """Hold every lever of an accepted proposal, in the transaction of the decision.

    Raises
    ------
    NothingFreeError
        When others took the last one; then nothing is held.
    """
    return [
        book_lever(wish, by=decision.by, at=decision.at)
        for wish in _wishes(proposal, _prefix(decision))
    ]


def release_levers(decision: Decision, *, by: Decision) -> int:
    """Give back what a decision held and nobody used yet; gives how many are still in use."""
    in_use = 0
    for booking in bookings_of(decision):
        if booking.state in NOT_STARTED:
            release_booking(booking, by=by.by, at=by.at, reason=by.get_verdict_display())
        in_use += booking.state == BookingState.HANDED_OVER
    return in_use


def bookings_of(decision: Decision) -> QuerySet[LeverBooking]:
    """What a decision held, whatever became of it."""
    found = LeverBooking.objects.filter(key__startswith=_prefix(decision))
    return found.select_related("lever", "made_by").order_by("pk")


def _prefix(decision: Decision) -> str:
    return f"decision-{decision.pk}-"


def _wishes(proposal: Proposal, prefix: str) -> list[Wish]:
    """One wish per lever, or one per child when several need the same place."""
    wishes: list[Wish] = []
    for parts in _parts_per_lever(proposal.takes).values():
        for turn in range(max(amount for _, amount in parts)):
            wishes.append(
                Wish(
                    case_number=proposal.person,
                    parts=[part for part, amount in parts if amount > turn],
                    starts_on=proposal.start_on,
                    key=f"{prefix}{len(wishes)}",
                )
            )
    return wishes


def _parts_per_lever(
    takes: Iterable[tuple[str, int]],
) -> dict[int, list[tuple[LeverPart, int]]]:
    found: dict[int, list[tuple[LeverPart, int]]] = defaultdict(list)
    for thing, amount in takes:
        lever, _, part = thing.partition("/")
        key = key_of(lever)
        if key is not None:
            found[key].append((_part(key, part), amount))
    return found


def _part(lever: int, name: str) -> LeverPart:
    """A part by its name in a plan: a run by its own number, else by its code."""
    rows = LeverPart.objects.select_related("lever").filter(lever=lever, lever__is_active=True)
    run = name.rpartition("-")[2] if name.startswith(f"{name_in_plan(lever)}-") else ""
    part = rows.filter(pk=run).first() if run else rows.filter(code=name).first()
    if part is None:
        raise FullError("Deze hefboom is er niet meer. Kies een andere weg.")
    return part
