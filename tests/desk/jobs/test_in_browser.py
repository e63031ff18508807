import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.factories.people import PersonFactory
from desk.looks import WATCH, problems
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def employer(live_server):
    return UserFactory(role=Role.EMPLOYER, organisation=EmployerFactory())


@pytest.fixture
def open_as(new_page, live_server, employer):
    """Opens an address of the desk as the employer."""
    client = Client()
    client.force_login(employer)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }

    def opened(address, **options):
        page = new_page(**options)
        page.context.add_cookies([cookie])
        page.add_init_script(WATCH)
        page.goto(live_server.url + address)
        return page

    return opened


def make_cyclists(count: int) -> None:
    with acting(system("test")):
        PersonFactory.create_batch(
            count, wants=["9321"], needs=[], hours_min=10, hours_max=40, lon=5.2801, lat=51.0366,
            away="Mo-Fr 06:15-19:00", available_from="2026-11-23",
        )  # fmt: skip


def fill_in(page):
    page.get_by_label("Titel").fill("Inpakker van mijnlampen")
    page.get_by_label("Beroep").fill("Inpakker")
    page.get_by_label("Naam", exact=True).fill("Bakkerij Kolenbrood")
    page.get_by_label("Straat en nummer").fill("Nergensstraat 1")
    page.get_by_label("Dorp").select_option("71070-heusden")
    page.get_by_label("Eerste mogelijke startdag").fill("2027-01-04")
    page.get_by_label("Laatste mogelijke startdag").fill("2027-03-01")


def test_the_count_follows_the_hours_while_they_are_typed(open_as):
    make_cyclists(10)
    page = open_as(reverse("jobs:new"))
    count = page.get_by_role("complementary", name="Wie kan komen?")
    fill_in(page)
    page.get_by_role("button", name="Vroege shift").click()
    count.get_by_text("Een half uur later beginnen: ongeveer 10 mensen meer").wait_for()
    monday = page.get_by_label("maandag, week A van", exact=True)
    monday.fill("6u30")
    page.get_by_role("button", name="Kopieer de eerste dag naar alle werkdagen").first.click()
    words = page.locator("#week-words")
    words.get_by_text("Maandag tot vrijdag van 6.30 tot 14 uur. 37,5 uren").wait_for()
    expect(count.locator(".fig").first).to_have_text("10")
    page.get_by_role("button", name="zoals vrijdag (zaterdag, week A)").click()
    words.get_by_text("Maandag tot zaterdag van 6.30 tot 14 uur. 45 uren").wait_for()


def test_who_saves_before_the_hours_are_filled_in_saves_with_them(open_as):
    page = open_as(reverse("jobs:new"))
    fill_in(page)
    filling = []

    def hold(route):
        is_filling = "&vul=" in (route.request.post_data or "")
        filling.append(route) if is_filling else route.continue_()

    page.route("**/jobs/nieuw/", hold)
    page.get_by_role("button", name="Vroege shift").click()
    for _ in range(2):
        page.get_by_role("button", name="Bewaar de vacature").click()
    assert not Vacancy.objects.exists()
    (route,) = filling
    route.continue_()
    page.get_by_role("button", name="Zet online").wait_for()
    assert Vacancy.objects.get().shifts == "Mo-Fr 06:00-14:00"


def test_the_button_that_fills_in_hours_keeps_the_focus(open_as):
    page = open_as(reverse("jobs:new"))
    page.get_by_role("button", name="Vroege shift").press("Enter")
    expect(page.get_by_label("vrijdag, week A tot", exact=True)).to_have_value("14:00")
    expect(page.get_by_role("button", name="Vroege shift")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_vacancy_is_made_put_online_and_taken_back(open_as, scripts):
    page = open_as(reverse("jobs:new"), java_script_enabled=scripts)
    fill_in(page)
    page.get_by_role("button", name="Twee ploegen").click()
    page.get_by_label("vrijdag, week B tot", exact=True).wait_for()
    page.get_by_role("button", name="Bewaar de vacature").click()
    page.get_by_role("button", name="Zet online").click()
    page.get_by_text("De vacature staat online.").first.wait_for()
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("De stap is ongedaan gemaakt.").wait_for()
    made = Vacancy.objects.get()
    assert (made.state, made.shifts) == (
        VacancyState.DRAFT, "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00",
    )  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible_and_keep_the_policy(open_as, employer, width, scheme):
    vacancy = VacancyFactory(employer=employer.organisation, two_shifts=True)
    keys = {"number": vacancy.number}
    addresses = [reverse("jobs:list"), reverse("jobs:file", kwargs=keys), reverse("jobs:new")]
    addresses += [reverse("jobs:edit", kwargs=keys), reverse("jobs:import")]
    for address in addresses:
        page = open_as(address, width=width, color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        # As tall as the page, so that the bar at the bottom of a phone lies over nothing.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": tall + 100})
        assert problems(page) == []
