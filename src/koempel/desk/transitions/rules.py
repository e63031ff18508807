"""What a step does, and how terms move: decided without a database, so it can be tested whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest

from koempel.desk.people.retention import months_after
from koempel.desk.transitions.enums import (
    PHASES,
    REASONS,
    STEPS,
    Asks,
    During,
    PauseReason,
    Reason,
    Step,
    TransitionState,
    View,
)
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.terms import next_evaluation, phase_months, start_by
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a trajectory stands still, from `first` until it goes on on `until`."""

    reason: PauseReason
    first: date
    until: date

    @property
    def length(self) -> timedelta:
        """By how much it shifts every later term."""
        return self.until - self.first

    def covers(self, day: date) -> bool:
        """Whether the trajectory stands still on a day."""
        return self.first <= day < self.until


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells with a step; `day` is that of a visit, or the first of regular work."""

    day: date | None = None
    view: View | None = None
    coach: str = ""
    hours: Decimal | None = None
    pause: Pause | None = None
    vacancy: int | None = None
    """The key of the regular vacancy that a contract fills, when there is one."""
    reason: Reason | None = None
    explanation: str = ""


NOTHING = Told()


def is_paused(pauses: Sequence[Pause], day: date) -> bool:
    """Whether a trajectory stands still on a day."""
    return any(pause.covers(day) for pause in pauses)


def check_step(key: str, state: str, role: str, told: Told, *, paused: bool) -> Step:
    """The step, when this role can take it from this state and told what belongs to it.

    Raises
    ------
    NotNowError
        When it cannot be taken from this state, or not while the trajectory stands still or runs.
    TransitionError
        When the role may not take it, or something is not told.
    """
    step = STEPS.get(key)
    if step is None or role not in step.roles:
        raise TransitionError("Die stap kan jij hier niet zetten.")
    if state not in step.starts:
        raise NotNowError(
            f"De stand is intussen: {TransitionState(state).label}. Laad de bladzijde opnieuw."
        )
    if paused and step.during is During.RUNNING:
        raise NotNowError("Het traject is opgeschort. Laat het eerst weer verder gaan.")
    if not paused and step.during is During.PAUSED:
        raise NotNowError("Het traject is niet opgeschort. Laad de bladzijde opnieuw.")
    _check_told(step, told)
    return step


def _check_told(step: Step, told: Told) -> None:
    missing = {
        Asks.VIEW: (told.view is None, "Kies wat jullie denken."),
        Asks.VISIT: (told.day is None, "Zeg wanneer het bezoek was."),
        Asks.COACH: (not told.coach.strip(), "Zeg wie de coach is."),
        Asks.HOURS: (told.hours is None or told.hours <= 0, "Zeg hoeveel uren het waren."),
        Asks.PAUSE: (told.pause is None, "Zeg van wanneer tot wanneer."),
        Asks.CONTRACT: (told.day is None, "Zeg wat de eerste werkdag is."),
        Asks.REASON: (told.reason not in REASONS.get(step.key, ()), "Kies een reden."),
    }
    is_missing, message = missing.get(step.asks, (False, ""))
    if is_missing:
        raise TransitionError(message)


def check_pause(pause: Pause, pauses: Sequence[Pause], *, began_on: date, due_on: date) -> None:
    """Refuse a pause that does not lie in the phase that runs, or meets another one.

    Raises
    ------
    TransitionError
        With what is wrong about its days.
    """
    if pause.until <= pause.first:
        raise TransitionError("De dag waarop het weer verder gaat, ligt niet na het begin.")
    if not began_on <= pause.first <= due_on:
        raise TransitionError(
            f"Kies een begin in deze fase: tussen {dutch.day(began_on)} en {dutch.day(due_on)}."
        )
    if any(pause.first < each.until and each.first < pause.until for each in pauses):
        raise TransitionError("In die tijd is het traject al opgeschort. Kies andere dagen.")


def cut_short(pauses: Sequence[Pause], today: date) -> tuple[Pause, ...]:
    """The pauses when a trajectory goes on today; one that would begin today never was."""
    cut = (Pause(each.reason, each.first, today) if each.covers(today) else each for each in pauses)
    return tuple(each for each in cut if each.length)


def due_after(state: TransitionState, *, on: date, pauses: Sequence[Pause] = ()) -> date | None:
    """By when the next step should be taken; None when nothing more has to come.

    Parameters
    ----------
    on : date
        The day on which it came into the state; for an evaluation that of the one before.
    """
    if state == TransitionState.EVALUATION_DUE:
        return next_evaluation(on)
    if state == TransitionState.READY:
        return start_by(on)
    if state in PHASES:
        return phase_ends(state, on, pauses)
    return None


def phase_ends(phase: str, began_on: date, pauses: Sequence[Pause]) -> date:
    """The last day of a phase: its months, and every pause that begins in it."""
    return _bare_end(phase, began_on) + _shift(phase, began_on, pauses)


def _bare_end(phase: str, began_on: date) -> date:
    return months_after(began_on, phase_months(phase, began_on))


def _shift(phase: str, began_on: date, pauses: Sequence[Pause]) -> timedelta:
    """By how much the pauses of a phase shift its end; each makes room for the next one."""
    end, shift = _bare_end(phase, began_on), timedelta()
    for pause in sorted(pauses, key=lambda each: each.first):
        if began_on <= pause.first <= end + shift:
            shift += pause.length
    return shift


@dataclass(frozen=True, slots=True)
class Talk:
    """A day on which the coach asks how it goes, and the day on which that was done."""

    due_on: date
    done_on: date | None = None


def next_talk(talks: Sequence[Talk]) -> date | None:
    """The first day on which the coach has still to ask."""
    return min((each.due_on for each in talks if each.done_on is None), default=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase in time: done, going on, or still to come."""

    phase: TransitionState
    first: date
    last: date
    is_done: bool
    is_now: bool
    pauses: tuple[Pause, ...] = ()


def course(
    began: Mapping[TransitionState, date],
    state: TransitionState,
    *,
    pauses: Sequence[Pause],
    ended_on: date | None,
) -> list[Stretch]:
    """The phases of a trajectory with their days.

    What is to come is planned on whole terms, and shifts with every pause by its length.

    Parameters
    ----------
    began : mapping of TransitionState to date
        The phases that began.
    ended_on : date, optional
        When the trajectory ended; nothing is to come then.
    """
    phases = [phase for phase in PHASES if phase in began]
    found = []
    for phase, after in zip_longest(phases, phases[1:]):
        first, over = began[phase], began[after] if after else ended_on
        last = over or phase_ends(phase, first, pauses)
        inside = tuple(each for each in pauses if first <= each.first <= last)
        found.append(Stretch(phase, first, last, over is not None, phase == state, inside))
    if found and ended_on is None:
        found.extend(_to_come(found[-1], pauses))
    return found


def _to_come(now: Stretch, pauses: Sequence[Pause]) -> list[Stretch]:
    shift = _shift(now.phase, now.first, pauses)
    bare, found = _bare_end(now.phase, now.first), []
    for phase in PHASES[PHASES.index(now.phase) + 1 :]:
        first, bare = bare, _bare_end(phase, bare)
        found.append(Stretch(phase, first + shift, bare + shift, is_done=False, is_now=False))
    return found
