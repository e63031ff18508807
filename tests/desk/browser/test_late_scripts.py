"""What somebody types, chooses or presses before the scripts of a page came is not lost."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from desk.browser.objects import make_jobs, make_seeker
from desk.planning.world import plan_now
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import Lever
from koempel.desk.planning.what_ifs import warm_up

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


LATE = re.compile(r"/(?!theme)[^/]+\.js$")
"""All but the one that runs before the first paint."""


@contextmanager
def before_scripts(page, address):
    """Open a page whose scripts come only after this, as on a slow line."""
    held = []

    def hold(route):
        held.append(route)

    page.route(LATE, hold)
    page.goto(address, wait_until="commit")
    page.get_by_role("heading", level=1).wait_for()
    yield
    for route in held:
        route.continue_()
    page.unroute(LATE, hold)


def test_search_typed_before_the_list_listened_is_searched(desk, page):
    make_seeker(desk, first_name="Yara", last_name="Zandkorrel")
    desk.enter(page, Role.CASEWORKER)
    with before_scripts(page, f"{desk.url}/mensen/"):
        page.get_by_role("textbox", name="Zoek").fill("zandkorrel")
    page.wait_for_url("**zoek=zandkorrel**")
    expect(page.locator("#rows")).to_contain_text("Yara Zandkorrel")
    expect(page.locator("#rows tbody tr")).to_have_count(1)


def test_what_was_ticked_before_the_list_listened_is_counted(desk, page):
    desk.enter(page, Role.CASEWORKER)
    with before_scripts(page, f"{desk.url}/mensen/"):
        page.locator("[name=kies]").first.check()
    expect(page.get_by_text("1 gekozen")).to_be_visible()


def test_number_typed_before_the_board_listened_is_answered(desk, page):
    for _ in range(3):
        make_seeker(desk)
    make_jobs(near=0, far=20, bikes=2)
    plan_now()
    warm_up()
    bikes = Lever.objects.latest("pk")
    desk.enter(page, Role.DIRECTOR)
    with before_scripts(page, f"{desk.url}/plan/wat-als/"):
        page.locator(f"#id_L-{bikes.pk}").fill("12")
    expect(page.locator("#changed")).to_have_text("1 veranderd")
    expect(page.locator("#answer")).to_contain_text("wat als 12")


def test_way_pressed_before_the_page_listened_is_chosen(desk, page):
    person = make_seeker(desk, first_name="Yara")
    make_jobs(near=20, far=20)
    plan_now()
    desk.enter(page, Role.CASEWORKER)
    with before_scripts(page, f"{desk.url}/mensen/{person.pk}/voorstel/"):
        way = page.get_by_role("link", name=re.compile("^Kies deze")).first
        job = way.get_attribute("data-way")
        way.click()
    expect(page.get_by_role("radio", name="Aanpassen")).to_be_checked()
    expect(page.get_by_label("Welke andere weg?")).to_have_value(job)
