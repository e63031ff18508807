"""What one more of a thing brings, also where there is none of it yet."""

from koempel.region.one_more import OneMore, worth_of_one_more
from koempel.region.plan import make_plan
from koempel.region.standing import StandingPlan
from koempel.region.what_if import Change, ask, plan_on
from region.cases import bikes, cyclist, job, person, region

FAR = {"max_travel_min": 20}


def standing_of(*rows: object) -> StandingPlan:
    return make_plan(region(*rows)).standing


def one_more(standing: StandingPlan) -> OneMore:
    levers = [lever for _, lever, _ in standing.ids.resources]
    return worth_of_one_more(standing.problem, standing.result, levers)


def test_the_first_bike_is_worth_the_placement_that_it_makes():
    standing = standing_of(person(**FAR), job(at=50), bikes(capacity=0))

    after = plan_on(standing, ask(standing, [Change("depot", 1, relative=True)]))

    assert (standing.result.value, after.value > 0) == (0, True)
    assert one_more(standing).of_lever["depot"] == after.value


def test_the_first_bike_is_worth_only_what_it_adds_to_what_its_person_has():
    """Next door is work that is near the wish; what is really wished is a ride away."""
    seeker = person(**FAR, wants=("9321",))
    standing = standing_of(
        seeker, job("near", isco="9329"), job("far", at=50, isco="9321"), bikes(capacity=0)
    )

    after = plan_on(standing, ask(standing, [Change("depot", 1, relative=True)]))

    gain = after.value - standing.result.value
    assert 0 < gain < standing.result.value
    assert one_more(standing).of_lever["depot"] == gain


def test_a_thing_that_is_left_over_brings_nothing_more():
    standing = standing_of(cyclist(), job(), bikes(capacity=3))

    assert one_more(standing).of_lever["depot"] == 0
