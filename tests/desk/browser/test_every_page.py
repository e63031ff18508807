"""Every page that somebody may open, as each role meets it.

The frame of each page is judged at both widths. axe takes most of the time, so it judges each
*make* of page once: an address with the set of elements and classes on it. Another role that sees
a button more has another make. Each make is judged as a light desk and as a dark phone. A width
and a theme change nothing but places and colours, so the first page of an address is judged for
colours as a light phone and as a dark desk as well.
"""

import pytest
from django.urls import reverse

from desk.browser.objects import confirm_and_add_key, fill_desk, sign_in
from desk.browser.screen import hand_in
from desk.browser.walk import ALL_PAGES_FOR, Walk, names_of
from desk.looks import COLOURS, WATCH, frame_problems, violations
from koempel.desk.accounts.access import EVERYBODY, SIGNED_IN
from koempel.desk.operations.demo.partners import DEMO_STAFF

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

DESK, PHONE = 1280, 390
LOOKS = ((DESK, "light"), (PHONE, "dark"))
OTHER_LOOKS = ((PHONE, "light"), (DESK, "dark"))
MAKE = """() => [...new Set([...document.querySelectorAll("body *")].map(
    (element) => `${element.tagName}.${element.getAttribute("class") ?? ""}`
))].sort().join()"""

NOT_HERE = {
    "people:import-wrong": "a file that is there after a wrong row; test_stories downloads it",
    "jobs:import-wrong": "a file that is there after a wrong row",
    "openid_connect_login": "leads to an identity provider, which the demonstration has not",
    "openid_connect_callback": "comes back from an identity provider",
    "socialaccount_signup": "comes back from an identity provider",
}
"""Addresses that no role meets on its way, and why."""


class Looks:
    """Judges pages; knows which addresses and makes it has judged before."""

    def __init__(self) -> None:
        self._judged: set[str | tuple[str, str]] = set()

    def at(self, page, name):
        """What is wrong with a page, at both widths and in both themes."""
        if name.startswith("jobs:"):
            page.wait_for_load_state("networkidle")
        is_dutch = page.get_attribute("html", "lang") == "nl-BE"
        found = [] if is_dutch else [f"{page.url} is not in Dutch"]
        is_new = self._is_new((name, page.evaluate(MAKE)))
        for look in LOOKS:
            show(page, *look)
            found += frame_problems(page)
            found += violations(page) if is_new else []
        for look in OTHER_LOOKS if self._is_new(name) else ():
            show(page, *look)
            found += violations(page, COLOURS)
        show(page, *LOOKS[0])
        return found

    def _is_new(self, what):
        is_new = what not in self._judged
        self._judged.add(what)
        return is_new


def show(page, width, theme):
    """As tall as the page, so that the bar at the bottom of a phone lies over nothing."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, tall + 80)})


def test_every_page_is_right_for_each_role_width_and_theme(desk, new_page, settings):
    known = fill_desk(desk)
    looks, walks = Looks(), {}

    def walk_of(who):
        page = new_page()
        page.add_init_script(WATCH)
        walks[who] = Walk(desk.url, page, lambda name: looks.at(page, name))
        return walks[who]

    for role, _ in DEMO_STAFF:
        walk = walk_of(role)
        desk.enter(walk.page, role)
        # Pages of the own account are the same for each role.
        names = names_of(role, SIGNED_IN) if len(walks) == 1 else names_of(role)
        walk.walk(names, known.get(role, ()))
        for name in {"people:import", "jobs:import"} & walk.seen:
            walk.page.goto(desk.url + reverse(name))
            hand_in(walk.page, "lijst.csv", "nummer;titel\n1;Inpakker\n")
            walk.page.get_by_role("heading", name="lijst.csv").wait_for()
            walk.look(f"{name}-check")
        walk.page.close()
    walk = walk_of("visitor")
    walk.page.goto(f"{desk.url}/aanmelden/")
    walk.walk(names_of(EVERYBODY), known["visitor"])
    walk.page.goto(f"{desk.url}/wachtwoord/nieuw/1/kapot/")
    walk.look("account_reset_password_from_key")
    settings.DEMO = False
    walk.page.goto(f"{desk.url}/aanmelden/wachtwoord/")
    walk.look("account_login")
    sign_in(walk.page, desk.url, on_code=lambda: walk.look("mfa_authenticate"))
    confirm_and_add_key(walk.page, desk.url)
    walk.walk(names_of(SIGNED_IN))

    found = [f"{who}: {each}" for who, walk in walks.items() for each in walk.found]
    assert found == [], "\n".join(found)
    seen = set().union(*(walk.seen for walk in walks.values()))
    assert set(names_of(*ALL_PAGES_FOR)) - seen == set(NOT_HERE)
