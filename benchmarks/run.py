"""Measure the planner beside its peers and print one table in Markdown.

    python benchmarks/run.py 4000x1000 --limit 60
    python benchmarks/run.py /path/to/problem.npz --limit 60

Every method runs in a process of its own and is timed from the problem in memory to the choice,
after one warm-up on a small problem, so that neither imports nor compiling count. CPU seconds
include all threads.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from instances import SIZES, region
from koempel.planner import Problem, Result, solve
from peers import PEERS

OURS = {"Koempel, prices then places": False, "Koempel, exact": True}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("problem", help=f"one of {', '.join(SIZES)}, or a saved Problem (.npz)")
    parser.add_argument("--seed", type=int, default=7, help="of the invented region")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each method")
    parser.add_argument("--skip", nargs="*", default=[], help="methods to leave out")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(_measure(Problem.load(given.problem), given.only, given.limit)))
    else:
        _table(given)


def _table(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.npz"
        problem = _problem(given, path)
        rows = []
        for method in [*OURS, *PEERS]:
            if method not in given.skip:
                print(f"... {method}", file=sys.stderr, flush=True)
                rows.append((method, _in_process(path, method, given.limit)))
    bound = min(row["bound"] for _, row in rows if row and row["bound"])
    print(f"\n{problem.n_people} people, {problem.n_options} options, bound {bound}\n")
    print("| method | value | gap to our bound | CPU s | wall s |")
    print("|---|---:|---:|---:|---:|")
    for method, row in rows:
        print(_line(method, row, bound, given.limit))


def _problem(given: argparse.Namespace, path: Path) -> Problem:
    if given.problem not in SIZES:
        problem = Problem.load(given.problem)
        problem.save(path)
        return problem
    made = region(*SIZES[given.problem], seed=given.seed)
    made.problem.save(path)
    plenty = solve(made.without_lever_limits())
    limited = solve(made.problem)
    print(f"Without lever limits the plan is worth {plenty.value / limited.value - 1:.1%} more.")
    return made.problem


def _in_process(path: Path, method: str, limit: float) -> dict[str, float] | None:
    command = [sys.executable, __file__, str(path), "--only", method, "--limit", str(limit)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=3 * limit + 60
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _measure(problem: Problem, method: str, limit: float) -> dict[str, float | int | None]:
    _choose(region(200, 50).problem, method, 10.0)
    cpu, wall = time.process_time(), time.perf_counter()
    choice, result = _choose(problem, method, limit)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    bound = None if result is None else result.bound
    return {"value": _value(problem, choice), "bound": bound, "cpu": cpu, "wall": wall}


def _choose(problem: Problem, method: str, limit: float) -> tuple[np.ndarray, Result | None]:
    if method in OURS:
        result = solve(problem, exact=OURS[method], seconds=limit)
        return result.choice, result
    return PEERS[method](problem, limit), None


def _value(problem: Problem, choice: np.ndarray) -> int:
    """Value of a choice; counted here, so that no method is asked about itself."""
    taken = choice[choice >= 0]
    if (problem.usage[taken].sum(axis=0) > problem.capacity).any():
        raise ValueError("a capacity is exceeded")
    placed = np.zeros(problem.n_people, dtype=np.int64)
    np.add.at(placed, problem.person[taken], 1)
    if (placed > 1).any():
        raise ValueError("someone has two places")
    short = np.maximum(0, problem.floor - problem.member.T @ placed)
    return int(problem.value[taken].sum() - short @ problem.penalty)


def _line(method: str, row: dict[str, float] | None, bound: float, limit: float) -> str:
    if row is None or row["value"] <= 0:
        return f"| {method} | none within {limit:.0f} s | – | – | – |"
    gap = bound / row["value"] - 1
    return f"| {method} | {row['value']} | {gap:.4%} | {row['cpu']:.2f} | {row['wall']:.2f} |"


if __name__ == "__main__":
    main()
