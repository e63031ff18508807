"""How an occupation meets what a person looks for, by ISCO-08 codes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

OUTSIDE, ANYTHING, NEAR, EXACT = range(4)
WISHES = ("outside", "other", "near", "exact")
"""Outside every wish; no wish was said; in the sub-major group of a wish; in a wish itself."""

Wishes = npt.NDArray[np.int8]


class WishTable:
    """Answers for lists of wishes over all jobs; the same list is looked up once.

    Parameters
    ----------
    isco : sequence of str
        Four-digit code of each job.
    """

    def __init__(self, isco: Sequence[str]) -> None:
        codes = sorted(set(isco))
        number = {code: index for index, code in enumerate(codes)}
        self._codes = codes
        self._of_job = np.array([number[code] for code in isco], np.int64)
        self._rows: dict[tuple[str, ...], Wishes] = {}

    def of(self, wants: tuple[str, ...]) -> Wishes:
        """How each job meets some wishes, as an index into `WISHES`."""
        if wants not in self._rows:
            by_code = np.array([wish_of(code, wants) for code in self._codes], np.int8)
            self._rows[wants] = by_code[self._of_job]
        return self._rows[wants]


def wish_of(isco: str, wants: tuple[str, ...]) -> int:
    """How one occupation meets some wishes.

    Examples
    --------
    A shop assistant (5223) for who wants shop work (522), any sales work (5221), or to clean:

    >>> [WISHES[wish_of("5223", wants)] for wants in [("522",), ("5221",), ("9112",), ()]]
    ['exact', 'near', 'outside', 'other']
    """
    if not wants:
        return ANYTHING
    if isco.startswith(wants):
        return EXACT
    return NEAR if isco[:2] in [want[:2] for want in wants] else OUTSIDE
