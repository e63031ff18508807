"""A run that is ended early still has a plan and a proof."""

import pytest

from koempel.planner import InputError, Stop, solve, verify
from planner.town import town


@pytest.fixture(scope="module")
def problem():
    return town()


@pytest.mark.parametrize("stage", ["prices", "places", "exact"])
def test_listener_ends_the_run_at_any_stage(problem, stage):
    result = solve(problem, progress=lambda name, done: name == stage)
    verified = verify(problem, result)
    assert result.status == "stopped"
    assert verified.value <= verified.bound == result.bound


def test_no_time_at_all_still_gives_a_plan(problem):
    result = solve(problem, seconds=0)
    verify(problem, result)
    assert result.status == "stopped"
    assert result.n_placed > 0


def test_listener_that_answers_nothing_changes_nothing(problem):
    stages = []
    told = solve(problem, progress=lambda name, done: stages.append((name, done)))
    assert told.choice.tobytes() == solve(problem).choice.tobytes()
    assert [name for name, done in stages if done == 0] == ["prices", "places", "exact"]
    assert all(0 <= done <= 1 for _, done in stages)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_seconds_must_be_a_number_from_zero(problem, seconds):
    with pytest.raises(InputError, match="seconds"):
        solve(problem, seconds=seconds)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_seed_must_be_in_range(problem, seed):
    with pytest.raises(InputError, match="seed"):
        solve(problem, seed=seed)


def test_stop_without_limits_never_asks():
    stop = Stop()
    assert (stop.asked("prices", 1.0), stop.early, stop.left) == (False, False, None)
