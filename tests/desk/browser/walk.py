"""A walk through the desk: all pages that a role comes by, each kind once."""

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from koempel.desk.accounts.access import EVERYBODY, SIGNED_IN, access_table
from koempel.desk.common.roles import Role

LEAD_ON = {"home", "partners:own"}
"""They lead to the first page, or the own one, of who comes in."""

FILES = {
    "people:list-export", "people:everything-file", "people:hours", "partners:list-export",
    "jobs:list-export", "proposals:list-export", "plan:register-export", "plan:failed-export",
    "plan:scenarios-export", "referrals:list-export", "referrals:refusals-export", "referrals:talk",
    "placements:list-export", "figures:board-export", "transitions:list-export",
    "transitions:agreement-pdf", "transition-sign-pdf", "jobs:export-file", "feed:json",
    "feed:atom", "mfa_download_recovery_codes",
}  # fmt: skip
"""They answer with a file or a line of text."""

ANSWERS = {"health": 503, "socialaccount_login_error": 401}
"""Pages that answer otherwise than 200 here: no worker runs, and nobody came from elsewhere."""

ALL_PAGES_FOR = (EVERYBODY, SIGNED_IN, *Role)


def names_of(*roles: str) -> list[str]:
    """Addresses with a page that the access table opens to one of these by name."""
    opened = {(role, "GET") for role in roles}
    return [name for name, rule in access_table().items() if opened & rule.allowed.keys()]


class Walk:
    """Goes to the addresses of some names that need no key, and follows the links of each page.

    Of the addresses with a key it opens one object: pages of one address differ by role and by
    what stands on them, not by which of two jobs they show. `look` gets the name of each page
    that is open, and says what is wrong with it.
    """

    def __init__(self, url: str, page, look: Callable[[str], Iterable[str]]) -> None:
        self.page, self._url, self._look = page, url, look
        self.found: list[str] = []
        self.seen: set[str] = set()
        page.on("pageerror", lambda error: self.found.append(f"{page.url} {error}"))

    def walk(self, names: Iterable[str], known: Sequence[str] = ()) -> None:
        """Open all of these that can be found from where the page is, and all that is known."""
        ahead = [*known, self._path(), *filter(None, map(_plain_address, names))]
        met, due = set(), set(known)
        while ahead:
            path = ahead.pop(0)
            door = _door(urlsplit(path).path)
            if door[0] not in names or (door in met and path not in due):
                continue
            met.add(door)
            due.discard(path)
            if door[0] in FILES:
                self._fetch(door[0], path)
            else:
                ahead += self._open(door[0], path)

    def look(self, name: str) -> None:
        """Look at the page that is open."""
        self.seen.add(name)
        self.found += self._look(name)

    def _fetch(self, name: str, path: str) -> None:
        answer = self.page.request.get(self._url + path)
        if _is_closed_yet(name, answer.status):
            return
        self.found += [] if answer.ok else [f"{path} answers {answer.status}"]
        self.seen.add(name)

    def _open(self, name: str, path: str) -> list[str]:
        answer = self.page.goto(self._url + path)
        if _is_closed_yet(name, answer.status):
            return []
        landed = _door(self._path())[0]
        if landed != name and name not in LEAD_ON:
            return []
        if answer.status != ANSWERS.get(name, 200):
            self.found.append(f"{path} answers {answer.status}")
            return []
        self.seen.add(name)
        self.look(landed)
        return self._links()

    def _path(self) -> str:
        return urlsplit(self.page.url).path

    def _links(self) -> list[str]:
        script = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"
        links = [urlsplit(href) for href in self.page.evaluate(script)]
        return [link.path for link in links if link.netloc == urlsplit(self._url).netloc]


def _is_closed_yet(name: str, status: int) -> bool:
    """Whether it is a page of the own account that needs a password or codes first."""
    return status in (403, 404) and name in names_of(SIGNED_IN)


def _plain_address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _door(path: str) -> tuple[str, object]:
    """What kind of page an address is: its name, and the family of a lever in it."""
    try:
        match = resolve(path)
    except Resolver404:
        return "", None
    return match.view_name, match.kwargs.get("family")
