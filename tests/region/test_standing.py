"""An earlier plan as the start of the next one."""

from dataclasses import replace

import numpy as np
import pytest

from koempel.planner import verify
from koempel.region.plan import Plan, make_plan
from koempel.region.standing import carried_over
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from region.cases import TODAY, bikes, cyclist, job, person, region


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=240, jobs=70, seed=11, today=TODAY)


def placed(plan: Plan) -> dict[str, str]:
    return {each.person: each.job for each in plan.outcome.proposals}


def test_everybody_keeps_their_option_in_the_same_region(town: Region):
    standing = make_plan(town).standing

    start = carried_over(standing, standing.problem, standing.ids)

    old = standing.result
    assert start.choice.tolist() == old.choice.tolist()
    assert start.prices.tolist() == old.prices.tolist()


def test_people_and_jobs_in_another_order_keep_their_option(town: Region):
    earlier = make_plan(town)
    turned = replace(town, people=town.people[::-1], jobs=town.jobs[::-1])

    again = make_plan(turned, earlier=earlier.standing)

    assert placed(again) == placed(earlier)


def test_who_is_new_comes_beside_who_stands():
    rows = (cyclist("An"), cyclist("Bart"), job("packer", seats=2))
    earlier = make_plan(region(rows[0], rows[2]))

    again = make_plan(region(*rows), earlier=earlier.standing)

    assert placed(again) == {"An": "packer", "Bart": "packer"}


def test_somebody_whose_job_is_gone_gets_the_next_best():
    an = cyclist("An")
    earlier = make_plan(region(an, job("packer"), job("picker", at=20)))
    gone = placed(earlier)["An"]
    left = {"packer": "picker", "picker": "packer"}[gone]

    again = make_plan(region(an, job(left, at=20)), earlier=earlier.standing)

    assert placed(again) == {"An": left}


def test_a_plan_from_an_earlier_one_is_proved_as_well(town: Region):
    earlier = make_plan(town)
    fewer = replace(town, people=town.people[20:], jobs=town.jobs[5:])

    again = make_plan(fewer, earlier=earlier.standing)
    fresh = make_plan(fewer)

    verify(again.standing.problem, again.standing.result)
    assert again.standing.result.value >= 0.995 * fresh.standing.result.value


def test_fewer_things_than_stand_are_shared_out_again():
    rows = [person("An", max_travel_min=20), person("Bart", max_travel_min=20)]
    seats = job(at=50, seats=2)
    earlier = make_plan(region(*rows, seats, bikes(capacity=2)))
    assert len(placed(earlier)) == 2

    again = make_plan(region(*rows, seats, bikes(capacity=1)), earlier=earlier.standing)

    assert len(placed(again)) == 1
    assert np.count_nonzero(again.standing.result.choice >= 0) == 1


def test_what_somebody_decided_against_is_never_proposed(town: Region):
    first = placed(make_plan(town))

    again = placed(make_plan(town, barred=list(first.items())))

    assert again
    assert set(first.items()) & set(again.items()) == set()


def test_ids_that_are_gone_bar_nothing(town: Region):
    plain = make_plan(town).outcome.proposals

    assert make_plan(town, barred=[("nobody", "nothing")]).outcome.proposals == plain
