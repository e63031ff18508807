"""Everybody before one job at once, against the reach of one person after the other."""

import pytest

from koempel.region.outcome import LeverKind
from koempel.region.reach import Explorer
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.turnout import Crowd, turnouts
from koempel.region.wishes import OUTSIDE, wish_of
from region import cases
from region.cases import OneRoad
from region.random_regions import tiny_region

BATCHES = 14
SEEDS_A_BATCH = 50


def one_by_one(region, times=None):
    """Per person and job: obstacles, whether levers help, and which kinds are enough alone."""
    explorer = Explorer(Setting(region, times))
    return [
        [
            (int(reach.own[job]), *_with_levers(explorer, reach, job))
            for job in range(len(region.jobs))
        ]
        for reach in explorer.everybody()
    ]


def _with_levers(explorer, reach, job):
    if not reach.own[job]:
        return False, frozenset()
    bundles = reach.ways.bundle[reach.ways.job == job].tolist()
    levers = [explorer.levers.stock.items_of(bundle) for bundle in bundles]
    alone = frozenset(items[0].kind for items in levers if len(items) == 1)
    return bool(reach.ties[job] == 0), alone


def all_at_once(region, times=None):
    """The same from `turnouts`."""
    found = turnouts(Crowd(region, times), region, region.jobs)
    return [
        [
            (
                int(each.obstacles[person]),
                bool(each.with_levers[person]),
                frozenset(kind for kind in LeverKind if each.alone[kind][person]),
            )
            for each in found
        ]
        for person in range(len(region.people))
    ]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_everybody_at_once_equals_one_after_the_other(batch: int):
    for seed in range(batch * SEEDS_A_BATCH, (batch + 1) * SEEDS_A_BATCH):
        region = tiny_region(seed)
        assert all_at_once(region) == one_by_one(region), seed


NAMED = {
    "two children at one school are one stop": (
        cases.cyclist(away="Mo-Fr 07:45-16:15"),
        cases.job(at=5, shifts="Mo-Fr 08:00-16:00"),
        cases.child_in_care(name="one", at=2),
        cases.child_in_care(name="two", at=2),
    ),
    "a site at the school of a brother is one stop": (
        cases.cyclist(away="Mo-Fr 07:45-16:15"),
        cases.job(at=5, shifts="Mo-Fr 08:00-16:00"),
        cases.child_in_care(name="one", at=2),
        cases.child(name="two"),
        cases.site(at=2),
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_cases_equal_one_after_the_other(name):
    region = cases.region(*NAMED[name])
    assert all_at_once(region, OneRoad()) == one_by_one(region, OneRoad())


@pytest.mark.slow
def test_a_whole_region_equals_one_after_the_other():
    region = synthetic_region(people=300, jobs=60, seed=3, today=cases.TODAY)
    assert all_at_once(region) == one_by_one(region)


def test_a_region_without_people_or_levers_has_nobody():
    (found,) = turnouts(Crowd(cases.region()), cases.region(), (cases.job("work"),))
    assert (found.wanting.tolist(), found.obstacles.tolist()) == ([], [])
    assert (found.with_levers.tolist(), found.alone[LeverKind.BIKE].tolist()) == ([], [])


def test_wanting_is_what_the_wishes_say():
    region = synthetic_region(people=40, jobs=5, seed=3, today=cases.TODAY)
    (found,) = turnouts(Crowd(region), region, region.jobs[:1])
    isco = region.jobs[0].isco
    assert found.wanting.tolist() == [
        wish_of(isco, person.wants) != OUTSIDE for person in region.people
    ]


def test_a_crowd_asks_for_the_levers_of_today():
    rows = cases.person("An"), cases.job("work", at=20, shifts="Mo-Fr 04:00-12:00")
    without, there = cases.region(*rows), cases.region(*rows, cases.bikes("depot"))
    crowd = Crowd(without, OneRoad())
    found = [turnouts(crowd, each, each.jobs)[0].with_levers.tolist() for each in (without, there)]
    assert found == [[False], [True]]
