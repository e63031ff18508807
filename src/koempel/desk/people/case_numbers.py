"""Case numbers: random, so that they say nothing of anybody, and easy to say over the phone."""

import re
import secrets
from collections.abc import Callable, Container
from typing import Final

SIGNS: Final = "234679CDFGHJKMNPQRTVWX"
"""No signs that look or sound alike (0/O, 1/I, 5/S, 8/B), and no vowels that make words."""

LENGTH: Final = 4
PATTERN: Final = f"K-[{SIGNS}]{{{LENGTH}}}"


def draw_case_number(
    taken: Container[str] = frozenset(), choose: Callable[[str], str] = secrets.choice
) -> str:
    """A case number that is not taken.

    Examples
    --------
    >>> draw_case_number(choose=lambda signs: signs[0])
    'K-2222'
    """
    while True:
        number = "K-" + "".join(choose(SIGNS) for _ in range(LENGTH))
        if number not in taken:
            return number


def tidy_case_number(text: str) -> str:
    """A case number as somebody types it, or nothing when it is none.

    Examples
    --------
    >>> tidy_case_number(" k7f3q ")
    'K-7F3Q'
    >>> tidy_case_number("Yara")
    ''
    """
    signs = text.strip().upper().removeprefix("K").removeprefix("-")
    number = f"K-{signs}"
    return number if re.fullmatch(PATTERN, number) else ""
