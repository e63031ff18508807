"""A job that is not there yet, against a whole new plan of a region that has it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from koempel.planner import Problem, solve
from koempel.region.new_jobs import NewOptions, options_to, with_new_jobs
from koempel.region.plan import make_plan
from koempel.region.region_toml import Floor
from koempel.region.rows import Job, Level, Measure
from koempel.region.standing import Ids, StandingPlan
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region, read_region, write_region
from koempel.region.turnout import Crowd
from koempel.region.what_if import Change, WhatIf, ask, what_if
from koempel.region.windows import parse_rotation
from region import cases
from region.random_regions import tiny_region

SEEDS = range(150)
LATE = cases.TODAY + timedelta(days=365)


def tried(standing: StandingPlan, region: Region, *jobs: Job) -> StandingPlan:
    """The standing plan with some new jobs."""
    crowd = Crowd(region)
    return with_new_jobs(standing, jobs, [options_to(job, region, crowd) for job in jobs])


def options_of(problem: Problem, ids: Ids) -> Counter:
    """Every option as whose it is, what it is worth and what it takes, whatever the order."""
    usage, names = problem.usage.tocsr(), ids.of_resources
    return Counter(
        (ids.people[person], value, frozenset(takes))
        for person, value, takes in zip(
            problem.person.tolist(),
            problem.value.tolist(),
            (
                zip(
                    [names[at] for at in usage.indices[first:last]],
                    usage.data[first:last].tolist(),
                    strict=True,
                )
                for first, last in zip(usage.indptr[:-1], usage.indptr[1:], strict=True)
            ),
            strict=True,
        )
    )


def choices_of(standing: StandingPlan) -> list[tuple[str, int, frozenset[str]] | None]:
    """What each person has."""
    names, usage = standing.ids.of_resources, standing.problem.usage.tocsr()
    return [
        None
        if option < 0
        else (
            person,
            int(standing.problem.value[option]),
            frozenset(names[at] for at in usage[[option]].indices),
        )
        for person, option in zip(standing.ids.people, standing.result.choice.tolist(), strict=True)
    ]


def in_a_folder(region: Region, tmp_path, name: str) -> Region:
    write_region(region, tmp_path / name)
    return read_region(tmp_path / name)


# ---- the truth: a plan of a folder that has the job ---------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_options_are_those_of_a_region_that_has_the_jobs(seed: int):
    region = tiny_region(seed)
    jobs = region.jobs[-2:]
    without = replace(region, jobs=region.jobs[:-2])

    widened = tried(make_plan(without).standing, without, *jobs)
    full = make_plan(region).standing

    assert options_of(widened.problem, widened.ids) == options_of(full.problem, full.ids)


@pytest.fixture(scope="module")
def town() -> Region:
    """Three hundred people with children, rights, courses, bikes and floors per municipality."""
    region = synthetic_region(people=300, jobs=80, seed=5, today=cases.TODAY)
    floors = tuple(Floor(each.nis, 10) for each in region.municipalities)
    return replace(region, floors=floors)


def new_job(region: Region, like: int, **facts) -> Job:
    """A job as one of the region, with other facts."""
    return replace(region.jobs[like], id=f"nieuw-{like}", start_to=LATE, **facts)


KINDS = {
    "a day job that asks nothing": lambda town: new_job(
        town, 0, seats=6, dutch_speaking=Level.ALPHA, skills=(), licences=()
    ),
    "a night job that asks Dutch": lambda town: new_job(
        town, 16, seats=3, dutch_speaking=Level.B1, shifts=parse_rotation("Mo-Fr 22:00-06:00")
    ),
    "a job for who has one right": lambda town: new_job(
        town, 8, seats=4, measures=(Measure.COLLECTIVE_MAATWERK,)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_is_that_of_a_folder_to_which_the_job_was_added(kind: str, town, tmp_path):
    job = KINDS[kind](town)
    before = in_a_folder(town, tmp_path, "before")
    after = in_a_folder(replace(town, jobs=(*town.jobs, job)), tmp_path, "after")

    standing = tried(make_plan(before).standing, before, job)
    answer = what_if(standing, ask(standing, []))
    full = make_plan(after).standing

    assert options_of(standing.problem, standing.ids) == options_of(full.problem, full.ids)
    best = solve(full.problem, exact=True).value
    assert len(options_to(job, before, Crowd(before)).person) > 5
    assert best * 0.999 <= answer.after.value <= best <= answer.bound


# ---- what a new job does ------------------------------------------------------------------------


@pytest.fixture
def two() -> Region:
    """An and Bart cycle to the only job, which has one seat."""
    return cases.region(cases.cyclist("An"), cases.cyclist("Bart"), cases.job())


def answer_to(standing: StandingPlan, *changes: Change) -> WhatIf:
    return what_if(standing, ask(standing, changes))


def test_a_new_job_places_who_had_nothing(two: Region):
    standing = tried(make_plan(two).standing, two, cases.job("nieuw-1"))

    answer = answer_to(standing)

    assert (answer.before.proposals, answer.after.proposals) == (1, 2)
    assert (len(answer.gained), answer.lost, answer.after.value) == (1, (), answer.bound)


def test_its_seats_can_be_changed_like_those_of_any_job(two: Region):
    standing = tried(make_plan(two).standing, two, cases.job("nieuw-1", seats=0))

    assert answer_to(standing).after.proposals == 1
    assert answer_to(standing, Change("nieuw-1", 2, relative=False)).after.proposals == 2


def test_everybody_keeps_what_they_had_until_it_is_planned_on(two: Region):
    before = make_plan(two).standing

    after = tried(before, two, cases.job("nieuw-1"), cases.job("nieuw-2"))

    assert choices_of(after) == choices_of(before)
    assert after.ids.resources[-2:] == (
        ("nieuw-1", "nieuw-1", "SEAT"),
        ("nieuw-2", "nieuw-2", "SEAT"),
    )


def test_no_new_job_leaves_the_plan_as_it_is(two: Region):
    standing = make_plan(two).standing

    assert with_new_jobs(standing, (), ()) is standing


def test_a_job_that_nobody_reaches_has_no_options(two: Region):
    found = options_to(cases.job("nieuw-1", at=500), two, Crowd(two))

    assert isinstance(found, NewOptions)
    assert (len(found.person), found.takes.shape[0]) == (0, 0)
