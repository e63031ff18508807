"""Life of a referral: one table of steps, and the reasons for which it can end."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices

from koempel.desk.common.roles import GUIDES, Role
from koempel.desk.jobs.rules import KEEPERS
from koempel.region.outcome import ObstacleKind


class ReferralState(TextChoices):
    """Where a referral stands."""

    REFERRED = "REFERRED", "verwezen"
    OFFERED = "OFFERED", "uren voorgesteld"
    INVITED = "INVITED", "uitgenodigd"
    INTERVIEWED = "INTERVIEWED", "gesprek gehad"
    HIRED = "HIRED", "aangeworven"
    NOT_HIRED = "NOT_HIRED", "niet aangeworven"
    NO_SHOW = "NO_SHOW", "niet gekomen"
    WITHDRAWN = "WITHDRAWN", "ingetrokken"


OPEN = (
    ReferralState.REFERRED,
    ReferralState.OFFERED,
    ReferralState.INVITED,
    ReferralState.INTERVIEWED,
)
"""Somebody still has to do something."""


class Asks(StrEnum):
    """What a step needs to be told besides."""

    NOTHING = "NOTHING"
    TALK = "TALK"
    """When and where they meet."""
    SLOTS = "SLOTS"
    """Several moments for the person to choose from, and where they meet."""
    SLOT = "SLOT"
    """Which of those moments."""
    START = "START"
    """The first day of work."""
    REASON = "REASON"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that somebody can take; `button` says what it does, `done` what was done."""

    key: str
    starts: tuple[ReferralState, ...]
    to: ReferralState
    roles: tuple[Role, ...]
    button: str
    done: str
    asks: Asks = Asks.NOTHING


_BOTH = (*KEEPERS, *GUIDES)
"""An employer answers in Koempel, or by phone to who guides."""

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        step.key: step
        for step in (
            Step(
                "choose",
                (ReferralState.OFFERED,),
                ReferralState.INVITED,
                GUIDES,
                "Kies een uur voor de kandidaat",
                "Het uur staat genoteerd.",
                Asks.SLOT,
            ),
            Step(
                "invite",
                (ReferralState.REFERRED, ReferralState.OFFERED),
                ReferralState.INVITED,
                _BOTH,
                "Nodig uit voor een gesprek",
                "De uitnodiging staat genoteerd.",
                Asks.TALK,
            ),
            Step(
                "offer",
                (ReferralState.REFERRED,),
                ReferralState.OFFERED,
                _BOTH,
                "Stel enkele uren voor",
                "De uren zijn voorgesteld. De kandidaat kiest.",
                Asks.SLOTS,
            ),
            Step(
                "interview",
                (ReferralState.INVITED,),
                ReferralState.INTERVIEWED,
                _BOTH,
                "Het gesprek is geweest",
                "Het gesprek staat genoteerd.",
            ),
            Step(
                "hire",
                (ReferralState.INTERVIEWED,),
                ReferralState.HIRED,
                _BOTH,
                "Werf aan",
                "Aangeworven. De plaats is ingevuld.",
                Asks.START,
            ),
            Step(
                "move",
                (ReferralState.INVITED,),
                ReferralState.INVITED,
                _BOTH,
                "Verzet het gesprek",
                "Het nieuwe uur staat genoteerd.",
                Asks.TALK,
            ),
            Step(
                "no_show",
                (ReferralState.INVITED,),
                ReferralState.NO_SHOW,
                _BOTH,
                "Kwam niet",
                "Genoteerd: niet gekomen.",
            ),
            Step(
                "decline",
                OPEN,
                ReferralState.NOT_HIRED,
                _BOTH,
                "Ga niet verder",
                "Genoteerd: niet aangeworven.",
                Asks.REASON,
            ),
            Step(
                "withdraw",
                OPEN,
                ReferralState.WITHDRAWN,
                GUIDES,
                "Trek de verwijzing in",
                "De verwijzing is ingetrokken.",
                Asks.REASON,
            ),
        )
    }
)
"""The only steps that there are, the usual one first."""


BY_LINK = ("invite", "offer", "decline")
"""Steps that an employer can take by a link: the answer to a referral."""

FEWEST_SLOTS, MOST_SLOTS = 2, 5
"""Moments that an employer can offer; one would be no choice."""


class Opens(TextChoices):
    """What a link opens."""

    ANSWER = "ANSWER", "het antwoord van de werkgever"
    CHOICE = "CHOICE", "de keuze van een uur"


class Reason(TextChoices):
    """Why a referral ends without work. What follows from it stands in `OBSTACLE_OF`."""

    NO_TRANSPORT = "NO_TRANSPORT", "Geen vervoer"
    NO_CHILDCARE = "NO_CHILDCARE", "Geen opvang"
    DUTCH = "DUTCH", "Nederlands nog te laag"
    SKILL = "SKILL", "Kan het werk nog niet"
    LICENCE = "LICENCE", "Heeft het rijbewijs niet"
    HOURS = "HOURS", "De uren passen niet"
    SOMEBODY_ELSE = "SOMEBODY_ELSE", "We kozen iemand anders"
    FILLED = "FILLED", "De plaats is er niet meer"
    UNREACHED = "UNREACHED", "We kregen de persoon niet te pakken"
    UNWANTED = "UNWANTED", "De persoon wil deze job niet"
    OTHER_JOB = "OTHER_JOB", "De persoon heeft al iets anders"
    NOT_READY = "NOT_READY", "De persoon is nog niet klaar om te starten"
    OTHER = "OTHER", "Iets anders"


_EVERYBODY = (
    Reason.NO_TRANSPORT,
    Reason.NO_CHILDCARE,
    Reason.DUTCH,
    Reason.SKILL,
    Reason.LICENCE,
    Reason.HOURS,
)

REASONS: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "decline": (
            *_EVERYBODY,
            Reason.SOMEBODY_ELSE,
            Reason.FILLED,
            Reason.UNREACHED,
            Reason.UNWANTED,
            Reason.OTHER,
        ),
        "withdraw": (
            *_EVERYBODY,
            Reason.UNWANTED,
            Reason.OTHER_JOB,
            Reason.NOT_READY,
            Reason.FILLED,
            Reason.OTHER,
        ),
    }
)
"""Reasons that can be given with each step. No reason speaks of health."""

OBSTACLE_OF: Mapping[Reason, ObstacleKind] = MappingProxyType(
    {
        Reason.NO_TRANSPORT: ObstacleKind.MOBILITY_DISTANCE,
        Reason.NO_CHILDCARE: ObstacleKind.CHILDCARE_PLACE,
        Reason.DUTCH: ObstacleKind.LANGUAGE,
        Reason.SKILL: ObstacleKind.SKILL,
        Reason.LICENCE: ObstacleKind.LICENCE,
    }
)
"""Refusals that a lever can turn: they become a search for it."""


def steps_for(role: str, state: str) -> tuple[Step, ...]:
    """Steps that a role can take from a state, the usual one first.

    Examples
    --------
    >>> [step.key for step in steps_for(Role.SOCIAL_ENTERPRISE, ReferralState.REFERRED)]
    ['invite', 'offer', 'decline']
    """
    return tuple(step for step in STEPS.values() if role in step.roles and state in step.starts)
