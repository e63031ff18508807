"""Plans at scale: arrays in; a plan, a proved bound and prices out.

Knows no person, bike or child: only options, whole amounts of scarce things, and groups.

Examples
--------
>>> from scipy.sparse import csr_array
>>> from koempel.planner import Problem, solve, verify
>>> usage = csr_array([[1, 0], [0, 1], [1, 0]])
>>> problem = Problem(person=[0, 0, 1], value=[5, 3, 4], usage=usage, capacity=[1, 1])
>>> result = solve(problem)
>>> verify(problem, result).value
7
"""

from koempel.errors import KoempelError
from koempel.planner.errors import InputError, VerificationError
from koempel.planner.prices import Bound, bound_at
from koempel.planner.problem import Problem
from koempel.planner.reasons import Charge, Explanation, OptionReason, Reasons
from koempel.planner.result import Result
from koempel.planner.solve import solve
from koempel.planner.stop import Progress, Stop
from koempel.planner.verify import Verified, verify

__all__ = [
    "Bound",
    "Charge",
    "Explanation",
    "InputError",
    "KoempelError",
    "OptionReason",
    "Problem",
    "Progress",
    "Reasons",
    "Result",
    "Stop",
    "VerificationError",
    "Verified",
    "bound_at",
    "solve",
    "verify",
]
