"""How long data of people stay: dated terms, what would go on a day, and the sweep that erases.

The terms stand in `retention.toml` in the form of the other dated parameters. A day without a
term stops the sweep: nothing is erased by a rule of another year.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from koempel.desk.common import audit
from koempel.desk.people.actions import erase_person
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.fields import Term
from koempel.desk.people.models import ConfidentialNote, Person, TimelineEntry
from koempel.region.parameters import Parameters, PolicyParameter, Status

WARN_DAYS = 30


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
    """What goes, why and on which day."""

    case_number: str
    what: str
    why: str
    on: date


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
    """What of the people within reach would go on or before a day, by the terms of today."""
    return sorted([*_cases(day, today), *_notes(day, today)], key=lambda each: each.on)


def _months(term: Term, today: date) -> int:
    return int(terms().value(term.value, today))


def _cases(day: date, today: date) -> Iterator[Going]:
    rules: tuple[tuple[Term, str, str, dict[str, str]], ...] = (
        (Term.CASE, "last_contact_on", "geen contact meer sinds", {}),
        (Term.PLACED, "status_since", "aan het werk sinds", {"status": CaseStatus.PLACED}),
    )
    for term, since, why, only in rules:
        months = _months(term, today)
        people = Person.objects.filter(**{f"{since}__lte": months_before(day, months)}, **only)
        if term is Term.CASE:
            people = people.exclude(status=CaseStatus.PLACED)
        for number, start in people.order_by().values_list("case_number", since):
            yield Going(
                number, "het hele dossier", f"{why} {start:%d/%m/%Y}", _goes_on(start, months)
            )


def _goes_on(start: date, months: int) -> date:
    return months_after(start, months)


def _notes(day: date, today: date) -> Iterator[Going]:
    months = _months(Term.NOTE, today)
    notes = TimelineEntry.objects.filter(
        kind__in=(EntryKind.NOTE, EntryKind.CONTACT), at__lt=_end_of(months_before(day, months))
    )
    for number, at in notes.order_by().values_list("person", "at"):
        written = timezone.localdate(at)
        why = f"geschreven op {written:%d/%m/%Y}"
        yield Going(number, "een notitie", why, _goes_on(written, months))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


@transaction.atomic
def sweep(today: date) -> Swept:
    """Erase everything whose term is over; the context must reach everybody."""
    numbers = sorted({each.case_number for each in _cases(today, today)})
    for number in numbers:
        erase_person(number, on=today)
    until = _end_of(months_before(today, _months(Term.NOTE, today)))
    notes = TimelineEntry.objects.filter(kind__in=(EntryKind.NOTE, EntryKind.CONTACT), at__lt=until)
    confidential = ConfidentialNote.objects.filter(at__lt=until)
    removed = notes.delete()[0] + confidential.delete()[0]
    audit.record("retention-sweep", kind="person", objects=numbers)
    return Swept(people=len(numbers), notes=removed)
