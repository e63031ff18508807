"""Objects for addresses that name one, so that the walk along all doors opens real pages.

A part of the desk registers its own in ``tests/desk/<part>/examples.py``::

    @example("people:file")
    def case():
        return {"case": CaseFactory().case_number}

Without an example the walk names an object that does not exist.
"""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Keys = dict[str, object]

_known: dict[str, Callable[[], Keys]] = {}
_ABSENT = ("geen", "999999", "K-2222")


def example(*names: str):
    """Register a function that makes an object and gives the keys of its address."""

    def keep(function: Callable[[], Keys]) -> Callable[[], Keys]:
        _known.update(dict.fromkeys(names, function))
        return function

    return keep


def keys_for(name: str, converters: dict[str, Any]) -> Keys:
    """Keys of an address: of the example, or of nothing that exists."""
    if name in _known:
        return _known[name]()
    return {key: _absent(converter) for key, converter in converters.items()}


def _absent(converter: Any) -> object:
    fits = (text for text in _ABSENT if re.fullmatch(converter.regex, text))
    return converter.to_python(next(fits))


def load_examples() -> None:
    """Read the examples of every part."""
    for file in sorted(Path(__file__).parent.glob("*/examples.py")):
        import_module(f"desk.{file.parent.name}.examples")
