from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from koempel.desk.jobs.reach import Headcount, ReachCount, Way, reach_count
from koempel.desk.jobs.weeks import later
from koempel.region.obstacles.registry import kinds_of
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.reach import Explorer
from koempel.region.rows import Bike, BikeKind, Contract, Cycling, Job, Level, Mode, Person
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.windows import parse_rotation, parse_windows
from koempel.region.wishes import OUTSIDE, wish_of

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def region():
    return synthetic_region(people=300, jobs=60, seed=3, today=TODAY)


@pytest.fixture(scope="module")
def town(region):
    """Nobody lives here yet, and there are no levers."""
    return replace(
        region, people=(), rights=(), children=(), jobs=(), bikes=(), childcare=(), courses=(),
        shuttle_lines=(), shuttle_runs=(), traits=(), floors=(),
    )  # fmt: skip


def person(number, **facts):
    """Lives in Heusden, walks and takes the bus, and can do anything in the daytime."""
    usual = {
        "id": f"K-{number:04}",
        "village": "71070-heusden",
        "lon": 5.2801,
        "lat": 51.0366,
        "registered_on": TODAY,
        "available_from": TODAY,
        "permit_until": None,
        "modes": (),
        "cycling": Cycling.YES,
        "max_travel_min": 30,
        "dutch_listening": Level.A2,
        "dutch_speaking": Level.A2,
        "dutch_reading": Level.A2,
        "dutch_writing": Level.A2,
        "skills": (),
        "licences": (),
        "needs": (),
        "away": parse_windows("Mo-Fr 06:00-20:00"),
        "hours_min": 10.0,
        "hours_max": 40.0,
        "wants": (),
    }
    return Person(**(usual | facts))


def job(**facts):
    """In Koersel, 2.6 km from Heusden: 12 minutes by bike, more than half an hour on foot."""
    usual = {
        "id": "J-222222",
        "employer": "1",
        "title": "Inpakker",
        "isco": "9321",
        "village": "71004-koersel",
        "lon": 5.2712,
        "lat": 51.0591,
        "seats": 1,
        "start_from": date(2026, 12, 1),
        "start_to": date(2027, 2, 1),
        "shifts": parse_rotation("Mo-Fr 06:00-14:00"),
        "hours_per_week": 38.0,
        "contract": Contract.INDEFINITE,
        "dutch_listening": Level.ALPHA,
        "dutch_speaking": Level.ALPHA,
        "dutch_reading": Level.ALPHA,
        "dutch_writing": Level.ALPHA,
        "skills": (),
        "licences": (),
        "strains": (),
        "measures": (),
    }
    return Job(**(usual | facts))


def slow_count(job, region):
    """The same count, from the reach of everybody who wants the work, one by one."""
    people = tuple(each for each in region.people if wish_of(job.isco, each.wants) != OUTSIDE)
    jobs = (job, replace(job, id="J-later", shifts=later(job.shifts, 30)))
    explorer = Explorer(Setting(replace(region, people=people, jobs=jobs)))
    reaches = list(explorer.everybody())
    barred = [reach for reach in reaches if reach.own[0]]
    obstacles = Counter(kind for reach in barred for kind in kinds_of(int(reach.own[0])))
    levers = Counter(kind for reach in barred for kind in single_levers(explorer, reach))
    return ReachCount(
        Headcount(len(people)),
        slow_way(reaches, 0),
        slow_way(reaches, 1),
        in_order(obstacles, ObstacleKind),
        in_order(levers, LeverKind),
    )


def slow_way(reaches, hour):
    today = sum(int(reach.own[hour] == 0) for reach in reaches)
    helped = sum(int(reach.own[hour] != 0 and reach.ties[hour] == 0) for reach in reaches)
    return Way(Headcount(today), Headcount(helped))


def single_levers(explorer, reach):
    bundles = reach.ways.bundle[reach.ways.job == 0].tolist()
    levers = [explorer.levers.stock.items_of(bundle) for bundle in bundles]
    return {items[0].kind for items in levers if len(items) == 1}


def in_order(counts, kinds):
    found = sorted((kind for kind in kinds if counts[kind]), key=lambda kind: -counts[kind])
    return tuple((kind, Headcount(counts[kind])) for kind in found)


def test_half_an_hour_later_lets_people_in_who_leave_at_six(town):
    cyclists = tuple(person(number, modes=(Mode.BIKE,)) for number in range(10))
    count = reach_count(job(), replace(town, people=cyclists))
    assert (count.now.today.people, count.later.today.people) == (0, 10)
    assert count.gain == 10


def test_a_bike_of_the_depot_opens_the_job_for_who_walks(town):
    depot = Bike("fietspunt", "Fietspunt", BikeKind.BIKE, (), 1, 7, 60.0)
    walkers = tuple(person(number, away=parse_windows("Mo-Fr 05:00-20:00")) for number in range(7))
    count = reach_count(job(), replace(town, people=walkers, bikes=(depot,)))
    assert (count.now.today.people, count.now.with_levers.people) == (0, 7)
    assert count.levers == ((LeverKind.BIKE, Headcount(7)),)
    assert ObstacleKind.MOBILITY_TIMETABLE in dict(count.obstacles) or (
        ObstacleKind.MOBILITY_DISTANCE in dict(count.obstacles)
    )


def test_who_wants_other_work_is_not_counted(town):
    people = (person(1, modes=(Mode.CAR,)), person(2, modes=(Mode.CAR,), wants=("7212",)))
    early = job(shifts=parse_rotation("Mo-Fr 08:00-16:00"))
    count = reach_count(early, replace(town, people=people))
    assert (count.wanting.people, count.now.today.people) == (1, 1)


@pytest.mark.parametrize("number", range(0, 60, 6))
def test_counts_are_those_of_one_person_after_the_other(region, number):
    assert reach_count(region.jobs[number], region) == slow_count(region.jobs[number], region)


def test_people_who_come_and_go_are_counted_at_once(region):
    first, fewer = region.jobs[1], replace(region, people=region.people[:200])
    found = [reach_count(first, each).wanting for each in (region, fewer, region)]
    assert found == [slow_count(first, each).wanting for each in (region, fewer, region)]
    assert found[0] != found[1]


def test_a_bike_that_is_given_away_is_not_counted_any_more(town):
    depot = Bike("fietspunt", "Fietspunt", BikeKind.BIKE, (), 1, 7, 60.0)
    walkers = tuple(person(number, away=parse_windows("Mo-Fr 05:00-20:00")) for number in range(7))
    there = replace(town, people=walkers, bikes=(depot,))
    found = [reach_count(job(), each) for each in (there, replace(there, bikes=()))]
    assert [each.now.with_levers.people for each in found] == [7, 0]


@pytest.mark.parametrize(
    ("people", "shown", "coarse"),
    [
        (0, "niemand", 0),
        (1, "minder dan 5", 0),
        (4, "minder dan 5", 0),
        (5, "5", 5),
        (12, "10", 10),
        (13, "15", 15),
    ],
)
def test_small_numbers_stay_hidden_and_others_are_coarse(people, shown, coarse):
    assert (str(Headcount(people)), Headcount(people).coarse) == (shown, coarse)
