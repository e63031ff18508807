"""What a result says by itself: words, reasons, and the way to disk and back."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from koempel.planner import InputError, Problem, Reasons, Result, solve, verify
from planner.town import town


@pytest.fixture(scope="module")
def problem():
    return town()


@pytest.fixture(scope="module")
def result(problem):
    return solve(problem)


def test_result_comes_back_from_disk(problem, result, tmp_path):
    result.save(tmp_path / "plan.json")
    back = Result.load(tmp_path / "plan.json")
    assert back.choice.tobytes() == result.choice.tobytes()
    assert back.prices.tobytes() == result.prices.tobytes()
    assert back.summary() == result.summary()
    verify(problem, back)
    back.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "plan.json").read_bytes()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"status":"perfect"}', '{"status":"optimal","choice":[1.5]}']
)
def test_load_refuses_what_is_no_plan(text, tmp_path):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(InputError, match="expected a plan"):
        Result.load(tmp_path / "plan.json")


def test_load_refuses_a_plan_with_an_unknown_field(result, tmp_path):
    result.save(tmp_path / "plan.json")
    fields = json.loads((tmp_path / "plan.json").read_text()) | {"colour": "red"}
    (tmp_path / "plan.json").write_text(json.dumps(fields))
    with pytest.raises(InputError, match="colour"):
        Result.load(tmp_path / "plan.json")


def test_gap_is_a_part_of_the_value(result):
    assert replace(result, value=200, bound=203).gap == pytest.approx(0.015)
    assert replace(result, value=0, bound=0).gap == 0.0
    assert replace(result, value=-5, bound=1).gap == math.inf


def test_summary_says_how_many_and_how_good(result):
    told = replace(
        result,
        choice=np.array([0, -1]),
        status="feasible",
        value=1000,
        bound=1001,
        shortfall=np.array([2]),
    )
    assert told.summary() == (
        "1 of 2 people placed, worth 1000. No plan is worth more than 1001 (gap 0.100%). "
        "Floors are 2 placements short."
    )


def test_versions_name_what_can_change_the_answer(result):
    assert set(result.versions) == {"koempel", "numba", "numpy", "scipy"}


def test_explanation_says_what_was_in_the_way():
    """Person 0 wants the seat that person 1 needs more, and gets the second best."""
    usage = csr_array([[1, 0], [0, 1], [1, 0]])
    problem = Problem([0, 0, 1], [9, 7, 8], usage, [1, 2])
    explanation = solve(problem).explain(problem, 0)
    assert explanation.chosen.option == 1
    assert explanation.next_best.option == 0
    (seat,) = explanation.next_best.full
    assert (seat.resource, seat.amount, seat.free, seat.lacking) == (0, 1, 0, 1)
    assert explanation.next_best.net == 9 - seat.price


def test_explanation_counts_own_seat_as_free():
    problem = Problem([0, 0], [9, 7], csr_array([[1], [1]]), [1])
    explanation = solve(problem).explain(problem, 0)
    assert [reason.full for reason in explanation.options] == [(), ()]
    assert explanation.in_the_way == ()


def test_explanation_of_someone_left_out():
    problem = Problem([0, 1], [9, 7], csr_array([[1], [1]]), [1])
    explanation = solve(problem).explain(problem, 1)
    assert (explanation.chosen, explanation.next_best.option) == (None, 1)


def test_explanation_of_someone_without_options():
    problem = Problem([0], [9], csr_array([[1]]), [1], n_people=2)
    assert solve(problem).explain(problem, 1).options == ()


def test_everyone_has_the_best_net_worth_or_something_full_in_the_way(problem, result):
    reasons = Reasons(problem, result.choice, result.prices, result.bonuses)
    floor = result.price_bound - result.value
    for person in range(problem.n_people):
        explanation = reasons.of(person)
        best = max([0.0] + [reason.net for reason in explanation.options])
        chosen = explanation.chosen.net if explanation.chosen else 0.0
        assert best - chosen <= floor + 1
        assert sum(reason.chosen for reason in explanation.options) <= 1
