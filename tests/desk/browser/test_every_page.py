"""Every page that somebody may open, as each role meets it.

The frame of each page is judged at both widths. axe takes most of the time, so it judges each
*make* of page once: an address with the set of elements and classes on it. Another role that sees
a button more has another make. A theme changes colours alone, so in the dark axe looks at those.
"""

import pytest
from django.urls import reverse

from desk.browser.objects import confirm_and_add_key, fill_desk, sign_in
from desk.browser.walk import ALL_PAGES_FOR, Walk, names_of
from desk.looks import COLOURS, WATCH, frame_problems, violations
from koempel.desk.accounts.access import EVERYBODY, SIGNED_IN
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.operations.demo.partners import DEMO_STAFF

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 390)
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
    """Judges pages; knows which makes it has judged before."""

    def __init__(self) -> None:
        self._judged: set[tuple[str, str]] = set()

    def at(self, page, name):
        """What is wrong with a page, at both widths and in both themes."""
        if name.startswith("jobs:"):
            page.wait_for_load_state("networkidle")
        is_dutch = page.get_attribute("html", "lang") == "nl-BE"
        found = [] if is_dutch else [f"{page.url} is not in Dutch"]
        make = name, page.evaluate(MAKE)
        is_new = make not in self._judged
        self._judged.add(make)
        for width in WIDTHS:
            stretch(page, width)
            found += frame_problems(page)
            found += violations(page) if is_new else []
        found += colour_problems(page) if is_new else []
        stretch(page, WIDTHS[0])
        return found


def colour_problems(page):
    """What the dark theme breaks."""
    page.emulate_media(color_scheme="dark")
    found = []
    for width in WIDTHS:
        stretch(page, width)
        found += violations(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def stretch(page, width):
    """As tall as the page, so that the bar at the bottom of a phone lies over nothing."""
    page.set_viewport_size({"width": width, "height": 900})
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, tall + 80)})


def hand_in(page, text):
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Kijk het bestand na").click()
    page.get_by_role("heading", name="lijst.csv").wait_for()


def test_every_page_is_right_for_each_role_width_and_theme(desk, new_page, settings):
    fill_desk(desk)
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
        walk.walk(names_of(role, SIGNED_IN) if len(walks) == 1 else names_of(role))
        for name in {"people:import", "jobs:import"} & walk.seen:
            walk.page.goto(desk.url + reverse(name))
            hand_in(walk.page, "nummer;titel\n1;Inpakker\n")
            walk.look(f"{name}-check")
    # A part of the page of a job, and a page of its own for who has no scripts.
    director, vacancy = walks[Role.DIRECTOR], Vacancy.objects.filter(state="PUBLISHED")[0]
    director.page.goto(desk.url + reverse("jobs:reach", args=[vacancy.number]))
    director.look("jobs:reach")
    walk = walk_of("visitor")
    walk.page.goto(f"{desk.url}/aanmelden/")
    walk.walk(names_of(EVERYBODY))
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
