"""Objects for addresses that name one, so that the walks along all doors open real pages.

A part of the desk registers its own in ``tests/desk/<part>/examples.py``. An example makes an
object that stands in some relation to whoever asks, and gives the keys of its address::

    @example("people:file", stands=OF_PERSON)
    def case(asker, stand):
        return {"case": person_of(asker, stand).pk}

An address that names an object and has no example fails the walk.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

Keys = dict[str, object]


class Stand(StrEnum):
    """How an object stands to whoever asks for it."""

    OWN = "own"
    """Of the own organisation; a person is assigned to the asker besides."""
    COLLEAGUE = "colleague"
    """A person of the own organisation, assigned to somebody else."""
    OPENED = "opened"
    """A colleague's, opened by emergency access."""
    GRANTED = "granted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Of another organisation, with a grant for the own one that holds, or no longer does."""
    FOREIGN = "foreign"
    ABSENT = "absent"


IN_THE_OFFICE = frozenset({Stand.OWN, Stand.COLLEAGUE, Stand.OPENED})
OF_PERSON = tuple(stand for stand in Stand if stand is not Stand.ABSENT)
OF_ORGANISATION = (Stand.OWN, Stand.FOREIGN)
OF_NOBODY = ()
"""For a link that proves itself: whoever has it, may use it."""

NO_OBJECT: Keys = {"suffix": "csv", "family": "fietsen", "provider_id": "vo"}
"""Words in an address that name no object, and one that exists."""


@dataclass(frozen=True, slots=True)
class Example:
    """How to make an object, and the relations in which it can stand."""

    make: Callable[[Any, Stand], Keys]
    stands: tuple[Stand, ...]

    @property
    def is_of_person(self) -> bool:
        """Whether the object tells of a person."""
        return self.stands == OF_PERSON


_known: dict[str, Example] = {}
_ABSENT = ("geen", "999999", "K-2222")


def example(*names: str, stands: tuple[Stand, ...] = OF_ORGANISATION):
    """Register a function that makes an object and gives the keys of its address."""

    def keep(make: Callable[[Any, Stand], Keys]) -> Callable[[Any, Stand], Keys]:
        _known.update(dict.fromkeys(names, Example(make, stands)))
        return make

    return keep


def names_object(converters: dict[str, Any]) -> bool:
    """Whether the keys of an address name an object."""
    return bool(converters.keys() - NO_OBJECT.keys())


def example_of(name: str) -> Example | None:
    """The example of an address, when its part has one."""
    return _known.get(name)


def keys_for(name: str, converters: dict[str, Any], asker: Any, stand: Stand) -> Keys:
    """Keys of an address, for an object that stands so to the asker."""
    known = _known.get(name)
    if known is not None and stand is not Stand.ABSENT:
        return known.make(asker, stand)
    return {key: NO_OBJECT.get(key) or _absent(each) for key, each in converters.items()}


def _absent(converter: Any) -> object:
    fits = (text for text in _ABSENT if re.fullmatch(converter.regex, text))
    return converter.to_python(next(fits))


def load_examples() -> None:
    """Read the examples of every part."""
    for file in sorted(Path(__file__).parent.glob("*/examples.py")):
        import_module(f"desk.{file.parent.name}.examples")
