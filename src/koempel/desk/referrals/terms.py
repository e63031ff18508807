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
        first_guess(
            "referrals.remind_days", 2, "days before the term of an answer on which it is reminded"
        ),
        first_guess(
            "referrals.choose_days", 3, "days in which a person chooses one of the offered moments"
        ),
        first_guess("referrals.talk_minutes", 60, "minutes that a talk takes in a calendar"),
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


def chosen_by(offered_on: date) -> date:
    """The day by which one of the offered moments should have been chosen."""
    return offered_on + _days("referrals.choose_days", offered_on)


def remind_on(answer_by: date) -> date:
    """The day on which an employer is reminded of an answer that is due on a day."""
    return answer_by - _days("referrals.remind_days", answer_by)


def reminded_until(today: date) -> date:
    """The last day of an answer about which an employer should have been reminded by now."""
    return today + _days("referrals.remind_days", today)


def talk_lasts(today: date) -> timedelta:
    """How long a talk takes in a calendar."""
    return timedelta(minutes=int(TERMS.value("referrals.talk_minutes", today)))


def link_lasts(today: date) -> timedelta:
    """How long a link to answer works."""
    return _days("referrals.link_days", today)


def undo_within(today: date) -> timedelta:
    """How long a step can be taken back."""
    return timedelta(minutes=int(TERMS.value("referrals.undo_minutes", today)))


def stalled_before(today: date) -> date:
    """With whom nothing moved since before this day is stalled."""
    return today - timedelta(weeks=int(TERMS.value("referrals.stalled_weeks", today)))
