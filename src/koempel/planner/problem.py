"""The problem as arrays, checked once at the border.

Person i picks at most one option; option o is worth v_o and uses u_or of resource r::

    max  Σ_o v_o x_o − Σ_g penalty_g s_g
    s.t. Σ_{o of i} x_o ≤ 1                          every person i
         Σ_o u_or x_o ≤ c_r                          every resource r
         Σ_{o of members of g} x_o + s_g ≥ f_g       every group g with a floor
         x_o ∈ {0, 1},  s_g ≥ 0
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from koempel.planner.errors import InputError

LIMIT = 10**9
"""Largest amount accepted in any array; keeps every product within 64 bits of one another."""

FIELDS = ("person", "value", "usage", "capacity", "n_people", "member", "floor", "penalty")


class Problem:
    """People, their options, scarce resources and groups with a floor.

    Parameters
    ----------
    person : int array of shape (n_options,)
        Whose option it is; non-decreasing, 0 .. n_people - 1.
    value : int array of shape (n_options,)
        What the option is worth; may be zero or negative.
    usage : sparse array of shape (n_options, n_resources)
        Whole amounts that the option takes of each resource.
    capacity : int array of shape (n_resources,)
        How much there is of each resource.
    n_people : int, optional
        Number of people; by default the last person with an option is the last person.
    member : sparse array of shape (n_people, n_groups), optional
        1 where a person belongs to a group.
    floor : int array of shape (n_groups,), optional
        How many members should be placed; falling short costs `penalty` each.
    penalty : int array of shape (n_groups,), optional
        Cost of one place short; by default two and a half times the middle positive value.

    Raises
    ------
    InputError
        Names the array, the place in it, what was found and what was expected.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> problem = Problem([0, 0, 1], [5, 3, 4], csr_array([[1, 0], [0, 1], [1, 0]]), [1, 1])
    >>> problem.n_people, problem.n_options, problem.n_resources, problem.n_groups
    (2, 3, 2, 0)
    """

    person: NDArray[np.int64]
    value: NDArray[np.int64]
    usage: Any
    capacity: NDArray[np.int64]
    n_people: int
    member: Any
    floor: NDArray[np.int64]
    penalty: NDArray[np.int64]

    __slots__ = FIELDS

    def __init__(
        self,
        person: ArrayLike,
        value: ArrayLike,
        usage: Any,
        capacity: ArrayLike,
        n_people: int | None = None,
        member: Any = None,
        floor: ArrayLike | None = None,
        penalty: ArrayLike | None = None,
    ) -> None:
        self.person = _vector("person", person, low=0)
        self.n_people = _people(self.person, n_people)
        n_options = len(self.person)
        self.value = _vector("value", value, low=-LIMIT, length=n_options)
        self.capacity = _vector("capacity", capacity, low=0)
        self.usage = _matrix("usage", usage, (n_options, len(self.capacity)), high=LIMIT)
        self.floor = _vector("floor", () if floor is None else floor, low=0)
        shape = (self.n_people, len(self.floor))
        self.member = _matrix("member", csr_array(shape) if member is None else member, shape, 1)
        self.penalty = self._penalty(penalty)

    def _penalty(self, penalty: ArrayLike | None) -> NDArray[np.int64]:
        if penalty is not None:
            return _vector("penalty", penalty, low=0, length=self.n_groups)
        positive = self.value[self.value > 0]
        middle = int(np.median(positive)) if len(positive) else 0
        return _frozen(np.full(self.n_groups, min(5 * middle // 2, LIMIT), dtype=np.int64))

    @property
    def n_options(self) -> int:
        """Number of options."""
        return len(self.person)

    @property
    def n_resources(self) -> int:
        """Number of resources."""
        return len(self.capacity)

    @property
    def n_groups(self) -> int:
        """Number of groups with a floor."""
        return len(self.floor)

    def replace(self, **changes: Any) -> Problem:
        """Return the same problem with some arrays changed: a what-if.

        Parameters
        ----------
        **changes
            Any argument of the constructor. A default penalty is made anew only when the number
            of groups changes.

        Returns
        -------
        Problem
            A new, checked problem.
        """
        unknown = sorted(set(changes) - set(FIELDS))
        if unknown:
            raise InputError(unknown[0], "", found="no such array", expected=", ".join(FIELDS))
        fields = {name: getattr(self, name) for name in FIELDS} | changes
        groups = np.shape(() if fields["floor"] is None else fields["floor"])
        if "penalty" not in changes and groups != self.penalty.shape:
            fields["penalty"] = None
        return Problem(**fields)

    def save(self, path: str | Path) -> None:
        """Write the problem to an ``.npz`` file; the same problem gives the same bytes."""
        arrays = {name: getattr(self, name) for name in FIELDS if name not in ("usage", "member")}
        for name in ("usage", "member"):
            matrix = getattr(self, name)
            arrays |= {f"{name}_{part}": getattr(matrix, part) for part in _PARTS}
        with Path(path).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)

    @staticmethod
    def load(path: str | Path) -> Problem:
        """Read a problem that :meth:`save` wrote, and check it again."""
        with np.load(path, allow_pickle=False) as stored:
            fields = {name: stored[name] for name in FIELDS if name in stored}
            for name in ("usage", "member"):
                data, indices, indptr, shape = (stored[f"{name}_{part}"] for part in _PARTS)
                fields[name] = csr_array((data, indices, indptr), shape=tuple(shape))
        return Problem(**fields | {"n_people": int(fields["n_people"])})


_PARTS = ("data", "indices", "indptr", "shape")


def _frozen(array: NDArray[np.int64]) -> NDArray[np.int64]:
    array.setflags(write=False)
    return array


def _vector(
    name: str, given: ArrayLike, low: int, high: int = LIMIT, length: int | None = None
) -> NDArray[np.int64]:
    try:
        array = np.asarray(given)
    except (ValueError, OverflowError) as error:
        raise InputError(name, "", found=str(error), expected="an array of numbers") from error
    if array.ndim != 1:
        raise InputError(name, "", found=f"{array.ndim} dimensions", expected="1 dimension")
    if length is not None and len(array) != length:
        raise InputError(name, "", found=f"length {len(array)}", expected=f"length {length}")
    return _frozen(_whole(name, array, low, high, lambda at: f"place {at}"))


def _whole(name: str, array: Any, low: int, high: int, place: Any) -> NDArray[np.int64]:
    """Copy as 64-bit whole numbers, or name the first that is none or lies outside the limits."""
    if array.size == 0:
        return np.zeros(array.shape, dtype=np.int64)
    if array.dtype.kind not in "iufb":
        raise InputError(name, "", found=f"dtype {array.dtype}", expected="whole numbers")
    # A NaN fails every comparison, so ask for what is good and not for what is wrong.
    good = (array >= low) & (array <= high)
    if array.dtype.kind == "f":
        good &= np.floor(array) == array
    if not good.all():
        at = int(np.argmin(good))
        expected = f"a whole number from {low} to {high}"
        raise InputError(name, place(at), found=str(array[at]), expected=expected)
    return np.asarray(array, dtype=np.int64).copy()


def _people(person: NDArray[np.int64], n_people: int | None) -> int:
    falls = np.flatnonzero(person[1:] < person[:-1])
    if len(falls):
        at = int(falls[0]) + 1
        found = f"{person[at]} after {person[at - 1]}"
        raise InputError("person", f"place {at}", found=found, expected="a non-decreasing order")
    least = int(person[-1]) + 1 if len(person) else 0
    if n_people is None:
        return least
    whole = _vector("n_people", [n_people], low=0)
    if whole[0] < least:
        at = int(np.searchsorted(person, whole[0]))
        expected = f"less than n_people = {n_people}"
        raise InputError("person", f"place {at}", found=str(person[at]), expected=expected)
    return int(whole[0])


def _matrix(name: str, given: Any, shape: tuple[int, int], high: int) -> Any:
    if not issparse(given):
        found = type(given).__name__
        raise InputError(name, "", found=found, expected="a scipy.sparse.csr_array")
    if given.shape != shape:
        raise InputError(name, "", found=f"shape {given.shape}", expected=f"shape {shape}")
    matrix = csr_array(given, copy=True)
    _check_structure(name, matrix)
    rows = np.repeat(np.arange(shape[0]), np.diff(matrix.indptr))
    index = matrix.indices
    place = lambda at: f"row {rows[at]}, column {index[at]}"  # noqa: E731 (needs both arrays)
    data = _whole(name, matrix.data, 0, high, place)
    clean = csr_array((data, index, matrix.indptr), shape=shape)
    clean.sum_duplicates()
    clean.eliminate_zeros()
    _whole(name, clean.data, 0, high, lambda at: f"entry {at}, after adding up duplicates")
    for part in (clean.data, clean.indices, clean.indptr):
        part.setflags(write=False)
    return clean


def _check_structure(name: str, matrix: Any) -> None:
    try:
        matrix.check_format(full_check=True)
    except ValueError as error:
        expected = "row pointers and column numbers within the shape"
        raise InputError(name, "", found=str(error), expected=expected) from error
