"""Addresses of levers, and the way back to where a button was."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from koempel.desk.levers.enums import Family
from koempel.desk.levers.models import Lever
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link


def family_url(family: Family) -> str:
    """The address of a board."""
    return reverse("levers:family", kwargs={"family": family.value})


def file_url(pk: int) -> str:
    """The address of a lever."""
    return reverse("levers:file", kwargs={"pk": pk})


def lever_crumbs(
    request: DeskRequest, lever: Lever, title: str, *, is_below: bool = False
) -> list[Link]:
    """The way from the boards to a page."""
    board = open_address(request, "levers:board")
    first = Link("Hefbomen", board) if board else Link("Vandaag", reverse("levers:own"))
    way = [first, Link(lever.family.label, family_url(lever.family))]
    if is_below:
        way.append(Link(lever.name, file_url(lever.pk)))
    return [*way, Link(title, "")]


def choose_url(case_number: str) -> str:
    """Where one chooses a lever for a person."""
    return reverse("levers:choose", kwargs={"case": case_number})


def book_url(pk: int, case_number: str, codes: Sequence[str] = ()) -> str:
    """Where a lever is asked for a person, with some parts of it ticked."""
    asked = urlencode({"dossier": case_number, "deel": codes}, doseq=True)
    return f"{reverse('levers:book', kwargs={'pk': pk})}?{asked}"


def confirm_url(request: DeskRequest, lever: Lever) -> str:
    """Where the stock is confirmed, when the reader may."""
    return open_address(request, "levers:confirm", method="POST", keys={"pk": lever.pk})


def stock_url(request: DeskRequest, lever: Lever) -> str:
    """Where the stock is counted again, when the reader may."""
    return open_address(request, "levers:stock", keys={"pk": lever.pk})


def back_from(request: DeskRequest, otherwise: str) -> str:
    """Where the button was, as long as that is one of our own pages."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if is_ours else otherwise
