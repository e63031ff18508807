"""Life of a doorstroom: one table of steps, its phases, and the reasons for which it can end.

A row is one round: it begins with an evaluation that is due, and ends when somebody stays in the
social enterprise, has regular work, or leaves. Who stays has a next round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices

from koempel.desk.common.roles import GUIDES, Role


class TransitionState(TextChoices):
    """Where somebody stands between a social enterprise and regular work."""

    EVALUATION_DUE = "EVALUATION_DUE", "evaluatie gepland"
    READY = "READY", "klaar voor doorstroom"
    PREPARATION = "PREPARATION", "voorbereiding"
    MATCHING = "MATCHING", "zoekt een plek"
    INTERNSHIP = "INTERNSHIP", "stage"
    AFTERCARE = "AFTERCARE", "nazorg"
    RENEWED_SAME = "RENEWED_SAME", "verlengd, zelfde pakket"
    RENEWED_CHANGED = "RENEWED_CHANGED", "verlengd, ander pakket"
    REGULAR_CONTRACT = "REGULAR_CONTRACT", "doorgestroomd"
    NO_FAULT_RETURN = "NO_FAULT_RETURN", "teruggekeerd"
    REFUSED = "REFUSED", "geweigerd"
    STOPPED = "STOPPED", "stopgezet"
    LEFT = "LEFT", "uit dienst"


S = TransitionState

PHASES = (S.PREPARATION, S.MATCHING, S.INTERNSHIP, S.AFTERCARE)
"""Of a trajectory, in their only order; each has a term."""

BEFORE_INTERNSHIP = (S.READY, S.PREPARATION, S.MATCHING)
"""Preconditions are arranged and a place is looked for."""

OPEN = (S.EVALUATION_DUE, S.READY, *PHASES)
"""Somebody still has to do something."""

AT_REGULAR_WORK = (S.AFTERCARE, S.REGULAR_CONTRACT)
"""The person has a regular contract, and the seat in the social enterprise is free."""

STAYS = (S.RENEWED_SAME, S.RENEWED_CHANGED, S.NO_FAULT_RETURN, S.REFUSED, S.STOPPED)
"""Ends after which somebody goes on in the social enterprise: a next evaluation is planned."""

FOR_A_REASON = (S.NO_FAULT_RETURN, S.REFUSED, S.STOPPED, S.LEFT)
"""Ends that say why."""


class Asks(StrEnum):
    """What a step needs to be told besides."""

    NOTHING = "NOTHING"
    VIEW = "VIEW"
    """What the social enterprise thinks."""
    VISIT = "VISIT"
    """The day of the visit to the work floor."""
    COACH = "COACH"
    HOURS = "HOURS"
    PAUSE = "PAUSE"
    CONTRACT = "CONTRACT"
    """The first day of regular work, and which vacancy it fills."""
    REASON = "REASON"


class During(StrEnum):
    """Whether a step can be taken while a trajectory is suspended."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    EITHER = "EITHER"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that somebody can take; `button` says what it does, `done` what was done.

    `to` is None for a step that leaves the state as it is.
    """

    key: str
    starts: tuple[TransitionState, ...]
    to: TransitionState | None
    roles: tuple[Role, ...]
    button: str
    done: str
    asks: Asks = Asks.NOTHING
    during: During = During.EITHER


_VDAB = (Role.MEDIATOR,)
"""VDAB decides on an evaluation, after a visit to the work floor."""
_ENTERPRISE = (Role.SOCIAL_ENTERPRISE,)
_ALL = (*GUIDES, *_ENTERPRISE)

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        step.key: step
        for step in (
            Step(
                "view",
                (S.EVALUATION_DUE,),
                None,
                _ENTERPRISE,
                "Geef jullie kijk op de evaluatie",
                "Jullie kijk staat genoteerd. VDAB beslist.",
                Asks.VIEW,
            ),
            Step(
                "ready",
                (S.EVALUATION_DUE,),
                S.READY,
                _VDAB,
                "Klaar voor doorstroom",
                "Genoteerd: klaar voor doorstroom.",
                Asks.VISIT,
            ),
            Step(
                "renew_same",
                (S.EVALUATION_DUE,),
                S.RENEWED_SAME,
                _VDAB,
                "Verleng met hetzelfde pakket",
                "Verlengd. De volgende evaluatie is gepland.",
                Asks.VISIT,
            ),
            Step(
                "renew_changed",
                (S.EVALUATION_DUE,),
                S.RENEWED_CHANGED,
                _VDAB,
                "Verleng met een ander pakket",
                "Verlengd. De volgende evaluatie is gepland.",
                Asks.VISIT,
            ),
            Step(
                "begin",
                (S.READY,),
                S.PREPARATION,
                GUIDES,
                "Start het traject",
                "Het traject is gestart met de voorbereiding.",
                Asks.COACH,
            ),
            Step(
                "match",
                (S.PREPARATION,),
                S.MATCHING,
                GUIDES,
                "Begin een plek te zoeken",
                "De voorbereiding is klaar. Nu zoeken jullie een plek.",
                during=During.RUNNING,
            ),
            Step(
                "intern",
                (S.MATCHING,),
                S.INTERNSHIP,
                GUIDES,
                "Start de stage",
                "De stage is gestart.",
                during=During.RUNNING,
            ),
            Step(
                "contract",
                (S.INTERNSHIP,),
                S.AFTERCARE,
                GUIDES,
                "Schrijf het contract op",
                "Het contract staat genoteerd. De nazorg begint.",
                Asks.CONTRACT,
                During.RUNNING,
            ),
            Step(
                "finish",
                (S.AFTERCARE,),
                S.REGULAR_CONTRACT,
                GUIDES,
                "Rond de nazorg af",
                "De nazorg is afgerond. Deze doorstroom is gelukt.",
                during=During.RUNNING,
            ),
            Step(
                "hours",
                PHASES,
                None,
                _ALL,
                "Noteer uren begeleiding",
                "De uren staan genoteerd.",
                Asks.HOURS,
            ),
            Step(
                "suspend",
                PHASES,
                None,
                GUIDES,
                "Schort op",
                "Opgeschort. Alle termijnen hierna schuiven mee.",
                Asks.PAUSE,
                During.RUNNING,
            ),
            Step(
                "resume",
                PHASES,
                None,
                GUIDES,
                "Ga weer verder",
                "Het traject loopt weer. De termijnen zijn aangepast.",
                during=During.PAUSED,
            ),
            Step(
                "return",
                (S.INTERNSHIP, S.AFTERCARE),
                S.NO_FAULT_RETURN,
                GUIDES,
                "Keert zonder fout terug",
                "Teruggekeerd naar het sociale-economiebedrijf.",
                Asks.REASON,
            ),
            Step(
                "refuse",
                (S.READY, S.PREPARATION, S.MATCHING, S.INTERNSHIP),
                S.REFUSED,
                GUIDES,
                "De persoon wil niet doorstromen",
                "Genoteerd. De volgende evaluatie is gepland.",
                Asks.REASON,
            ),
            Step(
                "stop",
                (S.PREPARATION, S.MATCHING, S.INTERNSHIP),
                S.STOPPED,
                GUIDES,
                "Zet het traject stop",
                "Stopgezet. De volgende evaluatie is gepland.",
                Asks.REASON,
            ),
            Step(
                "leave",
                OPEN,
                S.LEFT,
                _ALL,
                "Werkt er niet meer",
                "Genoteerd: uit dienst.",
                Asks.REASON,
            ),
        )
    }
)
"""The only steps that there are, the usual one first."""


class View(TextChoices):
    """What the social enterprise thinks before VDAB decides."""

    READY = "READY", "Klaar voor gewoon werk"
    SAME = "SAME", "Nog niet klaar, de begeleiding past"
    CHANGED = "CHANGED", "Nog niet klaar, andere begeleiding nodig"


class Party(TextChoices):
    """Who signs an internship agreement."""

    PERSON = "PERSON", "de persoon"
    ENTERPRISE = "ENTERPRISE", "het sociale-economiebedrijf"
    HOST = "HOST", "de werkgever van de stage"
    COACH = "COACH", "de coach"


class PauseReason(TextChoices):
    """Why a trajectory stands still. No reason speaks of health."""

    AGREED = "AGREED", "Afgesproken met de persoon"
    LEAVE = "LEAVE", "Verlof"
    HOST = "HOST", "De werkgever kan tijdelijk niet ontvangen"
    RULE = "RULE", "Een maatregel van de overheid"
    OTHER = "OTHER", "Iets anders"


class Reason(TextChoices):
    """Why a doorstroom ends otherwise than with regular work. No reason speaks of health."""

    NO_TRANSPORT = "NO_TRANSPORT", "Geen vervoer"
    NO_CHILDCARE = "NO_CHILDCARE", "Geen opvang"
    DUTCH = "DUTCH", "Nederlands nog te laag"
    SKILL = "SKILL", "Kan het werk nog niet"
    HOURS = "HOURS", "De uren passen niet"
    NO_PLACE = "NO_PLACE", "Geen plek gevonden"
    HOST_STOPPED = "HOST_STOPPED", "De werkgever gaat niet verder"
    UNWANTED = "UNWANTED", "De persoon kiest ervoor te blijven"
    NOT_READY = "NOT_READY", "Het komt nog te vroeg"
    OTHER_JOB = "OTHER_JOB", "De persoon heeft ander werk"
    MOVED = "MOVED", "De persoon is verhuisd"
    ENDED = "ENDED", "Het contract liep af"
    OTHER = "OTHER", "Iets anders"


_HINDERS = (
    Reason.NO_TRANSPORT,
    Reason.NO_CHILDCARE,
    Reason.DUTCH,
    Reason.SKILL,
    Reason.HOURS,
)

REASONS: Mapping[str, tuple[Reason, ...]] = MappingProxyType(
    {
        "return": (*_HINDERS, Reason.HOST_STOPPED, Reason.NOT_READY, Reason.OTHER),
        "refuse": (Reason.UNWANTED, *_HINDERS, Reason.NOT_READY, Reason.OTHER),
        "stop": (Reason.NO_PLACE, Reason.HOST_STOPPED, *_HINDERS, Reason.NOT_READY, Reason.OTHER),
        "leave": (Reason.OTHER_JOB, Reason.MOVED, Reason.ENDED, Reason.OTHER),
    }
)
"""Reasons that can be given with each step."""


def steps_for(role: str, state: str, *, is_paused: bool) -> tuple[Step, ...]:
    """Steps that a role can take from a state, the usual one first.

    Examples
    --------
    >>> [step.key for step in steps_for(Role.MEDIATOR, S.EVALUATION_DUE, is_paused=False)]
    ['ready', 'renew_same', 'renew_changed', 'leave']
    """
    closed = During.RUNNING if is_paused else During.PAUSED
    return tuple(
        step
        for step in STEPS.values()
        if role in step.roles and state in step.starts and step.during is not closed
    )
