"""Terms of doorstroom, with the day from which they hold."""

from datetime import date, timedelta

from koempel.desk.people.retention import months_after
from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess("transition.evaluation_months", 12, "months between two evaluations"),
        first_guess(
            "transition.phase_max_months",
            {"PREPARATION": 1, "MATCHING": 3, "INTERNSHIP": 3, "AFTERCARE": 3},
            "months that a phase of a trajectory can last",
            "herwin.be FAQ",
        ),
        first_guess(
            "transition.guidance_hours",
            140,
            "hours of guidance in a trajectory, on average",
            "herwin.be, vzwmentor.be",
        ),
        first_guess(
            "transition.start_days", 30, "days in which a trajectory starts once somebody is ready"
        ),
        first_guess(
            "transition.notice_days", 30, "days before its term in which something is told to wait"
        ),
        first_guess(
            "transition.aftercare_days",
            [7, 30, 91],
            "days after the first day of regular work on which the coach asks how it goes",
        ),
        first_guess(
            "transition.seat_days",
            60,
            "days in which somebody can start on a seat that is free again",
        ),
        first_guess("transition.link_days", 14, "days for which a link to sign works"),
        first_guess("transition.undo_minutes", 10, "minutes in which a step can be taken back"),
    )
)


def next_evaluation(evaluated_on: date) -> date:
    """The day by which somebody should be evaluated again."""
    return months_after(
        evaluated_on, int(TERMS.value("transition.evaluation_months", evaluated_on))
    )


def start_by(ready_on: date) -> date:
    """The day by which a trajectory should have started."""
    return ready_on + timedelta(days=int(TERMS.value("transition.start_days", ready_on)))


def phase_months(phase: str, began_on: date) -> int:
    """How many months a phase can last."""
    return int(TERMS.value("transition.phase_max_months", began_on)[phase])


def guidance_hours(today: date) -> int:
    """How many hours somebody is guided in a trajectory, on average."""
    return int(TERMS.value("transition.guidance_hours", today))


def notice_until(today: date) -> date:
    """The last term that is told to wait today."""
    return today + timedelta(days=int(TERMS.value("transition.notice_days", today)))


def aftercare_days(starts_on: date) -> list[date]:
    """The days on which the coach asks how it goes."""
    days = TERMS.value("transition.aftercare_days", starts_on)
    return [starts_on + timedelta(days=int(each)) for each in days]


def seat_open_until(free_on: date) -> date:
    """The last day on which somebody can start on a seat that is free again."""
    return free_on + timedelta(days=int(TERMS.value("transition.seat_days", free_on)))


def link_lasts(today: date) -> timedelta:
    """How long a link to sign works."""
    return timedelta(days=int(TERMS.value("transition.link_days", today)))


def undo_within(today: date) -> timedelta:
    """How long a step can be taken back."""
    return timedelta(minutes=int(TERMS.value("transition.undo_minutes", today)))
