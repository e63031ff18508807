"""The door to the solver: people, jobs and levers as arrays."""

import numpy as np
import pytest

from koempel.region.levers.stock import Item, Resource, Stock
from koempel.region.options import Options, StoppedError, problem_of, survey
from koempel.region.outcome import LeverKind
from koempel.region.reach import Explorer
from koempel.region.region_toml import Floor
from koempel.region.setting import Setting
from koempel.region.tables import Region
from region.cases import bikes, child, course, cyclist, driver, job, person, region, site


def surveyed(whole: Region) -> tuple[Explorer, Options]:
    explorer = Explorer(Setting(whole))
    return explorer, survey(explorer)


def test_an_option_takes_a_seat_and_what_its_levers_take():
    rows = (
        driver(dutch="A1"),
        child(),
        child(name="other"),
        job(at=20, dutch="A2"),
        site(),
        course(),
    )
    explorer, options = surveyed(region(*rows))

    problem = problem_of(explorer, options, np.arange(len(options)))
    ids = [resource.id for resource in explorer.levers.stock.resources]
    (usage,) = problem.usage.toarray()
    taken = {ids[at]: int(amount) for at, amount in enumerate(usage) if amount}
    days = [f"nest/{day}/{part}" for day in ("Mo", "Tu", "We", "Th", "Fr")
            for part in ("morning", "afternoon")]  # fmt: skip
    assert taken == {"packer": 1, "class": 1} | dict.fromkeys(days, 2)


def test_capacities_are_seats_and_lever_rows():
    rows = person(), job(seats=3), bikes(capacity=7), course(capacity=2)
    explorer, options = surveyed(region(*rows))

    problem = problem_of(explorer, options, np.arange(len(options)))
    ids = [resource.id for resource in explorer.levers.stock.resources]
    assert dict(zip(ids, problem.capacity.tolist(), strict=True)) == {
        "packer": 3,
        "depot": 7,
        "class": 2,
    }


def test_floors_count_towns_and_villages():
    people = [person(), person("Bart", village="beringen")]
    floors = (Floor("71070", 1), Floor("beringen", 2, penalty_placements=3.0))
    explorer, options = surveyed(region(*people, job(), floors=floors))

    problem = problem_of(explorer, options, np.arange(len(options)))
    assert problem.member.toarray().tolist() == [[1, 0], [0, 1]]
    assert (problem.floor.tolist(), problem.penalty.tolist()) == ([1, 2], [2500, 3000])


def test_counts_leave_out_jobs_without_a_seat():
    rows = cyclist(max_travel_min=10), job("shut", seats=0), job("open"), job("far", at=60, seats=0)
    _, options = surveyed(region(*rows, bikes()))

    assert options.counts.today.tolist() == [1]
    assert options.counts.tied_jobs.sum() == 0
    assert options.job_today.tolist() == [True, True, False]


def test_options_are_sorted_by_person():
    _, options = surveyed(region(cyclist(), cyclist("Bart"), job("one"), job("two", at=8)))

    assert options.person.tolist() == [0, 0, 1, 1]


def test_who_listens_can_stop_the_survey():
    explorer = Explorer(Setting(region(cyclist(), cyclist("Bart"), job())))
    heard = []

    with pytest.raises(StoppedError):
        survey(explorer, lambda done, total: heard.append((done, total)) or True)
    assert heard == [(1, 2)]


# ---- the register of scarce things ------------------------------------------------------------


def test_the_same_bundle_has_one_number_in_any_order():
    stock = Stock()
    resource = stock.add_resource(Resource("depot", "BIKE", "depot", "Depot", "", 3))
    items = [
        stock.item(Item(LeverKind.BIKE, name, name, ((resource, 1),), 0, 10.0))
        for name in ("one", "two", "one")
    ]

    assert items == [0, 1, 0]
    assert stock.bundle((1, 0)) == stock.bundle((0, 1)) == 1
    assert stock.bundle(()) == 0
    assert stock.columns().usage.toarray().tolist() == [[0], [2]]


def test_a_bundle_is_ready_with_its_last_item_and_ends_with_its_first():
    stock = Stock()
    terms = [(10, 90), (40, 60), (20, 80)]
    items = tuple(
        stock.item(Item(LeverKind.BIKE, str(ready), "", (), ready, 5.0, ends=ends))
        for ready, ends in terms
    )

    ready, ends = stock.terms(np.array([0, stock.bundle(items)], np.int32))
    assert (ready.tolist(), ends.tolist()) == ([0, 40], [10**6, 60])
    assert stock.columns().cost_eur.tolist() == [0, 15]
