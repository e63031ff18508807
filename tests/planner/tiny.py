"""Tiny random problems and the judge that tries every plan."""

from itertools import product

import numpy as np
from scipy.sparse import block_diag, csr_array

from koempel.planner import Problem


def random_problem(seed, n_people=4, most_options=3, n_resources=4, n_groups=2):
    """Scarce, often tied, with zero and negative values, empty people and empty capacities."""
    rng = np.random.default_rng(seed)
    n_people = int(rng.integers(1, n_people + 1))
    each = rng.integers(0, most_options + 1, n_people)
    person = np.repeat(np.arange(n_people), each)
    usage = rng.integers(0, 3, (len(person), n_resources)) * (rng.random(n_resources) < 0.6)
    n_groups = int(rng.integers(0, n_groups + 1))
    return Problem(
        person,
        rng.integers(-3, rng.choice([4, 12, 700]), len(person)),
        csr_array(usage),
        rng.integers(0, 5, n_resources),
        n_people=n_people,
        member=csr_array(rng.integers(0, 2, (n_people, n_groups))),
        floor=rng.integers(0, 4, n_groups),
        penalty=rng.integers(0, 9, n_groups) if rng.random() < 0.5 else None,
    )


def best_value(problem):
    """Try every plan at once: one row of `plans` for each."""
    options = [[-1, *np.flatnonzero(problem.person == i)] for i in range(problem.n_people)]
    plans = np.array(list(product(*options)), dtype=int).reshape(-1, problem.n_people)
    usage = np.vstack((problem.usage.toarray(), np.zeros((1, problem.n_resources), int)))
    fits = (usage[plans].sum(axis=1) <= problem.capacity).all(axis=1)
    counts = (plans[fits] >= 0).astype(int) @ problem.member.toarray()
    short = np.maximum(0, problem.floor - counts)
    worth = np.append(problem.value, 0)[plans[fits]].sum(axis=1) - short @ problem.penalty
    return int(worth.max())


def side_by_side(problems):
    """One problem of many that share nothing: its optimum is the sum of theirs."""
    starts = np.cumsum([0] + [p.n_people for p in problems])
    pairs = list(zip(starts, problems, strict=False))
    return Problem(
        np.concatenate([start + p.person for start, p in pairs]),
        np.concatenate([p.value for p in problems]),
        csr_array(block_diag([p.usage for p in problems])),
        np.concatenate([p.capacity for p in problems]),
        n_people=int(starts[-1]),
        member=csr_array(block_diag([p.member for p in problems])),
        floor=np.concatenate([p.floor for p in problems]),
        penalty=np.concatenate([p.penalty for p in problems]),
    )
