"""The figures of a plan, each counted again in another way."""

from collections import Counter
from typing import Any

import pytest

from koempel.region.outcome import LeverKind, Outcome
from koempel.region.plan import Plan, make_plan
from koempel.region.reach import Explorer
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from region.cases import TODAY, bikes, cyclist, job, person, region, tables_of


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=400, jobs=100, seed=5, today=TODAY)


@pytest.fixture(scope="module")
def plan(town: Region) -> Plan:
    return make_plan(town)


@pytest.fixture(scope="module")
def outcome(plan: Plan) -> Outcome:
    return plan.outcome


@pytest.fixture(scope="module")
def ways(town: Region) -> dict[str, dict[str, set[frozenset[str]]]]:
    """Per person and open job, the minimal bundles as ids of resources."""
    explorer = Explorer(Setting(town))
    stock = explorer.levers.stock
    found: dict[str, dict[str, set[frozenset[str]]]] = {who.id: {} for who in town.people}
    for who, reach in zip(town.people, explorer.everybody(), strict=True):
        for at, bundle in zip(reach.ways.job.tolist(), reach.ways.bundle.tolist(), strict=True):
            taken = frozenset(
                stock.resources[row].id for item in stock.items_of(bundle) for row, _ in item.usage
            )
            found[who.id].setdefault(town.jobs[at].id, set()).add(taken)
    return found


def open_jobs(town: Region) -> set[str]:
    return {each.id for each in town.jobs if each.seats}


def reaches_today(town: Region, jobs: dict[str, set[frozenset[str]]]) -> bool:
    return any(frozenset() in jobs[each] for each in jobs.keys() & open_jobs(town))


def test_reach_of_all_people_is_counted(town: Region, outcome: Outcome, ways: Any):
    today = {who for who, jobs in ways.items() if reaches_today(town, jobs)}
    some = {who for who, jobs in ways.items() if jobs.keys() & open_jobs(town)}

    counts = outcome.reach_today, outcome.reach_with_levers, outcome.no_way
    assert counts == (len(today), len(some - today), len(ways) - len(some))
    assert 0 < outcome.one_step_away <= outcome.no_way


def test_places_count_the_people_of_each_village(town: Region, outcome: Outcome, ways: Any):
    placed = {made.person for made in outcome.proposals}
    today = {who for who, jobs in ways.items() if reaches_today(town, jobs)}
    some = {who for who, jobs in ways.items() if jobs.keys() & open_jobs(town)}

    for row in outcome.places:
        here = {who.id for who in town.people if who.village == row.village}
        counted = len(here), len(here & today), len(here & (some - today)), len(here & placed)
        assert (row.looking, row.today, row.extra, row.proposed) == counted


def test_flows_count_the_proposals_between_villages(town: Region, outcome: Outcome):
    home = {who.id: who.village for who in town.people}
    work = {each.id: each.village for each in town.jobs}
    flows = Counter((home[made.person], work[made.job]) for made in outcome.proposals)
    by_lever = Counter(
        (home[made.person], work[made.job]) for made in outcome.proposals if made.levers
    )

    found = {
        (row.from_village, row.to_village): (row.people, row.with_lever) for row in outcome.flows
    }
    assert found == {pair: (count, by_lever[pair]) for pair, count in flows.items()}
    sizes = [row.people for row in outcome.flows]
    assert sizes == sorted(sizes, reverse=True)


def test_hours_count_the_seats_by_their_first_shift(town: Region, outcome: Outcome, ways: Any):
    reached = {job for jobs in ways.values() for job in jobs}
    today = {job for jobs in ways.values() for job, sets in jobs.items() if frozenset() in sets}
    filled = Counter(made.job for made in outcome.proposals)

    for row in outcome.hours:
        here = [each for each in town.jobs if first_hour(each) == row.hour]
        assert row.seats == sum(each.seats for each in here)
        assert row.today == sum(each.seats for each in here if each.id in today)
        assert row.with_levers == sum(each.seats for each in here if each.id in reached)
        assert row.filled == sum(filled[each.id] for each in here)
    assert {row.hour for row in outcome.hours} == {first_hour(each) for each in town.jobs}


def first_hour(each: Any) -> int:
    return min(start % 1440 for week in each.shifts for start, _ in week.spans) // 60


def test_prices_tell_how_many_want_each_thing(outcome: Outcome, ways: Any):
    wants = [
        frozenset().union(*(bundle for bundles in jobs.values() for bundle in bundles))
        for jobs in ways.values()
    ]
    levers = [row for row in outcome.prices if row.kind != "SEAT"]

    assert levers
    for row in levers:
        assert row.wanted == sum(row.id in things for things in wants), row
        assert row.used <= row.capacity
    worth = [row.worth for row in outcome.prices]
    assert worth == sorted(worth, reverse=True)


def test_what_has_a_price_is_used_up(outcome: Outcome, plan: Plan):
    """Complementary slackness, up to the gap that prices leave."""
    slack = sum(row.worth * (row.capacity - row.used) for row in outcome.prices)

    assert slack <= 0.001 * plan.standing.result.bound


def test_every_lever_of_the_region_has_its_summary(town: Region, outcome: Outcome):
    rows = [row for name in ("bikes", "childcare", "courses", "shuttle_lines")
            for row in tables_of(town)[name]]  # fmt: skip

    assert {row.id for row in outcome.levers} == {row.id for row in rows}
    used = Counter(
        use.lever for made in outcome.proposals for use in made.levers
        if use.kind in (LeverKind.BIKE, LeverKind.EBIKE_LOAN, LeverKind.DUTCH_COURSE)
    )  # fmt: skip
    assert {row.id: row.used for row in outcome.levers if row.id in used} == dict(used)


def test_floors_count_the_proposals_of_their_town(town: Region, outcome: Outcome):
    town_of = {village.id: village.municipality for village in town.villages}
    home = {who.id: town_of[who.village] for who in town.people}
    placed = Counter(home[made.person] for made in outcome.proposals)

    for row, floor in zip(outcome.floors, town.floors, strict=True):
        assert (row.group, row.at_least, row.proposed) == (
            floor.of,
            floor.at_least,
            placed[floor.of],
        )
        assert row.shortfall == max(0, floor.at_least - placed[floor.of])


def test_an_obstacle_that_alone_stands_in_the_way_is_counted_once_a_person():
    people = cyclist(max_travel_min=20), person("Bart", max_travel_min=20)
    rows = *people, job(at=10), job("far", at=80), job("farther", at=90)

    counts = make_plan(region(*rows, bikes())).outcome.obstacles
    assert {row.kind: row.people for row in counts if row.people} == {"MOBILITY_DISTANCE": 2}


def test_the_record_tells_what_was_planned(town: Region, plan: Plan, outcome: Outcome):
    run = outcome.run

    assert (run.people, run.jobs, run.seats) == (400, 100, sum(each.seats for each in town.jobs))
    assert (run.proposals, run.options) == (len(outcome.proposals), plan.standing.problem.n_options)
    assert (run.value, run.bound, run.gap) == (
        plan.standing.result.value,
        plan.standing.result.bound,
        plan.standing.result.gap,
    )
    worth = sum(made.worth for made in outcome.proposals)
    penalty = plan.standing.problem.penalty @ plan.standing.result.shortfall
    assert run.value == worth - penalty


def test_the_first_of_a_lever_is_worth_what_it_would_bring():
    """Of nothing there is no price; the first bike is still worth a whole placement."""
    rows = person(max_travel_min=20), job(at=50)
    without = make_plan(region(*rows, bikes(capacity=0)))
    with_one = make_plan(region(*rows, bikes(capacity=1)))

    price = next(each for each in without.outcome.prices if each.id == "depot")
    lever = next(each for each in without.outcome.levers if each.id == "depot")

    assert price.worth == with_one.standing.result.value - without.standing.result.value > 0
    assert (lever.placements, lever.wanted) == (price.placements, 1)
