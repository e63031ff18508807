"""Terms that the partners agreed on, with the day from which they hold."""

from datetime import date

from koempel.region.parameters import Parameters, PolicyParameter, Status

TERMS = Parameters(
    (
        PolicyParameter(
            key="levers.confirm_days",
            value=21,
            unit="days after which a stock that nobody confirmed counts as stale",
            valid_from=date(2020, 1, 1),
            valid_to=None,
            source="working guess",
            status=Status.DRAFT,
        ),
        PolicyParameter(
            key="levers.hold_days",
            value=14,
            unit="days for which a lever is held before it is free again",
            valid_from=date(2020, 1, 1),
            valid_to=None,
            source="working guess",
            status=Status.DRAFT,
        ),
        PolicyParameter(
            key="levers.answer_days",
            value=5,
            unit="days in which a partner answers a request",
            valid_from=date(2020, 1, 1),
            valid_to=None,
            source="working guess",
            status=Status.DRAFT,
        ),
    )
)


def confirm_days(today: date) -> int:
    """Days after which a stock must be confirmed again."""
    return int(TERMS.value("levers.confirm_days", today))


def hold_days(today: date) -> int:
    """Days for which a lever is held."""
    return int(TERMS.value("levers.hold_days", today))


def answer_days(today: date) -> int:
    """Days after which a request without an answer counts as silent."""
    return int(TERMS.value("levers.answer_days", today))
