"""Objects behind the addresses of people."""

from datetime import timedelta

from django.utils import timezone

from desk.examples import OF_NOBODY, OF_PERSON, Stand, example
from desk.factories.accounts import AccessGrantFactory, BreakGlassFactory, UserFactory
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from desk.uploads import kept_of
from koempel.desk.common.context import acting, system

PEOPLE_FILE = b"voornaam;achternaam\nYara;Lampenier\n"
A_DAY = timedelta(days=1)


def person_of(asker, stand, **facts):
    """A person who stands so to the asker."""
    with acting(system("proef")):
        if stand is Stand.OWN:
            return PersonFactory(caseworker=asker, **facts)
        if stand in (Stand.COLLEAGUE, Stand.OPENED):
            colleague = UserFactory(organisation=asker.organisation, second_factor=False)
            person = PersonFactory(caseworker=colleague, **facts)
        else:
            person = PersonFactory(caseworker=UserFactory(second_factor=False), **facts)
        _opened(person, asker, stand)
        return person


def _opened(person, asker, stand):
    now = timezone.now()
    if stand is Stand.OPENED:
        BreakGlassFactory(person=person.pk, user=asker, opened_at=now - timedelta(minutes=1))
    if stand in (Stand.GRANTED, Stand.EXPIRED, Stand.WITHDRAWN):
        AccessGrantFactory(
            person=person.pk,
            to_organisation=asker.organisation,
            given_by=person.caseworker,
            classes=["K2", "K3", "K4", "K5", "K6"],
            valid_from=now - 9 * A_DAY,
            valid_until=now - A_DAY if stand is Stand.EXPIRED else now + A_DAY,
            withdrawn_at=now - A_DAY if stand is Stand.WITHDRAWN else None,
        )


@example(
    *(
        f"people:{name}"
        for name in (
            "file", "edit", "next-step", "step-done", "note", "child-new", "right-new",
            "obstacle-new", "confidential", "grants", "access-log", "everything",
            "everything-file", "erase",
        )
    ),
    stands=OF_PERSON,
)  # fmt: skip
def case(asker, stand):
    return {"case": person_of(asker, stand).pk}


def _row(factory, asker, stand):
    person = person_of(asker, stand)
    with acting(system("proef")):
        return {"case": person.pk, "key": factory(person=person).pk}


@example("people:note-undo", stands=OF_PERSON)
def note(asker, stand):
    return _row(TimelineEntryFactory, asker, stand)


@example("people:child", "people:child-gone", stands=OF_PERSON)
def child(asker, stand):
    return _row(ChildFactory, asker, stand)


@example("people:right", stands=OF_PERSON)
def right(asker, stand):
    return _row(SupportRightFactory, asker, stand)


@example("people:obstacle", stands=OF_PERSON)
def obstacle(asker, stand):
    return _row(PersonObstacleFactory, asker, stand)


@example("people:grant-withdraw", stands=OF_PERSON)
def grant(asker, stand):
    person = person_of(asker, stand)
    given = AccessGrantFactory(person=person.pk, given_by=person.caseworker)
    return {"case": person.pk, "key": given.pk}


@example("people:import-check", "people:import-wrong")
def people_file(asker, stand):
    return {"token": kept_of(asker, stand, PEOPLE_FILE)}


@example("people:hand-over-undo", stands=OF_NOBODY)
def batch(asker, stand):
    """Nobody can guess it, and it works for who handed over alone (people/test_handing.py)."""
    return {"batch": "geen"}
