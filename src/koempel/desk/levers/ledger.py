"""The ledger: the one place where the stock of a lever changes.

A part is locked, its balances are read, the entry is written and the balances follow, all in the
transaction of the caller. On PostgreSQL the lock is the row; on SQLite the transaction itself is
the lock (IMMEDIATE, see the settings). A constraint in the database stands behind it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from koempel.desk.accounts.models import User
from koempel.desk.levers.enums import MOVES, EntryKind
from koempel.desk.levers.models import LeverBooking, LeverEntry, LeverPart
from koempel.errors import KoempelError


class NothingFreeError(KoempelError):
    """There is not enough left; nothing was changed."""


def lock(parts: Iterable[LeverPart]) -> list[LeverPart]:
    """Lock some parts and read them afresh; always in one order, so that nobody waits in a ring."""
    wanted = {part.pk for part in parts}
    # Without `no_key` two bookings that point to one part would each wait for the other.
    found = LeverPart.objects.filter(pk__in=wanted).select_for_update(of=("self",), no_key=True)
    return list(found.select_related("lever").order_by("pk"))


def post(
    part: LeverPart,
    kind: EntryKind,
    amount: int = 1,
    *,
    by: User | None,
    at: datetime,
    booking: LeverBooking | None = None,
    reason: str = "",
) -> LeverEntry:
    """Write an entry on a locked part, and let its balances follow.

    Raises
    ------
    NothingFreeError
        When that many are not free.
    """
    move = MOVES[kind]
    if part.free + move.free * amount < 0:
        raise NothingFreeError(
            f"Bij {part.lever} is er niets meer vrij. Kies een andere of vraag er een bij."
        )
    part.free += move.free * amount
    part.held += move.held * amount
    part.out += move.out * amount
    part.save(update_fields=("free", "held", "out"))
    return LeverEntry.objects.create(
        part=part, kind=kind, amount=amount, booking=booking, by=by, at=at, reason=reason
    )


def balances_by_entries(part: LeverPart) -> tuple[int, int, int]:
    """Free, held and out as the entries add up, for whoever wants to check the books."""
    totals = part.entries.order_by().values_list("kind").annotate(total=Sum("amount"))
    free = held = out = 0
    for kind, total in totals:
        move = MOVES[EntryKind(kind)]
        free += move.free * total
        held += move.held * total
        out += move.out * total
    return free, held, out


def parts_out_of_balance() -> list[LeverPart]:
    """Parts whose balances are not what their entries say; none, when all is well."""
    parts = LeverPart.objects.select_related("lever")
    return [p for p in parts if balances_by_entries(p) != (p.free, p.held, p.out)]
