"""The figures that an invented region follows: public ones, and guesses where there are none.

Public: Heusden-Zolder, January 2020 (45 % low-schooled, 39 % longer than a year, 48 % women) and
a neighbouring region (47 % without transport of their own). All others are guesses.
"""

from dataclasses import dataclass

from koempel.region.rows import Cycling, Grantor, Level, Measure, Mode, Need, RightState, Sex
from koempel.region.synthetic.draw import Weighted


@dataclass(frozen=True, slots=True)
class PeopleShares:
    """Shares among people who look for a job."""

    low_schooled: float = 0.45
    over_a_year: float = 0.39
    no_transport: float = 0.47
    licence_without_car: float = 0.18
    starts_later: float = 0.20
    permit_ends: float = 0.05
    own_travel_limit: float = 0.50
    with_right: float = 0.32
    """Asked at least once; three in four of these requests stand granted today."""
    women_20_45_with_children: float = 0.33
    men_20_45_with_children: float = 0.13
    others_with_children: float = 0.04


PEOPLE = PeopleShares()

SEX: Weighted[Sex] = ((Sex.F, 48), (Sex.M, 51.5), (Sex.X, 0.5))

AGE_BANDS: Weighted[tuple[int, int]] = (
    ((18, 25), 19),
    ((25, 35), 25),
    ((35, 45), 22),
    ((45, 55), 18),
    ((55, 65), 16),
)
"""From, up to and not with."""

OWN_MODES: Weighted[tuple[Mode, ...]] = (
    ((Mode.CAR,), 27),
    ((Mode.BIKE, Mode.CAR), 41),
    ((Mode.BIKE,), 26),
    ((Mode.EBIKE,), 4),
    ((Mode.EBIKE, Mode.CAR), 2),
)
"""Of those who have any."""

CYCLING_WITHOUT_BIKE: Weighted[Cycling] = (
    (Cycling.YES, 70),
    (Cycling.LEARN, 17),
    (Cycling.NO, 13),
)

TRAVEL_LIMITS: Weighted[int] = ((15, 10), (20, 24), (30, 38), (40, 18), (45, 6), (60, 4))
"""Minutes one way, of those who set a limit of their own."""

SPEAKING: Weighted[Level] = (
    (Level.ALPHA, 3),
    (Level.A0, 9),
    (Level.A1, 14),
    (Level.A2, 18),
    (Level.B1, 14),
    (Level.B2, 42),
)

ONE_LOWER = {"reading": 0.30, "writing": 0.50}
"""Share of learners whose reading or writing is a level under their speaking."""

ONE_HIGHER_LISTENING = 0.30

NEEDS: dict[Need, float] = {
    Need.NO_HEAVY_LIFTING: 0.12,
    Need.STEP_FREE: 0.03,
    Need.NO_NIGHT: 0.10,
    Need.SEATED_WORK: 0.03,
    Need.QUIET_PLACE: 0.04,
}

NEEDS_WITH_RIGHT: dict[Need, float] = {
    Need.NO_HEAVY_LIFTING: 0.24,
    Need.STEP_FREE: 0.06,
    Need.NO_NIGHT: 0.18,
    Need.SEATED_WORK: 0.05,
    Need.QUIET_PLACE: 0.12,
}

HOURS_WANTED: Weighted[tuple[float, float]] = (
    ((30, 40), 38),
    ((36, 40), 8),
    ((19, 40), 24),
    ((19, 30), 14),
    ((10, 25), 11),
    ((8, 20), 5),
)

AWAY: Weighted[str] = (
    ("24/7", 9),
    ("Mo-Su 05:00-23:30", 5),
    ("Mo-Su 04:30-23:00", 4),
    ("Mo-Sa 04:30-23:00", 6),
    ("Mo-Fr 04:30-23:30", 8),
    ("Mo-Fr 05:00-22:45", 6),
    ("Mo-Sa 05:00-20:00", 5),
    ("Mo-Fr 05:00-19:00", 8),
    ("Mo-Fr 05:30-18:00", 5),
    ("Mo-Sa 06:00-20:00", 4),
    ("Mo-Fr 06:00-19:00", 8),
    ("Mo-Fr 06:30-18:30", 7),
    ("Mo-Fr 07:00-18:30", 7),
    ("Mo-Fr 07:30-17:30", 4),
    ("Mo-Fr 08:00-18:00", 3),
    ("Mo,Tu,Th,Fr 08:15-15:45; We 08:15-12:15", 3),
    ("Mo,Tu,Th,Fr 06:30-18:30", 2),
    ("Mo-Th 05:00-23:00", 1),
    ("Mo-Th 06:30-19:00", 2),
    ("Mo-Fr 12:00-23:30", 1.5),
    ("Mo-Fr 15:00-23:00", 1),
    ("Mo-Fr 16:00-22:00; Sa,Su 06:00-22:00", 1),
    ("Fr-Su 05:00-23:30", 0.5),
    ("Sa,Su 05:00-23:30", 0.5),
    ("Su-Fr 20:00-09:00", 0.5),
    ("Mo-Fr 05:00-14:45", 1.5),
    ("Mo-Fr 05:30-15:30", 1.5),
    ("Tu-Sa 06:00-21:00", 1),
    ("Mo,We,Fr 06:00-20:00", 1),
)
"""When people can be away from home, travel included."""

RIGHTS: Weighted[tuple[Measure, Grantor]] = (
    ((Measure.COLLECTIVE_MAATWERK, Grantor.VDAB), 50),
    ((Measure.ARTICLE_60, Grantor.OCMW), 26),
    ((Measure.INDIVIDUAL_MAATWERK, Grantor.VDAB), 12),
    ((Measure.TEMPORARY_WORK_EXPERIENCE, Grantor.VDAB), 6),
    ((Measure.WIJK_WERKEN, Grantor.VDAB), 6),
)

RIGHT_STATES: Weighted[RightState] = (
    (RightState.GRANTED, 77),
    (RightState.REQUESTED, 9),
    (RightState.EXPIRED, 7),
    (RightState.REFUSED, 5),
    (RightState.WITHDRAWN, 2),
)

RIGHT_TERM_DAYS = {
    Measure.COLLECTIVE_MAATWERK: 5 * 365,
    Measure.INDIVIDUAL_MAATWERK: 5 * 365,
    Measure.ARTICLE_60: 2 * 365,
    Measure.TEMPORARY_WORK_EXPERIENCE: 2 * 365,
    Measure.WIJK_WERKEN: 365,
}
"""How long a right lasts from its grant; the invented region's only, no rule of law."""
