"""What a placement is worth, in numbers worked out by hand."""

from datetime import date, timedelta
from typing import Any

import pytest

from koempel.region.plan import make_plan
from koempel.region.rows import ChildcareMode, Contract, Level
from koempel.region.wishes import WISHES, wish_of
from region.cases import TODAY, child, course, cyclist, driver, job, parameter, region, site

FRESH = {"registered_on": TODAY, "hours_max": 38}
NO_TRIP = parameter("value.stay", {"base": 0.9, "indefinite": 0.06, "long_trip": 0, "care_ends": 0})


def worth(*rows: Any, **changes: Any) -> int:
    (made,) = make_plan(region(*rows, **{"parameters": NO_TRIP} | changes)).outcome.proposals
    return made.worth


@pytest.mark.parametrize(
    ("wants", "fit"), [((), 0.55 + 0.15), (("93",), 1.0), (("9321",), 1.0), (("9329",), 0.85)]
)
def test_a_wish_that_is_met_is_worth_more(wants: tuple[str, ...], fit: float):
    assert worth(cyclist(**FRESH, wants=wants), job()) == round(1000 * fit * 0.96)


def test_half_the_hours_are_half_the_gain():
    assert worth(cyclist(**FRESH), job(hours_per_week=19)) == round(1000 * 0.625 * 0.96)


def test_a_job_without_end_lasts_longer():
    assert worth(cyclist(**FRESH), job(contract=Contract.FIXED)) == round(1000 * 0.7 * 0.9)


def test_a_trip_of_all_the_minutes_accepted_takes_a_fifth_of_the_chance_to_stay():
    who = cyclist(**FRESH, max_travel_min=10)  # two kilometres take ten minutes

    shipped = parameter("value.placement", 1000)
    assert worth(who, job(at=28), parameters=shipped) == round(1000 * 0.7 * 0.76)


def test_a_place_that_ends_makes_it_less_likely_to_last():
    rows = driver(**FRESH), child(), job(start_from=TODAY + timedelta(days=7))
    shipped = parameter("value.placement", 1000)

    lasting, ending = (
        worth(*rows, site(mode=mode), parameters=shipped)
        for mode in (ChildcareMode.REGULAR, ChildcareMode.FLEX)
    )
    assert lasting - ending == round(1000 * 0.7 * 0.12)


def test_every_lever_costs_its_price_its_trouble_and_its_delay():
    slow = course(starts_on=date(2026, 12, 7), weeks=2, cost_eur=250)
    asks = job(start_from=date(2026, 12, 7), dutch=Level.A2)

    plain = worth(cyclist(**FRESH, dutch=Level.A2), asks)
    assert worth(cyclist(**FRESH, dutch=Level.A1), asks, slow) == plain - 10 - 12 - 12


def test_a_job_that_waits_since_last_month_costs_no_delay():
    old = job(start_from=TODAY - timedelta(days=60))

    assert worth(cyclist(**FRESH), old) == worth(cyclist(**FRESH), job())


@pytest.mark.parametrize(("days", "points"), [(0, 0), (304, 30), (10_000, 108)])
def test_waiting_counts_three_points_a_month_up_to_three_years(days: int, points: int):
    waits = cyclist(registered_on=TODAY - timedelta(days=days), hours_max=38)

    assert worth(waits, job()) - worth(cyclist(**FRESH), job()) == points


def test_who_waits_longest_goes_first_where_all_else_is_equal():
    waits = cyclist("Bart", registered_on=TODAY - timedelta(days=400), hours_max=38)

    (made,) = make_plan(region(cyclist(**FRESH), waits, job())).outcome.proposals
    assert made.person == "Bart"


@pytest.mark.parametrize(
    ("isco", "wants", "expected"),
    [
        ("9321", (), "other"),
        ("9321", ("9",), "exact"),
        ("9321", ("9321", "52"), "exact"),
        ("9321", ("933",), "near"),
        ("9321", ("9412",), "outside"),
    ],
)
def test_wishes_go_by_the_group_of_the_occupation(isco: str, wants: tuple[str, ...], expected: str):
    assert WISHES[wish_of(isco, wants)] == expected
