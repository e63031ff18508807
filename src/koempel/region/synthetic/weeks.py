"""Shift patterns of the invented jobs, by family."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Shift patterns that go together."""

    DAY = "DAY"
    EARLY = "EARLY"
    LATE = "LATE"
    ROTATION = "ROTATION"
    NIGHT = "NIGHT"
    WEEKEND = "WEEKEND"
    MORNING = "MORNING"
    EVENING = "EVENING"
    SHOP = "SHOP"
    CARE = "CARE"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Weekly shifts, paid hours a week on average, and how common it is in its family."""

    shifts: str
    hours: float
    weight: float = 1


PATTERNS: dict[Family, tuple[Pattern, ...]] = {
    Family.DAY: (
        Pattern("Mo-Fr 08:00-16:30", 38, 4),
        Pattern("Mo-Fr 07:30-16:00", 38, 3),
        Pattern("Mo-Fr 07:00-15:30", 38, 2),
        Pattern("Mo-Fr 08:30-17:00", 38, 2),
        Pattern("Mo-Fr 09:00-17:30", 38),
        Pattern("Mo-Th 08:00-17:00; Fr 08:00-14:00", 38),
        Pattern("Mo-Th 08:00-16:30", 30.5),
        Pattern("Mo,Tu,Th,Fr 08:45-15:00", 23),
    ),
    Family.EARLY: (
        Pattern("Mo-Fr 06:00-14:00", 38, 6),
        Pattern("Mo-Fr 05:30-13:30", 38),
        Pattern("Mo-Fr 06:30-14:30", 38, 2),
        Pattern("Mo-Fr 07:00-15:00", 38, 2),
        Pattern("Mo-Th 06:00-14:00", 30.5),
        Pattern("Mo-Sa 06:00-12:30", 38),
    ),
    Family.LATE: (
        Pattern("Mo-Fr 14:00-22:00", 38, 4),
        Pattern("Mo-Fr 13:00-21:00", 38),
        Pattern("Mo-Fr 12:00-20:00", 38),
        Pattern("Mo-Th 14:00-22:00", 30.5),
    ),
    Family.ROTATION: (
        Pattern("Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00", 38, 6),
        Pattern("Mo-Fr 05:30-13:30 | Mo-Fr 13:30-21:30", 38, 2),
        Pattern("Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00 | Mo-Fr 22:00-06:00", 38, 2),
        Pattern("Mo-Th 06:00-14:00 | Mo-Th 14:00-22:00", 30.5),
    ),
    Family.NIGHT: (
        Pattern("Mo-Fr 22:00-06:00", 38, 2),
        Pattern("Su-Th 22:00-06:00", 38),
        Pattern("Mo-Th 21:00-05:00", 30.5),
    ),
    Family.WEEKEND: (
        Pattern("Sa,Su 06:00-18:00", 23),
        Pattern("Sa,Su 08:00-16:00", 15, 2),
        Pattern("Fr-Su 10:00-18:00", 23),
    ),
    Family.MORNING: (
        Pattern("Mo-Fr 08:00-12:00", 20, 3),
        Pattern("Mo-Fr 08:30-12:30", 20, 3),
        Pattern("Mo-Fr 09:00-12:00", 15, 2),
        Pattern("Mo-Fr 05:00-09:00", 20, 2),
        Pattern("Mo,We,Fr 08:00-12:30", 13.5),
    ),
    Family.EVENING: (
        Pattern("Mo-Fr 17:00-21:00", 20, 4),
        Pattern("Mo-Fr 17:30-20:30", 15, 2),
        Pattern("Mo-Fr 16:00-20:00", 20),
        Pattern("Mo-Sa 18:00-21:30", 21),
    ),
    Family.SHOP: (
        Pattern("Tu-Sa 09:30-17:30", 38, 3),
        Pattern("Mo-Fr 09:30-18:00", 38, 2),
        Pattern("We-Sa 10:00-18:30", 32),
        Pattern("Mo,We,Fr,Sa 08:30-13:30", 20, 2),
        Pattern("Mo-Sa 05:00-09:00", 24),
    ),
    Family.CARE: (
        Pattern("Mo-Fr 07:00-14:30 | Mo-Fr 11:00-18:30", 35, 2),
        Pattern("Mo-Fr 07:00-09:00,15:30-18:30", 25, 2),
        Pattern("Mo,Tu,Th,Fr 08:00-16:00", 30),
        Pattern("Mo-Fr 08:00-12:00", 20),
        Pattern("Mo-Fr 07:00-14:00 | Mo,Tu,We,Sa,Su 07:00-14:00", 32.5),
    ),
}
