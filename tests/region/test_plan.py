"""What must not change a plan, and what may only change it one way."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from koempel.region.outcome import Outcome
from koempel.region.plan import make_plan
from koempel.region.reach import Explorer
from koempel.region.rows import Cycling, Day, Level, Sex
from koempel.region.setting import Setting
from koempel.region.standing import to_bytes
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from koempel.region.windows import ALWAYS, Windows
from region.cases import TODAY, parameter, tables_of
from region.random_regions import tiny_region

Pairs = set[tuple[str, str]]

NEAREST = "childcare.nearest_sites"


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=240, jobs=70, seed=11, today=TODAY)


@pytest.fixture(scope="module")
def found(town: Region) -> dict[tuple[str, str], set[frozenset[str]]]:
    return bundles(town)


def bundles(whole: Region) -> dict[tuple[str, str], set[frozenset[str]]]:
    """Minimal bundles of every pair, as ids of lever rows."""
    explorer = Explorer(Setting(whole))
    stock = explorer.levers.stock
    pairs: dict[tuple[str, str], set[frozenset[str]]] = {}
    for who, reach in zip(whole.people, explorer.everybody(), strict=True):
        for job, bundle in zip(reach.ways.job.tolist(), reach.ways.bundle.tolist(), strict=True):
            levers = frozenset(item.lever for item in stock.items_of(bundle))
            pairs.setdefault((who.id, whole.jobs[job].id), set()).add(levers)
    return pairs


def today(pairs: dict[tuple[str, str], set[frozenset[str]]]) -> Pairs:
    return {pair for pair, ways in pairs.items() if frozenset() in ways}


# ---- an extra obstacle never widens reach -----------------------------------------------------


def narrowed(away: Windows) -> Windows:
    """The hours, but never before eight in the morning."""
    nights = Windows(tuple((day * 1440, 480) for day in range(7)))
    return away.minus(nights)


OBSTACLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "no vehicle": lambda who: {"modes": ()},
    "no skill": lambda who: {"skills": ()},
    "no licence": lambda who: {"licences": ()},
    "less Dutch": lambda who: {
        f"dutch_{skill}": min(getattr(who, f"dutch_{skill}"), Level.A1, key=list(Level).index)
        for skill in ("listening", "speaking", "reading", "writing")
    },
    "shorter trips": lambda who: {"max_travel_min": min(who.max_travel_min or 20, 20)},
    "fewer hours away": lambda who: {"away": narrowed(who.away)},
    "later": lambda who: {"available_from": who.available_from + timedelta(days=30)},
    "permit that ends": lambda who: {"permit_until": TODAY + timedelta(days=30)},
    "fewer hours a week": lambda who: {"hours_max": min(who.hours_max, 20)},
    "does not cycle": lambda who: {"cycling": Cycling.NO},
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_an_extra_obstacle_never_widens_reach(name: str, town: Region, found: Any):
    people = tuple(replace(who, **OBSTACLES[name](who)) for who in town.people)

    harder = bundles(replace(town, people=people))
    assert today(harder) <= today(found)
    assert harder.keys() <= found.keys()
    assert harder.keys() != found.keys()


def test_without_any_right_nothing_more_is_reached(town: Region, found: Any):
    assert bundles(replace(town, rights=())).keys() < found.keys()


# ---- an extra lever never narrows it ----------------------------------------------------------


@pytest.mark.parametrize("table", ["bikes", "childcare", "courses", "shuttle_lines"])
def test_an_extra_lever_never_narrows_reach(table: str):
    opened = 0
    for seed in range(1, 161, 2):
        whole = replace(tiny_region(seed), parameters=parameter(NEAREST, 100))
        runs = () if table == "shuttle_lines" else whole.shuttle_runs
        fewer, more = bundles(replace(whole, **{table: ()}, shuttle_runs=runs)), bundles(whole)
        assert fewer.keys() <= more.keys()
        assert today(fewer) == today(more)
        opened += len(more.keys() - fewer.keys())
    assert opened


def test_more_days_on_a_shuttle_never_narrow_reach(town: Region, found: Any):
    runs = tuple(replace(run, days=tuple(Day)) for run in town.shuttle_runs)

    assert found.keys() <= bundles(replace(town, shuttle_runs=runs)).keys()


# ---- what must not change anything ------------------------------------------------------------


def plan_bytes(whole: Region) -> bytes:
    plan = make_plan(whole, seed=5)
    return to_bytes(plan.standing)


def apart_from(outcome: Outcome, *names: str) -> Outcome:
    """An outcome without what may differ."""
    return replace(outcome, run=replace(outcome.run, seconds={}), **dict.fromkeys(names, ()))


def test_protected_traits_do_not_change_a_plan(town: Region):
    random = Random(1)
    flipped = tuple(
        replace(trait, sex=random.choice(list(Sex)), birth_year=random.randint(1950, 2008))
        for trait in town.traits
    )
    other = replace(town, traits=flipped)

    assert plan_bytes(other) == plan_bytes(town)
    before, after = make_plan(town).outcome, make_plan(other).outcome
    assert apart_from(after, "fairness") == apart_from(before, "fairness")


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_give_the_same_bundles_and_the_same_value(
    seed: int, town: Region, found: Any
):
    random = Random(seed)
    tables = {name: random.sample(rows, len(rows)) for name, rows in tables_of(town).items()}
    shuffled = replace(town, **{name: tuple(rows) for name, rows in tables.items()})

    assert bundles(shuffled) == found
    one, other = (make_plan(each, exact=True).standing.result for each in (town, shuffled))
    assert (one.value, one.gap) == (other.value, other.gap) == (one.value, 0)


def test_renamed_people_jobs_and_levers_change_nothing_but_names(town: Region):
    new = renamed(town)
    before, after = make_plan(town), make_plan(new)

    assert after.standing.result.choice.tolist() == before.standing.result.choice.tolist()
    assert after.standing.result.prices.tolist() == before.standing.result.prices.tolist()


def renamed(town: Region) -> Region:
    """The same region, with ids that sort the other way round."""
    names = {
        row.id: f"Z{9999 - number}"
        for rows in tables_of(town).values()
        for number, row in enumerate(rows)
        if hasattr(row, "id")
    }
    tables = {
        name: tuple(replace(row, **_new_names(row, names)) for row in rows)
        for name, rows in tables_of(town).items()
    }
    return replace(town, **tables)


def _new_names(row: Any, names: dict[str, str]) -> dict[str, str]:
    refers = ("id", "person", "line")
    return {name: names[getattr(row, name)] for name in refers if hasattr(row, name)}


SCRIPT = """
import hashlib
from datetime import date
from koempel.region.plan import make_plan
from koempel.region.standing import to_bytes
from koempel.region.synthetic import synthetic_region
plan = make_plan(synthetic_region(people=240, jobs=70, seed=11, today=date(2026, 11, 23)), seed=5)
packed = to_bytes(plan.standing)
print(hashlib.sha256(packed).hexdigest())
"""


@pytest.mark.slow
def test_the_same_region_and_seed_give_the_same_bytes_elsewhere(town: Region):
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
        text=True,
    )

    assert there.stdout.strip() == hashlib.sha256(plan_bytes(town)).hexdigest()


# ---- the whole --------------------------------------------------------------------------------


def test_an_empty_region_gives_an_empty_plan(town: Region):
    outcome = make_plan(
        replace(town, people=(), children=(), rights=(), traits=(), floors=())
    ).outcome

    assert (outcome.proposals, outcome.left_out, outcome.run.value) == ((), (), 0)


def test_a_region_without_jobs_leaves_everybody_out(town: Region):
    outcome = make_plan(replace(town, jobs=(), floors=())).outcome

    assert (outcome.proposals, len(outcome.left_out)) == ((), len(town.people))


def test_nobody_starts_before_the_plan_or_after_the_last_day(town: Region):
    jobs = {job.id: job for job in town.jobs}
    whole = replace(
        town,
        jobs=tuple(
            replace(job, start_from=job.start_from - timedelta(days=120)) for job in town.jobs
        ),
        people=tuple(replace(who, away=ALWAYS) for who in town.people),
    )

    made = make_plan(whole).outcome.proposals
    assert made
    assert all(TODAY <= each.start_on <= jobs[each.job].start_to for each in made)
