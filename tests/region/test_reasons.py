"""Reasons against the region itself: what a proposal says, and whether help really helps."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from koempel.region.obstacles.registry import kinds_of
from koempel.region.options import survey
from koempel.region.outcome import Help, HelpKind, LeverKind, ObstacleKind, Proposal
from koempel.region.plan import Plan, make_plan
from koempel.region.reach import Explorer
from koempel.region.reasons import REMOVES, lever_use, week_part
from koempel.region.rows import ChildcareMode, Grantor, Level, Measure, Person, Right, RightState
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from koempel.region.windows import ALWAYS
from region.cases import (
    TODAY,
    bikes,
    child,
    course,
    cyclist,
    driver,
    job,
    region,
    site,
)


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=400, jobs=100, seed=5, today=TODAY)


@pytest.fixture(scope="module")
def plan(town: Region) -> Plan:
    return make_plan(town, exact=True)


@pytest.fixture(scope="module")
def explorer(town: Region) -> Explorer:
    return Explorer(Setting(town))


# ---- proposals --------------------------------------------------------------------------------


def test_obstacles_of_a_proposal_are_those_of_reach(plan: Plan, explorer: Explorer):
    setting = explorer.setting
    for made in plan.outcome.proposals:
        reach = explorer.reach(setting.person_index[made.person])
        mask = int(reach.own[setting.job_index[made.job]])
        assert {each.kind for each in made.obstacles} == set(kinds_of(mask))


def test_levers_of_a_proposal_remove_all_its_obstacles_and_each_removes_one(plan: Plan):
    for made in plan.outcome.proposals:
        removed = {kind for use in made.levers for kind in use.removes}
        assert removed == {each.kind for each in made.obstacles}, made
        assert all(use.removes for use in made.levers), made


def test_every_kind_of_lever_removes_some_obstacle():
    assert set(REMOVES) == set(LeverKind)


def test_scarce_things_of_a_proposal_come_dearest_first(plan: Plan):
    worth = {price.id: price.worth for price in plan.outcome.prices}
    for made in plan.outcome.proposals:
        prices = [worth[each] for each in made.decided_by]
        assert all(price > 0 for price in prices)
        assert len(set(made.decided_by)) == len(made.decided_by)
    single = [m for m in plan.outcome.proposals if not _takes_many_of_one(m)]
    for made in single:
        prices = [worth[each] for each in made.decided_by]
        assert prices == sorted(prices, reverse=True)


def _takes_many_of_one(made: Proposal) -> bool:
    """Whether two children of a family take two places each time, for twice the price."""
    return any(use.kind.endswith(("CHILDCARE", "CARE")) for use in made.levers)


def test_alternatives_are_other_jobs_that_the_person_reaches(plan: Plan, explorer: Explorer):
    setting = explorer.setting
    for made in plan.outcome.proposals:
        ways = explorer.reach(setting.person_index[made.person]).ways
        reached = {setting.region.jobs[at].id for at in ways.job.tolist()}
        others = [each.job for each in made.alternatives]
        assert made.job not in others
        assert len(set(others)) == len(others) <= 3
        assert set(others) <= reached
        assert len(others) == min(3, len(reached) - 1)
        assert all(each.short_of == made.worth - each.worth for each in made.alternatives)


def test_only_full_things_are_named_scarce(plan: Plan):
    left = {price.id: price.capacity - price.used for price in plan.outcome.prices}
    for made in plan.outcome.proposals:
        for other in made.alternatives:
            assert all(left.get(each, 0) <= 1 for each in other.scarce), (made, other)


def test_an_alternative_with_room_is_worth_no_more(plan: Plan):
    """The plan is proved best, so nobody can step over to something better that is free."""
    assert plan.standing.result.gap == 0
    for made in plan.outcome.proposals:
        assert all(each.scarce or each.short_of >= 0 for each in made.alternatives), made


def test_jobs_within_reach_are_counted_with_an_open_seat(plan: Plan, explorer: Explorer):
    for made in plan.outcome.proposals:
        ways = explorer.reach(explorer.setting.person_index[made.person]).ways
        seats = np.array([each.seats for each in explorer.setting.region.jobs])
        jobs, own = set(ways.job.tolist()), set(ways.job[ways.bundle == 0].tolist())
        assert made.jobs_with_levers == sum(seats[at] > 0 for at in jobs)
        assert made.jobs_today == sum(seats[at] > 0 for at in own)


@pytest.mark.parametrize(
    ("mode", "warned"),
    [
        (ChildcareMode.FLEX, True),
        (ChildcareMode.URGENT, True),
        (ChildcareMode.REGULAR, False),
        (ChildcareMode.OUT_OF_SCHOOL, False),
    ],
)
def test_a_place_that_ends_by_its_nature_is_warned_of(mode: ChildcareMode, warned: bool):
    (made,) = make_plan(region(driver(), child(), job(at=20), site(mode=mode))).outcome.proposals

    assert ("care_ends" in made.warnings) is warned


def test_another_job_of_the_same_worth_is_a_tie():
    two = [job("one", at=10), job("two", at=10)]

    (tied,) = make_plan(region(cyclist(), *two)).outcome.proposals
    (alone,) = make_plan(region(cyclist(), two[0], job("far", at=40))).outcome.proposals
    assert ("tie" in tied.warnings, "tie" in alone.warnings) == (True, False)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Mo/morning", "Mo morning"),
        ("Mo/early Mo/morning Tu/early Tu/morning", "Mo-Tu early morning"),
        ("Mo/morning We/morning", "Mo morning, We morning"),
        ("Sa/evening Su/early", "Sa evening, Su early"),
    ],
)
def test_places_of_a_week_are_shortened(part: str, expected: str):
    assert week_part(part) == expected


def test_a_lever_tells_only_what_it_removes_here():
    explorer = Explorer(Setting(region(cyclist(dutch=Level.A1), job(dutch=Level.A2), course())))
    explorer.reach(0)
    (item,) = explorer.levers.stock.items

    both = sum(
        1 << bit
        for bit, kind in enumerate(kinds_of(0xFFFF))
        if kind in (ObstacleKind.LANGUAGE, ObstacleKind.SKILL)
    )
    assert lever_use(item, both).removes == (ObstacleKind.LANGUAGE,)


# ---- who is left out --------------------------------------------------------------------------


def test_everybody_has_a_proposal_or_is_left_out(plan: Plan, town: Region):
    placed = [made.person for made in plan.outcome.proposals]
    left = [each.person for each in plan.outcome.left_out]

    assert sorted(placed + left) == sorted(who.id for who in town.people)


def test_one_more_of_what_is_full_gives_a_place(plan: Plan, town: Region, explorer: Explorer):
    """With one more of each thing named, for each child, an option fits what is left over."""
    options = survey(explorer)
    problem, choice = plan.standing.problem, plan.standing.result.choice
    used = np.asarray(problem.usage[choice[choice >= 0]].sum(axis=0))
    free = problem.capacity - used.reshape(-1)
    helped = [each for each in plan.outcome.left_out if each.help.kind is HelpKind.MORE_OF]
    assert helped
    for each in helped:
        named = set(each.help.scarce)
        resources = plan.standing.ids.resources
        more = np.array([row in named or lever in named for row, lever, _ in resources])
        rows = np.flatnonzero(options.person == explorer.setting.person_index[each.person])
        usage = problem.usage[rows].toarray()
        short = usage - free - more * usage.max(axis=1, keepdims=True)
        fitting = {town.jobs[options.job[row]].id for row in rows[(short <= 0).all(axis=1)]}
        assert each.help.example_job in fitting, each
        assert len(fitting) >= each.help.jobs


EDITS: dict[ObstacleKind, dict[str, Any]] = {
    ObstacleKind.OUTSIDE_WISH: {"wants": ()},
    ObstacleKind.FUNCTIONAL_NEED: {"needs": ()},
    ObstacleKind.WORK_PERMIT: {"permit_until": None},
    ObstacleKind.SHIFT_CONFLICT: {"away": ALWAYS, "hours_min": 0, "hours_max": 60},
    ObstacleKind.LANGUAGE: {
        f"dutch_{skill}": Level.B2 for skill in ("listening", "speaking", "reading", "writing")
    },
    ObstacleKind.LICENCE: {"licences": ("B", "C", "CE", "D", "G")},
    ObstacleKind.RIGHT: {},
}
"""What lifts each obstacle, where a row of the region can say so."""


def test_lifting_the_obstacle_opens_the_jobs_that_were_told(plan: Plan, town: Region):
    lifted = [
        each
        for each in plan.outcome.left_out
        if each.help.kind is HelpKind.LIFT and kind_of(each.help) in EDITS
    ]
    assert len({kind_of(each.help) for each in lifted}) >= 3
    for each in lifted:
        number = [who.id for who in town.people].index(each.person)
        opened = jobs_opened(town, number, kind_of(each.help))
        # Wider hours and better Dutch can lift more than the one obstacle.
        assert len(opened) >= each.help.jobs > 0, each
        assert each.help.example_job in opened


def kind_of(help_: Help) -> ObstacleKind | None:
    return help_.obstacle.kind if help_.obstacle else None


def jobs_opened(town: Region, number: int, kind: ObstacleKind | None) -> set[str]:
    """Jobs with an open seat that one person reaches once an obstacle is lifted."""
    assert kind is not None
    who: Person = replace(town.people[number], **EDITS[kind])
    extra = tuple(
        Right(who.id, measure, Grantor.VDAB, town.date, None, RightState.GRANTED)
        for measure in Measure
        if kind is ObstacleKind.RIGHT
    )
    people = (*town.people[:number], who, *town.people[number + 1 :])
    edited = replace(town, people=people, rights=town.rights + extra)
    ways = Explorer(Setting(edited)).reach(number).ways
    return {town.jobs[at].id for at in ways.job.tolist() if town.jobs[at].seats}


def test_one_seat_for_two_leaves_the_other_asking_for_one_more():
    outcome = make_plan(region(cyclist(), cyclist("Bart"), job())).outcome

    (left,) = outcome.left_out
    assert left.help == Help(HelpKind.MORE_OF, ("packer",), jobs=1, example_job="packer")


def test_a_lever_is_asked_for_before_a_seat():
    learners = [cyclist(name, dutch=Level.A1) for name in ("An", "Bart")]
    rows = job("full"), job("class", dutch=Level.A2), course("lesson", capacity=0)

    (left,) = make_plan(region(*learners, *rows)).outcome.left_out
    assert left.help == Help(HelpKind.MORE_OF, ("lesson",), jobs=1, example_job="class")


def test_parts_of_one_site_that_are_full_are_named_as_the_site():
    parents = [driver(name) for name in ("An", "Bart")]
    children = [child(who.id, f"kid of {who.id}") for who in parents]
    nest = site(morning=1, afternoon=1)

    (left,) = make_plan(region(*parents, *children, job(at=20, seats=2), nest)).outcome.left_out
    assert left.help.scarce == ("nest",)


def test_nothing_near_when_two_things_tie():
    who = cyclist(wants=("52",), hours_max=20)

    (left,) = make_plan(region(who, job())).outcome.left_out
    assert left.help == Help(HelpKind.NOTHING_NEAR)


def test_a_wider_wish_is_asked_only_when_nothing_else_helps():
    who = cyclist(wants=("9333",), dutch=Level.A1)
    rows = [job("outside", isco="5223"), job("also", isco="5223"), job("class", dutch=Level.A2)]

    (left,) = make_plan(region(who, *rows)).outcome.left_out
    assert (left.help.obstacle.kind, left.help.jobs) == (ObstacleKind.LANGUAGE, 1)
    (left,) = make_plan(region(who, *rows[:2])).outcome.left_out
    assert (left.help.obstacle.kind, left.help.jobs) == (ObstacleKind.OUTSIDE_WISH, 2)


def test_a_promise_looks_behind_the_obstacle():
    """Without a right, An would still have no care for the child."""
    social = job(at=20, measures=(Measure.LDE,))

    (left,) = make_plan(region(driver(), child(), social)).outcome.left_out
    assert left.help == Help(HelpKind.NOTHING_NEAR)
    (left,) = make_plan(region(driver(), child(), social, site())).outcome.left_out
    assert (left.help.kind, left.help.jobs) == (HelpKind.LIFT, 1)


def test_a_bike_that_is_full_is_what_one_more_would_help():
    rows = cyclist(modes=(), max_travel_min=20), job(at=40), bikes(capacity=0)

    (left,) = make_plan(region(*rows)).outcome.left_out
    assert left.help == Help(HelpKind.MORE_OF, ("depot",), jobs=1, example_job="packer")
