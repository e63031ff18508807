"""Good arrays come in as they are; bad ones are named with place and expectation."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array

from koempel.planner import InputError, KoempelError, Problem
from planner.tiny import random_problem

GOOD = {
    "person": np.array([0, 0, 2]),
    "value": np.array([5, 3, 4]),
    "usage": csr_array([[1, 0], [0, 2], [1, 1]]),
    "capacity": np.array([1, 2]),
    "n_people": 3,
    "member": csr_array([[1], [0], [1]]),
    "floor": np.array([1]),
    "penalty": np.array([7]),
}


def with_bad_indices():
    usage = csr_array([[1, 0], [0, 2], [1, 1]])
    usage.indices[1] = 9
    return usage


BAD = {
    "person falls": ("person", [0, 2, 0], "place 2: found 0 after 2"),
    "person negative": ("person", [-1, 0, 2], "place 0: found -1"),
    "person beyond n_people": ("person", [0, 0, 3], "place 2: found 3, expected less than"),
    "person in two dimensions": ("person", [[0, 0, 2]], "found 2 dimensions"),
    "value too short": ("value", [5, 3], "found length 2, expected length 3"),
    "value with a fraction": ("value", [5, 3.5, 4], "place 1: found 3.5"),
    "value not a number": ("value", [5, 3, np.nan], "place 2: found nan"),
    "value infinite": ("value", [5, np.inf, 4], "place 1: found inf"),
    "value beyond the limit": ("value", [5, 3, 10**9 + 1], "place 2: found 1000000001"),
    "value beyond 64 bits": ("value", np.array([5, 3, 2**63], np.uint64), "place 2: found 92233"),
    "value beyond any dtype": ("value", [5, 3, 10**30], "dtype object"),
    "value in words": ("value", ["a", "b", "c"], "dtype <U1"),
    "value ragged": ("value", [[1], [1, 2], 3], "expected an array of numbers"),
    "usage negative": ("usage", csr_array([[1, 0], [0, -2], [1, 1]]), "row 1, column 1: found -2"),
    "usage in halves": ("usage", csr_array([[1, 0], [0, 2], [0.5, 1]]), "row 2, column 0"),
    "usage too wide": ("usage", csr_array((3, 3)), r"shape \(3, 3\), expected shape \(3, 2\)"),
    "usage dense": ("usage", np.ones((3, 2)), "found ndarray"),
    "usage out of its columns": ("usage", with_bad_indices(), "within the shape"),
    "capacity negative": ("capacity", [1, -2], "place 1: found -2"),
    "capacity of another length": ("capacity", [1], "usage: found shape"),
    "member of two": ("member", csr_array([[2], [0], [1]]), "row 0, column 0: found 2"),
    "member short": ("member", csr_array([[1], [0]]), r"found shape \(2, 1\)"),
    "floor negative": ("floor", [-1], "place 0: found -1"),
    "penalty too long": ("penalty", [1, 2], "found length 2"),
    "n_people in halves": ("n_people", 3.5, "n_people, place 0: found 3.5"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_array_is_named(case):
    name, array, message = BAD[case]
    with pytest.raises(InputError, match=message):
        Problem(**GOOD | {name: array})


def test_input_error_has_parts_and_belongs_to_the_tree():
    with pytest.raises(KoempelError) as caught:
        Problem(**GOOD | {"value": [5, 3, -(10**10)]})
    error = caught.value
    assert (error.array, error.place, error.found) == ("value", "place 2", "-10000000000")


@given(
    name=st.sampled_from(["person", "value", "capacity", "floor", "penalty"]),
    array=st.lists(
        st.one_of(st.integers(-5, 5), st.floats(), st.integers(), st.booleans()), max_size=4
    ),
)
def test_any_array_makes_a_problem_or_an_input_error(name, array):
    with suppress(InputError):  # any other error fails the test
        problem = Problem(**GOOD | {name: array})
        assert getattr(problem, name).tolist() == [int(number) for number in array]


@given(st.lists(st.lists(st.floats(width=32), min_size=2, max_size=2), min_size=3, max_size=3))
def test_any_usage_makes_a_problem_or_an_input_error(rows):
    with suppress(InputError):
        problem = Problem(**GOOD | {"usage": csr_array(rows)})
        assert problem.usage.toarray().tolist() == rows


def test_whole_numbers_in_floats_and_other_sparse_forms_are_fine():
    usage = coo_array(([1.0, 1.0, 2.0], ([0, 0, 2], [1, 1, 0])), shape=(3, 2))
    problem = Problem(**GOOD | {"usage": usage, "value": [5.0, 3.0, 4.0]})
    assert problem.usage.toarray().tolist() == [[0, 2], [0, 0], [2, 0]]
    assert problem.value.dtype == np.int64


def test_arrays_cannot_be_changed_behind_the_check():
    value = np.array([5, 3, 4])
    problem = Problem(**GOOD | {"value": value})
    value[0] = 99
    assert problem.value[0] == 5
    with pytest.raises(ValueError, match="read-only"):
        problem.value[0] = 99


def test_replace_checks_again_and_keeps_the_rest():
    problem = Problem(**GOOD)
    changed = problem.replace(capacity=[3, 4])
    assert (changed.capacity.tolist(), changed.penalty.tolist()) == ([3, 4], [7])
    with pytest.raises(InputError, match="place 0: found -3"):
        problem.replace(capacity=[-3, 4])
    with pytest.raises(InputError, match="no such array"):
        problem.replace(capacities=[3, 4])


def test_replace_makes_a_default_penalty_for_other_groups():
    problem = Problem(**GOOD | {"member": None, "floor": None, "penalty": None})
    changed = problem.replace(member=csr_array([[1, 0], [0, 1], [1, 1]]), floor=[1, 2])
    assert changed.penalty.tolist() == [10, 10]


@pytest.mark.parametrize("seed", range(5))
def test_saved_problem_comes_back(seed, tmp_path):
    problem = random_problem(seed)
    problem.save(tmp_path / "problem.npz")
    back = Problem.load(tmp_path / "problem.npz")
    for name in ("person", "value", "capacity", "floor", "penalty"):
        assert getattr(back, name).tolist() == getattr(problem, name).tolist()
    assert (back.usage != problem.usage).nnz == (back.member != problem.member).nnz == 0
    assert back.n_people == problem.n_people
