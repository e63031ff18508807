"""Trips past several stops, and the day that people read against the arrays that planned it."""

from typing import Any

import pytest

from koempel.region.outcome import DayTrip, Stop
from koempel.region.plan import make_plan
from koempel.region.reach import ALL_MODES, Explorer
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from region.cases import (
    TODAY,
    child,
    child_at_home,
    child_in_care,
    cyclist,
    driver,
    job,
    pair,
    person,
    region,
    site,
)
from region.random_regions import tiny_region


def minutes(*rows: Any) -> tuple[int, int]:
    return pair(region(*rows)).minutes


def test_two_places_are_visited_in_the_shorter_order():
    near, far = child_in_care(at=3), child_in_care(name="other", at=6)

    assert minutes(driver(), near, far, job(at=9)) == (19, 19)  # 3 legs of 1, 2 stops of 8
    assert minutes(driver(), far, near, job(at=9)) == (19, 19)


@pytest.mark.parametrize(("opens", "fits"), [("07:00", True), ("07:01", False)])
def test_two_places_are_visited_in_the_order_that_their_hours_allow(opens: str, fits: bool):
    # Past the early place first the late one is reached at 07:00: a leg of 2, a stop of 8.
    late = child_in_care(at=3, hours=f"Mo-Fr {opens}-18:00")
    early = child_in_care(name="early", at=6, hours="Mo-Fr 06:00-18:00")

    there = pair(region(driver(), late, early, job(at=9, shifts="Mo-Fr 07:10-15:00")))
    assert [(there.minutes) for _ in there.rows] == [(21, 21)] * fits


def test_two_children_at_one_place_make_one_stop():
    rows = child_in_care(at=3), child_in_care(name="other", at=3)

    assert minutes(driver(), *rows, job(at=9)) == (11, 11)


def test_the_tighter_hours_of_two_children_at_one_place_count():
    wide = child_in_care(at=3, hours="Mo-Fr 07:00-18:00")
    tight = child_in_care(name="other", at=3, hours="Mo-Fr 07:51-18:00")

    assert pair(region(driver(), wide, tight, job(at=9))).own == {"CHILDCARE_HOURS"}


def test_care_at_home_makes_no_stop():
    assert minutes(cyclist(), child_at_home(hours="24/7"), job(at=10)) == (10, 10)


def test_a_site_beside_the_care_of_another_child_makes_one_stop():
    covered = child_in_care(name="covered", at=3)

    assert minutes(driver(), child(), covered, job(at=9), site(at=3)) == (11, 11)


def test_the_quickest_own_mode_is_planned():
    there = pair(region(person(modes=("BIKE", "CAR")), job(at=12)))

    assert (there.mode, there.minutes) == ("CAR", (4, 4))


# ---- the day, stop by stop --------------------------------------------------------------------


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=600, jobs=150, seed=3, today=TODAY)


@pytest.fixture(
    scope="module", params=["town", *range(0, 240, 12)], ids=lambda name: f"region-{name}"
)
def planned(request: pytest.FixtureRequest, town: Region) -> tuple[Explorer, Any]:
    if request.param == "town":
        return Explorer(Setting(town)), make_plan(town)
    whole = tiny_region(request.param + 1)
    return Explorer(Setting(whole)), make_plan(whole)


def test_the_day_of_each_proposal_takes_the_minutes_of_its_option(planned: tuple[Explorer, Any]):
    explorer, plan = planned
    for made in plan.outcome.proposals:
        ways = explorer.reach(explorer.setting.person_index[made.person]).ways
        levers = sorted(use.lever for use in made.levers)
        stock = explorer.levers.stock
        options = {
            (ALL_MODES[mode], out, back)
            for at, bundle, mode, out, back in zip(
                ways.job, ways.bundle, ways.mode, ways.out_min, ways.back_min, strict=True
            )
            if at == explorer.setting.job_index[made.job]
            and sorted(item.lever for item in stock.items_of(bundle)) == levers
        }
        assert (made.trip.mode, made.trip.out_min, made.trip.back_min) in options, made.person


def test_every_day_has_room_and_holds_together(planned: tuple[Explorer, Any]):
    for made in planned[1].outcome.proposals:
        assert _holds_together(made.trip), made


@pytest.mark.parametrize(
    ("away", "margin"),
    [
        ("Mo-Fr 07:46-16:30", 4),  # ten minutes by bike
        ("Mo-Fr 07:00-16:13", 3),
        ("Mo-Th 07:00-17:00, Fr 07:00-16:10", 0),
        ("24/7", None),
    ],
)
def test_the_margin_is_what_is_left_on_the_tightest_day(away: str, margin: int | None):
    (made,) = make_plan(region(cyclist(away=away), job(at=28))).outcome.proposals

    assert (made.trip.out_min, made.trip.margin_min) == (10, margin)


def _holds_together(trip: DayTrip) -> bool:
    home, *between, home_again = trip.moments
    work = next(moment for moment in between if moment.stop is Stop.WORK)
    clock = [minute for moment in trip.moments for minute in (moment.arrive_min, moment.leave_min)]
    return (
        (trip.margin_min is None or trip.margin_min >= 0)
        and max(trip.out_min, trip.back_min) <= trip.accepted_min
        and clock == sorted(clock)
        and home.leave_min == work.arrive_min - trip.out_min
        and home_again.arrive_min == work.leave_min + trip.back_min
        and home.stop is home_again.stop is Stop.HOME
    )
