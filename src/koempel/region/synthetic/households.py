"""Protected traits and children.

Traits are drawn apart from everything else. The one thing that hangs on them is whether somebody
has children, as in life; no wish, skill, right or hour does, so that a plan that came to depend
on sex or age would show in the fairness report.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from koempel.region.rows import CareKind, Child, Person, Sex, Trait
from koempel.region.synthetic import shares
from koempel.region.synthetic.draw import Weighted, near, pick, pick_one, stream
from koempel.region.windows import Windows, parse_windows

OLDEST_MONTHS = 155
"""Children up to twelve years."""

SCHOOL_MONTHS = 30
"""Nursery school takes children from two and a half."""


@dataclass(frozen=True, slots=True)
class Care:
    """Present care: where, with which hours; `ends` when it is a temporary place."""

    kind: CareKind
    hours: str
    ends: bool = False


_NONE = Care(CareKind.NONE, "off")

BABY_CARE: Weighted[Care] = (
    (_NONE, 52),
    (Care(CareKind.CHILDCARE, "Mo-Fr 07:00-18:00"), 19),
    (Care(CareKind.CHILDCARE, "Mo-Fr 06:30-18:30"), 4),
    (Care(CareKind.CHILDCARE, "Mo,Tu,Th 07:00-18:00"), 3),
    (Care(CareKind.CHILDCARE, "Mo-Fr 07:00-18:00", ends=True), 4),
    (Care(CareKind.HOME, "24/7"), 10),
    (Care(CareKind.HOME, "Mo-Fr 05:00-18:00"), 8),
)
"""Under two and a half; `NONE` stands on a waiting list."""

SCHOOL_CARE: Weighted[Care] = (
    (Care(CareKind.SCHOOL, "Mo,Tu,Th,Fr 08:30-15:30; We 08:30-12:00"), 58),
    (Care(CareKind.SCHOOL, "Mo,Tu,Th,Fr 07:00-18:00; We 07:00-17:30"), 17),
    (Care(CareKind.SCHOOL, "Mo,Tu,Th,Fr 07:30-17:00; We 07:30-12:30"), 7),
    (Care(CareKind.HOME, "24/7"), 12),
    (Care(CareKind.HOME, "Mo-Fr 05:00-09:00,15:00-23:30"), 2),
    (_NONE, 4),
)
"""From two and a half: at school, some with care before and after it, or with a relative."""

CHILDREN: Weighted[int] = ((1, 48), (2, 36), (3, 16))


def draw_traits(people: tuple[Person, ...], *, seed: int, today: date) -> tuple[Trait, ...]:
    """Draw sex and year of birth of everybody."""
    rng = stream(seed, "traits")
    sexes = pick(rng, shares.SEX, len(people))
    bands = pick(rng, shares.AGE_BANDS, len(people))
    return tuple(
        Trait(person.id, sex, today.year - int(rng.integers(*band)))
        for person, sex, band in zip(people, sexes, bands, strict=True)
    )


def draw_children(
    people: tuple[Person, ...], traits: tuple[Trait, ...], *, seed: int, today: date
) -> tuple[Child, ...]:
    """Draw the children of those who have any, with their present care."""
    rng = stream(seed, "children")
    return tuple(
        child
        for person, trait in zip(people, traits, strict=True)
        if rng.random() < _chance_of_children(trait, today)
        for child in _children_of(rng, person, today)
    )


def _chance_of_children(trait: Trait, today: date) -> float:
    if not 20 <= today.year - trait.birth_year < 45:
        return shares.PEOPLE.others_with_children
    if trait.sex is Sex.F:
        return shares.PEOPLE.women_20_45_with_children
    return shares.PEOPLE.men_20_45_with_children


def _children_of(rng: np.random.Generator, person: Person, today: date) -> list[Child]:
    centre = np.array([[person.lon, person.lat]])
    # Brothers and sisters go to one school and one childcare site, both near home.
    point = {
        kind: near(rng, centre, spread_km=0.5).round(5)[0]
        for kind in (CareKind.SCHOOL, CareKind.CHILDCARE)
    }
    children = []
    for number in range(1, pick_one(rng, CHILDREN) + 1):
        months = int(rng.integers(3, OLDEST_MONTHS))
        care = pick_one(rng, BABY_CARE if months < SCHOOL_MONTHS else SCHOOL_CARE)
        lon, lat = point.get(care.kind, (None, None))
        children.append(
            Child(
                id=f"{person.id}-{number}",
                person=person.id,
                birth_month=_months_before(today, months),
                care=care.kind,
                care_lon=None if lon is None else float(lon),
                care_lat=None if lat is None else float(lat),
                care_hours=_hours(care),
                care_until=_care_until(rng, today) if care.ends else None,
            )
        )
    return children


def _hours(care: Care) -> Windows:
    return parse_windows(care.hours)


def _months_before(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _care_until(rng: np.random.Generator, today: date) -> date:
    return today + timedelta(days=int(rng.integers(30, 210)))
