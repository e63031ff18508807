"""What is written about people, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from desk.factories.accounts import NOON, AccessGrantFactory, UserFactory
from desk.factories.people import (
    TODAY,
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
    VillageFactory,
)
from desk.people.conftest import as_user
from koempel.desk.accounts.models import AccessGrant
from koempel.desk.common.context import Relation, acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.people import actions
from koempel.desk.people.enums import STATUS_CHANGES, CaseStatus, EntryKind
from koempel.desk.people.errors import PeopleError, StatusError, TooLateError
from koempel.desk.people.models import Child, Person, PersonObstacle, TimelineEntry, Tombstone

pytestmark = pytest.mark.django_db


def facts(**other):
    village = VillageFactory()
    return {
        "first_name": "Milo",
        "last_name": "Draadtrekker",
        "phone": "",
        "village": village,
        "lon": 5.28,
        "lat": 51.035,
        "registered_on": TODAY,
        "available_from": TODAY,
        "away": "Mo-Fr 06:00-19:00",
        "hours_min": 19,
        "hours_max": 38,
    } | other


def test_register_person_opens_a_case_of_the_own_organisation(as_bram):
    milo = actions.register_person(facts(), by=as_bram, at=NOON)
    assert (milo.organisation, milo.caseworker, milo.status, milo.last_contact_on) == (
        as_bram.organisation,
        as_bram,
        CaseStatus.ACTIVE,
        TODAY,
    )
    assert [entry.title for entry in milo.timeline.all()] == ["Ingeschreven"]


def test_register_person_never_gives_the_number_of_an_erased_case(as_bram, monkeypatch):
    Tombstone.objects.create(case_number="K-2222", erased_on=TODAY)
    drawn = iter(["K-2222", "K-3333"])
    monkeypatch.setattr(actions, "new_case_number", lambda: next(drawn))
    assert actions.register_person(facts(), by=as_bram, at=NOON).pk == "K-3333"


def test_register_person_draws_again_when_a_number_is_taken(as_bram, yara, monkeypatch):
    drawn = iter([yara.pk, "K-3333"])
    monkeypatch.setattr(actions, "new_case_number", lambda: next(drawn))
    assert actions.register_person(facts(), by=as_bram, at=NOON).pk == "K-3333"


def test_change_facts_tells_what_changed_and_not_the_values(as_bram, yara):
    changed = actions.change_facts(
        yara, {"phone": "0470 99 99 99", "hours_max": 38}, by=as_bram, at=NOON
    )
    entry = yara.timeline.get()
    assert (changed, entry.kind, entry.text) == (["telefoon"], EntryKind.FACTS, "telefoon")
    assert "0470 99" not in entry.title


def test_change_facts_writes_nothing_when_nothing_changed(as_bram, yara):
    before = AuditEvent.objects.count()
    assert actions.change_facts(yara, {"hours_max": 38}, by=as_bram, at=NOON) == []
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("start", CaseStatus)
@pytest.mark.parametrize("to", CaseStatus)
def test_status_changes_only_along_the_table(as_bram, yara, start, to):
    Person.objects.filter(pk=yara.pk).update(status=start)
    if to in STATUS_CHANGES[start]:
        assert actions.change_status(yara, to=to, by=as_bram, at=NOON).status == to
    else:
        with pytest.raises(StatusError):
            actions.change_status(yara, to=to, by=as_bram, at=NOON)


def test_closing_a_case_takes_its_next_step_away(as_bram, yara):
    actions.set_next_step(yara, what="Bel", due=TODAY, by=as_bram, at=NOON)
    closed = actions.change_status(yara, to=CaseStatus.CLOSED, by=as_bram, at=NOON)
    assert (closed.next_step, closed.next_step_on) == ("", None)


def test_finished_step_counts_as_contact(as_bram, yara):
    actions.set_next_step(yara, what="Bel over de fiets", due=TODAY, by=as_bram, at=NOON)
    done = actions.finish_next_step(yara, by=as_bram, at=NOON)
    assert (done.next_step, done.last_contact_on) == ("", TODAY)
    assert yara.timeline.first().title == "Gedaan: Bel over de fiets"


def test_finish_next_step_refuses_when_there_is_none(as_bram, yara):
    with pytest.raises(PeopleError):
        actions.finish_next_step(yara, by=as_bram, at=NOON)


def note(yara, bram):
    return actions.note_down(yara, title="Gesprek", text="", is_contact=True, by=bram, at=NOON)


def test_note_can_be_taken_back_for_ten_minutes(as_bram, yara):
    entry = note(yara, as_bram)
    actions.take_back_note(entry, by=as_bram, at=NOON + timedelta(minutes=10))
    assert not yara.timeline.exists()


def test_note_stays_after_ten_minutes(as_bram, yara):
    entry = note(yara, as_bram)
    with pytest.raises(TooLateError):
        actions.take_back_note(entry, by=as_bram, at=NOON + timedelta(minutes=10, seconds=1))


def test_note_of_somebody_else_cannot_be_taken_back(as_bram, yara):
    with pytest.raises(TooLateError):
        actions.take_back_note(note(yara, as_bram), by=UserFactory(), at=NOON)


def test_other_lines_of_the_timeline_cannot_be_taken_back(as_bram, yara):
    entry = TimelineEntryFactory(person=yara, kind=EntryKind.STATUS, by=as_bram)
    with pytest.raises(TooLateError):
        actions.take_back_note(entry, by=as_bram, at=NOON)


def test_obstacle_stands_once_while_it_lasts(as_bram, yara):
    PersonObstacleFactory(person=yara)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonObstacleFactory(person=yara)
    PersonObstacle.objects.update(removed_on=TODAY, removed_by="Een fiets")
    PersonObstacleFactory(person=yara)
    assert yara.obstacles.count() == 2


def test_cleared_obstacle_keeps_what_took_it_away(as_bram, yara):
    obstacle = PersonObstacleFactory(person=yara)
    actions.clear_obstacle(obstacle, how="Een elektrische fiets", on=TODAY, by=as_bram, at=NOON)
    assert yara.timeline.get().title == "Drempel weg: Te ver"
    with pytest.raises(PeopleError):
        actions.clear_obstacle(obstacle, how="Weer", on=TODAY, by=as_bram, at=NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_min": 39},
        {"status": "GONE"},
        {"lon": 51.0},
        {"next_step": "Bel"},
        {"next_step_on": TODAY},
        {"case_number": "X-2222"},
    ],
)
def test_database_refuses_what_cannot_be(as_bram, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(caseworker=as_bram, **wrong)


@pytest.mark.parametrize("wrong", [{"care_lon": 5.2}, {"care": "CHILDCARE"}])
def test_database_refuses_care_without_a_place(as_bram, yara, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildFactory(person=yara, **wrong)


def test_database_refuses_a_right_that_ends_before_it_begins(as_bram, yara):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportRightFactory(person=yara, valid_until=date(2026, 5, 11))


def test_erasing_leaves_only_the_number_and_the_day(yara, bram):
    with acting(system("proef")):
        ChildFactory(person=yara)
        ConfidentialNoteFactory(person=yara)
        TimelineEntryFactory(person=yara)
        other = PersonFactory(caseworker=bram)
    AccessGrantFactory(person=yara.pk)
    with as_user(bram, Relation.ASSIGNED, "wissen"):
        stone = actions.erase_person(yara.pk, on=TODAY)
    with acting(system("proef")):
        left = [set(Person.objects.values_list("pk", flat=True)), Child.objects.count()]
        assert [*left, TimelineEntry.objects.count()] == [{other.pk}, 0, 0]
    assert (stone.case_number, stone.erased_on) == (yara.pk, TODAY)
    assert not AccessGrant.objects.filter(person=yara.pk).exists()


def test_every_action_leaves_its_line_in_the_trail(as_bram, yara):
    actions.set_next_step(yara, what="Bel", due=TODAY, by=as_bram, at=NOON)
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen, event.classes, event.actor) == (
        "people:next-step",
        [yara.pk],
        ["K4"],
        as_bram.pk,
    )


def test_trail_tells_when_it_was_done_as_the_timeline_does(as_bram, yara):
    milo = actions.register_person(facts(), by=as_bram, at=NOON)
    later = NOON + timedelta(minutes=1)
    actions.change_facts(milo, {"phone": "0470 99 99 99"}, by=as_bram, at=later)
    actions.set_next_step(milo, what="Bel", due=TODAY, by=as_bram, at=later)
    actions.finish_next_step(milo, by=as_bram, at=later)
    actions.save_child(ChildFactory.build(person=milo), by=as_bram, at=later)
    note = actions.note_down(milo, title="Ja", text="", is_contact=True, by=as_bram, at=later)
    actions.take_back_note(note, by=as_bram, at=later)
    actions.change_status(milo, to=CaseStatus.CLOSED, by=as_bram, at=later)
    assert list(AuditEvent.objects.values_list("at", flat=True)) == [NOON, *[later] * 7]
