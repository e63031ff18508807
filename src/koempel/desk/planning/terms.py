"""Terms of deciding, with the day from which they hold."""

from datetime import date, timedelta

from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess("proposals.decide_days", 7, "days in which a guide decides about a proposal"),
        first_guess("proposals.undo_minutes", 10, "minutes in which a decision can be taken back"),
        first_guess(
            "proposals.sheet_days", 30, "days for which a person's link to their sheet works"
        ),
        first_guess(
            "planner.files_days",
            183,
            "days for which the inputs of a run are kept, so that it can be made again",
            "regulation (EU) 2024/1689, art. 26(6): at least six months",
        ),
        first_guess(
            "oversight.quick_seconds", 5, "seconds within which nobody can have read a proposal"
        ),
        first_guess(
            "oversight.quick_percent", 95, "percent of decisions that are as quick: a signal"
        ),
    )
)


def decide_by(made_on: date) -> date:
    """The day by which a proposal of a day should be decided."""
    return made_on + timedelta(days=int(TERMS.value("proposals.decide_days", made_on)))


def undo_within(today: date) -> timedelta:
    """How long a decision can be taken back."""
    return timedelta(minutes=int(TERMS.value("proposals.undo_minutes", today)))


def files_kept_for(today: date) -> timedelta:
    """How long the inputs of a run are kept."""
    return timedelta(days=int(TERMS.value("planner.files_days", today)))


def sheet_link_lasts(today: date) -> timedelta:
    """How long a link to a sheet works."""
    return timedelta(days=int(TERMS.value("proposals.sheet_days", today)))


def quick_seconds(today: date) -> int:
    """Within how many seconds nobody can have read a proposal."""
    return int(TERMS.value("oversight.quick_seconds", today))


def quick_share(today: date) -> float:
    """Share of the decisions that may not be as quick."""
    return float(TERMS.value("oversight.quick_percent", today)) / 100
