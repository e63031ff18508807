"""The same problem and seed give the same bytes, wherever and however they run."""

import hashlib
import os
import subprocess
import sys

import koempel.planner.prices as prices_module
from koempel.planner import solve
from planner.tiny import random_problem, side_by_side
from planner.town import town

SCRIPT = """
import sys
from koempel.planner import Problem, solve
solve(Problem.load(sys.argv[1]), seed=3).save(sys.argv[2])
"""


def saved(problem, path, seed=3):
    solve(problem, seed=seed).save(path)
    return path.read_bytes()


def test_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    problem = town()
    problem.save(tmp_path / "problem.npz")
    here = saved(problem, tmp_path / "here.json")
    out = tmp_path / "there.json"
    # This process has as many threads as there are cores, and a hash seed by chance.
    environment = os.environ | {"PYTHONHASHSEED": "1", "NUMBA_NUM_THREADS": "1"}
    arguments = [sys.executable, "-c", SCRIPT, tmp_path / "problem.npz", out]
    subprocess.run(arguments, env=environment, check=True)
    assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(here).digest()


def test_same_bytes_at_any_number_of_threads(tmp_path, monkeypatch):
    monkeypatch.setattr(prices_module, "CHUNK_OPTIONS", 500)
    problem = town()
    plans = set()
    for threads in (1, 2, 5):
        monkeypatch.setattr(os, "cpu_count", lambda threads=threads: threads)
        plans.add(saved(problem, tmp_path / "plan.json"))
    assert len(plans) == 1


def test_another_seed_is_another_search(monkeypatch):
    problem = side_by_side([random_problem(seed) for seed in range(100)])  # full of ties
    monkeypatch.setattr(sys.modules["koempel.planner.solve"], "EXACT_OPTIONS", -1)
    plans = [solve(problem, seed=seed) for seed in range(3)]
    assert len({plan.choice.tobytes() for plan in plans}) > 1
    assert len({plan.bound for plan in plans}) == 1


def test_problem_is_left_as_it_was():
    problem = town()
    before = problem.value.tobytes(), problem.usage.data.tobytes(), problem.capacity.tobytes()
    solve(problem)
    after = problem.value.tobytes(), problem.usage.data.tobytes(), problem.capacity.tobytes()
    assert before == after


def test_saved_problem_has_the_same_bytes(tmp_path):
    for name in ("one.npz", "two.npz"):
        town().save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
