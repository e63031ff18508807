"""The tour in a browser: accessible, within the policy, by keyboard, a list without scripts."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from desk.factories.accounts import UserFactory
from desk.factories.people import PersonFactory
from desk.looks import WATCH, problems
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(live_server):
    """Somebody whom one can be, with something that waits."""
    bram = UserFactory(role=Role.CASEWORKER, demo=True)
    with acting(system("proef")):
        PersonFactory(caseworker=bram, next_step="Bel", next_step_on=timezone.localdate())
    return live_server.url


def enter(page, desk):
    page.goto(f"{desk}/aanmelden/")
    page.get_by_role("button", name="Trajectbegeleider").click()
    page.wait_for_url("**/wacht/")


def step(page, number):
    """The step, once it stands still and has the focus."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(f"{number} van 5").wait_for()
    page.wait_for_function("document.activeElement.matches('.driver-popover-next-btn')")
    return dialog


BESIDE = """() => {
    const box = document.querySelector(".driver-popover").getBoundingClientRect();
    const on = document.querySelector(".driver-active-element").getBoundingClientRect();
    return Math.max(box.top - on.bottom, on.top - box.bottom, 0) < 40;
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_accessible_and_within_the_policy(desk, new_page, width, scheme):
    page = new_page(width=width, color_scheme=scheme)
    page.add_init_script(WATCH)
    enter(page, desk)
    found = problems(page)

    page.get_by_role("link", name="Volg de rondleiding").click()
    for number in range(1, 6):
        step(page, number)
        assert page.evaluate(BESIDE)
        found += problems(page)
        page.keyboard.press("Enter")
    page.goto(f"{desk}/rondleiding/")
    found += problems(page)

    assert found == []


@pytest.mark.parametrize("width", [390, 1280])
def test_tour_goes_by_keyboard_from_any_page_and_gives_the_focus_back(desk, new_page, width):
    page = new_page(width=width)
    enter(page, desk)
    page.goto(f"{desk}/mensen/")

    page.locator("details.menu summary").press("Enter")
    page.get_by_role("link", name="Rondleiding").press("Enter")
    page.wait_for_url("**/wacht/")
    for number in range(1, 6):
        step(page, number).get_by_role("button", name="Vorige").wait_for()
        page.keyboard.press("Enter")

    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")


def test_escape_ends_the_tour_where_it_began(desk, page):
    enter(page, desk)
    page.get_by_role("link", name="Volg de rondleiding").press("Enter")
    dialog = step(page, 1)

    page.keyboard.press("Escape")

    dialog.wait_for(state="detached")
    page.wait_for_function("document.activeElement.textContent === 'Volg de rondleiding'")


def test_tour_is_a_list_without_scripts(desk, new_page):
    page = new_page(java_script_enabled=False)
    enter(page, desk)

    page.get_by_role("link", name="Volg de rondleiding").click()

    titles = page.locator("main ol h2")
    expect(titles).to_have_count(5)
    expect(titles.first).to_have_text("Wat wacht op jou")
