"""What a step does to a referral: decided without a database, so that it can be tested whole."""

from dataclasses import dataclass
from datetime import date, datetime

from koempel.desk.referrals.enums import (
    FEWEST_SLOTS,
    MOST_SLOTS,
    OPEN,
    REASONS,
    STEPS,
    Asks,
    Reason,
    ReferralState,
    Step,
)
from koempel.desk.referrals.errors import NotNowError, ReferralError
from koempel.desk.referrals.terms import answer_by, choice_by, chosen_by, result_by


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody tells with a step."""

    talk_at: datetime | None = None
    talk_place: str = ""
    starts_on: date | None = None
    reason: Reason | None = None
    explanation: str = ""
    slots: tuple[datetime, ...] = ()
    by_mail: bool = False
    """Whether Koempel mails it to the person: said by who tells it, with the button."""


NOTHING = Words()


def check_step(key: str, state: str, role: str, told: Words) -> Step:
    """The step, when this role can take it from this state and told what belongs to it.

    Raises
    ------
    NotNowError
        When the referral is not in a state from which it can be taken.
    ReferralError
        When the role may not take it, or something is not told.
    """
    step = STEPS.get(key)
    if step is None or role not in step.roles:
        raise ReferralError("Die stap kan jij hier niet zetten.")
    if state not in step.starts:
        raise NotNowError(
            f"Deze verwijzing is intussen {ReferralState(state).label}. Laad de bladzijde opnieuw."
        )
    _check_told(step, told)
    return step


def _check_told(step: Step, told: Words) -> None:
    if step.asks is Asks.TALK and told.talk_at is None:
        raise ReferralError("Zeg wanneer het gesprek is.")
    if step.asks is Asks.SLOTS and not FEWEST_SLOTS <= len(set(told.slots)) <= MOST_SLOTS:
        raise ReferralError(f"Stel {FEWEST_SLOTS} tot {MOST_SLOTS} verschillende uren voor.")
    if step.asks is Asks.SLOT and told.talk_at is None:
        raise ReferralError("Kies een van de uren.")
    if step.asks is Asks.START and told.starts_on is None:
        raise ReferralError("Zeg wat de eerste werkdag is.")
    if step.asks is Asks.REASON and told.reason not in REASONS[step.key]:
        raise ReferralError("Kies een reden.")


def due_after(state: ReferralState, *, today: date, talk_on: date | None) -> date | None:
    """By when the next step should be taken; None when nothing more has to come.

    Parameters
    ----------
    today : date
        The day on which the referral came into the state.
    talk_on : date, optional
        The day of the talk, for who is invited; of the first moment, for who may choose.
    """
    if state not in OPEN:
        return None
    if state == ReferralState.REFERRED:
        return answer_by(today)
    if state == ReferralState.OFFERED:
        chosen = chosen_by(today)
        return min(chosen, max(talk_on, today)) if talk_on else chosen
    if state == ReferralState.INVITED:
        return result_by(talk_on or today)
    return choice_by(today)
