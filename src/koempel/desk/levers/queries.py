"""Reads about levers: frozen projections, so that no page holds a row that it may not show."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from koempel.desk.common.context import Context, Relation
from koempel.desk.levers.enums import (
    OPEN,
    TAKES_STOCK,
    BookingState,
    EntryKind,
    Family,
    entry_word,
    kinds_of,
    state_word,
)
from koempel.desk.levers.models import Lever, LeverBooking, LeverEntry, LeverPart
from koempel.desk.levers.names import FirstNames, no_names
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.region import dutch
from koempel.region.rows import Day
from koempel.region.rules import PARTS

WEEKS_SHOWN = 2
_PARTS_AT_MOST = 28


@dataclass(frozen=True, slots=True)
class BookingSeen:
    """A booking as a partner or guide sees it."""

    pk: int
    lever: int
    family: Family
    who: str
    case_number: str
    state: BookingState
    word: str
    starts_on: date
    ends_on: date | None
    hold_until: date | None
    voucher: str
    parts: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Places of one part of one day: how many are taken of how many there are."""

    day: date
    taken: int
    capacity: int

    @property
    def is_full(self) -> bool:
        """Whether nothing is free on that day."""
        return self.taken >= self.capacity

    @property
    def tenths(self) -> int:
        """How full, in tenths, for the drawing."""
        return min(10, -(-10 * self.taken // self.capacity)) if self.capacity else 10


def visible_levers(context: Context) -> QuerySet[Lever]:
    """Levers that the asker may see: of the own organisation, or all."""
    levers = Lever.objects.select_related("organisation")
    if context.relation is Relation.OWN:
        return levers.filter(organisation__in=[context.organisation])
    return levers


def with_stock(levers: QuerySet[Lever]) -> QuerySet[Lever]:
    """Levers with what is free, held, handed over and asked, over all their parts."""
    return levers.annotate(
        free=_total("free"),
        held=_total("held"),
        out=_total("out"),
        capacity=_total("free") + _total("held") + _total("out"),
        asked=Count("bookings", Q(bookings__state=BookingState.REQUESTED)),
    )


def _total(balance: str) -> Coalesce:
    parts = LeverPart.objects.filter(lever=OuterRef("pk")).order_by().values("lever")
    total = Subquery(parts.annotate(total=Sum(balance)).values("total"), IntegerField())
    return Coalesce(total, 0)


def levers_of_family(context: Context, family: Family) -> QuerySet[Lever]:
    """Levers on a board, with their stock."""
    return with_stock(visible_levers(context).filter(is_active=True, kind__in=kinds_of(family)))


def stale_levers(levers: Iterable[Lever], today: date) -> list[Lever]:
    """Those whose stock nobody confirmed in time, the longest first."""
    found = [lever for lever in levers if lever.is_stale(today)]
    return sorted(found, key=lambda lever: lever.confirmed_on or date.min)


def visible_bookings(context: Context) -> QuerySet[LeverBooking]:
    """Bookings that the asker may see: of the own levers, of people within reach, or all."""
    rows = LeverBooking.objects.select_related("lever")
    if context.relation is Relation.ANY:
        return rows
    if context.relation is Relation.OWN:
        return rows.filter(lever__in=visible_levers(context))
    return rows.filter(case_number__in=Person.objects.values("case_number"))


def open_bookings(context: Context, levers: Collection[Lever]) -> QuerySet[LeverBooking]:
    """Bookings of some levers that still ask something or hold something."""
    rows = visible_bookings(context).filter(lever__in=levers, state__in=OPEN)
    return rows.prefetch_related("parts__run")


def bookings_seen(
    bookings: Iterable[LeverBooking], first_names: FirstNames = no_names
) -> list[BookingSeen]:
    """Bookings ready to show; what they disclose is noted for the audit trail."""
    rows = list(bookings)
    numbers = {row.case_number for row in rows}
    names = first_names(numbers)
    note_shown(numbers, ["K2"])
    return [_seen(row, names.get(row.case_number, row.case_number)) for row in rows]


def _seen(row: LeverBooking, who: str) -> BookingSeen:
    return BookingSeen(
        pk=row.pk,
        lever=row.lever_id,
        family=row.lever.family,
        who=who,
        case_number=row.case_number,
        state=BookingState(row.state),
        word=state_word(BookingState(row.state), row.lever.family),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        hold_until=row.hold_until,
        voucher=row.voucher,
        parts=parts_in_words(row.lever.family, row.parts.all()),
    )


PART_WORDS = dict(zip(PARTS, ("vroeg", "voormiddag", "namiddag", "laat"), strict=True))
DAY_WORDS = dict(
    zip((day.value for day in Day), ("ma", "di", "wo", "do", "vr", "za", "zo"), strict=True)
)


def parts_in_words(family: Family, parts: Iterable[LeverPart]) -> str:
    """Some parts of a lever in a few words; nothing when all of it is one."""
    if family is Family.CHILDCARE:
        return care_in_words([part.code for part in parts])
    if family is Family.TRANSPORT:
        return ", ".join(str(part.run) for part in parts)
    return ""


def care_in_words(codes: Iterable[str]) -> str:
    """Parts of the week, days with the same parts together.

    Examples
    --------
    >>> care_in_words(["Mo/early", "Mo/morning", "Tu/early", "Tu/morning", "Fr/evening"])
    'ma, di vroeg en voormiddag; vr laat'
    """
    parts_of: dict[str, list[str]] = {}
    for code in codes:
        day, _, part = code.partition("/")
        parts_of.setdefault(day, []).append(PART_WORDS[part])
    days_of: dict[str, list[str]] = {}
    for day, words in parts_of.items():
        days_of.setdefault(dutch.joined(words), []).append(DAY_WORDS[day])
    return "; ".join(f"{', '.join(days)} {words}" for words, days in days_of.items())


def weeks_of(lever: Lever, today: date) -> dict[str, list[Cell]]:
    """Two weeks of a childcare site by part of the day: which places are taken on which day."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7 * WEEKS_SHOWN)]
    capacity = {part.code: part.capacity for part in lever.parts.all()}
    taken = _taken(lever, days)
    found = {
        part: [
            Cell(day, taken[code, day], capacity[code])
            for day in days
            for code in (f"{tuple(Day)[day.weekday()]}/{part}",)
            if code in capacity
        ]
        for part in PARTS
    }
    return {part: cells for part, cells in found.items() if cells}


def _taken(lever: Lever, days: Sequence[date]) -> Counter[tuple[str, date]]:
    rows = lever.bookings.filter(state__in=TAKES_STOCK, starts_on__lte=days[-1])
    spans = rows.values_list("parts__code", "starts_on", "ends_on")
    return Counter(
        (code, day)
        for code, first, last in spans
        for day in days
        if code.startswith(tuple(Day)[day.weekday()])
        and first <= day
        and (last is None or day <= last)
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Entries of the ledger that were one act, as the timeline tells them."""

    at: datetime
    kind: EntryKind
    word: str
    amount: int
    parts: str
    case_number: str
    by: str
    reason: str


def ledger_told(context: Context, lever: Lever, limit: int) -> list[Told]:
    """The last acts in the ledger of a lever; one booking of ten parts is one act."""
    rows = LeverEntry.objects.filter(part__lever=lever).select_related("part__run", "booking", "by")
    acts: dict[tuple[object, ...], list[LeverEntry]] = {}
    for row in rows[: limit * _PARTS_AT_MOST]:
        acts.setdefault((row.at, row.kind, row.booking_id, row.amount), []).append(row)
    seen = visible_bookings(context).filter(lever=lever)
    numbers = dict(seen.values_list("pk", "case_number"))
    told = [_told(lever.family, rows, numbers) for rows in list(acts.values())[:limit]]
    note_shown({act.case_number for act in told if act.case_number}, ["K2"])
    return told


def _told(family: Family, rows: Sequence[LeverEntry], numbers: dict[int, str]) -> Told:
    first = rows[0]
    parts = sorted((row.part for row in rows), key=lambda part: part.place)
    return Told(
        at=first.at,
        kind=EntryKind(first.kind),
        word=dutch.capital(entry_word(EntryKind(first.kind), family)),
        amount=first.amount,
        parts=parts_in_words(family, parts),
        case_number=numbers.get(first.booking_id or 0, ""),
        by=first.by.name if first.by else "",
        reason=first.reason,
    )


def given_since(context: Context, first: datetime) -> int:
    """How many of the asker's levers were handed over since a moment."""
    rows = LeverEntry.objects.filter(kind=EntryKind.HANDED_OVER, at__gte=first)
    return rows.filter(part__lever__in=visible_levers(context)).count()


def handed_over_per_month(first: datetime) -> dict[date, int]:
    """How many levers were handed over in each month since a moment, by its first day.

    A childcare place of ten parts of the week is ten entries and one lever.
    """
    rows = LeverEntry.objects.filter(kind=EntryKind.HANDED_OVER, at__gte=first)
    months = rows.order_by().values_list(TruncMonth("at", output_field=DateField()))
    return dict(months.annotate(n=Count("booking", distinct=True)))


def voucher_booking(context: Context, code: str) -> LeverBooking | None:
    """The booking behind a voucher of the own organisation, whatever its state."""
    rows = visible_bookings(context).filter(voucher=code).exclude(voucher="")
    return rows.prefetch_related("parts__run").first()
