"""The parameters of one day, typed: what reach, levers and worth calculate with."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from koempel.region.outcome import TravelMode
from koempel.region.parameters import Parameters
from koempel.region.windows import Windows, parse_windows

PARTS = ("early", "morning", "afternoon", "evening")
"""Parts of a day in which childcare places are counted, in order."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Minutes of a trip: ``base_min + min_per_km x km as the crow flies``."""

    base_min: float
    min_per_km: float
    max_km: float
    """Longest trip, km on the road."""
    detour: float
    """Road km per km as the crow flies."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the worth of a placement (`koempel.region.worth`)."""

    placement: float
    fit_base: float
    fit_wish_near: float
    fit_wish_exact: float
    fit_hours: float
    stay_base: float
    stay_indefinite: float
    stay_long_trip: float
    stay_care_ends: float
    per_100_eur: float
    each_lever: float
    delay_per_week: float
    waiting_per_month: float
    waiting_max_months: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that holds on the day of the plan."""

    day: date
    pace: dict[TravelMode, Pace]
    accept_min: dict[TravelMode, int]
    bus_hours: Windows
    stop_min: int
    shuttle_walk_min: int
    shuttle_wait_min: int
    care_until_months: int
    parts: tuple[tuple[str, int, int], ...]
    """Name, first minute and end minute of each part of the day."""
    nearest_sites: int
    """How many childcare sites nearest to home are looked at."""
    settling_days: int
    flex_weeks: int
    urgent_months: int
    night: Windows
    weights: Weights
    floor_penalty: float
    """In placements."""

    @classmethod
    def on(cls, parameters: Parameters, day: date) -> Self:
        """Read the rules of a day.

        Raises
        ------
        ParameterMissingError
            When a parameter has no value on that day.
        """

        def value(key: str) -> Any:
            return parameters.value(key, day)

        shuttle = value("travel.shuttle")
        return cls(
            day=day,
            pace=_paces(value),
            accept_min={mode: int(value("travel.accept_min")[mode.lower()]) for mode in TravelMode},
            bus_hours=parse_windows(value("travel.bus_hours")),
            stop_min=int(value("travel.childcare_stop_min")),
            shuttle_walk_min=int(shuttle["max_walk_min"]),
            shuttle_wait_min=int(shuttle["max_wait_min"]),
            care_until_months=int(value("childcare.needed_until_months")),
            parts=_parts(value("childcare.parts")),
            nearest_sites=int(value("childcare.nearest_sites")),
            settling_days=int(value("childcare.settling_days")),
            flex_weeks=int(value("childcare.flex_place_max_weeks")),
            urgent_months=int(value("childcare.urgent_max_months")),
            night=parse_windows(value("work.night")),
            weights=_weights(value),
            floor_penalty=float(value("floor.penalty_placements")),
        )


def _paces(value: Any) -> dict[TravelMode, Pace]:
    detour = value("travel.detour")
    # The fit of the bus is door to door; its road length says nothing about the walk.
    detours = {"walk": "walk", "bike": "bike", "ebike": "bike", "car": "car"}
    return {
        TravelMode(name.upper()): Pace(
            **{key: float(number) for key, number in value(f"travel.{name}").items()},
            detour=float(detour[detours[name]]) if name in detours else 1.0,
        )
        for name in ("walk", "bike", "ebike", "car", "bus")
    }


def _parts(spans: dict[str, str]) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, *_minutes_of(spans[name])) for name in PARTS)


def _minutes_of(span: str) -> tuple[int, int]:
    (hour_a, minute_a), (hour_b, minute_b) = (time.split(":") for time in span.split("-"))
    return int(hour_a) * 60 + int(minute_a), int(hour_b) * 60 + int(minute_b)


def _weights(value: Any) -> Weights:
    fit, stay = value("value.fit"), value("value.stay")
    return Weights(
        placement=float(value("value.placement")),
        fit_base=float(fit["base"]),
        fit_wish_near=float(fit["wish_near"]),
        fit_wish_exact=float(fit["wish_exact"]),
        fit_hours=float(fit["hours"]),
        stay_base=float(stay["base"]),
        stay_indefinite=float(stay["indefinite"]),
        stay_long_trip=float(stay["long_trip"]),
        stay_care_ends=float(stay["care_ends"]),
        per_100_eur=float(value("value.lever_per_100_eur")),
        each_lever=float(value("value.each_lever")),
        delay_per_week=float(value("value.delay_per_week")),
        waiting_per_month=float(value("value.waiting_per_month")),
        waiting_max_months=int(value("value.waiting_max_months")),
    )
