"""How long data of people stay: dated terms, what would go on a day, and the sweep that erases.

The terms stand in `retention.toml` in the form of the other dated parameters. A day without a
term stops the sweep: nothing is erased by a rule of another year. Nothing goes without a notice
of thirty days either: not on the night of an import with old dates, of a shorter term, or of a
clock that leapt ahead.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from koempel.desk.common import audit
from koempel.desk.common.context import current
from koempel.desk.common.days import midnight
from koempel.desk.people.actions import erase_person
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.fields import Term
from koempel.desk.people.models import ConfidentialNote, ErasureNotice, Person, TimelineEntry
from koempel.region import dutch
from koempel.region.parameters import Parameters, PolicyParameter, Status

WARN_DAYS = 30
NOTICE = timedelta(days=WARN_DAYS)
WHAT = {Term.CASE: "het hele dossier", Term.PLACED: "het hele dossier", Term.NOTE: "een notitie"}


@cache
def terms() -> Parameters:
    """All terms known."""
    text = files("koempel.desk.people").joinpath("retention.toml").read_text("utf-8")
    rows = tomllib.loads(text)["terms"]
    return Parameters(
        tuple(
            PolicyParameter(
                **{key: value for key, value in row.items() if key not in {"status", "valid_to"}},
                valid_to=row.get("valid_to"),
                status=Status(row["status"]),
            )
            for row in rows
        )
    )


@dataclass(frozen=True, slots=True)
class Going:
    """What goes by which term, which counts from the day `since`, and on which day."""

    case_number: str
    term: Term
    since: date
    on: date

    @property
    def what(self) -> str:
        """What it is, in words."""
        return WHAT[self.term]

    @property
    def why(self) -> str:
        """Since when, in words."""
        return f"{_SINCE[self.term]} {dutch.day(self.since)}"


_SINCE = {
    Term.CASE: "geen contact meer sinds",
    Term.PLACED: "aan het werk sinds",
    Term.NOTE: "geschreven op",
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed."""

    people: int
    notes: int


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month.

    Examples
    --------
    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    return _moved(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    return _moved(day, months)


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def going_by(day: date, *, today: date) -> list[Going]:
    """What of the people within reach would go on or before a day, by the terms of today.

    What had no notice yet stays thirty days from today.
    """
    given = {_key(each): each.given_on for each in ErasureNotice.objects.all()}
    going = (
        replace(each, on=max(each.on, given.get(_key(each), today) + NOTICE))
        for each in _past_term(day, today)
    )
    return sorted((each for each in going if each.on <= day), key=lambda each: each.on)


def _key(each: Going | ErasureNotice) -> tuple[str, str, date]:
    return each.case_number, str(each.term), each.since


def _months(term: Term, today: date) -> int:
    return int(terms().value(term.value, today))


def _past_term(day: date, today: date) -> Iterator[Going]:
    yield from _cases(day, today)
    yield from _notes(day, today)


def _cases(day: date, today: date) -> Iterator[Going]:
    found = Person.objects.order_by()
    looking = found.exclude(status=CaseStatus.PLACED)
    placed = found.filter(status=CaseStatus.PLACED)
    for term, people, since in (
        (Term.CASE, looking, "last_contact_on"),
        (Term.PLACED, placed, "status_since"),
    ):
        months = _months(term, today)
        past = people.filter(**{f"{since}__lte": months_before(day, months)})
        for number, start in past.values_list("case_number", since):
            yield Going(number, term, start, months_after(start, months))


def _notes(day: date, today: date) -> Iterator[Going]:
    months = _months(Term.NOTE, today)
    until = _end_of(months_before(day, months))
    notes = TimelineEntry.objects.filter(kind__in=_NOTES, at__lt=until)
    seen = set(notes.order_by().values_list("person", "at"))
    if current().is_system:
        # Nobody else has the confidential part open on this page.
        seen |= set(
            ConfidentialNote.objects.filter(at__lt=until).order_by().values_list("person", "at")
        )
    for number, written in sorted({(number, timezone.localdate(at)) for number, at in seen}):
        yield Going(number, Term.NOTE, written, months_after(written, months))


_NOTES = (EntryKind.NOTE, EntryKind.CONTACT)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


@transaction.atomic
def give_notice(today: date) -> int:
    """Note what goes in thirty days; a notice whose reason is gone goes too. Gives the new ones."""
    going = {_key(each): each for each in _past_term(today + NOTICE, today)}
    given = {_key(each): each.pk for each in ErasureNotice.objects.all()}
    ErasureNotice.objects.filter(pk__in=[given[key] for key in given.keys() - going]).delete()
    fresh = [
        ErasureNotice(case_number=number, term=term, since=since, given_on=today)
        for number, term, since in sorted(going.keys() - given)
    ]
    ErasureNotice.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def sweep(today: date, *, by_drafts: bool) -> Swept:
    """Erase everything whose term and notice are over; the context must reach everybody.

    A term that is still DRAFT erases only when the partnership agreed to that (`by_drafts`).
    """
    ripe = [each for each in going_by(today, today=today) if by_drafts or _is_sure(each, today)]
    numbers = sorted({each.case_number for each in ripe if each.term is not Term.NOTE})
    for number in numbers:
        erase_person(number, on=today)
    removed = sum(_remove_notes(each) for each in ripe if each.term is Term.NOTE)
    if ripe:
        audit.record("retention-sweep", kind="person", objects=numbers)
    return Swept(people=len(numbers), notes=removed)


def _is_sure(each: Going, today: date) -> bool:
    return terms().on(each.term.value, today).status is Status.CONFIRMED


def _remove_notes(going: Going) -> int:
    of_that_day = {"person": going.case_number, "at__range": _day(going.since)}
    notes = TimelineEntry.objects.filter(kind__in=_NOTES, **of_that_day)
    confidential = ConfidentialNote.objects.filter(**of_that_day)
    return notes.delete()[0] + confidential.delete()[0]


def _day(day: date) -> tuple[datetime, datetime]:
    return midnight(day), _end_of(day)
