from dataclasses import replace
from datetime import date

import pytest

from koempel.desk.jobs.reach import Crowd, reach_count
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.reach import Explorer
from koempel.region.rows import Bike, BikeKind, Contract, Cycling, Job, Level, Mode, Person
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.windows import parse_rotation, parse_windows

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
    assert count.levers == ((LeverKind.BIKE, Crowd(7)),)
    assert ObstacleKind.MOBILITY_TIMETABLE in dict(count.obstacles) or (
        ObstacleKind.MOBILITY_DISTANCE in dict(count.obstacles)
    )


def test_who_wants_other_work_is_not_counted(town):
    people = (person(1, modes=(Mode.CAR,)), person(2, modes=(Mode.CAR,), wants=("7212",)))
    early = job(shifts=parse_rotation("Mo-Fr 08:00-16:00"))
    count = reach_count(early, replace(town, people=people))
    assert (count.wanting.people, count.now.today.people) == (1, 1)


@pytest.mark.parametrize("number", [0, 7, 23, 41])
def test_counts_are_those_of_the_planner(region, number):
    wanted = region.jobs[number]
    explorer = Explorer(Setting(region))
    reaches = list(explorer.everybody())
    today = sum(int(reach.own[number] == 0) for reach in reaches)
    helped = sum(int(reach.own[number] != 0 and reach.ties[number] == 0) for reach in reaches)
    count = reach_count(wanted, region)
    assert (count.now.today.people, count.now.with_levers.people) == (today, helped)


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
    assert (str(Crowd(people)), Crowd(people).coarse) == (shown, coarse)
