"""Plans in a browser: accessible, within the policy, answers as you move, works without scripts."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from desk.factories.accounts import UserFactory
from desk.planning.test_new_jobs import new_job
from desk.planning.town import make_crowd
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.planning.actions import pause_planner
from koempel.desk.planning.models import Scenario
from koempel.desk.planning.new_jobs import in_text
from koempel.desk.planning.what_ifs import warm_up

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NEW_JOB = urlencode({"nieuw": in_text(new_job()), "welke": 1})
AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LISTEN = """addEventListener("securitypolicyviolation", (event) => {
  window.violations = [...(window.violations ?? []), event.violatedDirective];
});"""


@pytest.fixture
def crowd(live_server):
    with acting(system("test")):
        guide = UserFactory(role=Role.CASEWORKER)
    made = make_crowd(guide)
    warm_up()
    return made


@pytest.fixture
def director(crowd):
    return UserFactory(role=Role.DIRECTOR, name="Noor Schachtbok")


@pytest.fixture
def open_as(new_page, live_server, director):
    """Opens an address of the desk as a director."""
    client = Client()
    client.force_login(director)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }

    def opened(address, **options):
        page = new_page(**options)
        page.set_default_timeout(30_000)
        page.context.add_cookies([cookie])
        page.add_init_script(LISTEN)
        page.goto(live_server.url + address)
        return page

    return opened


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible_and_keep_the_policy(open_as, crowd, director, width, scheme):
    with acting(system("test")):
        pause_planner("De uren van de opvang kloppen niet.", by=director, at=crowd.run.made_at)
    what_if = f"{reverse('plan:what-if')}?{crowd.bikes}=20&zoek=plukker"
    addresses = [reverse(f"plan:{name}") for name in ("latest", "new", "pause", "register")]
    addresses += [
        f"{reverse('plan:what-if')}?{NEW_JOB}",
        f"{reverse('plan:what-if-job')}?{NEW_JOB}",
    ]
    addresses += [what_if, reverse("plan:run", kwargs={"pk": crowd.run.pk})]
    addresses += [f"{reverse('plan:curve')}?{crowd.bikes}=20", reverse("plan:scenarios")]
    for address in addresses:
        page = open_as(address, width=width, color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        page.locator("details.unfold").evaluate_all("all => all.forEach(each => each.open = true)")
        assert page.evaluate("window.violations ?? []") == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        # As tall as the page, so that the bar at the bottom of a phone lies over nothing.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": tall + 100})
        page.evaluate(AXE)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert [
            (each["id"], node["html"][:160])
            for each in found["violations"]
            for node in each["nodes"]
        ] == [], address


def test_the_answer_follows_the_number_the_slider_and_the_keyboard(open_as, crowd):
    page = open_as(reverse("plan:what-if"))
    page.evaluate("window.same = true")
    number = page.locator(f"#id_{crowd.bikes}")
    slider = page.get_by_role("slider").first

    number.fill("20")
    page.get_by_role("heading", name="8 mensen meer met een voorstel").wait_for()
    expect(slider).to_have_value("20")
    slider.press("ArrowRight")
    page.get_by_role("heading", name="9 mensen meer met een voorstel").wait_for()

    expect(number).to_have_value("21")
    expect(page.locator("[data-lever].chg [data-more]")).to_have_text("+9")
    expect(page.locator("#changed")).to_have_text("1 veranderd")
    page.wait_for_url(f"**/wat-als/?{crowd.bikes}=21&van={crowd.bikes}")
    page.get_by_role("heading", name="Hoeveel fietsen hebben zin?").wait_for()
    assert page.evaluate("window.same")


def test_a_job_is_found_while_typing_and_stopped(open_as, crowd):
    page = open_as(reverse("plan:what-if"))

    page.get_by_label("Zoek een job").press_sequentially("pluk")
    page.get_by_label("Plukker").fill("0")

    page.get_by_role("heading", name="12 mensen minder met een voorstel").wait_for()
    expect(page.get_by_label("Zoek een job")).to_have_value("pluk")
    expect(page.get_by_label("Plukker")).to_have_value("0")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_new_job_is_made_up_changed_kept_and_taken_away(open_as, crowd, scripts):
    page = open_as(reverse("plan:what-if"), java_script_enabled=scripts)
    page.locator(f"#id_{crowd.bikes}").fill("13")
    page.get_by_role("button", name="Probeer een nieuwe job").click()
    page.get_by_label("Titel").fill("Vouwer")
    page.get_by_label("Beroep").fill("9321")
    page.get_by_label("Plaats", exact=True).fill("Heusden")
    page.get_by_label("Aantal plaatsen").fill("2")
    page.get_by_role("button", name="Vroege shift").click()
    page.locator("[name='shifts-A-Mo-0-van'][value='06:00']").wait_for()
    page.get_by_role("button", name="Reken uit").click()
    page.get_by_role("heading", name="Vouwer in Heusden: 2 plaatsen").wait_for()
    expect(page.locator(f"#id_{crowd.bikes}")).to_have_value("13")

    page.get_by_label("Vouwer plaatsen").fill("10")
    if not scripts:
        page.get_by_role("button", name="Reken uit", exact=True).click()
    page.get_by_role("heading", name="Vouwer in Heusden: 10 plaatsen").wait_for()
    page.get_by_role("button", name="Pas aan").click()
    expect(page.get_by_label("Aantal plaatsen")).to_have_value("10")
    page.get_by_label("Titel").fill("Plooier")
    page.get_by_role("button", name="Reken uit").click()
    page.get_by_role("heading", name="Plooier in Heusden: 10 plaatsen").wait_for()

    page.get_by_role("button", name="Bewaar als scenario").click()
    page.get_by_label("Naam van het scenario").fill("Plooiers")
    page.get_by_role("button", name="Bewaar het scenario").click()
    page.get_by_role("heading", name="Plooier in Heusden: 10 plaatsen").wait_for()
    page.get_by_role("link", name="Open in «Wat als?»").click()
    page.get_by_role("button", name="Haal weg").click()
    page.get_by_role("button", name="Probeer een nieuwe job").wait_for()
    page.wait_for_url(f"**/wat-als/?{crowd.bikes}=13*")


def test_enter_in_a_number_asks_the_board_and_does_not_save(open_as, crowd):
    page = open_as(reverse("plan:what-if"), java_script_enabled=False)
    page.locator(f"#id_{crowd.bikes}").fill("20")

    page.locator(f"#id_{crowd.bikes}").press("Enter")

    page.get_by_role("heading", name="8 mensen meer met een voorstel").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_what_if_becomes_a_scenario(open_as, crowd, scripts):
    page = open_as(reverse("plan:what-if"), java_script_enabled=scripts)
    page.locator(f"#id_{crowd.bikes}").fill("20")
    if not scripts:
        page.get_by_role("button", name="Reken uit", exact=True).click()
    page.get_by_role("heading", name="8 mensen meer met een voorstel").wait_for()
    page.get_by_role("button", name="Bewaar als scenario").click()
    page.get_by_label("Naam van het scenario").fill("Meer fietsen")
    page.get_by_role("button", name="Bewaar het scenario").click()
    page.get_by_role("heading", name="Meer fietsen").wait_for()

    assert Scenario.objects.get().changes == {crowd.bikes: 20}
