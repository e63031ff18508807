"""Where work stands, where it came from, and the reasons for which it can end."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices

from koempel.region.outcome import ObstacleKind


class PlacementState(TextChoices):
    """Whether somebody still works there."""

    WORKING = "WORKING", "aan het werk"
    ENDED = "ENDED", "gestopt"


class Source(TextChoices):
    """What led to the work."""

    REFERRAL = "REFERRAL", "toeleiding"
    TRANSITION = "TRANSITION", "doorstroom"


class EndReason(TextChoices):
    """Why work ends. No reason speaks of health."""

    CONTRACT_ENDED = "CONTRACT_ENDED", "Het contract liep af"
    OTHER_JOB = "OTHER_JOB", "Ging meteen elders werken"
    TRANSPORT = "TRANSPORT", "Het vervoer viel weg"
    CHILDCARE = "CHILDCARE", "De opvang viel weg"
    HOURS = "HOURS", "De uren pasten niet"
    MOVED = "MOVED", "Verhuisd"
    AGREED = "AGREED", "In overleg gestopt"
    RESIGNED = "RESIGNED", "Zelf gestopt"
    DISMISSED = "DISMISSED", "Ontslagen"
    OTHER = "OTHER", "Iets anders"


WORKS_ON = (EndReason.OTHER_JOB,)
"""After these somebody is at work still, elsewhere."""

OBSTACLE_OF: Mapping[EndReason, ObstacleKind] = MappingProxyType(
    {
        EndReason.TRANSPORT: ObstacleKind.MOBILITY_DISTANCE,
        EndReason.CHILDCARE: ObstacleKind.CHILDCARE_PLACE,
    }
)
"""Reasons that a lever can turn: they become a search for it."""


class Party(TextChoices):
    """Who says whether the work goes on."""

    EMPLOYER = "EMPLOYER", "de werkgever"
    PERSON = "PERSON", "de persoon"


class Answer(TextChoices):
    """What was said."""

    YES = "YES", "nog aan het werk"
    NO = "NO", "niet meer aan het werk"
    UNKNOWN = "UNKNOWN", "niet te weten"


SAID = (Answer.YES, Answer.NO)
"""After these nobody has to be asked any more."""


class AtWork(StrEnum):
    """Whether somebody was at work on the day that counts."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"
    """The day is past and nobody said."""
    NOT_YET = "NOT_YET"
    """The day has still to come."""
