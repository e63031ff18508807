from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from desk.factories.accounts import UserFactory
from desk.factories.jobs import TODAY, EmployerFactory, VacancyFactory
from desk.factories.partners import EstablishmentFactory
from desk.jobs.conftest import context_of
from koempel.desk.common.context import acting
from koempel.desk.common.models import AuditEvent
from koempel.desk.jobs import actions
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.enums import NO_BUTTON, STEPS, VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.rules import steps_from
from koempel.desk.jobs.terms import terms
from koempel.region.parameters import ParameterMissingError

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def step(vacancy, key, *, on=TODAY):
    return actions.take_step(vacancy, key, by=None, at=NOON, on=on, parameters=terms())


@pytest.mark.parametrize("key", STEPS)
@pytest.mark.parametrize("state", VacancyState)
def test_a_step_is_open_only_from_its_own_states(as_system, state, key):
    vacancy = VacancyFactory(state=state, seats=3, taken=1)
    if state in STEPS[key].starts and key not in NO_BUTTON:
        assert step(vacancy, key).state == STEPS[key].to
    else:
        with pytest.raises(VacancyError, match="Dat kan niet meer"):
            step(vacancy, key)
        vacancy.refresh_from_db()
        assert vacancy.state == state


def test_nobody_is_offered_a_step_of_the_clock_or_of_a_file():
    offered = {each.key for state in VacancyState for each in steps_from(state, seats=3, taken=1)}
    assert offered == set(STEPS) - NO_BUTTON


@pytest.mark.parametrize(
    ("seats", "taken", "keys"),
    [
        (1, 0, {"fill", "close"}),
        (3, 0, {"take", "fill", "close"}),
        (3, 1, {"take", "fill", "free", "close"}),
        (3, 2, {"fill", "free", "close"}),
    ],
)
def test_the_last_seat_is_taken_by_filling(seats, taken, keys):
    found = steps_from(VacancyState.PUBLISHED, seats=seats, taken=taken)
    assert {each.key for each in found} == keys


def test_seats_are_taken_and_come_free_one_by_one(as_system):
    vacancy = VacancyFactory(seats=3)
    found = []
    for key in ("take", "take", "free", "fill", "refill"):
        vacancy = step(vacancy, key)
        found.append((vacancy.taken, vacancy.seats_left, vacancy.state))
    assert found == [
        (1, 2, VacancyState.PUBLISHED),
        (2, 1, VacancyState.PUBLISHED),
        (1, 2, VacancyState.PUBLISHED),
        (3, 0, VacancyState.FILLED),
        (2, 1, VacancyState.PUBLISHED),
    ]


def test_taking_a_seat_leaves_the_days_online_alone(as_system):
    vacancy = VacancyFactory(seats=2)
    days = (vacancy.publish_from, vacancy.publish_to)
    taken = step(vacancy, "take", on=TODAY + timedelta(days=20))
    assert (taken.publish_from, taken.publish_to) == days


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("publish", {"draft": True}),
        ("fill", {"seats": 3, "taken": 1}),
        ("take", {"seats": 3}),
        ("free", {"seats": 3, "taken": 2}),
        ("refill", {"filled": True, "seats": 2, "taken": 2}),
        ("close", {}),
        ("reopen", {"expired": True}),
    ],
)
def test_undo_brings_state_seats_and_days_back(as_system, key, facts):
    vacancy = VacancyFactory(**facts)
    before = Vacancy.objects.values("state", "taken", "publish_from", "publish_to").get()
    step(vacancy, key, on=TODAY + timedelta(days=1))
    assert Vacancy.objects.values("state", "taken", "publish_from", "publish_to").get() != before
    actions.undo_step(vacancy, by=None, at=NOON)
    assert Vacancy.objects.values("state", "taken", "publish_from", "publish_to").get() == before


def test_going_online_lasts_as_long_as_the_parameter_says(as_system):
    vacancy = step(VacancyFactory(draft=True), "publish")
    assert (vacancy.publish_from, vacancy.publish_to) == (TODAY, TODAY + timedelta(days=90))


def test_going_online_needs_a_start_that_can_still_come(as_system):
    vacancy = VacancyFactory(closed=True, start_from=TODAY, start_to=TODAY)
    with pytest.raises(VacancyError, match="startdag is voorbij"):
        step(vacancy, "reopen", on=TODAY + timedelta(days=1))


def test_a_step_leaves_one_event_and_one_line_of_audit(as_system):
    vacancy = step(VacancyFactory(), "fill")
    event = vacancy.events.get()
    assert (event.from_state, event.to_state, event.step) == ("PUBLISHED", "FILLED", "fill")
    trace = AuditEvent.objects.get()
    assert (trace.verb, trace.objects_seen) == ("jobs.fill_vacancy", [vacancy.number])


def test_undo_brings_the_state_back_once(as_system):
    vacancy = step(VacancyFactory(), "close")
    undone = actions.undo_step(vacancy, by=None, at=NOON)
    assert undone.state == VacancyState.PUBLISHED
    with pytest.raises(VacancyError, match="niet meer ongedaan"):
        actions.undo_step(undone, by=None, at=NOON)


def test_a_copy_is_a_draft_that_forgets_where_it_came_from(as_system):
    vacancy = VacancyFactory(source="bestand", source_id="17", two_shifts=True)
    copy = actions.copy_vacancy(vacancy, by=None, at=NOON)
    assert copy.number != vacancy.number
    assert copy.title == f"{vacancy.title} (kopie)"
    assert (copy.state, copy.publish_from, copy.source_id) == (VacancyState.DRAFT, None, "")
    assert copy.shifts == vacancy.shifts
    assert Vacancy.objects.count() == 2


@pytest.mark.parametrize("act", ["save", "step", "undo", "copy"])
def test_another_employer_changes_nothing(baker, act):
    vacancy = VacancyFactory()
    acts = {
        "save": lambda: actions.save_vacancy(vacancy, by=baker, at=NOON, changed=()),
        "step": lambda: step(vacancy, "fill"),
        "undo": lambda: actions.undo_step(vacancy, by=baker, at=NOON),
        "copy": lambda: actions.copy_vacancy(vacancy, by=baker, at=NOON),
    }
    with acting(context_of(baker)), pytest.raises(VacancyError, match="eigen organisatie"):
        acts[act]()
    assert Vacancy.objects.get().state == VacancyState.PUBLISHED
    assert not AuditEvent.objects.exists()


def test_an_employer_keeps_the_own_vacancies(baker):
    vacancy = VacancyFactory(employer=baker.organisation)
    with acting(context_of(baker)):
        assert step(vacancy, "fill").state == VacancyState.FILLED


def test_only_employers_have_vacancies(as_system):
    childcare = EmployerFactory(kind="CHILDCARE")
    vacancy = VacancyFactory.build(employer=childcare)
    with pytest.raises(VacancyError, match="geen werkgever"):
        actions.save_vacancy(vacancy, by=UserFactory.build(), at=NOON, changed=())


def test_a_vacancy_is_at_an_establishment_of_its_employer(baker):
    vacancy = VacancyFactory(employer=baker.organisation)
    vacancy.establishment = EstablishmentFactory(name="De Overkant")
    with acting(context_of(baker)), pytest.raises(VacancyError, match="De Overkant is geen"):
        actions.save_vacancy(vacancy, by=baker, at=NOON, changed=())


def test_expiry_takes_what_is_past_its_term_and_nothing_else(as_system):
    gone = VacancyFactory(long_online=True)
    over = VacancyFactory(publish_to=TODAY - timedelta(days=1))
    VacancyFactory(publish_to=TODAY)
    VacancyFactory(long_online=True, state=VacancyState.FILLED)
    assert actions.expire_vacancies(today=TODAY, at=NOON, parameters=terms()) == 2
    expired = Vacancy.objects.filter(state=VacancyState.EXPIRED)
    assert {each.pk for each in expired} == {gone.pk, over.pk}
    assert actions.expire_vacancies(today=TODAY, at=NOON, parameters=terms()) == 0


def test_expiry_stops_where_no_term_is_known(as_system):
    with pytest.raises(ParameterMissingError):
        actions.expire_vacancies(today=date(2019, 1, 1), at=NOON, parameters=terms())


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_to": TODAY - timedelta(days=1), "start_from": TODAY},
        {"publish_to": TODAY - timedelta(days=99)},
        {"publish_from": None, "publish_to": None},
        {"seats": 0},
        {"seats": 1, "taken": 2},
        {"hours_per_week": 61},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        VacancyFactory(**wrong)


def test_a_vacancy_comes_from_a_source_once():
    first = VacancyFactory(source="bestand", source_id="17")
    VacancyFactory(source="bestand", source_id="17")
    with pytest.raises(IntegrityError), transaction.atomic():
        VacancyFactory(employer=first.employer, source="bestand", source_id="17")


def test_search_follows_what_is_saved(as_system):
    vacancy = VacancyFactory(title="Hulp bij de Één")
    assert "hulp bij de een" in vacancy.search
