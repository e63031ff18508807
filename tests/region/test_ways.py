"""Every way of one person to a job."""

import pytest

from koempel.region.outcome import LeverKind
from koempel.region.plan import make_plan
from koempel.region.synthetic import synthetic_region
from koempel.region.ways import ways_of
from region.cases import TODAY, bikes, cyclist, job, person, region


def test_ways_are_one_per_job_and_the_best_first():
    rows = region(cyclist(), job("near", at=5), job("far", at=30), bikes())

    found = ways_of(rows, "An")

    assert {way.job for way in found.ways} == {"near", "far"}
    assert [way.worth for way in found.ways] == sorted(
        (way.worth for way in found.ways), reverse=True
    )
    assert (found.jobs_today, found.jobs_with_levers) == (2, 2)


def test_a_way_takes_what_is_free_now():
    walker = person(max_travel_min=20)
    some = ways_of(region(walker, job(at=50), bikes(capacity=1)), "An").ways
    none = ways_of(region(walker, job(at=50), bikes(capacity=0)), "An").ways

    assert [(way.job, [lever.kind for lever in way.levers]) for way in some] == [
        ("packer", [LeverKind.BIKE])
    ]
    assert some[0].takes == (("packer", 1), ("depot", 1))
    assert none == ()


def test_a_full_job_is_no_way():
    assert ways_of(region(cyclist(), job(seats=0)), "An").ways == ()


def test_only_the_job_asked_for_is_told():
    rows = region(cyclist(), job("near", at=5), job("far", at=30))

    assert [way.job for way in ways_of(rows, "An", job="far").ways] == ["far"]
    assert ways_of(rows, "An", job="gone").ways == ()


def test_nobody_has_no_ways():
    with pytest.raises(KeyError):
        ways_of(region(cyclist(), job()), "Zoë")


def test_the_proposal_of_a_plan_is_one_of_the_ways():
    town = synthetic_region(people=120, jobs=40, seed=4, today=TODAY)
    proposals = make_plan(town).outcome.proposals[:25]

    for each in proposals:
        (way,) = ways_of(town, each.person, job=each.job).ways
        assert way.worth >= each.worth
        assert (way.jobs_today, way.jobs_with_levers) == (each.jobs_today, each.jobs_with_levers)
