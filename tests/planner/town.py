"""One middle-sized problem with scarce seats and levers, for what tiny ones cannot show."""

import numpy as np
from scipy.sparse import csr_array

from koempel.planner import Problem


def town(n_people=300, n_jobs=80, seed=5):
    """Each option is a job, some with one of ten levers, a few with two."""
    rng = np.random.default_rng(seed)
    n = n_people * 12
    columns = np.column_stack(
        (rng.integers(n_jobs, size=n), n_jobs + rng.integers(10, size=(n, 2)))
    )
    taken = rng.random((n, 3)) < [1.0, 0.7, 0.3]
    rows = np.repeat(np.arange(n), 3)[taken.ravel()]
    usage = csr_array((np.ones(len(rows), int), (rows, columns[taken])), (n, n_jobs + 10))
    usage.data[:] = 1
    capacity = np.concatenate((rng.integers(1, 5, n_jobs), rng.integers(2, 14, 10)))
    return Problem(
        np.repeat(np.arange(n_people), 12),
        rng.integers(200, 1000, n),
        usage,
        capacity,
        member=csr_array((rng.random((n_people, 2)) < 0.3).astype(int)),
        floor=[20, 60],
    )
