"""Terms of placements, with the day from which they hold."""

from datetime import date, timedelta

from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess(
            "placements.undo_minutes", 10, "minutes in which the end of work can be taken back"
        ),
    )
)


def undo_within(today: date) -> timedelta:
    """How long the end of work can be taken back by who wrote it."""
    return timedelta(minutes=int(TERMS.value("placements.undo_minutes", today)))
