"""Terms of toeleiding, with the day from which they hold."""

from datetime import date, timedelta

from koempel.region.parameters import Parameters, first_guess

TERMS = Parameters(
    (
        first_guess("referrals.answer_days", 5, "days in which an employer answers a referral"),
        first_guess(
            "referrals.result_days", 5, "days after a talk in which its outcome is written down"
        ),
        first_guess(
            "referrals.choice_days", 10, "days after a talk in which somebody is hired or not"
        ),
        first_guess("referrals.link_days", 14, "days for which an employer's link works"),
        first_guess(
            "referrals.stalled_weeks", 6, "weeks without a move after which somebody is stalled"
        ),
        first_guess("referrals.undo_minutes", 10, "minutes in which a step can be taken back"),
    )
)


def _days(key: str, today: date) -> timedelta:
    return timedelta(days=int(TERMS.value(key, today)))


def answer_by(referred_on: date) -> date:
    """The day by which an employer should have answered."""
    return referred_on + _days("referrals.answer_days", referred_on)


def result_by(talk_on: date) -> date:
    """The day by which it should be known how a talk went."""
    return talk_on + _days("referrals.result_days", talk_on)


def choice_by(talked_on: date) -> date:
    """The day by which an employer should have chosen."""
    return talked_on + _days("referrals.choice_days", talked_on)


def link_lasts(today: date) -> timedelta:
    """How long a link to answer works."""
    return _days("referrals.link_days", today)


def undo_within(today: date) -> timedelta:
    """How long a step can be taken back."""
    return timedelta(minutes=int(TERMS.value("referrals.undo_minutes", today)))


def stalled_before(today: date) -> date:
    """With whom nothing moved since before this day is stalled."""
    return today - timedelta(weeks=int(TERMS.value("referrals.stalled_weeks", today)))
