"""Duties run in their slot, once, by one worker, and a failing one stops no other."""

from datetime import UTC, datetime, timedelta

import pytest

from koempel.desk.common.context import current
from koempel.desk.operations.models import DutyRun, Outcome
from koempel.desk.operations.schedule import (
    DAY,
    HOUR,
    PATIENCE,
    Duty,
    is_due,
    is_well,
    latest_slot,
    run_due,
    take,
)

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Log:
    """Duties that note when they ran."""

    def __init__(self):
        self.ran = []

    def duty(self, name, hour=None, *, fails=False):
        def run(at):
            self.ran.append((name, at))
            if fails:
                raise OSError("no room")
            return "gedaan"

        return Duty(name, f"Taak {name}", run, hour)

    def moments(self, name):
        return [at for ran, at in self.ran if ran == name]


@pytest.fixture
def log():
    return Log()


def nothing(at):
    return ""


HOURLY, DAILY = Duty("hourly", "", nothing), Duty("daily", "", nothing, hour=3)


@pytest.mark.parametrize(
    ("duty", "at", "slot"),
    [
        (HOURLY, "2026-11-23T11:59:59+00:00", "2026-11-23T11:00:00+00:00"),
        (HOURLY, "2026-11-23T11:00:00+00:00", "2026-11-23T11:00:00+00:00"),
        (DAILY, "2026-11-23T01:59:59+00:00", "2026-11-22T02:00:00+00:00"),
        (DAILY, "2026-11-23T02:00:00+00:00", "2026-11-23T02:00:00+00:00"),
        # Three o'clock in summer, and on both days on which the clock changes.
        (DAILY, "2026-07-01T12:00:00+00:00", "2026-07-01T01:00:00+00:00"),
        (DAILY, "2026-03-29T01:00:00+00:00", "2026-03-29T01:00:00+00:00"),
        (DAILY, "2026-10-25T01:59:00+00:00", "2026-10-24T01:00:00+00:00"),
    ],
)
def test_slot_follows_the_local_hour(duty, at, slot):
    assert latest_slot(duty, datetime.fromisoformat(at)) == datetime.fromisoformat(slot)


def last(began_at, outcome=Outcome.DONE):
    return DutyRun(name="hourly", began_at=began_at, outcome=outcome)


@pytest.mark.parametrize(
    ("run", "due"),
    [
        (None, True),
        (last(NOON), False),
        (last(NOON - MINUTE), True),
        (last(NOON - PATIENCE + MINUTE, Outcome.FAILED), False),
        (last(NOON - PATIENCE, Outcome.FAILED), True),
        (last(NOON - PATIENCE + MINUTE, Outcome.RUNNING), False),
        (last(NOON - PATIENCE, Outcome.RUNNING), True),
        # A clock that ran a minute ahead, and one that was put back by years.
        (last(NOON + MINUTE), False),
        (last(NOON + MINUTE, Outcome.RUNNING), False),
        (last(NOON + 3650 * DAY), True),
    ],
)
def test_duty_is_due_once_per_slot_and_an_hour_after_it_went_wrong(run, due):
    assert is_due(HOURLY, run, NOON) is due


@pytest.mark.parametrize(
    ("run", "well"),
    [
        (None, True),
        (last(NOON), True),
        (last(NOON - HOUR), True),
        (last(NOON - HOUR - MINUTE), False),
        (last(NOON, Outcome.FAILED), False),
        (last(NOON - MINUTE, Outcome.RUNNING), True),
        (last(NOON - PATIENCE, Outcome.RUNNING), False),
    ],
)
def test_duty_is_well_when_its_last_run_was_in_time_and_done(run, well):
    assert is_well(HOURLY, run, NOON) is well


@pytest.mark.slow
@pytest.mark.django_db
def test_a_year_of_looks_runs_each_duty_in_every_slot_once(log):
    duties = [log.duty("hourly"), log.duty("daily", 3)]
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for look in range(365 * 24):
        run_due(duties, at=first + look * HOUR + 17 * MINUTE)
    assert (len(log.moments("hourly")), len(log.moments("daily"))) == (365 * 24, 366)
    hours = {at.astimezone(UTC).hour for at in log.moments("daily")[1:]}
    assert hours == {1, 2}, "three o'clock, in summer and in winter"


@pytest.mark.django_db
def test_after_a_stop_a_duty_catches_up_once(log):
    duties = [log.duty("hourly"), log.duty("daily", 3)]
    run_due(duties, at=NOON)
    back = NOON + 10 * DAY
    for minute in range(30):
        run_due(duties, at=back + minute * MINUTE)
    assert log.ran == [(name, at) for at in (NOON, back) for name in ("hourly", "daily")]


@pytest.mark.django_db
def test_failing_duty_stops_no_other_is_told_and_tried_again(log, caplog):
    duties = [log.duty("broken", fails=True), log.duty("sound")]
    assert run_due(duties, at=NOON) == ["broken", "sound"]
    outcomes = dict(DutyRun.objects.values_list("name", "outcome"))
    assert outcomes == {"broken": Outcome.FAILED, "sound": Outcome.DONE}
    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert (told.getMessage(), str(told.exc_info[1])) == ("Duty broken failed", "no room")
    for minutes in (30, 59, 60):
        run_due(duties[:1], at=NOON + minutes * MINUTE)
    assert log.moments("broken") == [NOON, NOON + PATIENCE]


@pytest.mark.django_db
def test_duty_acts_as_the_desk_itself_for_its_own_purpose():
    seen = []

    def run(at):
        seen.append(current())
        return ""

    run_due([Duty("hourly", "Oude koffie weggieten", run)], at=NOON)
    assert [(who.is_system, who.purpose) for who in seen] == [(True, "Oude koffie weggieten")]


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", [None, Outcome.DONE, Outcome.FAILED, Outcome.RUNNING])
def test_of_two_workers_that_saw_the_same_one_takes_the_duty(outcome):
    if outcome:
        DutyRun.objects.create(name="hourly", began_at=NOON - DAY, outcome=outcome)
    seen = [DutyRun.objects.filter(name="hourly").first() for _ in range(2)]
    moments = [NOON, NOON + timedelta(seconds=1)]
    assert [take(HOURLY, *each) for each in zip(seen, moments, strict=True)] == [True, False]
    assert DutyRun.objects.get().began_at == NOON


@pytest.mark.django_db
def test_worker_that_looks_during_a_run_leaves_it_alone(log):
    others = []

    def look_again(at):
        others.extend(run_due([log.duty("hourly")], at=at + timedelta(minutes=59)))
        return ""

    run_due([Duty("hourly", "", look_again)], at=NOON)
    assert (others, log.ran) == ([], [])
