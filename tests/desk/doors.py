"""All doors of the desk, from the resolver: new parts are walked by themselves."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from koempel.desk.common.roles import Role
from koempel.desk.config import urls

ROLES = sorted(set(Role) - {Role.ANONYMOUS})


class Door(NamedTuple):
    """An address: its name, what its keys may be, and the view behind it."""

    name: str
    converters: dict[str, Any]
    view: Any


def _doors(patterns, space="", converters=()) -> Iterator[Door]:
    for pattern in patterns:
        found = (*converters, *getattr(pattern.pattern, "converters", {}).items())
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _doors(pattern.url_patterns, inner, found)
        elif isinstance(pattern, URLPattern):
            yield Door(f"{space}{pattern.name}", dict(found), pattern.callback)


DOORS = list(_doors(get_resolver(urls.__name__).url_patterns))


def view_class(door: Door) -> type:
    """The class of the view behind a door; for a function its type."""
    return getattr(door.view, "view_class", type(door.view))
