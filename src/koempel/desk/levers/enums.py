"""Life of a booking, moves of the ledger, families of levers: each a table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from koempel.region.outcome import LeverKind
from koempel.region.vocabulary import LEVERS


class BookingState(TextChoices):
    """Where a booking stands."""

    REQUESTED = "REQUESTED", "gevraagd"
    HELD = "HELD", "vastgehouden"
    HANDED_OVER = "HANDED_OVER", "meegegeven"
    RETURNED = "RETURNED", "teruggebracht"
    RELEASED = "RELEASED", "losgelaten"
    EXPIRED = "EXPIRED", "vervallen"
    LOST = "LOST", "verloren"


NEXT_STATES: dict[BookingState, frozenset[BookingState]] = {
    BookingState.REQUESTED: frozenset(
        {BookingState.HELD, BookingState.RELEASED, BookingState.EXPIRED}
    ),
    BookingState.HELD: frozenset(
        {BookingState.HANDED_OVER, BookingState.RELEASED, BookingState.EXPIRED}
    ),
    BookingState.HANDED_OVER: frozenset({BookingState.RETURNED, BookingState.LOST}),
    BookingState.RETURNED: frozenset(),
    BookingState.RELEASED: frozenset(),
    BookingState.EXPIRED: frozenset(),
    BookingState.LOST: frozenset(),
}
"""The only changes of state that there are."""

TAKES_STOCK = (BookingState.HELD, BookingState.HANDED_OVER)
OPEN = (BookingState.REQUESTED, *TAKES_STOCK)


class BikeSize(TextChoices):
    """Size of a bike, by the height of its frame."""

    SMALL = "S", "klein, tot 50 cm"
    MIDDLE = "M", "middel, 51 tot 55 cm"
    LARGE = "L", "groot, vanaf 56 cm"


class EntryKind(TextChoices):
    """A move in the ledger."""

    CAPACITY_SET = "CAPACITY_SET", "Voorraad aangepast"
    RESERVED = "RESERVED", "Vastgehouden"
    RELEASED = "RELEASED", "Losgelaten"
    HANDED_OVER = "HANDED_OVER", "Meegegeven"
    RETURNED = "RETURNED", "Teruggebracht"
    LOST = "LOST", "Verloren"
    EXPIRED = "EXPIRED", "Vervallen"


@dataclass(frozen=True, slots=True)
class Move:
    """What one unit of an entry does to the three balances of a part."""

    free: int
    held: int = 0
    out: int = 0


MOVES: dict[EntryKind, Move] = {
    EntryKind.CAPACITY_SET: Move(free=1),
    EntryKind.RESERVED: Move(free=-1, held=1),
    EntryKind.RELEASED: Move(free=1, held=-1),
    EntryKind.EXPIRED: Move(free=1, held=-1),
    EntryKind.HANDED_OVER: Move(free=0, held=-1, out=1),
    EntryKind.RETURNED: Move(free=1, out=-1),
    EntryKind.LOST: Move(free=0, out=-1),
}

ENTRY_OF_STATE: dict[BookingState, EntryKind] = {
    BookingState.HELD: EntryKind.RESERVED,
    BookingState.HANDED_OVER: EntryKind.HANDED_OVER,
    BookingState.RETURNED: EntryKind.RETURNED,
    BookingState.RELEASED: EntryKind.RELEASED,
    BookingState.EXPIRED: EntryKind.EXPIRED,
    BookingState.LOST: EntryKind.LOST,
}
"""What a booking writes in the ledger when it comes into a state. One that was only requested and
goes again writes nothing: it took nothing."""


class Family(TextChoices):
    """The four boards; the value is the last word of the address."""

    BIKES = "fietsen", "Fietsen"
    CHILDCARE = "kinderopvang", "Kinderopvang"
    TRAINING = "opleiding", "Opleiding"
    TRANSPORT = "vervoer", "Vervoer"


FAMILY_OF: dict[LeverKind, Family] = {
    LeverKind.BIKE: Family.BIKES,
    LeverKind.EBIKE_LOAN: Family.BIKES,
    LeverKind.BIKE_LESSON: Family.BIKES,
    LeverKind.FLEX_CHILDCARE: Family.CHILDCARE,
    LeverKind.URGENT_CHILDCARE: Family.CHILDCARE,
    LeverKind.REGULAR_CHILDCARE: Family.CHILDCARE,
    LeverKind.OUT_OF_SCHOOL_CARE: Family.CHILDCARE,
    LeverKind.DUTCH_COURSE: Family.TRAINING,
    LeverKind.SKILL_COURSE: Family.TRAINING,
    LeverKind.DRIVING_LICENCE: Family.TRAINING,
    LeverKind.SHUTTLE_SEAT: Family.TRANSPORT,
}

THINGS = (Family.BIKES,)
"""What goes along, comes back or gets lost; all else is a place that somebody takes."""

_IN_USE: dict[Family, dict[str, str]] = {
    Family.BIKES: {"HANDED_OVER": "meegegeven", "RETURNED": "teruggebracht"},
    Family.CHILDCARE: {"HANDED_OVER": "begonnen", "RETURNED": "gestopt"},
    Family.TRAINING: {"HANDED_OVER": "begonnen", "RETURNED": "gestopt"},
    Family.TRANSPORT: {"HANDED_OVER": "rijdt mee", "RETURNED": "rijdt niet meer mee"},
}
"""Words of each family for what is in use; all else is called the same everywhere."""


def state_word(state: BookingState, family: Family) -> str:
    """A state in the word that fits the family: a bike goes along, a child begins.

    Examples
    --------
    >>> state_word(BookingState.RETURNED, Family.BIKES)
    'teruggebracht'
    >>> state_word(BookingState.RETURNED, Family.CHILDCARE)
    'gestopt'
    """
    return _IN_USE[family].get(state.value, str(state.label))


def entry_word(kind: EntryKind, family: Family) -> str:
    """An entry of the ledger in the word that fits the family."""
    return _IN_USE[family].get(kind.value, str(kind.label))


KIND_CHOICES = [(kind.value, LEVERS[kind].kind.title) for kind in LeverKind]
VOUCHER_KINDS = (LeverKind.BIKE, LeverKind.EBIKE_LOAN)
"""Kinds that a person collects with a voucher."""


def kinds_of(family: Family) -> list[LeverKind]:
    """Kinds on a board, in their own order."""
    return [kind for kind, each in FAMILY_OF.items() if each is family]
