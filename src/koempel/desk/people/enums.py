"""States, kinds and their Dutch words; kinds that the planner knows keep its own names."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices

from koempel.desk.common.roles import Role
from koempel.region import vocabulary
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.rows import CareKind, Cycling, Grantor, Level, Measure, Mode, Need, RightState
from koempel.region.vocabulary import Kind

CASE_ROLES = (Role.CASEWORKER, Role.SOCIAL_WORKER)
"""Roles to whom a case can be assigned."""


class CaseStatus(TextChoices):
    """Where a case stands."""

    ACTIVE = "ACTIVE", "zoekt werk"
    PLACED = "PLACED", "aan het werk"
    PAUSED = "PAUSED", "gepauzeerd"
    CLOSED = "CLOSED", "afgesloten"


STATUS_CHANGES: Mapping[CaseStatus, tuple[CaseStatus, ...]] = MappingProxyType(
    {
        CaseStatus.ACTIVE: (CaseStatus.PLACED, CaseStatus.PAUSED, CaseStatus.CLOSED),
        CaseStatus.PLACED: (CaseStatus.ACTIVE, CaseStatus.CLOSED),
        CaseStatus.PAUSED: (CaseStatus.ACTIVE, CaseStatus.CLOSED),
        CaseStatus.CLOSED: (CaseStatus.ACTIVE,),
    }
)
"""The only changes that a case can make."""

STATUS_BUTTONS: Mapping[CaseStatus, str] = MappingProxyType(
    {
        CaseStatus.ACTIVE: "Zoekt weer werk",
        CaseStatus.PLACED: "Aan het werk",
        CaseStatus.PAUSED: "Pauzeer",
        CaseStatus.CLOSED: "Sluit af",
    }
)
"""What the button that leads to a status says."""


def status_line(status: CaseStatus) -> str:
    """What the timeline says when a case comes into a status.

    Examples
    --------
    >>> status_line(CaseStatus.PLACED)
    'Status: aan het werk'
    """
    return f"Status: {status.label}"


class EntryKind(TextChoices):
    """What a line of the timeline is about."""

    REGISTERED = "REGISTERED", "inschrijving"
    FACTS = "FACTS", "gegevens"
    STATUS = "STATUS", "status"
    STEP = "STEP", "volgende stap"
    NOTE = "NOTE", "notitie"
    CONTACT = "CONTACT", "contact"
    CHILD = "CHILD", "kind"
    RIGHT = "RIGHT", "recht"
    OBSTACLE = "OBSTACLE", "drempel"
    ACCESS = "ACCESS", "inzage"
    PROPOSAL = "PROPOSAL", "voorstel"
    SUPPORT = "SUPPORT", "ondersteuning"
    REFERRAL = "REFERRAL", "toeleiding"
    TRANSITION = "TRANSITION", "doorstroom"
    GUIDE = "GUIDE", "begeleiding"


_OF_THE_PLANNER = (
    ObstacleKind.MOBILITY_DISTANCE,
    ObstacleKind.MOBILITY_TIMETABLE,
    ObstacleKind.CANNOT_CYCLE,
    ObstacleKind.CHILDCARE_PLACE,
    ObstacleKind.CHILDCARE_HOURS,
    ObstacleKind.LANGUAGE,
    ObstacleKind.SKILL,
    ObstacleKind.LICENCE,
    ObstacleKind.SHIFT_CONFLICT,
    ObstacleKind.FUNCTIONAL_NEED,
    ObstacleKind.WORK_PERMIT,
)

OBSTACLES: Mapping[str, Kind] = MappingProxyType(
    {kind.value: vocabulary.OBSTACLES[kind] for kind in _OF_THE_PLANNER}
    | {
        "CHILDCARE_PRICE": Kind("Opvang te duur", "care", "k-care"),
        "DIGITAL": Kind("Werkt nog niet digitaal", "digital", "k-paper"),
        "HOUSING_OR_DEBT": Kind("Woonst of schulden", "home", "k-paper"),
    }
)
"""Obstacles that guidance writes down: those of the planner, and three that it leaves alone."""

SENSITIVE_OBSTACLES = (ObstacleKind.FUNCTIONAL_NEED.value, "HOUSING_OR_DEBT")
"""Obstacles that say something of health or debt: class K6."""

LEVER_FOR: Mapping[str, LeverKind] = MappingProxyType(
    {
        ObstacleKind.MOBILITY_DISTANCE.value: LeverKind.EBIKE_LOAN,
        ObstacleKind.MOBILITY_TIMETABLE.value: LeverKind.SHUTTLE_SEAT,
        ObstacleKind.CANNOT_CYCLE.value: LeverKind.BIKE_LESSON,
        ObstacleKind.CHILDCARE_PLACE.value: LeverKind.URGENT_CHILDCARE,
        ObstacleKind.CHILDCARE_HOURS.value: LeverKind.FLEX_CHILDCARE,
        ObstacleKind.LANGUAGE.value: LeverKind.DUTCH_COURSE,
        ObstacleKind.SKILL.value: LeverKind.SKILL_COURSE,
        ObstacleKind.LICENCE.value: LeverKind.DRIVING_LICENCE,
    }
)
"""The lever that a row without a name may show in place of the obstacle."""

MODE_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {Mode.BIKE: "fiets", Mode.EBIKE: "elektrische fiets", Mode.CAR: "auto"}
)
CYCLING_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {Cycling.YES: "kan fietsen", Cycling.LEARN: "kan het leren", Cycling.NO: "kan niet fietsen"}
)
LEVEL_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {level: vocabulary.LEVELS.get(level, level.value) for level in Level}
)
NEED_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {
        Need.NO_HEAVY_LIFTING: "niet zwaar tillen",
        Need.STEP_FREE: "geen trappen",
        Need.NO_NIGHT: "niet 's nachts",
        Need.SEATED_WORK: "zittend werk",
        Need.QUIET_PLACE: "een stille plek",
    }
)
CARE_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {
        CareKind.NONE: "nog geen opvang",
        CareKind.HOME: "thuis, bij familie of vrienden",
        CareKind.CHILDCARE: "in de opvang",
        CareKind.SCHOOL: "op school",
    }
)
MEASURE_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {measure: vocabulary.MEASURES[measure] for measure in Measure}
)
RIGHT_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {
        RightState.REQUESTED: "aangevraagd",
        RightState.GRANTED: "toegekend",
        RightState.REFUSED: "geweigerd",
        RightState.EXPIRED: "verlopen",
        RightState.WITHDRAWN: "ingetrokken",
    }
)
GRANTOR_WORDS: Mapping[StrEnum, str] = MappingProxyType(
    {Grantor.VDAB: "VDAB", Grantor.OCMW: "OCMW"}
)


def choices_of(words: Mapping[StrEnum, str]) -> list[tuple[str, str]]:
    """Choices of a field, from a table of words."""
    return [(each.value, word) for each, word in words.items()]


def words_of(words: Mapping[StrEnum, str], values: list[str]) -> str:
    """The words of some values, with commas."""
    by_value = {each.value: word for each, word in words.items()}
    return ", ".join(by_value[value] for value in values if value in by_value)
