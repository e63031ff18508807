"""Terms that the partners agreed on, with the day from which they hold."""

from datetime import date

from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess(
            "partners.offer_days",
            180,
            "days after which an offer that nobody confirmed is looked at again",
        ),
    )
)


def offer_days(today: date) -> int:
    """Days after which an offer must be confirmed again."""
    return int(TERMS.value("partners.offer_days", today))
