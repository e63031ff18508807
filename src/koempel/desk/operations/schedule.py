"""When a duty is due, and running it: once, by one worker, whatever happens to the others.

A duty has slots: each hour or a part of it, or one hour of each day. It is due when its last run
began before the latest slot, so a desk that stood still catches up once, however many slots it
missed. Who takes its row in `DutyRun` has the duty: a second worker finds the row taken.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.operations.models import DutyRun, Outcome

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PATIENCE = HOUR
"""After so long a failed run is tried again, and one that still runs counts as killed."""
SHORT_PATIENCE = timedelta(minutes=5)
"""The same for what comes back more often than each hour."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that comes back.

    Attributes
    ----------
    name : str
        Key of its row.
    title : str
        What the screen calls it; also the purpose in the audit trail.
    run : callable
        Gets the moment, does the work, says in Dutch what it did; nothing is not logged.
    hour : int or None
        Local hour of the day at which it is due. Not 2: that hour is missing on a day in March.
    every : timedelta
        How often it is due when it has no hour; a part of an hour, or an hour.
    """

    name: str
    title: str
    run: Callable[[datetime], str]
    hour: int | None = None
    every: timedelta = HOUR

    @property
    def patience(self) -> timedelta:
        """After how long a failed run is tried again, and one that runs counts as killed."""
        return PATIENCE if self.every >= HOUR else SHORT_PATIENCE


def latest_slot(duty: Duty, at: datetime) -> datetime:
    """The last moment at or before `at` on which a duty falls due."""
    if duty.hour is None:
        return at - (at - datetime.min.replace(tzinfo=UTC)) % duty.every
    today = timezone.localdate(at)
    slot = _at_hour(today, duty.hour)
    return slot if slot <= at else _at_hour(today - DAY, duty.hour)


def _at_hour(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def is_due(duty: Duty, last: DutyRun | None, at: datetime) -> bool:
    """Whether a duty must run now."""
    if last is None:
        return True
    if last.outcome != Outcome.DONE:
        return abs(at - last.began_at) >= duty.patience
    # A run in the future is one of a clock that was put back since.
    return not latest_slot(duty, at) <= last.began_at <= at + DAY


def is_well(duty: Duty, last: DutyRun | None, at: datetime) -> bool:
    """Whether the last run went well and was not long ago."""
    if last is None:
        return True
    if last.outcome == Outcome.RUNNING:
        return at - last.began_at < PATIENCE
    return last.outcome == Outcome.DONE and last.began_at >= latest_slot(duty, at - PATIENCE)


def run_due(duties: Iterable[Duty], *, at: datetime) -> list[str]:
    """Run what is due; one that fails stops no other. Gives the names of what ran."""
    last = {each.name: each for each in DutyRun.objects.all()}
    due = [duty for duty in duties if is_due(duty, last.get(duty.name), at)]
    return [duty.name for duty in due if take(duty, last.get(duty.name), at) and _run(duty, at)]


def take(duty: Duty, last: DutyRun | None, at: datetime) -> bool:
    """Take a duty as it was last seen; of two workers that try, one finds its row like that."""
    if last is None:
        _, is_ours = DutyRun.objects.get_or_create(
            name=duty.name, defaults={"began_at": at, "outcome": Outcome.RUNNING}
        )
        return is_ours
    same = DutyRun.objects.filter(name=duty.name, began_at=last.began_at, outcome=last.outcome)
    return same.update(began_at=at, outcome=Outcome.RUNNING) == 1


def _run(duty: Duty, at: datetime) -> bool:
    try:
        with acting(system(duty.title)):
            said = duty.run(at)
    except Exception:
        logger.exception("Duty %s failed", duty.name)
        outcome = Outcome.FAILED
    else:
        if said:
            logger.info("Duty %s: %s", duty.name, said)
        outcome = Outcome.DONE
    DutyRun.objects.filter(name=duty.name, began_at=at).update(outcome=outcome)
    return True
