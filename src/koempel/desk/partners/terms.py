"""Terms that the partners agreed on, with the day from which they hold."""

from datetime import date

from koempel.region.parameters import Parameters, PolicyParameter, Status

TERMS = Parameters(
    (
        PolicyParameter(
            key="partners.offer_days",
            value=180,
            unit="days after which an offer that nobody confirmed is looked at again",
            valid_from=date(2020, 1, 1),
            valid_to=None,
            source="working guess",
            status=Status.DRAFT,
        ),
    )
)


def offer_days(today: date) -> int:
    """Days after which an offer must be confirmed again."""
    return int(TERMS.value("partners.offer_days", today))
