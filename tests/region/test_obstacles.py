"""Each kind of obstacle: somebody just inside the limit, somebody just outside."""

from datetime import date, timedelta
from typing import Any

import pytest

from koempel.region.outcome import Obstacle, ObstacleKind
from koempel.region.rows import CareKind, Cycling, Level, Measure, Mode, Need, RightState, Strain
from region.cases import (
    LAST_START,
    START,
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
    right,
)

DAY = timedelta(days=1)


def obstacles(*rows: Any) -> tuple[Obstacle, ...]:
    """What stands between An and the job of the packer."""
    return pair(region(*rows)).obstacles


def kinds(*rows: Any) -> set[ObstacleKind]:
    return pair(region(*rows)).own


# ---- the wish and the paper -------------------------------------------------------------------


@pytest.mark.parametrize("wants", [(), ("9321",), ("932",), ("9329",), ("93",), ("52", "93")])
def test_a_wish_in_the_same_group_is_no_obstacle(wants: tuple[str, ...]):
    assert kinds(cyclist(wants=wants), job()) == set()


def test_a_job_outside_every_wish_stays_shut():
    found = pair(region(cyclist(wants=("52", "9112")), job()))

    assert found.obstacles == (Obstacle(ObstacleKind.OUTSIDE_WISH),)
    assert found.ties == {ObstacleKind.OUTSIDE_WISH}


def test_a_right_on_the_first_day_of_work_opens_the_job():
    social = job(measures=(Measure.LDE, Measure.ARTICLE_60))

    assert kinds(cyclist(), right(valid_until=START), social) == set()


def test_a_right_that_ends_the_day_before_does_not():
    rows = cyclist(), right(valid_until=START - DAY), job(measures=(Measure.LDE,))

    assert obstacles(*rows) == (Obstacle(ObstacleKind.RIGHT, has="EXPIRED", about="LDE"),)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"state": RightState.REQUESTED}, "REQUESTED"),
        ({"state": RightState.REFUSED}, "REFUSED"),
        ({"state": RightState.WITHDRAWN}, "WITHDRAWN"),
        ({"measure": Measure.ARTICLE_60}, ""),
        ({"granted_on": TODAY + DAY}, "GRANTED"),
    ],
)
def test_only_a_granted_right_to_the_measure_counts(changes: dict[str, Any], state: str):
    rows = cyclist(), right(**changes), job(measures=(Measure.LDE,))

    assert obstacles(*rows) == (Obstacle(ObstacleKind.RIGHT, has=state, about="LDE"),)


def test_the_right_of_somebody_else_does_not_count():
    rows = cyclist(), person("Bart"), right("Bart"), job(measures=(Measure.LDE,))

    assert kinds(*rows) == {ObstacleKind.RIGHT}


def test_a_right_that_ended_before_today_does_not_open_a_job_that_waits_since_last_month():
    old = job(start_from=TODAY - 40 * DAY, measures=(Measure.LDE,))

    assert kinds(cyclist(), right(valid_until=TODAY), old) == set()
    assert kinds(cyclist(), right(valid_until=TODAY - DAY), old) == {ObstacleKind.RIGHT}


def test_a_permit_holds_through_its_last_day():
    assert kinds(cyclist(permit_until=START), job()) == set()


def test_a_permit_that_ends_the_day_before_is_an_obstacle():
    expected = Obstacle(ObstacleKind.WORK_PERMIT, has="2026-12-06", needs="2026-12-07")

    assert obstacles(cyclist(permit_until=START - DAY), job()) == (expected,)


def test_who_is_free_on_the_last_possible_day_is_in_time():
    found = pair(region(cyclist(available_from=LAST_START), job()))

    assert (found.own, found.start) == (set(), LAST_START)


def test_who_is_free_a_day_later_is_too_late():
    rows = cyclist(available_from=LAST_START + DAY), job()

    assert obstacles(*rows) == (
        Obstacle(ObstacleKind.START_DATE, has="2027-03-02", needs="2027-03-01"),
    )


def test_nobody_starts_before_the_day_of_the_plan():
    waiting = cyclist(available_from=TODAY - 90 * DAY)
    old = job(start_from=TODAY - 30 * DAY, start_to=TODAY)

    assert pair(region(waiting, old)).start == TODAY


def test_a_job_that_had_to_start_yesterday_is_gone():
    waiting = cyclist(available_from=TODAY - 90 * DAY)
    gone = job(start_from=TODAY - 30 * DAY, start_to=TODAY - DAY)

    expected = Obstacle(ObstacleKind.START_DATE, has="2026-11-23", needs="2026-11-22")
    assert obstacles(waiting, gone) == (expected,)


# ---- the body and the hours -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("need", "strain"),
    [
        (Need.NO_HEAVY_LIFTING, Strain.HEAVY_LIFTING),
        (Need.STEP_FREE, Strain.STEPS),
        (Need.SEATED_WORK, Strain.STANDING),
        (Need.QUIET_PLACE, Strain.NOISE),
    ],
)
def test_each_need_rules_out_its_own_strain_only(need: Need, strain: Strain):
    who = cyclist(needs=(need,))
    others = tuple(each for each in Strain if each is not strain)

    assert obstacles(who, job(strains=(strain,))) == (
        Obstacle(ObstacleKind.FUNCTIONAL_NEED, about=need),
    )
    assert kinds(who, job(strains=others)) == set()


def test_no_night_allows_work_until_ten_and_not_a_minute_longer():
    who = cyclist(needs=(Need.NO_NIGHT,))

    assert kinds(who, job(shifts="Mo-Fr 14:00-22:00")) == set()
    assert kinds(who, job(shifts="Mo-Fr 14:00-22:01")) == {ObstacleKind.FUNCTIONAL_NEED}


def test_the_night_week_of_a_rotation_counts_as_night():
    who = cyclist(needs=(Need.NO_NIGHT, Need.QUIET_PLACE))
    rotation = job(shifts="Mo-Fr 06:00-14:00 | Mo-Th 22:00-06:00")

    assert obstacles(who, rotation) == (Obstacle(ObstacleKind.FUNCTIONAL_NEED, about="NO_NIGHT"),)


@pytest.mark.parametrize(
    ("low", "high", "limit"), [(0, 38, ""), (38, 40, ""), (0, 37, "37"), (39, 40, "39")]
)
def test_the_hours_a_week_must_suit(low: int, high: int, limit: str):
    expected = (Obstacle(ObstacleKind.SHIFT_CONFLICT, limit, "38", "hours"),) if limit else ()

    assert obstacles(cyclist(hours_min=low, hours_max=high), job()) == expected


def test_one_minute_for_the_trip_leaves_it_to_the_road():
    near, far = job(at=1), job(at=2)
    hurried = cyclist(away="Mo-Fr 07:59-16:01")

    assert kinds(hurried, near) == set()
    assert obstacles(hurried, far) == (
        Obstacle(ObstacleKind.MOBILITY_DISTANCE, has="1", needs="2", about="BIKE"),
    )


def test_no_minute_for_the_trip_is_a_clash_of_hours():
    expected = Obstacle(ObstacleKind.SHIFT_CONFLICT, has="08:00", needs="07:55")

    assert obstacles(cyclist(away="Mo-Fr 08:00-17:00"), job(at=5)) == (expected,)


def test_a_night_shift_over_sunday_midnight_needs_that_night():
    nights = job(shifts="Su 22:00-06:00")

    assert kinds(cyclist(away="Su 21:00-07:00"), nights) == set()
    assert kinds(cyclist(away="Mo-Sa 21:00-07:00"), nights) == {ObstacleKind.SHIFT_CONFLICT}


def test_both_weeks_of_a_rotation_must_fit():
    rotation = job(shifts="Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00")

    assert kinds(cyclist(away="Mo-Fr 05:00-23:00"), rotation) == set()
    assert kinds(cyclist(away="Mo-Fr 05:00-21:00"), rotation) == {ObstacleKind.SHIFT_CONFLICT}


# ---- Dutch, skills, licences ------------------------------------------------------------------


@pytest.mark.parametrize("skill", ["listening", "speaking", "reading", "writing"])
def test_each_language_skill_is_weighed_by_itself(skill: str):
    asks = job(dutch=Level.A2)

    assert kinds(cyclist(dutch=Level.A2), asks) == set()
    assert obstacles(cyclist(**{"dutch": Level.B1, f"dutch_{skill}": Level.A1}), asks) == (
        Obstacle(ObstacleKind.LANGUAGE, has="A1", needs="A2", about=skill),
    )


def test_the_widest_gap_in_dutch_is_named():
    who = cyclist(dutch=Level.A1, dutch_writing=Level.ALPHA)

    assert obstacles(who, job(dutch=Level.A2)) == (
        Obstacle(ObstacleKind.LANGUAGE, has="ALPHA", needs="A2", about="writing"),
    )


def test_skills_that_are_missing_are_named():
    asks = job(skills=("WELDING", "FORKLIFT", "CASH"))

    assert kinds(cyclist(skills=("CASH", "FORKLIFT", "WELDING")), asks) == set()
    assert obstacles(cyclist(skills=("CASH",)), asks) == (
        Obstacle(ObstacleKind.SKILL, about="FORKLIFT WELDING"),
    )


def test_licences_that_are_missing_are_named():
    asks = job(licences=("B", "C"))

    assert kinds(cyclist(licences=("B", "C")), asks) == set()
    assert obstacles(cyclist(licences=("B",)), asks) == (Obstacle(ObstacleKind.LICENCE, about="C"),)


# ---- the road ---------------------------------------------------------------------------------


def test_who_accepts_35_minutes_reaches_35_and_not_36():
    who = cyclist(max_travel_min=35)

    assert kinds(who, job(at=35)) == set()
    assert obstacles(who, job(at=36)) == (
        Obstacle(ObstacleKind.MOBILITY_DISTANCE, has="35", needs="36", about="BIKE"),
    )


def test_the_first_bus_leaves_at_a_quarter_to_six():
    on_foot = person()  # the bus takes 40 minutes

    assert kinds(on_foot, job(at=40, shifts="Mo-Fr 06:25-14:25")) == set()
    assert obstacles(on_foot, job(at=40, shifts="Mo-Fr 06:24-14:24")) == (
        Obstacle(ObstacleKind.MOBILITY_TIMETABLE, has="05:45", needs="05:44"),
    )


def test_there_is_no_bus_on_sunday():
    found = obstacles(person(), job(at=40, shifts="Su 08:00-16:00"))

    assert found == (Obstacle(ObstacleKind.MOBILITY_TIMETABLE),)


@pytest.mark.parametrize("cycling", [Cycling.LEARN, Cycling.NO])
def test_a_bike_that_would_do_shows_who_does_not_cycle(cycling: Cycling):
    who = person(cycling=cycling, max_travel_min=34)  # by e-bike 51 is 34, and 52 is 35 minutes

    assert obstacles(who, job(at=51)) == (Obstacle(ObstacleKind.CANNOT_CYCLE, about=cycling),)
    assert kinds(who, job(at=52)) == {ObstacleKind.MOBILITY_DISTANCE}


def test_an_own_bike_is_no_use_to_who_does_not_cycle():
    rides = person(modes=(Mode.BIKE,), cycling=Cycling.NO, max_travel_min=34)

    assert kinds(rides, job(at=30)) == {ObstacleKind.CANNOT_CYCLE}


# ---- children ---------------------------------------------------------------------------------


def test_a_child_without_care_is_named_by_its_age():
    rows = cyclist(), child(born=date(2025, 1, 1)), child(name="school", born=date(2020, 11, 1))

    assert obstacles(*rows, job()) == (Obstacle(ObstacleKind.CHILDCARE_PLACE, about="22 72"),)


def test_a_child_of_twelve_stays_alone():
    assert kinds(cyclist(), child(born=date(2014, 11, 1)), job()) == set()
    assert kinds(cyclist(), child(born=date(2014, 12, 1)), job()) == {ObstacleKind.CHILDCARE_PLACE}


def test_care_that_ends_before_the_first_day_is_no_care():
    on_the_day = child_in_care(at=2, care_until=START)
    before = child_in_care(at=2, care_until=START - DAY)

    assert kinds(cyclist(), on_the_day, job()) == set()
    assert kinds(cyclist(), before, job()) == {ObstacleKind.CHILDCARE_PLACE}


def test_care_that_opens_at_half_past_five_leaves_half_an_hour_before_six():
    nest = child_in_care(at=3, hours="Mo-Fr 05:30-18:00")  # 8 minutes for the stop
    early = "Mo-Fr 06:00-14:00"

    assert kinds(driver(), nest, job(at=3 + 66, shifts=early)) == set()
    assert obstacles(driver(), nest, job(at=3 + 69, shifts=early)) == (
        Obstacle(ObstacleKind.CHILDCARE_HOURS, has="05:30", needs="05:29"),
    )


def test_care_that_closes_before_the_pick_up_is_named():
    nest = child_in_care(at=3, hours="Mo-Fr 07:00-16:20")

    assert kinds(driver(), nest, job(at=3 + 36)) == set()
    assert obstacles(driver(), nest, job(at=3 + 39)) == (
        Obstacle(ObstacleKind.CHILDCARE_HOURS, has="16:20", needs="16:21"),
    )


def test_care_at_home_must_hold_the_whole_time_away():
    at_home = child_at_home(hours="Mo-Fr 07:50-16:10")

    assert kinds(cyclist(), at_home, job(at=10)) == set()
    assert kinds(cyclist(), at_home, job(at=11)) == {ObstacleKind.CHILDCARE_HOURS}


def test_school_alone_does_not_hold_a_full_day():
    pupil = child_in_care(at=1, hours="Mo-Fr 08:30-15:30", kind=CareKind.SCHOOL)

    assert kinds(driver(), pupil, job(shifts="Mo-Fr 09:00-15:00")) == set()
    assert kinds(driver(), pupil, job()) == {ObstacleKind.CHILDCARE_HOURS}


def test_a_detour_past_the_care_can_be_too_long():
    far_nest = child_in_care(at=-6)  # 6 back, 8 for the stop, and past home again

    assert kinds(cyclist(max_travel_min=30), far_nest, job(at=10)) == set()
    assert obstacles(cyclist(max_travel_min=30), far_nest, job(at=11)) == (
        Obstacle(ObstacleKind.MOBILITY_DISTANCE, has="30", needs="31", about="BIKE"),
    )


def test_obstacles_of_several_kinds_stand_side_by_side():
    rows = person(max_travel_min=30, dutch=Level.A1), child(), job(at=60, dutch=Level.A2)

    assert kinds(*rows) == {
        ObstacleKind.LANGUAGE,
        ObstacleKind.MOBILITY_DISTANCE,
        ObstacleKind.CHILDCARE_PLACE,
    }
