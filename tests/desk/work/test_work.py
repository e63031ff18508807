"""The life of a piece of work, from the question to what came of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from desk.factories.accounts import NOON, UserFactory
from desk.work.tasks import ADDRESS, CANARY, ask, dig
from desk.worker import work_off
from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.roles import Role
from koempel.desk.partners.models import Municipality
from koempel.desk.work.actions import (
    DIED,
    ask_stop,
    begin_work,
    forget_work,
    reap_dead,
    report,
    start_work,
)
from koempel.desk.work.enums import State
from koempel.desk.work.errors import NotAllowedError
from koempel.desk.work.models import Work
from koempel.desk.work.queries import find_work, is_silent
from koempel.desk.work.running import UNEXPECTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(db):
    return UserFactory(name="Mira Mijnlamp", role=Role.SOCIAL_WORKER)


def outcome(work):
    work = Work.objects.get(pk=work.pk)
    return work.state, work.result, work.error


def things_made():
    return list(Municipality.objects.filter(nis="79998").values_list("name", flat=True))


def test_work_waits_in_the_queue_with_the_context_of_its_asker(mira):
    work = ask(mira, "well", NOON)
    assert (work.state, work.kind, work.facts) == (State.WAITING, "dig", {"how": "well"})
    assert (work.role, work.organisation, work.address, work.purpose) == (
        Role.SOCIAL_WORKER,
        mira.organisation,
        ADDRESS,
        "inschrijving",
    )
    queued = DBTaskResult.objects.get()
    assert (queued.args_kwargs, queued.task) == ({"args": [work.key], "kwargs": {}}, dig)


def test_work_runs_for_the_purpose_of_its_asker_and_says_what_came_of_it(mira):
    work = ask(mira, "well", NOON)
    work_off()
    assert outcome(work) == (State.DONE, {"rijen": 10}, "")
    assert things_made() == ["inschrijving"]
    told = Work.objects.get()
    assert (told.done, told.total, told.text) == (3, 10, "Rij 3 van 10.")


def test_nobody_asks_work_at_an_address_that_is_closed_to_them(mira):
    director = UserFactory(role=Role.DIRECTOR)
    with pytest.raises(NotAllowedError):
        ask(director, "well", NOON)
    with pytest.raises(NotAllowedError):
        start_work(dig, by=mira, address="bestaat-niet", facts={}, at=NOON)
    assert (Work.objects.count(), DBTaskResult.objects.count()) == (0, 0)


LATER = {
    "account closed": lambda mira: User.objects.filter(pk=mira.pk).update(is_active=False),
    "other role": lambda mira: User.objects.filter(pk=mira.pk).update(role=Role.CASEWORKER),
    "role that may not": lambda mira: User.objects.filter(pk=mira.pk).update(role=Role.DIRECTOR),
    "other organisation": lambda mira: User.objects.filter(pk=mira.pk).update(
        organisation=UserFactory().organisation
    ),
    "organisation left": lambda mira: Organisation.objects.update(is_active=False),
}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER)
def test_work_is_refused_when_its_asker_may_no_longer_do_it(mira, change):
    work = ask(mira, "well", NOON)
    change(mira)
    work_off()
    state, result, error = outcome(work)
    assert (state, result, things_made()) == (State.FAILED, {}, [])
    assert "mag dit niet meer" in error or "rol is veranderd" in error


ENDS = {
    "refused": (State.FAILED, {}, "Kolom 3 ontbreekt. Voeg ze toe."),
    "broken": (State.FAILED, {}, UNEXPECTED),
    "unfinished": (State.FAILED, {}, UNEXPECTED),
    "stopped": (State.STOPPED, {}, ""),
    "account closed": (State.STOPPED, {}, ""),
    "given up": (State.FAILED, {}, DIED),
}


@pytest.mark.parametrize(("how", "end"), ENDS.items(), ids=ENDS)
def test_work_that_does_not_end_well_leaves_nothing_and_says_why(mira, how, end):
    work = ask(mira, how, NOON)
    work_off()
    assert (outcome(work), things_made()) == (end, [])


def test_what_an_error_quotes_is_kept_nowhere(mira, caplog):
    ask(mira, "broken", NOON)
    work_off()
    kept = [*DBTaskResult.objects.values_list("traceback", flat=True), caplog.text]
    assert ("RuntimeError" in kept[0], "RuntimeError" in kept[1]) == (True, True)
    assert CANARY not in "".join(kept)


def test_work_that_waits_stops_at_once_and_is_never_taken_up(mira):
    work = ask(mira, "well", NOON)
    ask_stop(work, at=NOON)
    work_off()
    assert (outcome(work), things_made()) == ((State.STOPPED, {}, ""), [])


def test_report_says_that_work_must_stop_once_somebody_asked(mira):
    work = begin_work(ask(mira, "well", NOON).key, at=NOON)
    assert report(work, 1, 10, "Rij 1.", at=NOON) is False
    ask_stop(work, at=NOON)
    assert report(work, 2, 10, "Rij 2.", at=NOON) is True


def test_work_is_taken_up_once(mira):
    work = ask(mira, "well", NOON)
    assert begin_work(work.key, at=NOON) == work
    assert begin_work(work.key, at=NOON) is None


@pytest.mark.django_db(transaction=True)
def test_a_report_inside_a_transaction_is_refused():
    work = begin_work(ask(UserFactory(), "well", NOON).key, at=NOON)
    with pytest.raises(RuntimeError), transaction.atomic():
        report(work, 1, 10, "Rij 1.", at=NOON)


def test_silent_work_is_noticed_and_reaped_and_other_work_is_left_alone(mira):
    silent, lively = (begin_work(ask(mira, "well", NOON).key, at=NOON) for _ in range(2))
    waiting = ask(mira, "well", NOON)
    later = NOON + timedelta(minutes=2)
    report(lively, 1, 2, "", at=later)
    works = [Work.objects.get(pk=each.pk) for each in (silent, lively, waiting)]
    assert [is_silent(each, later) for each in works] == [True, False, True]
    assert [is_silent(each, NOON) for each in works] == [False, False, False]
    assert reap_dead(later) == 1
    states = [Work.objects.get(pk=each.pk).state for each in works]
    assert states == [State.FAILED, State.RUNNING, State.WAITING]


def test_work_of_others_and_of_other_kinds_does_not_exist(mira):
    work = ask(mira, "well", NOON)
    other = UserFactory()
    assert find_work(work.key, kind="dig", owner=mira.pk) == work
    assert find_work(work.key, kind="dig", owner=other.pk) is None
    assert find_work(work.key, kind="plan", owner=mira.pk) is None
    assert find_work("weg", kind="dig", owner=mira.pk) is None


def test_work_is_forgotten_a_month_after_it_ended(mira):
    old, new, waiting = (ask(mira, "well", NOON) for _ in range(3))
    for work, at in ((old, NOON - timedelta(days=31)), (new, NOON - timedelta(days=29))):
        ask_stop(work, at=at)
    assert forget_work(NOON) == 1
    assert set(Work.objects.all()) == {new, waiting}


def test_the_database_refuses_an_end_without_a_moment(mira):
    work = ask(mira, "well", NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.filter(pk=work.pk).update(state=State.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.filter(pk=work.pk).update(ended_at=timezone.now())
