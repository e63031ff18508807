"""Terms of mail, with the day from which they hold."""

from datetime import date, timedelta

from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess("mail.text_days", 30, "days for which the text of a mail that left is kept"),
        first_guess(
            "mail.failed_days", 7, "days in which an operator can try a mail again that failed"
        ),
    )
)


def text_kept_for(today: date) -> timedelta:
    """How long the text and the address of a mail that left are kept."""
    return timedelta(days=int(TERMS.value("mail.text_days", today)))


def failure_kept_for(today: date) -> timedelta:
    """How long a mail that failed can be tried again."""
    return timedelta(days=int(TERMS.value("mail.failed_days", today)))
