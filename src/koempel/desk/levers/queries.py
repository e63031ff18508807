"""Reads about levers: frozen projections, so that no page holds a row that it may not show."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from django.db.models import Count, DateField, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Context, Relation, current
from koempel.desk.levers.enums import (
    ENTRY_OF_STATE,
    OPEN,
    TAKES_STOCK,
    BookingState,
    EntryKind,
    Family,
    entry_word,
    kinds_of,
    state_word,
)
from koempel.desk.levers.fits import Asked, Fit, fits
from koempel.desk.levers.holders import Holder, holders_of
from koempel.desk.levers.models import Lever, LeverBooking, LeverEntry, LeverPart
from koempel.desk.people.disclosures import working_since
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.region import dutch
from koempel.region.outcome import LeverKind
from koempel.region.rows import Day
from koempel.region.rules import PARTS

WEEKS_SHOWN = 2
_PARTS_AT_MOST = 28


@dataclass(frozen=True, slots=True)
class BookingSeen:
    """A booking as a partner or guide sees it; `asked_on` is the day of the question."""

    pk: int
    lever: int
    name: str
    kind: LeverKind
    family: Family
    holder: Holder
    state: BookingState
    word: str
    asked_on: date
    starts_on: date
    ends_on: date | None
    hold_until: date | None
    size: str
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
    levers = visible_levers(context).filter(is_active=True, kind__in=kinds_of(family))
    details = levers.select_related("childcare", "course", "line").prefetch_related("parts__run")
    return with_stock(details)


def stale_levers(levers: Iterable[Lever], today: date) -> list[Lever]:
    """Those whose stock nobody confirmed in time, the longest first."""
    found = [lever for lever in levers if lever.is_stale(today)]
    return sorted(found, key=lambda lever: lever.confirmed_on or date.min)


ASK_DAYS_BEFORE = 7
"""Days before a stock counts as unknown in which its partner is asked to confirm it."""


def levers_to_confirm(levers: Iterable[Lever], today: date) -> list[Lever]:
    """Those whose stock is unknown, or will be within a week, the longest first."""
    return stale_levers(levers, today + timedelta(days=ASK_DAYS_BEFORE))


def visible_bookings(context: Context) -> QuerySet[LeverBooking]:
    """Bookings that the asker may see: of the own levers, of people within reach, or all."""
    rows = LeverBooking.objects.select_related("lever", "changed_by")
    if context.relation is Relation.ANY:
        return rows
    if context.relation is Relation.OWN:
        return rows.filter(lever__in=visible_levers(context))
    return rows.filter(case_number__in=Person.objects.values("case_number"))


@dataclass(frozen=True, slots=True)
class OpenBookings:
    """What is asked, with whether it fits; and what is kept or given; of how many levers."""

    n_levers: int
    requests: Sequence[tuple[BookingSeen, Fit]]
    kept: Sequence[BookingSeen]


def open_bookings(context: Context, levers: Collection[Lever], today: date) -> OpenBookings:
    """Bookings of some levers that still ask something or hold something, the oldest first."""
    details = ("lever__childcare", "lever__course", "lever__line")
    found = visible_bookings(context).filter(lever__in=levers, state__in=OPEN)
    rows = list(found.select_related(*details).prefetch_related("parts__run"))
    seen = bookings_seen(rows)
    asked = [
        (each, Asked(row.lever, list(row.parts.all()), row.starts_on, _born(each)))
        for row, each in zip(rows, seen, strict=True)
        if each.state is BookingState.REQUESTED
    ]
    found_fits = fits([each for _, each in asked], today)
    requests = [(each, fit) for (each, _), fit in zip(asked, found_fits, strict=True)]
    return OpenBookings(
        n_levers=len(levers),
        requests=sorted(requests, key=lambda request: request[0].asked_on),
        kept=[each for each in seen if each.state is not BookingState.REQUESTED],
    )


def open_bookings_of(context: Context, case_number: str) -> list[BookingSeen]:
    """What is asked, kept or given for one person."""
    rows = visible_bookings(context).filter(case_number=case_number, state__in=OPEN)
    return bookings_seen(rows.prefetch_related("parts__run"))


def requests_in_reach(context: Context) -> list[BookingSeen]:
    """What a guide asked and no partner answered yet, the oldest first."""
    rows = visible_bookings(context).filter(state=BookingState.REQUESTED)
    return bookings_seen(rows.prefetch_related("parts__run").order_by("made_at"))


def reason_shown(booking: LeverBooking, holder: Holder) -> str:
    """Why the last step was taken, for who may read it; notes the disclosure."""
    if not booking.reason or not holder.knows_why:
        return ""
    note_shown([booking.case_number], (DataClass.K4,))
    return booking.reason


def _born(seen: BookingSeen) -> date | None:
    return seen.holder.child.birth_month if seen.holder.child else None


def bookings_seen(bookings: Iterable[LeverBooking]) -> list[BookingSeen]:
    """Bookings ready to show; what they disclose is noted for the audit trail."""
    rows = list(bookings)
    holders = holders_of(rows)
    return [_seen(row, holders[row.pk]) for row in rows]


def _seen(row: LeverBooking, holder: Holder) -> BookingSeen:
    return BookingSeen(
        pk=row.pk,
        lever=row.lever_id,
        name=row.lever.name,
        kind=LeverKind(row.lever.kind),
        family=row.lever.family,
        holder=holder,
        state=BookingState(row.state),
        word=state_word(BookingState(row.state), row.lever.family),
        asked_on=timezone.localdate(row.made_at),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        hold_until=row.hold_until,
        size=row.get_size_display(),
        # Whoever has the code has the bike: it is for the two sides, not for who directs.
        voucher="" if current().relation is Relation.ANY else row.voucher,
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
    'ma en di vroeg en voormiddag; vr laat'
    >>> care_in_words(["Mo/early", "Tu/early", "We/early"])
    'ma tot wo vroeg'
    """
    parts_of: dict[str, list[str]] = {}
    for code in codes:
        day, _, part = code.partition("/")
        parts_of.setdefault(day, []).append(PART_WORDS[part])
    days_of: dict[str, list[str]] = {}
    for day, words in parts_of.items():
        days_of.setdefault(dutch.joined(words), []).append(DAY_WORDS[day])
    return "; ".join(f"{_days_in_words(days)} {words}" for words, days in days_of.items())


def _days_in_words(days: Sequence[str]) -> str:
    week = list(DAY_WORDS.values())
    first, last = week.index(days[0]), week.index(days[-1])
    is_row = len(days) > 2 and week[first : last + 1] == list(days)
    return f"{days[0]} tot {days[-1]}" if is_row else dutch.joined(days)


Weeks = dict[str, list[Cell]]
"""Cells of each part of the day, one per day on which it is open."""


def weeks_of(sites: Collection[Lever], today: date) -> dict[int, Weeks]:
    """Two weeks of childcare sites by part of the day: which places are taken on which day."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7 * WEEKS_SHOWN)]
    taken = _taken(sites, days)
    cells: dict[int, Weeks] = {site.pk: {part: [] for part in PARTS} for site in sites}
    parts = {(each.lever_id, each.code): each for each in LeverPart.objects.filter(lever__in=sites)}
    for site, part, day in product(cells, PARTS, days):
        found = parts.get((site, f"{tuple(Day)[day.weekday()]}/{part}"))
        if found:
            cells[site][part].append(Cell(day, taken[found.pk, day], found.capacity))
    return {
        site: {part: row for part, row in weeks.items() if row} for site, weeks in cells.items()
    }


def _taken(sites: Collection[Lever], days: Sequence[date]) -> Counter[tuple[int, date]]:
    rows = LeverBooking.objects.filter(lever__in=sites, state__in=TAKES_STOCK)
    spans = rows.filter(starts_on__lte=days[-1]).values_list(
        "parts", "parts__code", "starts_on", "ends_on"
    )
    return Counter(
        (part, day)
        for part, code, first, last in spans
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
    who: str
    by: str
    reason: str


def ledger_told(context: Context, lever: Lever, limit: int) -> list[Told]:
    """The last acts in the ledger of a lever; one booking of ten parts is one act."""
    rows = (
        LeverEntry.objects.filter(part__lever=lever)
        .select_related("part__run", "booking", "by")
        .order_by("-at", "-pk")
    )
    acts: dict[tuple[object, ...], list[LeverEntry]] = {}
    for row in rows[: limit * _PARTS_AT_MOST]:
        acts.setdefault((row.at, row.kind, row.booking_id, row.amount), []).append(row)
    shown = list(acts.values())[:limit]
    wanted = {rows[0].booking_id for rows in shown}
    seen = visible_bookings(context).filter(lever=lever, pk__in=[key for key in wanted if key])
    holders = holders_of(list(seen))
    return [_told(lever.family, rows, holders) for rows in shown]


def _told(family: Family, rows: Sequence[LeverEntry], holders: dict[int, Holder]) -> Told:
    first = rows[0]
    parts = sorted((row.part for row in rows), key=lambda part: part.place)
    holder = holders.get(first.booking_id or 0, Holder())
    return Told(
        at=first.at,
        kind=EntryKind(first.kind),
        word=dutch.capital(entry_word(EntryKind(first.kind), family)),
        amount=first.amount,
        parts=parts_in_words(family, parts),
        who=holder.label,
        by=first.by.name if first.by else "",
        reason=_reason_of(first, holder),
    )


def _reason_of(entry: LeverEntry, holder: Holder) -> str:
    booking = entry.booking
    if booking is None:
        return entry.reason
    is_last = ENTRY_OF_STATE.get(BookingState(booking.state)) == entry.kind
    return reason_shown(booking, holder) if is_last else ""


def given_since(context: Context, first: datetime) -> int:
    """How many of the asker's levers were handed over since a moment."""
    rows = LeverEntry.objects.filter(kind=EntryKind.HANDED_OVER, at__gte=first)
    return rows.filter(part__lever__in=visible_levers(context)).count()


def n_placed(levers: Collection[Lever], since: date) -> int:
    """How many people work now, and began with the help of some levers.

    A place or a seat helps as long as one has it, a bike or a course also afterwards. The partner
    gets to know a number and no person; the screen hides a small one.
    """
    had = (BookingState.HANDED_OVER, BookingState.RETURNED)
    rows = LeverBooking.objects.filter(lever__in=levers, state__in=had).select_related("lever")
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        is_over = row.state == BookingState.RETURNED and row.lever.family in _HELP_WHILE_KEPT
        last = timezone.localdate(row.changed_at) if is_over else date.max
        spans.setdefault(row.case_number, []).append((row.starts_on, last))
    began = working_since(spans, since)
    return sum(
        any(first <= began[number] <= last for first, last in spans[number]) for number in began
    )


_HELP_WHILE_KEPT = (Family.CHILDCARE, Family.TRANSPORT)


def open_vouchers(context: Context) -> int:
    """How many vouchers of the asker's levers are good and not yet honoured."""
    rows = visible_bookings(context).filter(state=BookingState.HELD)
    return rows.exclude(voucher="").count()


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
