"""The request as the middleware of the desk hands it to a page."""

from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django_htmx.middleware import HtmxDetails

from koempel.desk.accounts.models import User


class Access(Protocol):
    """What the user of a request may open."""

    def may_open(self, name: str, method: str = "GET") -> bool:
        """Whether an address is open to the user."""
        ...


class DeskRequest(HttpRequest):
    """A request with what the middleware adds."""

    htmx: HtmxDetails
    access: Access


def user_of(request: HttpRequest) -> User:
    """The user of a request that the access table let through."""
    if not isinstance(request.user, User):
        raise TypeError("This page is open to anonymous visitors, which access.toml must forbid.")
    return request.user


def may_open(request: HttpRequest, name: str, method: str = "GET") -> bool:
    """Whether the user may open an address; without a known user nothing is open."""
    access: Access | None = getattr(request, "access", None)
    return access is not None and access.may_open(name, method)


def open_address(
    request: HttpRequest, name: str, *, method: str = "GET", keys: dict[str, Any] | None = None
) -> str:
    """The address of a page, or nothing when it does not exist or the user may not open it."""
    if not may_open(request, name, method):
        return ""
    try:
        return reverse(name, kwargs=keys)
    except NoReverseMatch:
        return ""


def wants_part(request: DeskRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history wants it whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request
