"""Writing about people: each action is one transaction with its line in the trail.

Who acts and when come in as arguments. What was changed stands on the timeline by the names of
the fields; old and new values do not.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from koempel.desk.accounts.models import AccessGrant, BreakGlass, DataClass, User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.traces import wipe_traces
from koempel.desk.people import enums
from koempel.desk.people.enums import (
    STATUS_BUTTONS,
    STATUS_CHANGES,
    CaseStatus,
    EntryKind,
    status_line,
)
from koempel.desk.people.errors import PeopleError, StatusError, TooLateError
from koempel.desk.people.fields import DECLARED
from koempel.desk.people.keepers import keepers
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    ErasureNotice,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
    Tombstone,
    new_case_number,
)
from koempel.desk.people.queries import obstacle_class

Row = TypeVar("Row", Child, SupportRight, PersonObstacle)

UNDO_WITHIN = timedelta(minutes=10)
_DRAWS = 20
_CELL = ("lon", "lat")
"""They follow from the village."""

K2, K4, K5, K6 = (each.value for each in (DataClass.K2, DataClass.K4, DataClass.K5, DataClass.K6))


@transaction.atomic
def register_person(facts: Mapping[str, Any], *, by: User, at: datetime) -> Person:
    """Open a case for somebody, guided by who registers.

    Raises
    ------
    PeopleError
        When no free case number turns up.
    """
    day = _day(at)
    person = _made(
        dict(facts)
        | {
            "organisation": by.organisation,
            "caseworker": by,
            "status": CaseStatus.ACTIVE,
            "status_since": day,
            "last_contact_on": day,
            "changed_at": at,
        }
    )
    _write(person, EntryKind.REGISTERED, "Ingeschreven", by=by, at=at)
    _trail("people:register", person, _classes_of(Person, facts), at=at)
    return person


def _made(facts: dict[str, Any]) -> Person:
    for _ in range(_DRAWS):
        number = new_case_number()
        if Tombstone.objects.filter(case_number=number).exists():
            continue
        try:
            with transaction.atomic():
                return Person.objects.create(case_number=number, **facts)
        except IntegrityError:
            with acting(system("dossiernummer kiezen")):
                if not Person.objects.filter(case_number=number).exists():
                    raise
    raise PeopleError("Er is geen vrij dossiernummer gevonden. Probeer opnieuw.")


@transaction.atomic
def change_facts(person: Person, facts: Mapping[str, Any], *, by: User, at: datetime) -> list[str]:
    """Change facts of a person; gives the labels of what changed."""
    fresh = _locked(person)
    changed = {name: value for name, value in facts.items() if getattr(fresh, name) != value}
    if not changed:
        return []
    for name, value in changed.items():
        setattr(fresh, name, value)
    fresh.changed_at = at
    fresh.save()
    labels = labels_of(Person, (name for name in changed if name not in _CELL))
    _write(fresh, EntryKind.FACTS, "Gegevens veranderd", text=_listed(labels), by=by, at=at)
    _trail("people:change", fresh, _classes_of(Person, changed), at=at)
    return labels


@transaction.atomic
def change_status(person: Person, *, to: CaseStatus, by: User | None, at: datetime) -> Person:
    """Move a case to another status.

    Raises
    ------
    StatusError
        When the table of statuses does not allow it.
    """
    fresh = _locked(person)
    if to not in STATUS_CHANGES[CaseStatus(fresh.status)]:
        raise StatusError(
            f"Dit dossier is «{CaseStatus(fresh.status).label}». "
            f"«{STATUS_BUTTONS[to]}» kan nu niet."
        )
    fresh.status, fresh.status_since, fresh.changed_at = to, _day(at), at
    if to is CaseStatus.CLOSED:
        fresh.next_step, fresh.next_step_on = "", None
    fresh.save()
    _write(fresh, EntryKind.STATUS, status_line(to), by=by, at=at, data_class=K2)
    _trail("people:status", fresh, [K2], at=at)
    return fresh


@transaction.atomic
def set_next_step(person: Person, *, what: str, due: date, by: User, at: datetime) -> Person:
    """Say what happens next, and by when."""
    fresh = _locked(person)
    fresh.next_step, fresh.next_step_on, fresh.changed_at = what, due, at
    fresh.save()
    _write(fresh, EntryKind.STEP, f"Afgesproken: {what}"[:200], by=by, at=at)
    _trail("people:next-step", fresh, [K4], at=at)
    return fresh


@transaction.atomic
def finish_next_step(person: Person, *, by: User, at: datetime) -> Person:
    """Note that the next step was taken.

    Raises
    ------
    PeopleError
        When there was none.
    """
    fresh = _locked(person)
    if not fresh.next_step:
        raise PeopleError("Er is geen volgende stap om af te vinken.")
    _write(fresh, EntryKind.STEP, f"Gedaan: {fresh.next_step}"[:200], by=by, at=at)
    fresh.next_step, fresh.next_step_on = "", None
    fresh.last_contact_on, fresh.changed_at = _day(at), at
    fresh.save()
    _trail("people:next-step", fresh, [K4], at=at)
    return fresh


@transaction.atomic
def note_down(
    person: Person, *, title: str, text: str, is_contact: bool, by: User, at: datetime
) -> TimelineEntry:
    """Write a note on the timeline; a contact also moves the day of the last one."""
    kind = EntryKind.CONTACT if is_contact else EntryKind.NOTE
    entry = _write(person, kind, title, text=text, by=by, at=at, data_class=K6)
    if is_contact:
        Person.objects.filter(pk=person.pk).update(last_contact_on=_day(at), changed_at=at)
    _trail("people:note", person, [K6], at=at)
    return entry


@transaction.atomic
def take_back_note(entry: TimelineEntry, *, by: User, at: datetime) -> None:
    """Remove a note that one has just written.

    Raises
    ------
    TooLateError
        When it is somebody else's, no note, or older than ten minutes.
    """
    is_note = entry.kind in (EntryKind.NOTE, EntryKind.CONTACT)
    if not is_note or entry.by_id != by.pk or at - entry.at > UNDO_WITHIN:
        raise TooLateError("Een notitie terugnemen kan alleen je eigen, en tien minuten lang.")
    entry.delete()
    _trail("people:note-undo", entry.person, [K6], at=at)


@transaction.atomic
def save_child(child: Child, *, by: User, at: datetime) -> Child:
    """Write down a child, or what changed about it."""
    is_new = child.pk is None
    child.save()
    title = "Kind ingeschreven" if is_new else "Gegevens van een kind veranderd"
    _write(child.person, EntryKind.CHILD, title, by=by, at=at, data_class=K5)
    return _touched(child, "people:child", K5, at)


@transaction.atomic
def remove_child(child: Child, *, by: User, at: datetime) -> None:
    """Take a child off the case."""
    _touched(child, "people:child", K5, at)
    _write(child.person, EntryKind.CHILD, "Kind weggehaald", by=by, at=at, data_class=K5)
    child.delete()


@transaction.atomic
def save_right(right: SupportRight, *, by: User, at: datetime) -> SupportRight:
    """Write down a decision on a right, as others took it."""
    right.save()
    title = f"Recht {right.get_state_display()}: {right.get_measure_display()}"
    who = right.get_granted_by_display()
    _write(right.person, EntryKind.RIGHT, title, text=who, by=by, at=at)
    return _touched(right, "people:right", K4, at)


@transaction.atomic
def record_obstacle(obstacle: PersonObstacle, *, by: User, at: datetime) -> PersonObstacle:
    """Write down what stands in the way, with what shows it."""
    obstacle.save()
    _obstacle_line(obstacle, "Drempel", by=by, at=at)
    return _touched(obstacle, "people:obstacle", obstacle_class(obstacle.kind), at)


@transaction.atomic
def clear_obstacle(
    obstacle: PersonObstacle, *, how: str, on: date, by: User, at: datetime
) -> PersonObstacle:
    """Note that an obstacle is gone, and what took it away.

    Raises
    ------
    PeopleError
        When it was gone already.
    """
    if obstacle.removed_on is not None:
        raise PeopleError("Deze drempel was al weg.")
    obstacle.removed_by, obstacle.removed_on = how, on
    obstacle.save()
    _obstacle_line(obstacle, "Drempel weg", by=by, at=at)
    return _touched(obstacle, "people:obstacle", obstacle_class(obstacle.kind), at)


def _obstacle_line(obstacle: PersonObstacle, what: str, *, by: User, at: datetime) -> None:
    title = f"{what}: {enums.OBSTACLES[obstacle.kind].title}"
    data_class = obstacle_class(obstacle.kind)
    _write(obstacle.person, EntryKind.OBSTACLE, title, by=by, at=at, data_class=data_class)


@transaction.atomic
def write_confidential_note(
    person: Person, *, text: str, by: User, at: datetime
) -> ConfidentialNote:
    """Add a note to the confidential part; nothing of it shows on the timeline."""
    note = ConfidentialNote.objects.create(person=person, text=text, by=by, at=at)
    _trail("people:confidential", person, [K6], at=at)
    return note


@transaction.atomic
def note_access(person: Person, *, title: str, text: str, by: User, at: datetime) -> None:
    """Put a change of who may look on the timeline."""
    _write(person, EntryKind.ACCESS, title, text=text, by=by, at=at)


@transaction.atomic
def note_proposal(person: Person, *, title: str, text: str, by: User, at: datetime) -> None:
    """Put a decision about a proposal on the timeline."""
    _write(person, EntryKind.PROPOSAL, title, text=text, by=by, at=at)


def note_support(
    case_number: str, *, title: str, text: str, by: User | None, at: datetime
) -> TimelineEntry | None:
    """Put what became of a lever on the timeline; None when there is no such case."""
    return _note_of_partner(case_number, EntryKind.SUPPORT, title, text=text, by=by, at=at)


def note_referral(
    case_number: str, *, title: str, text: str = "", by: User | None, at: datetime
) -> TimelineEntry | None:
    """Put what became of a referral, or of the work it led to, on the timeline.

    Gives None when there is no such case.
    """
    return _note_of_partner(case_number, EntryKind.REFERRAL, title, text=text, by=by, at=at)


def note_transition(
    case_number: str, *, title: str, text: str = "", by: User | None, at: datetime
) -> TimelineEntry | None:
    """Put what became of a doorstroom on the timeline; None when there is no such case."""
    return _note_of_partner(case_number, EntryKind.TRANSITION, title, text=text, by=by, at=at)


@transaction.atomic
def _note_of_partner(
    case_number: str, kind: EntryKind, title: str, *, text: str, by: User | None, at: datetime
) -> TimelineEntry | None:
    """Write a line about what a partner did.

    A partner who answers may not see the case: the line is written by Koempel itself, and `by` is
    nobody when a term ran out.
    """
    with acting(system("een partner op de tijdlijn")):
        person = Person.objects.filter(case_number=case_number).first()
        if person is None:
            return None
        return _write(person, kind, title[:200], text=text, by=by, at=at)


def begin_work(case_number: str, *, by: User, at: datetime) -> None:
    """Note that somebody was hired; who is at work already stays so."""
    person = Person.objects.filter(case_number=case_number, status=CaseStatus.ACTIVE).first()
    if person is not None:
        change_status(person, to=CaseStatus.PLACED, by=by, at=at)


def stop_work(case_number: str, *, by: User | None, at: datetime) -> None:
    """Note that somebody looks for work again; `by` is nobody when it was told by a link."""
    person = Person.objects.filter(case_number=case_number, status=CaseStatus.PLACED).first()
    if person is not None:
        change_status(person, to=CaseStatus.ACTIVE, by=by, at=at)


@transaction.atomic
def erase_person(case_number: str, *, on: date) -> Tombstone:
    """Remove a person with everything that hangs on them; the number and the day stay.

    Files that wait to be read in go too, whoever brought them: they may name the person.

    The caller has found the person within reach of the context: from here on the whole case goes,
    also what the caller could not see.

    Raises
    ------
    PeopleError
        When there is no such case.
    """
    with acting(system("dossier wissen")):
        person = Person.objects.filter(case_number=case_number).first()
        if person is None:
            raise PeopleError(f"Er is geen dossier {case_number}.")
        # Before the person: they lock their own rows first, as everybody does.
        for keeper in keepers():
            keeper.erase(case_number, on=on)
        person.delete()
    AccessGrant.objects.filter(person=case_number).delete()
    ErasureNotice.objects.filter(case_number=case_number).delete()
    BreakGlass.objects.filter(person=case_number).update(reason="gewist", verdict="")
    audit.record("people:erase", kind="person", objects=[case_number])
    wipe_traces()
    return Tombstone.objects.create(case_number=case_number, erased_on=on)


def lock_people(case_numbers: Iterable[str]) -> "models.QuerySet[Person]":
    """People that nobody else can change meanwhile, in the order of their numbers.

    Others can still write a line about them. Who holds the end of the trail does so, and would wait
    here for somebody who waits there.
    """
    rows = Person.objects.filter(pk__in=list(case_numbers)).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True)


def labels_of(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The Dutch labels of fields."""
    return [str(getattr(model._meta.get_field(name), "verbose_name", name)) for name in names]


def _locked(person: Person) -> Person:
    return lock_people([person.pk]).get()


def _touched(row: Row, verb: str, data_class: str, at: datetime) -> Row:
    Person.objects.filter(pk=row.person_id).update(changed_at=at)
    _trail(verb, row.person, [data_class], at=at)
    return row


def _write(
    person: Person,
    kind: EntryKind,
    title: str,
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    data_class: str = K4,
) -> TimelineEntry:
    return TimelineEntry.objects.create(
        person=person, kind=kind, title=title, text=text, by=by, at=at, data_class=data_class
    )


def _trail(verb: str, person: Person, classes: Iterable[str], *, at: datetime) -> None:
    audit.record(verb, kind="person", objects=[person.case_number], classes=set(classes), at=at)


def _classes_of(model: type[models.Model], names: Iterable[str]) -> set[str]:
    return {DECLARED[model.__name__][name].data_class.value for name in names}


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(labels)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
