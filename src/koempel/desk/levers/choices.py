"""Which levers somebody could have, the best first; and what comes next when one is refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from koempel.desk.levers.enums import FAMILY_OF, Family
from koempel.desk.levers.fits import Asked, Fit, fits
from koempel.desk.levers.models import Lever, LeverBooking, LeverPart
from koempel.desk.people.disclosures import Home, Needs
from koempel.region.outcome import LeverKind
from koempel.region.row_rules import distance_km

NEAR_KM = 2.0
"""Another line is no other way to the same work when it stops further off."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one looks for.

    Attributes
    ----------
    kind : LeverKind
        The kind that is best; others of its family come after it.
    codes : sequence of str
        For childcare, the parts of the week; empty is any part.
    level : str
        For lessons of Dutch, the level that somebody speaks; empty is any.
    like : Lever, optional
        The lever that it takes the place of.
    """

    kind: LeverKind
    starts_on: date
    codes: Sequence[str] = ()
    birth_month: date | None = None
    level: str = ""
    like: Lever | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A lever that somebody could have, how far it is, and whether it fits."""

    lever: Lever
    km: float | None
    fit: Fit


class Shelf:
    """All levers on offer, read once for a whole page."""

    def __init__(self, today: date) -> None:
        self._today = today
        rows = Lever.objects.filter(is_active=True).exclude(valid_until__lt=today)
        details = rows.select_related("organisation", "childcare", "course", "line")
        self._levers = list(details.prefetch_related("parts__run", "serves"))

    def choices(self, home: Home, wanted: Wanted) -> list[Choice]:
        """Levers of the family of a kind for who lives there, the best first."""
        found = [each for each in self._levers if _could_be(each, home, wanted)]
        asked = [
            Asked(each, _parts(each, wanted), wanted.starts_on, wanted.birth_month)
            for each in found
        ]
        made = [
            Choice(each.lever, _km(each.lever, home), fit)
            for each, fit in zip(asked, fits(asked, self._today), strict=True)
        ]
        return sorted(made, key=lambda choice: _rank(choice, wanted))

    def next_best(self, home: Home, wanted: Wanted) -> Choice | None:
        """The best one that can be had, other than the one that it takes the place of."""
        free = (choice for choice in self.choices(home, wanted) if choice.fit.is_free)
        return next(free, None)


ORDER = (
    LeverKind.BIKE,
    LeverKind.BIKE_LESSON,
    LeverKind.FLEX_CHILDCARE,
    LeverKind.DUTCH_COURSE,
    LeverKind.SKILL_COURSE,
    LeverKind.DRIVING_LICENCE,
    LeverKind.SHUTTLE_SEAT,
)
"""One kind of each sort that does instead of another, as they stand on a page."""


def wishes_for(needs: Needs, starts_on: date) -> list[Wanted]:
    """What somebody could want, what the case needs first; childcare only with a child."""
    kinds = [_needed_of_sort(kind, needs.levers) for kind in ORDER]
    return [
        Wanted(kind, starts_on, birth_month=needs.birth_month, level=needs.level)
        for kind in sorted(kinds, key=lambda kind: kind not in needs.levers)
        if needs.birth_month or FAMILY_OF[kind] is not Family.CHILDCARE
    ]


def _needed_of_sort(kind: LeverKind, needed: Collection[LeverKind]) -> LeverKind:
    return next((each for each in needed if each in _sort_of(kind)), kind)


def wanted_by(booking: LeverBooking) -> Wanted:
    """What a booking was for, to find something else in its place."""
    is_care = booking.lever.family is Family.CHILDCARE
    return Wanted(
        kind=LeverKind(booking.lever.kind),
        starts_on=booking.starts_on,
        codes=[part.code for part in booking.parts.all()] if is_care else (),
        like=booking.lever,
    )


_INSTEAD: tuple[frozenset[LeverKind], ...] = (
    frozenset({LeverKind.BIKE, LeverKind.EBIKE_LOAN}),
    frozenset(
        {
            LeverKind.FLEX_CHILDCARE,
            LeverKind.URGENT_CHILDCARE,
            LeverKind.REGULAR_CHILDCARE,
            LeverKind.OUT_OF_SCHOOL_CARE,
        }
    ),
)
"""Kinds that do instead of each other; every other kind only instead of itself."""


def _sort_of(kind: LeverKind) -> Collection[LeverKind]:
    return next((each for each in _INSTEAD if kind in each), {kind})


def _could_be(lever: Lever, home: Home, wanted: Wanted) -> bool:
    towns = {each.pk for each in lever.serves.all()}
    return (
        LeverKind(lever.kind) in _sort_of(wanted.kind)
        and (not towns or home.municipality in towns)
        and {part.code for part in lever.parts.all()}.issuperset(wanted.codes)
        and (not wanted.level or _takes_level(lever, wanted.level))
        and (wanted.like is None or _is_instead(lever, wanted.like))
    )


def _takes_level(lever: Lever, level: str) -> bool:
    return lever.kind != LeverKind.DUTCH_COURSE or lever.course.from_level in ("", level)


def _is_instead(lever: Lever, like: Lever) -> bool:
    if lever.pk == like.pk:
        return False
    if lever.family is Family.TRAINING:
        return lever.course.teaches == like.course.teaches
    if lever.family is Family.TRANSPORT:
        one, other = lever.line, like.line
        return distance_km((one.to_lon, one.to_lat), (other.to_lon, other.to_lat)) <= NEAR_KM
    return True


def _parts(lever: Lever, wanted: Wanted) -> list[LeverPart]:
    """What must be free: the parts asked, or else any one."""
    parts = list(lever.parts.all())
    if wanted.codes:
        return [part for part in parts if part.code in wanted.codes]
    return [max(parts, key=lambda part: part.free)] if parts else []


def _km(lever: Lever, home: Home) -> float | None:
    if home.point is None:
        return None
    if lever.family is Family.CHILDCARE:
        return distance_km(home.point, (lever.childcare.lon, lever.childcare.lat))
    if lever.family is Family.TRANSPORT:
        return distance_km(home.point, (lever.line.from_lon, lever.line.from_lat))
    return None


def _rank(choice: Choice, wanted: Wanted) -> tuple[bool, bool, int, date, Decimal, int]:
    return (
        not choice.fit.is_free,
        choice.lever.kind != wanted.kind,
        round(choice.km or 0),
        choice.fit.first_day,
        choice.lever.cost_eur,
        choice.lever.pk,
    )
