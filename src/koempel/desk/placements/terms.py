"""Terms of placements, with the day from which they hold."""

from datetime import date, timedelta

from koempel.desk.people.retention import months_after
from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess(
            "placements.follow_up_months",
            (3, 6, 12),
            "months after the first day of work at which it is asked whether it goes on",
        ),
        first_guess(
            "placements.durable_months",
            12,
            "months after which work counts as durable; one of the months at which it is asked",
            "domain.md 1: OCMW money follows jobs that last twelve months",
        ),
        first_guess("placements.link_days", 14, "days for which a link to answer works"),
        first_guess(
            "placements.late_days", 21, "days after which a follow-up without an answer is late"
        ),
        first_guess(
            "placements.undo_minutes",
            10,
            "minutes in which the end of work or an answer can be taken back",
        ),
    )
)


def follow_ups_of(started_on: date) -> dict[int, date]:
    """The days on which it is asked whether work goes on, by the months since it began."""
    months = TERMS.value("placements.follow_up_months", started_on)
    return {each: months_after(started_on, each) for each in months}


def durable_months(started_on: date) -> int:
    """After how many months work that began on a day is durable."""
    return int(TERMS.value("placements.durable_months", started_on))


def link_lasts(today: date) -> timedelta:
    """How long a link to answer works."""
    return timedelta(days=int(TERMS.value("placements.link_days", today)))


def late_before(today: date) -> date:
    """What was due before this day and has no answer is late."""
    return today - timedelta(days=int(TERMS.value("placements.late_days", today)))


def undo_within(today: date) -> timedelta:
    """How long the end of work or an answer can be taken back by who wrote it."""
    return timedelta(minutes=int(TERMS.value("placements.undo_minutes", today)))
