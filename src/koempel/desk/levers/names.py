"""How a partner calls somebody who comes for a lever: by first name, and by nothing more."""

from collections.abc import Collection, Mapping
from typing import Protocol


class FirstNames(Protocol):
    """Finds what a partner may call people; it notes what it disclosed."""

    def __call__(self, case_numbers: Collection[str]) -> Mapping[str, str]:
        """First names by case number; who may not be named is left out."""
        ...


def no_names(case_numbers: Collection[str]) -> Mapping[str, str]:
    """Names nobody: then the case number stands in its place."""
    return {}
