"""What may be decided, and what a new plan does to the proposals that stand: decided without a
database, so that it can be tested by the thousands.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from koempel.desk.common.roles import Role
from koempel.desk.planning.enums import (
    NEEDS_MOTIVATION,
    NEXT_STATES,
    REASONS,
    STATE_AFTER,
    ProposalState,
    Reason,
    Verdict,
)
from koempel.desk.planning.errors import DeadProposalError, NotNowError, PlanningError
from koempel.region.outcome import Proposal

DECIDERS = (Role.CASEWORKER, Role.SOCIAL_WORKER)
"""Who decides about people: never a partner, a director or the planner itself."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody gives with a decision."""

    reason: Reason | None = None
    motivation: str = ""
    disagrees: str = ""
    seconds_looked: int | None = None


def check_decides(
    role: str, verdict: Verdict, state: str, words: Words, *, reason_of: Verdict
) -> ProposalState:
    """The state that a decision leads to.

    Parameters
    ----------
    reason_of : Verdict
        Whose reasons hold: who takes another way gives the reasons of a change, and accepts.

    Raises
    ------
    PlanningError
        When this role decides nothing, or the words that belong to the decision are missing.
    NotNowError
        When the proposal is not in a state in which this can be decided.
    """
    if role not in DECIDERS:
        raise PlanningError("Alleen wie mensen begeleidt, beslist over een voorstel.")
    after = STATE_AFTER[verdict]
    if after not in NEXT_STATES[ProposalState(state)]:
        raise NotNowError(
            f"Dit voorstel is intussen {ProposalState(state).label}. Laad de bladzijde opnieuw."
        )
    if REASONS[reason_of] and words.reason not in REASONS[reason_of]:
        raise PlanningError("Kies een reden.")
    if reason_of in NEEDS_MOTIVATION and not words.motivation.strip():
        raise PlanningError("Schrijf waarom, in woorden die de persoon begrijpt.")
    return after


def check_alive(*, fingerprint: str, now: str, start_on: date, today: date) -> None:
    """Refuse to act on a proposal whose facts have changed.

    Raises
    ------
    DeadProposalError
    """
    if now != fingerprint:
        raise DeadProposalError(
            "De gegevens zijn veranderd sinds dit voorstel werd gemaakt. Het volgende plan rekent "
            "met de nieuwe gegevens."
        )
    if start_on < today:
        raise DeadProposalError(
            "De startdag van dit voorstel is voorbij. Het volgende plan zoekt een nieuwe."
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal that waits for a decision."""

    key: int
    job: str
    takes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a new plan does to the proposals that wait for a decision.

    Attributes
    ----------
    kept : tuple of (int, Proposal)
        Proposals that the new plan makes again, with their new reasons.
    replaced : tuple of int
        Proposals that it no longer makes.
    new : tuple of Proposal
        What it proposes instead, or for the first time.
    gained, moved, lost : int
        People who get a proposal, another one, or none any more.
    """

    kept: tuple[tuple[int, Proposal], ...]
    replaced: tuple[int, ...]
    new: tuple[Proposal, ...]
    gained: int
    moved: int
    lost: int


def renew(
    standing: Mapping[str, Standing],
    proposals: Iterable[Proposal],
    *,
    settled: Collection[str],
    barred: Collection[Pair],
) -> Renewal:
    """Compare a new plan with the proposals that wait.

    Parameters
    ----------
    standing : mapping
        Per case number the proposal that waits.
    settled : collection of str
        Who accepted something, perhaps while the plan was being made: they get nothing new.
    barred : collection of (str, str)
        Pairs that somebody decided against, perhaps while the plan was being made.
    """
    offered = {
        each.person: each
        for each in proposals
        if each.person not in settled and (each.person, each.job) not in barred
    }
    kept = {
        person: (stands.key, offered[person])
        for person, stands in standing.items()
        if person in offered and _is_same(stands, offered[person])
    }
    replaced = [stands.key for person, stands in standing.items() if person not in kept]
    new = tuple(each for person, each in offered.items() if person not in kept)
    moved = sum(each.person in standing for each in new)
    return Renewal(
        kept=tuple(kept.values()),
        replaced=tuple(replaced),
        new=new,
        gained=len(new) - moved,
        moved=moved,
        lost=len(replaced) - moved,
    )


def _is_same(standing: Standing, proposal: Proposal) -> bool:
    return (standing.job, standing.takes) == (proposal.job, proposal.takes)
