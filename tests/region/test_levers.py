"""Each kind of lever: whom it helps, whom it does not, what it takes and when it is ready."""

from datetime import date, timedelta
from typing import Any

import pytest

from koempel.region.outcome import LeverKind, Obstacle, ObstacleKind, TravelMode
from koempel.region.rows import (
    BikeKind,
    CareKind,
    ChildcareDay,
    ChildcareMode,
    CourseKind,
    Cycling,
    Day,
    Direction,
    Level,
    Mode,
)
from region.cases import (
    LAST_START,
    START,
    TODAY,
    Pair,
    bikes,
    child,
    child_in_care,
    course,
    cyclist,
    driver,
    job,
    pair,
    parameter,
    person,
    region,
    run,
    shuttle,
    site,
    there_and_back,
)

FAR = {"at": 34}  # by bike 34, by e-bike 23, by bus 37 minutes
FARTHER = {"at": 51}  # by e-bike 34 minutes
DAYS = timedelta(days=1)


def walker(**changes: Any):
    """Somebody on foot who accepts 34 minutes."""
    return person(**{"max_travel_min": 34} | changes)


def found(*rows: Any, **changes: Any) -> Pair:
    return pair(region(*rows, **changes))


def only(*rows: str) -> set[frozenset[str]]:
    return {frozenset(rows)}


# ---- bikes ------------------------------------------------------------------------------------


def test_a_bike_removes_a_distance_of_34_minutes_and_not_of_35():
    assert found(walker(), job(**FAR), bikes()).bundles == only("depot")
    assert found(walker(), job(at=35), bikes()).ties == {ObstacleKind.MOBILITY_DISTANCE}


def test_every_depot_is_a_bundle_of_its_own():
    there = found(walker(), job(**FAR), bikes("one"), bikes("two"))

    assert there.bundles == only("one") | only("two")


def test_a_depot_serves_its_own_municipalities_only():
    rows = job(**FAR), bikes(serves=("71070",))

    assert found(walker(), *rows).bundles == only("depot")
    assert found(walker(village="beringen"), *rows).bundles == set()


def test_an_ebike_helps_where_a_bike_is_too_slow():
    rows = bikes("pedals"), bikes("motor", BikeKind.EBIKE_LOAN)

    there = found(walker(), job(**FARTHER), *rows)
    assert (there.bundles, there.mode, there.minutes) == (only("motor"), TravelMode.EBIKE, (34, 34))


def test_who_owns_a_bike_gets_an_ebike_but_no_second_bike():
    rows = bikes("pedals"), bikes("motor", BikeKind.EBIKE_LOAN)

    assert found(cyclist(max_travel_min=34), job(**FARTHER), *rows).bundles == only("motor")
    assert found(cyclist(max_travel_min=30), job(at=31), *rows[:1]).bundles == set()


def test_who_can_learn_to_cycle_gets_a_lesson_with_the_bike():
    rows = walker(cycling=Cycling.LEARN), job(**FAR), bikes(), bikes("class", BikeKind.BIKE_LESSON)

    there = found(*rows)
    assert there.kinds == {frozenset({LeverKind.BIKE, LeverKind.BIKE_LESSON})}
    assert found(*rows[:3]).ties == {ObstacleKind.CANNOT_CYCLE}


def test_who_can_learn_and_owns_a_bike_gets_the_lesson_only():
    rows = bikes("class", BikeKind.BIKE_LESSON), bikes("motor", BikeKind.EBIKE_LOAN)
    learner = walker(cycling=Cycling.LEARN, modes=(Mode.BIKE,))

    assert found(learner, job(**FAR), *rows).bundles == only("class")
    assert found(learner, job(**FARTHER), *rows).bundles == only("class", "motor")


def test_who_cannot_cycle_gets_neither_lesson_nor_bike():
    rows = bikes(), bikes("class", BikeKind.BIKE_LESSON), bikes("motor", BikeKind.EBIKE_LOAN)

    never = found(walker(cycling=Cycling.NO, modes=(Mode.BIKE,)), job(**FAR), *rows)
    assert (never.bundles, never.ties) == (set(), {ObstacleKind.CANNOT_CYCLE})


def test_a_wait_for_the_bike_delays_the_start():
    soon, later = bikes(wait_days=10), bikes(wait_days=20)

    assert found(walker(), job(**FAR), soon).start == START
    assert found(walker(), job(**FAR), later).start == TODAY + 20 * DAYS


def test_a_wait_past_the_last_possible_start_is_too_long():
    wait = (LAST_START - TODAY).days

    assert found(walker(), job(**FAR), bikes(wait_days=wait)).start == LAST_START
    late = found(walker(), job(**FAR), bikes(wait_days=wait + 1))
    assert (late.bundles, late.tied) == (set(), (Obstacle(ObstacleKind.START_DATE),))


# ---- shuttles ---------------------------------------------------------------------------------

ON_TIME = there_and_back("07:40", "16:20")


def test_a_shuttle_goes_where_nothing_else_does():
    there = found(walker(max_travel_min=60), job(at=90), shuttle(end=90), *ON_TIME)

    assert (there.bundles, there.mode) == (only("line"), TravelMode.SHUTTLE)
    assert there.minutes == (20 + 20, 20 + 20)  # the ride, and the wait at work


def test_a_shuttle_without_a_run_home_is_no_use():
    assert (
        found(walker(max_travel_min=60), job(at=90), shuttle(end=90), ON_TIME[0]).bundles == set()
    )


def test_a_shuttle_that_misses_one_day_of_the_shift_is_no_use():
    six_days = job(at=90, shifts="Mo-Sa 08:00-16:00")

    assert found(walker(max_travel_min=60), six_days, shuttle(end=90), *ON_TIME).bundles == set()


@pytest.mark.parametrize(
    ("arrives", "helps"), [("07:30", True), ("07:29", False), ("08:01", False)]
)
def test_nobody_waits_over_half_an_hour_at_work(arrives: str, helps: bool):
    rows = shuttle(end=90), *there_and_back(arrives, "16:00")

    assert bool(found(walker(max_travel_min=60), job(at=90), *rows).bundles) is helps


def test_the_walk_from_the_stop_comes_before_the_shift():
    rows = shuttle(end=88), run("07:54"), run("16:06", Direction.HOME)  # six minutes on foot

    assert found(walker(max_travel_min=60), job(at=90), *rows).minutes == (26, 26)
    late = shuttle(end=88), run("07:55"), run("16:06", Direction.HOME)
    assert found(walker(max_travel_min=60), job(at=90), *late).bundles == set()


def test_the_walk_from_the_stop_does_not_count_as_waiting():
    waits = shuttle(end=88), run("07:24"), run("16:06", Direction.HOME)  # six on foot, thirty more
    too_long = shuttle(end=88), run("07:23"), run("16:06", Direction.HOME)

    assert found(walker(max_travel_min=60), job(at=90), *waits).minutes == (56, 26)
    assert found(walker(max_travel_min=60), job(at=90), *too_long).bundles == set()


def test_the_pick_up_lies_within_twenty_minutes_on_foot():
    who = walker(max_travel_min=90)

    assert found(who, job(at=150), shuttle(start=6, end=150), *ON_TIME).bundles == only("line")
    assert found(who, job(at=150), shuttle(start=7, end=150), *ON_TIME).bundles == set()


def test_a_pick_up_near_the_childcare_will_do():
    rows = job(at=150), shuttle(start=10, end=150), *ON_TIME
    who = walker(max_travel_min=90)

    assert found(who, child_in_care(at=9), *rows).bundles == only("line")
    assert found(who, *rows).bundles == set()


def test_a_seat_is_taken_on_every_run_of_a_rotation_and_on_the_nearest_one():
    rotation = job(at=90, shifts="Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00")
    runs = [run(time) for time in ("05:35", "05:45", "13:45")]
    runs += [run(time, Direction.HOME) for time in ("14:15", "22:10", "22:20")]

    there = found(walker(max_travel_min=60), rotation, shuttle(end=90), *runs)
    assert there.usage("line") == {
        f"{way} {time}": 1
        for way, time in [
            ("TO_WORK", "05:45"), ("TO_WORK", "13:45"), ("HOME", "14:15"), ("HOME", "22:10")
        ]
    }  # fmt: skip


# ---- childcare --------------------------------------------------------------------------------

MODES_OF_CARE = [
    (ChildcareMode.FLEX, LeverKind.FLEX_CHILDCARE, True),
    (ChildcareMode.URGENT, LeverKind.URGENT_CHILDCARE, True),
    (ChildcareMode.REGULAR, LeverKind.REGULAR_CHILDCARE, False),
    (ChildcareMode.OUT_OF_SCHOOL, LeverKind.OUT_OF_SCHOOL_CARE, False),
]


@pytest.mark.parametrize(("mode", "kind", "ends"), MODES_OF_CARE)
def test_a_place_in_each_mode_of_care(mode: ChildcareMode, kind: LeverKind, ends: bool):
    there = found(driver(), child(), job(), site(mode=mode))

    (item,) = there.items(there.rows[0])
    assert (item.kind, item.temporary, item.lever) == (kind, ends, "nest")


def test_a_place_counts_from_its_first_day_and_a_week_to_settle():
    assert found(driver(), child(), job(), site(wait_days=14)).start == TODAY + 21 * DAYS


@pytest.mark.parametrize(
    ("mode", "days"), [(ChildcareMode.FLEX, 26 * 7), (ChildcareMode.URGENT, 122)]
)
def test_a_temporary_place_must_last_until_the_first_day(mode: ChildcareMode, days: int):
    last = TODAY + days * DAYS
    rows = driver(), child(), site(mode=mode)

    on_the_day = job(start_from=last, start_to=last)
    a_day_later = job(start_from=last + DAYS, start_to=last + DAYS)
    assert found(*rows, on_the_day).bundles == only("nest")
    assert found(*rows, a_day_later).bundles == set()


def test_a_place_that_ends_before_the_first_day_is_no_use():
    rows = driver(), child(), job()

    assert found(*rows, site(valid_until=START)).bundles == only("nest")
    assert found(*rows, site(valid_until=START - DAYS)).bundles == set()


@pytest.mark.parametrize(("low", "high", "fits"), [(22, 23, True), (0, 22, False), (23, 36, False)])
def test_a_site_takes_children_of_its_ages(low: int, high: int, fits: bool):
    there = found(driver(), child(born=date(2025, 1, 1)), job(), site(age_from=low, age_to=high))

    assert bool(there.bundles) is fits


def test_a_site_opens_before_the_stop_and_closes_after_it():
    rows = driver(), child(), job(at=3 + 9)  # three minutes by car from the site

    assert found(*rows, site(at=3, hours="Mo-Fr 07:49-16:11")).bundles == only("nest")
    assert found(*rows, site(at=3, hours="Mo-Fr 07:50-16:11")).bundles == set()
    assert found(*rows, site(at=3, hours="Mo-Fr 07:49-16:10")).bundles == set()


def test_only_the_nearest_sites_are_looked_at():
    rows = driver(), child(), job(), site("near", hours="Sa 08:00-12:00"), site("far", at=6)

    assert found(*rows).bundles == only("far")
    nearest = parameter("childcare.nearest_sites", 1)
    assert found(*rows, parameters=nearest).bundles == set()


def week(*parts: str, places: int = 1) -> dict[str, int]:
    return {f"{day}/{part}": places for day in ("Mo", "Tu", "We", "Th", "Fr") for part in parts}


def test_a_day_takes_a_place_in_the_morning_and_the_afternoon():
    assert found(driver(), child(), job(at=3), site()).usage("nest") == week("morning", "afternoon")


def places(*rows: Any) -> dict[str, int]:
    """How many mornings and afternoons the site has on each day."""
    stock = found(driver(), child(), job(at=3), *rows).explorer.levers.stock
    return {
        each.part: each.capacity
        for each in stock.resources
        if each.lever == "nest" and each.part.partition("/")[2] in ("morning", "afternoon")
    }


def test_a_day_of_its_own_has_its_own_places():
    wednesday = ChildcareDay("nest", (Day.WE,), early=0, morning=7, afternoon=1, evening=0)

    same, changed = places(site()), places(site(), wednesday)

    assert changed == same | {"We/morning": 7, "We/afternoon": 1}


def test_a_day_that_is_named_twice_has_the_fewest_places():
    one = ChildcareDay("nest", (Day.MO, Day.TU), early=0, morning=7, afternoon=1, evening=0)
    two = ChildcareDay("nest", (Day.TU,), early=0, morning=2, afternoon=9, evening=0)

    found_places = places(site(), one, two)

    assert [found_places[f"{day}/morning"] for day in ("Mo", "Tu", "We")] == [7, 2, 4]
    assert [found_places[f"{day}/afternoon"] for day in ("Mo", "Tu", "We")] == [1, 1, 4]


def test_a_minute_before_seven_takes_the_early_place_too():
    # Ten minutes at the site before the shift count as fifteen.
    rows = driver(), child(), site(at=3), job(at=9, shifts="Mo-Fr 07:15-12:00")
    early = driver(), child(), site(at=3), job(at=9, shifts="Mo-Fr 07:14-12:00")

    assert found(*rows).usage("nest") == week("morning")
    assert found(*early).usage("nest") == week("early", "morning")


def test_the_time_until_the_pick_up_takes_the_afternoon_place_too():
    # Ten minutes at the site after the shift count as fifteen.
    rows = driver(), child(), site(at=3), job(at=9, shifts="Mo-Fr 08:00-12:15")
    late = driver(), child(), site(at=3), job(at=9, shifts="Mo-Fr 08:00-12:16")

    assert found(*rows).usage("nest") == week("morning")
    assert found(*late).usage("nest") == week("morning", "afternoon")


def test_two_children_take_two_places():
    rows = driver(), child(), child(name="other"), job(at=3), site()

    assert found(*rows).usage("nest") == week("morning", "afternoon", places=2)


def test_hours_at_school_take_no_place():
    pupil = child_in_care(at=3, hours="Mo-Fr 08:30-18:00", kind=CareKind.SCHOOL)
    club = site(at=3, mode=ChildcareMode.OUT_OF_SCHOOL)

    assert found(driver(), pupil, job(at=3), club).usage("nest") == week("morning")


def test_care_that_has_ended_takes_its_places_again():
    hours = {"at": 3, "hours": "Mo-Fr 08:30-18:00"}
    gone = child_in_care(**hours, care_until=START - DAYS)
    there = child_in_care(**hours, care_until=START)

    rows = driver(), job(at=3), site(at=3)
    assert found(*rows, gone).usage("nest") == week("morning", "afternoon")
    assert found(*rows, there).usage("nest") == week("morning")


def test_a_rotation_takes_places_in_all_its_weeks():
    late = job(at=3, shifts="Mo-Fr 07:30-12:00 | Mo-Fr 14:00-19:00")

    assert found(driver(), child(), late, site(hours="24/7")).usage("nest") == week(
        "morning", "afternoon", "evening"
    )


def test_a_night_takes_places_on_both_days():
    night = job(at=3, shifts="Su 22:00-06:00")

    assert found(driver(), child(), night, site(hours="24/7")).usage("nest") == {
        "Su/evening": 1,
        "Mo/early": 1,
    }


def test_the_other_child_stays_where_it_is():
    rows = driver(), child(), child_in_care(name="covered", at=4), job(at=6), site(at=2)

    there = found(*rows)
    assert there.usage("nest") == week("morning", "afternoon")
    assert there.minutes == (19, 19)  # two stops, and three legs of a minute


# ---- courses ----------------------------------------------------------------------------------


def test_a_dutch_course_lifts_all_four_skills():
    rows = cyclist(dutch=Level.A1), job(dutch=Level.A2)

    assert found(*rows, course()).bundles == only("class")
    assert found(*rows, course(teaches="B1")).bundles == only("class")
    assert found(*rows).ties == {ObstacleKind.LANGUAGE}


def test_a_dutch_course_asks_a_level_of_speaking_to_begin():
    learner = cyclist(dutch=Level.A1, dutch_speaking=Level.A0)

    assert found(learner, job(dutch=Level.A2), course(from_level=Level.A0)).bundles
    assert found(learner, job(dutch=Level.A2), course(from_level=Level.A1)).bundles == set()


def test_two_levels_take_one_course_that_spans_them():
    rows = cyclist(dutch=Level.A1), job(dutch=Level.B1)
    steps = course("first"), course("second", teaches="B1", from_level=Level.A2)

    assert found(*rows, *steps).ties == {ObstacleKind.LANGUAGE}


@pytest.mark.parametrize(
    ("asked", "kind", "obstacle"),
    [
        ({"skills": ("FORKLIFT",)}, CourseKind.SKILL_COURSE, ObstacleKind.SKILL),
        ({"licences": ("FORKLIFT",)}, CourseKind.DRIVING_LICENCE, ObstacleKind.LICENCE),
    ],
)
def test_a_course_teaches_its_own_code(
    asked: dict[str, Any], kind: CourseKind, obstacle: ObstacleKind
):
    rows = cyclist(), job(**asked)

    assert found(*rows, course("class", kind, "FORKLIFT")).bundles == only("class")
    assert found(*rows, course("class", kind, "WELDING")).ties == {obstacle}


def test_what_a_course_teaches_is_not_what_ties():
    rows = cyclist(dutch=Level.A1), job(dutch=Level.A2, skills=("WELDING",)), course()

    there = found(*rows)
    assert there.own == {ObstacleKind.LANGUAGE, ObstacleKind.SKILL}
    assert there.ties == {ObstacleKind.SKILL}


def test_every_missing_skill_takes_a_course():
    lessons = [
        course(name, CourseKind.SKILL_COURSE, teaches)
        for name, teaches in [("lift", "FORKLIFT"), ("arc", "WELDING"), ("mig", "WELDING")]
    ]

    both = found(cyclist(), job(skills=("FORKLIFT", "WELDING")), *lessons)
    assert both.bundles == only("lift", "arc") | only("lift", "mig")


def test_work_begins_when_the_course_ends():
    lesson = course(starts_on=date(2026, 12, 1), weeks=3)

    there = found(cyclist(dutch=Level.A1), job(dutch=Level.A2), lesson)
    assert there.start == date(2026, 12, 22)


def test_a_course_that_ends_a_day_too_late_is_no_use():
    rows = cyclist(dutch=Level.A1), job(dutch=Level.A2)
    first = LAST_START - timedelta(weeks=2)

    assert found(*rows, course(starts_on=first, weeks=2)).start == LAST_START
    late = found(*rows, course(starts_on=first + DAYS, weeks=2))
    assert (late.own, late.ties) == ({ObstacleKind.LANGUAGE}, {ObstacleKind.START_DATE})


def test_a_course_that_outlasts_the_present_care_is_refused():
    rows = driver(dutch=Level.A1), job(dutch=Level.A2), course(starts_on=START, weeks=2)
    ready = START + timedelta(weeks=2)

    assert found(*rows, child_in_care(at=2, care_until=ready)).bundles == only("class")
    assert found(*rows, child_in_care(at=2, care_until=ready - DAYS)).bundles == set()


# ---- together ---------------------------------------------------------------------------------


def test_a_bike_a_place_and_a_course_go_together():
    rows = walker(dutch=Level.A1, max_travel_min=26), child(), job(at=18, dutch=Level.A2)

    there = found(*rows, bikes(), site(at=2), course())
    assert there.bundles == only("depot", "nest", "class")
    assert there.own == {
        ObstacleKind.MOBILITY_DISTANCE,
        ObstacleKind.CHILDCARE_PLACE,
        ObstacleKind.LANGUAGE,
    }


def test_the_stop_at_the_childcare_can_make_a_bike_too_slow():
    rows = walker(), child(), job(at=27), bikes(), bikes("motor", BikeKind.EBIKE_LOAN), site(at=2)

    assert found(*rows).bundles == only("motor", "nest")  # by bike 35, by e-bike 27 minutes


def test_a_course_that_has_begun_takes_nobody():
    """A welder's course began yesterday; the one of tomorrow is still open."""
    asked = job(skills=("WELDING",))
    late = course("late", CourseKind.SKILL_COURSE, "WELDING", starts_on=TODAY - DAYS)
    soon = course("soon", CourseKind.SKILL_COURSE, "WELDING", starts_on=TODAY + DAYS)

    assert pair(region(person(), asked, late)).bundles == set()
    assert pair(region(person(), asked, late, soon)).bundles == {frozenset({"soon"})}
