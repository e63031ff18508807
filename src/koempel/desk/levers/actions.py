"""What can be done with a lever. Each action is one transaction: all of it, or nothing.

Locks are taken in one order, so that nobody waits in a ring: the booking, its parts by number, the
person for the line on the timeline, and the end of the audit trail last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.levers import ledger
from koempel.desk.levers.enums import (
    ENTRY_OF_STATE,
    NEXT_STATES,
    OPEN,
    THINGS,
    VOUCHER_KINDS,
    BookingState,
    EntryKind,
)
from koempel.desk.levers.models import (
    Lever,
    LeverBooking,
    LeverPart,
    ShuttleRun,
)
from koempel.desk.levers.parts import Detail, part_codes
from koempel.desk.levers.telling import told
from koempel.desk.levers.terms import hold_days
from koempel.desk.levers.vouchers import new_code
from koempel.desk.partners.models import Municipality
from koempel.desk.people.actions import note_support
from koempel.desk.people.keepers import ERASED
from koempel.desk.people.models import Child
from koempel.errors import KoempelError
from koempel.region import dutch


class NotAllowedNowError(KoempelError):
    """A booking cannot go from the state it is in to the state asked."""


class OtherBookingError(KoempelError):
    """The key of a booking was used before, for something else."""


@transaction.atomic
def register_lever(
    lever: Lever,
    detail: Detail | None,
    *,
    serves: Iterable[Municipality],
    at: datetime,
) -> Lever:
    """Add a lever with its parts; its stock is nothing until somebody sets it."""
    lever.save(force_insert=True)
    _store(lever, detail, serves, on=timezone.localdate(at))
    _record_lever("levers.register_lever", lever, at=at)
    return lever


@transaction.atomic
def change_lever(
    lever: Lever,
    detail: Detail | None,
    *,
    serves: Iterable[Municipality],
    at: datetime,
) -> Lever:
    """Store changed facts of a lever; a part that is no longer open stays for its bookings."""
    lever.save(force_update=True)
    _store(lever, detail, serves, on=timezone.localdate(at))
    _record_lever("levers.change_lever", lever, at=at)
    return lever


@transaction.atomic
def add_run(lever: Lever, run: ShuttleRun, *, at: datetime) -> LeverPart:
    """Add a run to a line; its seats are set like any stock."""
    place = lever.parts.count()
    run.part = LeverPart.objects.create(lever=lever, code=f"R{place + 1}", place=place)
    run.save(force_insert=True)
    _record_lever("levers.add_run", lever, at=at)
    return run.part


def _store(
    lever: Lever, detail: Detail | None, serves: Iterable[Municipality], *, on: date
) -> None:
    lever.serves.set(serves)
    if detail is not None:
        detail.lever = lever
        detail.save()
    for place, code in enumerate(part_codes(detail, on=on)):
        LeverPart.objects.get_or_create(lever=lever, code=code, defaults={"place": place})


def _record_lever(verb: str, lever: Lever, *, at: datetime) -> None:
    audit.record(verb, kind="lever", objects=[str(lever.pk)], at=at)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a partner.

    Attributes
    ----------
    case_number : str
        For whom.
    parts : sequence of LeverPart
        What exactly, all of one lever.
    key : str
        Made once per form: sent twice, it is still one booking.
    child : Child, optional
        For childcare: who comes.
    size : str
        For a bike: one of `BikeSize`, or empty when any will do.
    """

    case_number: str
    parts: Sequence[LeverPart]
    starts_on: date
    key: str
    ends_on: date | None = None
    child: Child | None = None
    size: str = ""


@transaction.atomic
def request_lever(wish: Wish, *, by: User, at: datetime) -> LeverBooking:
    """Ask a partner for a lever; nothing is kept back until the partner answers.

    Raises
    ------
    OtherBookingError
        When the key belongs to another booking.
    """
    booking, is_new = _note_down(wish, by=by, at=at)
    if is_new:
        _record("levers.requested", booking, by=by, at=at)
    return booking


@transaction.atomic
def book_lever(
    wish: Wish, *, by: User, at: datetime, hold_until: date | None = None
) -> LeverBooking:
    """Ask for a lever and hold it at once, when all its parts are free.

    Raises
    ------
    NothingFreeError
        When a part has none free; then nothing is booked.
    OtherBookingError
        When the key belongs to another booking.
    """
    booking, is_new = _note_down(wish, by=by, at=at)
    return hold_booking(booking, by=by, at=at, hold_until=hold_until) if is_new else booking


@transaction.atomic
def hold_booking(
    booking: LeverBooking, *, by: User, at: datetime, hold_until: date | None = None
) -> LeverBooking:
    """Keep back what was asked, until a day; else the term of the partners.

    The term counts from the first day: a place from January is not lost before it can begin.
    """
    today = timezone.localdate(at)
    deadline = hold_until or max(today, booking.starts_on) + timedelta(days=hold_days(today))
    voucher = new_code() if booking.lever.kind in VOUCHER_KINDS else ""
    return _move(
        booking, BookingState.HELD, by=by, at=at, facts={"hold_until": deadline, "voucher": voucher}
    )


def release_booking(
    booking: LeverBooking, *, by: User, at: datetime, reason: str = ""
) -> LeverBooking:
    """Give back what was asked or held: no longer wanted, or not possible."""
    return _move(booking, BookingState.RELEASED, by=by, at=at, reason=reason)


def hand_over(booking: LeverBooking, *, by: User, at: datetime) -> LeverBooking:
    """Note that the person has it: the bike went along, the child came."""
    return _move(booking, BookingState.HANDED_OVER, by=by, at=at)


@transaction.atomic
def extend_booking(booking: LeverBooking, ends_on: date, *, by: User, at: datetime) -> LeverBooking:
    """Let a place last longer; the stock stays as it is.

    Raises
    ------
    NotAllowedNowError
        When nothing is kept or given, or the day is not later than the one that stands.
    """
    locked = _locked(booking)
    if not locked.takes_stock:
        raise _not_now(locked)
    if locked.ends_on is None or ends_on <= locked.ends_on:
        raise NotAllowedNowError("Kies een dag die later is dan het einde dat er nu staat.")
    locked.ends_on, locked.changed_by, locked.changed_at = ends_on, by, at
    locked.save()
    title = f"Verlengd: {locked.lever.shown_kind.title.lower()}, {locked.lever}"
    text = f"Tot en met {dutch.day(ends_on)}"
    note_support(locked.case_number, title=title, text=text, by=by, at=at)
    _trail("levers.extended", locked, at=at)
    return locked


@transaction.atomic
def report_no_match(booking: LeverBooking, *, by: User, at: datetime, reason: str) -> LeverBooking:
    """Note that nothing there suits the person now; the voucher stays good, the guide is told."""
    locked = _locked(booking)
    if locked.state != BookingState.HELD:
        raise _not_now(locked)
    locked.changed_by, locked.changed_at, locked.reason = by, at, reason
    locked.save()
    title = f"Nog niets passends: {locked.lever.shown_kind.title.lower()}, {locked.lever}"
    note_support(locked.case_number, title=title, text=reason, by=by, at=at)
    _trail("levers.no_match", locked, at=at)
    return locked


def return_lever(
    booking: LeverBooking, *, by: User, at: datetime, reason: str = ""
) -> LeverBooking:
    """Note that it came back, so that the next can have it."""
    return _move(booking, BookingState.RETURNED, by=by, at=at, reason=reason)


def report_loss(booking: LeverBooking, *, by: User, at: datetime, reason: str) -> LeverBooking:
    """Note that what was handed over will not come back; the stock is one less."""
    return _move(booking, BookingState.LOST, by=by, at=at, reason=reason)


@transaction.atomic
def forget_bookings(case_number: str, *, at: datetime) -> None:
    """End what somebody has or asks, and take the person out of all bookings; the ledger stays.

    A place is free for the next. A bike that went along is written off: nobody knows any more who
    has it, and the shop counts it again when it comes back.
    """
    bookings = LeverBooking.objects.filter(case_number=case_number)
    ending = bookings.filter(state__in=OPEN).select_related("lever").order_by("pk")
    # All of them before the first line in the trail: others lock a lever first, the trail last.
    held = ending.select_for_update(of=("self",), no_key=True)
    ledger.lock(LeverPart.objects.filter(bookings__in=[booking.pk for booking in held]))
    for booking in ending:
        _move(booking, _end_of(booking), by=None, at=at)
    bookings.update(case_number=ERASED, voucher="", reason="")


def _end_of(booking: LeverBooking) -> BookingState:
    if booking.state != BookingState.HANDED_OVER:
        return BookingState.RELEASED
    return BookingState.LOST if booking.lever.family in THINGS else BookingState.RETURNED


def expire_holds(today: date, *, at: datetime) -> int:
    """Free everything whose deadline lies before today; gives how many.

    Each is a transaction of its own: one that somebody hands over meanwhile is left to them.
    """
    late = LeverBooking.objects.filter(state=BookingState.HELD, hold_until__lt=today)
    ended = 0
    for booking in late.order_by("pk"):
        try:
            _move(booking, BookingState.EXPIRED, by=None, at=at)
        except NotAllowedNowError:
            continue
        ended += 1
    return ended


@transaction.atomic
def set_capacity(
    part: LeverPart, capacity: int, *, by: User, at: datetime, reason: str = ""
) -> LeverPart:
    """Set how many there are in all; what is held or given stays so.

    Raises
    ------
    NothingFreeError
        When more are held or handed over than the new number.
    """
    locked = _set_capacity(part, capacity, by=by, at=at, reason=reason)
    _record_lever("levers.set_capacity", locked.lever, at=at)
    return locked


def _set_capacity(
    part: LeverPart, capacity: int, *, by: User, at: datetime, reason: str
) -> LeverPart:
    (locked,) = ledger.lock([part])
    change = capacity - locked.capacity
    if change:
        ledger.post(locked, EntryKind.CAPACITY_SET, change, by=by, at=at, reason=reason)
    return locked


@transaction.atomic
def set_stock(
    lever: Lever, wanted: Sequence[tuple[LeverPart, int]], *, by: User, at: datetime, reason: str
) -> Lever:
    """Set how many there are of each part, and confirm it: who counts, knows."""
    for part, capacity in sorted(wanted, key=lambda each: each[0].pk):
        _set_capacity(part, capacity, by=by, at=at, reason=reason)
    return confirm_capacity(lever, by=by, at=at)


@transaction.atomic
def confirm_capacity(lever: Lever, *, by: User, at: datetime) -> Lever:
    """Note that somebody of the partner says that the stock is right today."""
    lever.confirmed_on, lever.confirmed_by = timezone.localdate(at), by
    lever.save(update_fields=("confirmed_on", "confirmed_by"))
    _record_lever("levers.confirm_capacity", lever, at=at)
    return lever


def _note_down(wish: Wish, *, by: User, at: datetime) -> tuple[LeverBooking, bool]:
    facts = {
        "lever": wish.parts[0].lever,
        "case_number": wish.case_number,
        "state": BookingState.REQUESTED,
        "starts_on": wish.starts_on,
        "ends_on": wish.ends_on,
        "child": wish.child,
        "size": wish.size,
        "made_by": by,
        "made_at": at,
        "changed_by": by,
        "changed_at": at,
    }
    booking, is_new = LeverBooking.objects.get_or_create(key=wish.key, defaults=facts)
    if is_new:
        booking.parts.set(wish.parts)
    elif (booking.case_number, booking.lever_id) != (wish.case_number, wish.parts[0].lever_id):
        raise OtherBookingError("Dit formulier is al gebruikt. Laad de pagina opnieuw.")
    return booking, is_new


@transaction.atomic
def _move(
    booking: LeverBooking,
    to: BookingState,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    facts: dict[str, object] | None = None,
) -> LeverBooking:
    # Bring a booking into its next state, and its stock with it.
    locked = _locked(booking)
    if to not in NEXT_STATES[BookingState(locked.state)]:
        raise _not_now(locked)
    if locked.takes_stock or to == BookingState.HELD:
        for part in ledger.lock(locked.parts.all()):
            ledger.post(part, ENTRY_OF_STATE[to], by=by, at=at, booking=locked)
    locked.state, locked.changed_by, locked.changed_at, locked.reason = to, by, at, reason
    for name, value in (facts or {}).items():
        setattr(locked, name, value)
    locked.save()
    _record(f"levers.{to.lower()}", locked, by=by, at=at)
    return locked


def _locked(booking: LeverBooking) -> LeverBooking:
    rows = LeverBooking.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=booking.pk)


def _not_now(booking: LeverBooking) -> NotAllowedNowError:
    return NotAllowedNowError(
        f"Dit kan niet meer: deze boeking is intussen {booking.get_state_display()}."
    )


def _record(verb: str, booking: LeverBooking, *, by: User | None, at: datetime) -> None:
    title, text = told(booking)
    note_support(booking.case_number, title=title, text=text, by=by, at=at)
    _trail(verb, booking, at=at)


def _trail(verb: str, booking: LeverBooking, *, at: datetime) -> None:
    audit.record(verb, kind="person", objects=[booking.case_number], classes=["K2"], at=at)
