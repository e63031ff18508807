"""What can go wrong, as a tree under one root.

Messages speak to a programmer in English; the layers above translate them for the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from koempel.errors import KoempelError


class InputError(KoempelError):
    """An array or file that cannot be a problem or a plan.

    Attributes
    ----------
    array : str
        Name of the faulty argument.
    place : str
        Where in it, such as ``"row 3"``; empty when the array as a whole is wrong.
    found, expected : str
        What stands there and what should.
    """

    def __init__(self, array: str, place: str, *, found: str, expected: str) -> None:
        self.array = array
        self.place = place
        self.found = found
        self.expected = expected
        where = f"{array}, {place}" if place else array
        super().__init__(f"{where}: found {found}, expected {expected}")

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword arguments do not survive the default pickling between worker processes.
        return (_input_error, (self.array, self.place, self.found, self.expected))


def _input_error(array: str, place: str, found: str, expected: str) -> InputError:
    return InputError(array, place, found=found, expected=expected)


class VerificationError(KoempelError):
    """A result that does not hold for its problem.

    Attributes
    ----------
    violations : tuple of str
        Every violation found, not only the first.
    """

    def __init__(self, violations: Sequence[str]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(self.violations))

    def __reduce__(self) -> tuple[object, ...]:
        return (VerificationError, (self.violations,))
