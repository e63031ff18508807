"""What if there were more or fewer of something."""

import pytest

from koempel.planner import solve
from koempel.region.plan import make_plan
from koempel.region.region_toml import Floor
from koempel.region.standing import StandingPlan, StandingPlanError, from_bytes, read_ids, to_bytes
from koempel.region.synthetic import synthetic_region
from koempel.region.what_if import ChangeError, WhatIf, ask, parse_change, what_if
from region.cases import TODAY, bikes, cyclist, job, person, region


def standing_of(*rows: object) -> StandingPlan:
    plan = make_plan(region(*rows))
    return plan.standing


def answer_to(standing: StandingPlan, *changes: str) -> WhatIf:
    return what_if(standing, ask(standing, [parse_change(text) for text in changes]))


@pytest.fixture
def one_seat() -> StandingPlan:
    """An has the only seat, by bike; Bart and Chris want it too."""
    return standing_of(cyclist(registered_on=TODAY.replace(year=2025)), cyclist("Bart"),
                       cyclist("Chris"), job())  # fmt: skip


def test_one_more_seat_places_one_more(one_seat: StandingPlan):
    answer = answer_to(one_seat, "packer=+1")

    assert (answer.before.proposals, answer.after.proposals) == (1, 2)
    assert (len(answer.gained), answer.lost, answer.moved) == (1, (), ())
    assert answer.after.value == answer.bound


def test_a_number_without_a_sign_is_the_new_number(one_seat: StandingPlan):
    assert answer_to(one_seat, "packer=3").after.proposals == 3


def test_one_seat_fewer_takes_a_place_away(one_seat: StandingPlan):
    answer = answer_to(one_seat, "packer=-1")

    assert (answer.after.proposals, answer.gained, answer.lost) == (0, (), (0,))


def test_two_changes_to_the_same_thing_add_up(one_seat: StandingPlan):
    assert answer_to(one_seat, "packer=+1", "packer=+1").after.proposals == 3


def test_nothing_changes_when_nothing_is_changed(one_seat: StandingPlan):
    answer = answer_to(one_seat, "packer=+0")

    assert (answer.before, answer.gained, answer.lost, answer.moved) == (answer.after, (), (), ())


def test_a_lever_that_opens_a_job_is_worth_a_placement():
    standing = standing_of(person(max_travel_min=20), job(at=50), bikes(capacity=0))

    answer = answer_to(standing, "depot=+1")
    assert (answer.before.proposals, answer.after.proposals) == (0, 1)


def test_more_is_taken_away_than_there_is(one_seat: StandingPlan):
    with pytest.raises(ChangeError, match="Van «packer» zijn er niet zoveel om weg te nemen"):
        answer_to(one_seat, "packer=-2")


def test_an_unknown_lever_is_refused_with_the_ones_that_are_known():
    standing = standing_of(person(), job(), bikes())

    with pytest.raises(ChangeError, match="Er is geen hefboom of job «fiets»") as caught:
        answer_to(standing, "fiets=+1")
    assert str(caught.value).endswith("Dit zijn de hefbomen: depot.")


@pytest.mark.parametrize("text", ["depot", "depot=", "depot=+", "depot=ten", "=+1", "depot=1.5"])
def test_what_is_no_change_is_refused_with_an_example(text: str):
    with pytest.raises(ChangeError, match="Schrijf bijvoorbeeld"):
        parse_change(text)


@pytest.mark.parametrize("lever", ["fietsen-71070", "fietsen-71004"])
def test_a_what_if_is_as_good_as_a_plan_from_scratch(lever: str):
    plan = make_plan(synthetic_region(people=300, jobs=80, seed=5, today=TODAY))
    standing = plan.standing

    answer = answer_to(standing, f"{lever}=+5")
    capacity = plan.standing.problem.capacity.copy()
    capacity[[lever in names for names in plan.standing.ids.resources]] += 5
    exact = solve(plan.standing.problem.replace(capacity=capacity), exact=True).value
    assert exact * 0.999 <= answer.after.value <= exact <= answer.bound


# ---- the plan on disk -------------------------------------------------------------------------


def test_a_standing_plan_reads_back_as_it_was(one_seat: StandingPlan):
    again = from_bytes(to_bytes(one_seat))

    assert again.ids == one_seat.ids == read_ids(to_bytes(one_seat))
    assert again.result.choice.tolist() == one_seat.result.choice.tolist()
    assert to_bytes(again) == to_bytes(one_seat)


@pytest.mark.parametrize("packed", [b"", b"PK", b"no zip at all"])
def test_other_bytes_are_refused_in_dutch(packed: bytes):
    with pytest.raises(StandingPlanError, match="Maak het opnieuw met koempel plan"):
        from_bytes(packed)
    with pytest.raises(StandingPlanError, match="niet leesbaar"):
        read_ids(packed)


# ---- floors -----------------------------------------------------------------------------------


def test_a_floor_gives_the_seat_to_who_lives_there():
    long_ago = TODAY.replace(year=2024)
    rows = (cyclist("An"), cyclist("Bart", village="beringen", registered_on=long_ago), job())
    towns = tuple(Floor(nis, 0) for nis in ("71070", "71004"))
    plan = make_plan(region(*rows, floors=towns))
    assert [each.person for each in plan.outcome.proposals] == ["Bart"]

    answer = answer_to(plan.standing, "71070=1")

    assert (answer.gained, answer.lost) == ((0,), (1,))
    assert (answer.before.shortfall, answer.after.shortfall) == (0, 0)
