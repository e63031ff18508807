"""What every page shows around its own content: navigation, who is signed in, theme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver, get_urlconf

from koempel.desk.web.pages.request import open_address

THEME_COOKIE = "koempel-theme"
TABS = 4


class Menu(StrEnum):
    """Where a door hangs."""

    MAIN = "main"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Door:
    """A page in the navigation: its view carries one as ``door``.

    `place` orders the doors: 10 overview, 20 people, 30 jobs, 40 toeleiding, 50 doorstroom,
    60 levers, 70 network, 80 plan, 90 regie. `menu` OWN hangs it behind the user's name.
    """

    title: str
    icon: str
    place: int
    menu: Menu = Menu.MAIN


@dataclass(frozen=True, slots=True)
class Entry:
    """A door that is open to the reader."""

    title: str
    icon: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is signed in, in words."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page."""

    navigation: list[Entry]
    own: list[Entry]
    reader: Reader | None
    search_url: str
    sign_out_url: str
    tour_url: str
    theme: str
    is_demo: bool

    @property
    def tabs(self) -> list[Entry]:
        """The doors at the bottom of a phone."""
        return self.navigation[:TABS]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `page`, the frame around the content."""
    return {
        "page": Page(
            navigation=_entries(request, Menu.MAIN),
            own=_entries(request, Menu.OWN),
            reader=_reader(request),
            search_url=open_address(request, "search"),
            sign_out_url=open_address(request, "logout", method="POST"),
            tour_url=open_address(request, "tour") if settings.DEMO else "",
            theme=chosen_theme(request),
            is_demo=settings.DEMO,
        )
    }


def open_doors(request: HttpRequest) -> list[Entry]:
    """Doors that are open to the reader, the main ones first."""
    return _entries(request, Menu.MAIN) + _entries(request, Menu.OWN)


def chosen_theme(request: HttpRequest) -> str:
    """The theme that the reader chose, or nothing."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in {"light", "dark"} else ""


def _entries(request: HttpRequest, menu: Menu) -> list[Entry]:
    doors = [(door, url) for door, name in _doors() if (url := open_address(request, name))]
    current = _longest_start(request.path, (url for _, url in doors))
    return [
        Entry(door.title, door.icon, url, url == current)
        for door, url in doors
        if door.menu == menu
    ]


def _longest_start(path: str, urls: Iterable[str]) -> str:
    # The start page is the beginning of every path, and current only on itself.
    starts = (url for url in urls if path == url or (path.startswith(url) and url != "/"))
    return max(starts, key=len, default="")


def _reader(request: HttpRequest) -> Reader | None:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Reader(user.name, f"{user.get_role_display()}, {user.organisation}")


def _doors() -> tuple[tuple[Door, str], ...]:
    return _doors_of(get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=4)
def _doors_of(urlconf: str) -> tuple[tuple[Door, str], ...]:
    return tuple(sorted(_found(get_resolver(urlconf).url_patterns, ""), key=_place))


def _place(found: tuple[Door, str]) -> int:
    return found[0].place


def _found(patterns: Iterable[Any], space: str) -> Iterator[tuple[Door, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _found(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            door = getattr(getattr(pattern.callback, "view_class", None), "door", None)
            if door is not None:
                yield door, f"{space}{pattern.name}"
