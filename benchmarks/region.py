"""From an invented region in memory to a plan: CPU seconds per stage.

    python benchmarks/region.py --people 4000 --jobs 1000 --seed 7
    python benchmarks/region.py --save region.npz && python benchmarks/run.py region.npz

The solver runs once before it is measured, so that compiling does not count. The last line says
how much the plan would be worth if there were levers for all.
"""

import argparse
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import TypeVar

import numpy as np

from koempel.planner import Problem, solve, verify
from koempel.region.options import problem_of, survey
from koempel.region.reach import Explorer
from koempel.region.setting import Setting
from koempel.region.synthetic import HOME, synthetic_region

Made = TypeVar("Made")
FOR_ALL = 10**6


def main() -> None:
    asked = _arguments()
    region = synthetic_region(
        people=asked.people,
        jobs=asked.jobs,
        seed=asked.seed,
        municipalities=asked.municipalities.split(",") if asked.municipalities else HOME,
        today=date(2026, 11, 23),
    )
    print("| stage | CPU s |\n|---|---:|")
    explorer = _timed("lay out the region", lambda: Explorer(Setting(region)))
    options = _timed("reach and options", lambda: survey(explorer))
    problem = _timed(
        "make the arrays", lambda: problem_of(explorer, options, np.arange(len(options)))
    )
    if asked.save:
        problem.save(asked.save)
    solve(problem)
    result = _timed("solve", lambda: solve(problem))
    _timed("verify", lambda: verify(problem, result))
    print(f"\n{len(options)} options. {result.summary()}")
    free = solve(_without_lever_limits(problem, len(region.jobs)))
    print(f"Without lever limits the plan would be worth {free.value / result.value - 1:.1%} more.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--municipalities", default="", help="names or NIS codes, with commas")
    parser.add_argument("--save", default="", help="write the problem here, for run.py")
    return parser.parse_args()


def _timed(stage: str, work: Callable[[], Made]) -> Made:
    start = process_time()
    made = work()
    print(f"| {stage} | {process_time() - start:.2f} |", flush=True)
    return made


def _without_lever_limits(problem: Problem, n_jobs: int) -> Problem:
    capacity = problem.capacity.copy()
    # The seats of the jobs come first among the resources.
    capacity[n_jobs:] = FOR_ALL
    return problem.replace(capacity=capacity)


if __name__ == "__main__":
    main()
