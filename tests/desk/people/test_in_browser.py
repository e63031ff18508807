"""Pages of people in a browser: accessible, within the policy, with and without scripts."""

from pathlib import Path

import pytest
from django.conf import settings

from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from desk.people.test_pages import client_of
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LISTEN = """addEventListener("securitypolicyviolation", (event) => {
  window.violations = [...(window.violations ?? []), event.violatedDirective];
});"""


@pytest.fixture
def open_as(new_page, live_server):
    """Opens an address of the desk as somebody."""

    def opened(user, address, **options):
        client = client_of(user)
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "url": live_server.url,
        }
        page = new_page(**options)
        page.context.add_cookies([cookie])
        page.add_init_script(LISTEN)
        page.goto(live_server.url + address)
        return page

    return opened


@pytest.fixture
def full(bram):
    """A case with something of everything."""
    with acting(system("proef")):
        person = PersonFactory(first_name="Yara", caseworker=bram, due=True, wants=["9333", "53"])
        ChildFactory(person=person)
        SupportRightFactory(person=person)
        PersonObstacleFactory(person=person)
        TimelineEntryFactory(person=person)
    return person


PAGES = (
    "/mensen/", "/mensen/nieuw/", "/mensen/inlezen/", "/mensen/noodtoegang/", "/mensen/termijnen/",
    "/mensen/zonder-begeleider/", "/mensen/overdragen/?dossier={case}",
    "/mensen/{case}/", "/mensen/{case}/bewerken/", "/mensen/{case}/stap/",
    "/mensen/{case}/notitie/", "/mensen/{case}/kind/", "/mensen/{case}/recht/",
    "/mensen/{case}/drempel/", "/mensen/{case}/vertrouwelijk/", "/mensen/{case}/inzage/",
    "/mensen/{case}/wie-keek/", "/mensen/{case}/alles/", "/mensen/{case}/wissen/",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible_and_keep_the_policy(open_as, live_server, bram, full, width, scheme):
    page = open_as(bram, "/mensen/", width=width, color_scheme=scheme)
    found = []
    for address in PAGES:
        page.goto(live_server.url + address.format(case=full.pk))
        assert page.locator("main h1").count() == 1, address
        found += [(address, each) for each in page.evaluate("window.violations ?? []")]
        if page.evaluate("document.body.scrollWidth > innerWidth"):
            found.append((address, "wider than the window"))
        # As tall as the page, so that the bar at the bottom of a phone lies over nothing.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall + 100, 900)})
        page.evaluate(AXE)
        seen = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
        found += [
            (address, each["id"], node["html"][:100])
            for each in seen["violations"]
            for node in each["nodes"]
        ]
    assert found == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_several_kinds_of_work_are_chosen_by_name(open_as, bram, full, scripts):
    page = open_as(bram, f"/mensen/{full.pk}/bewerken/", java_script_enabled=scripts)
    lines = page.locator("input[name=wants]")
    known = [line.input_value() for line in lines.all()]
    assert known == ["Lader en losser", "Zorg: alle beroepen", "", ""]
    lines.nth(1).fill("ruiten")
    lines.nth(2).fill("Kok")
    lines.nth(3).fill("groendienst")
    assert lines.count() == (5 if scripts else 4)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("gewenste beroepen").first.wait_for()
    with acting(system("proef")):
        assert Person.objects.get().wants == ["9333", "9123", "5120", "9214"]
