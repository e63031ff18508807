"""Who guides a case from now on: handing over, taking over, and taking that back."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from koempel.desk.accounts.models import DataClass, User
from koempel.desk.common import audit
from koempel.desk.people.actions import UNDO_WITHIN, lock_people
from koempel.desk.people.enums import EntryKind
from koempel.desk.people.errors import PeopleError, TooLateError
from koempel.desk.people.models import HandOver, Person, TimelineEntry
from koempel.desk.people.queries import colleagues, without_guide

_CLASS = DataClass.K4.value


@transaction.atomic
def hand_over(case_numbers: Sequence[str], *, to: User, by: User, at: datetime) -> str:
    """Let a colleague guide some of one's own cases; gives the name to take it back by.

    Raises
    ------
    PeopleError
        When one of the cases is not one's own, or the other cannot guide cases here.
    """
    if to not in colleagues(by):
        raise PeopleError(f"{to} begeleidt geen dossiers van je organisatie. Kies een collega.")
    people = list(lock_people(case_numbers))
    if not people or any(person.caseworker_id != by.pk for person in people):
        raise PeopleError("Je kunt alleen overdragen wie je zelf begeleidt. Kies opnieuw.")
    batch = _note(people, to, by=by, at=at)
    _give(people, to.pk, at)
    _tell("people:hand-over", people, f"Overgedragen aan {to}", by=by, at=at)
    return batch


@transaction.atomic
def take_over(case_numbers: Sequence[str], *, by: User, at: datetime) -> str:
    """Guide cases that nobody guides any more; gives the name to take it back by.

    Raises
    ------
    PeopleError
        When somebody guides one of them by now.
    """
    people = list(lock_people(case_numbers))
    free = set(without_guide().filter(pk__in=case_numbers).values_list("pk", flat=True))
    if not people or any(person.pk not in free for person in people):
        raise PeopleError("Een collega was je voor. Kijk de lijst opnieuw na.")
    batch = _note(people, by, by=by, at=at)
    _give(people, by.pk, at)
    _tell("people:take-over", people, f"Overgenomen door {by}", by=by, at=at)
    return batch


@transaction.atomic
def take_back(batch: str, *, by: User, at: datetime) -> int:
    """Undo what one has just handed or taken over; gives how many cases.

    Raises
    ------
    TooLateError
        When it was somebody else's act, is ten minutes past, or a case went on to another.
    """
    moves = {each.person_id: each for each in HandOver.objects.filter(batch=batch, by=by)}
    people = list(lock_people(moves))
    is_late = any(at - each.at > UNDO_WITHIN for each in moves.values())
    if is_late or not people or any(p.caseworker_id != moves[p.pk].after_id for p in people):
        raise TooLateError(
            "Terugnemen kan alleen je eigen overdracht, en tien minuten lang. Vraag je collega om "
            "ze terug te geven."
        )
    back: dict[int | None, list[Person]] = defaultdict(list)
    for person in people:
        back[moves[person.pk].before_id].append(person)
    for guide, theirs in back.items():
        _give(theirs, guide, at)
    HandOver.objects.filter(batch=batch).delete()
    _tell("people:hand-over-undo", people, "Overdracht teruggenomen", by=by, at=at)
    return len(people)


def _note(people: Sequence[Person], to: User, *, by: User, at: datetime) -> str:
    batch = secrets.token_urlsafe(24)
    HandOver.objects.bulk_create(
        HandOver(person=each, batch=batch, before_id=each.caseworker_id, after=to, by=by, at=at)
        for each in people
    )
    return batch


def _give(people: Sequence[Person], guide: int | None, at: datetime) -> None:
    numbers = [person.pk for person in people]
    Person.objects.filter(pk__in=numbers).update(caseworker=guide, changed_at=at)


def _tell(verb: str, people: Sequence[Person], title: str, *, by: User, at: datetime) -> None:
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            person=each, kind=EntryKind.GUIDE, title=title, by=by, at=at, data_class=_CLASS
        )
        for each in people
    )
    numbers = [person.pk for person in people]
    audit.record(verb, kind="person", objects=numbers, classes=[_CLASS], at=at)
