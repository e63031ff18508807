"""How work can end and whether it lasted: decided without a database, to be tested whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from koempel.desk.placements.enums import WORKS_ON, Answer, AtWork, EndReason
from koempel.desk.placements.errors import PlacementError
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class End:
    """What somebody tells of the end of work."""

    on: date
    reason: EndReason
    explanation: str = ""


def check_end(end: End, *, started_on: date, today: date) -> None:
    """Refuse an end that cannot be.

    Raises
    ------
    PlacementError
        When the last day of work lies before the first, or is still to come.
    """
    if end.on < started_on:
        raise PlacementError(f"De laatste werkdag ligt voor de eerste, {dutch.day(started_on)}.")
    if end.on > today:
        raise PlacementError("Die dag moet nog komen. Noteer het einde op de laatste werkdag.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A day on which it is asked whether work goes on, with the answer if there is one."""

    months: int
    due_on: date
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How work went: what `at_work_after` looks at."""

    ended_on: date | None
    end_reason: str
    asked: Sequence[Asked]


def at_work_after(course: Course, months: int, *, today: date) -> AtWork:
    """Whether somebody was at work so many months after the first day.

    The one day counts. Work that was interrupted counts when it went on by then, and so does other
    work that somebody took at once: what lasts is being at work, and not one contract. Nobody is
    counted without a word of the employer, the person or who guides: what was not said, or never
    asked, is unknown.
    """
    asked = next((each for each in course.asked if each.months == months), None)
    if asked is None:
        return AtWork.UNKNOWN
    if asked.due_on > today:
        return AtWork.NOT_YET
    if course.ended_on is not None and course.ended_on >= asked.due_on:
        return AtWork.YES
    if any(each.answer == Answer.YES for each in course.asked if each.months >= months):
        return AtWork.YES
    is_over = course.ended_on is not None and course.end_reason not in WORKS_ON
    return AtWork.NO if is_over or asked.answer == Answer.NO else AtWork.UNKNOWN
