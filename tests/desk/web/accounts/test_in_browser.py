"""Signing in and its pages in a browser: accessible, within the policy, also without script."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from desk.factories.accounts import (
    PASSWORD,
    BreakGlassFactory,
    RoleRequestFactory,
    UserFactory,
    code_of_the_app,
)
from desk.looks import WATCH, problems
from koempel.desk.common.roles import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OPEN = (
    "/aanmelden/wachtwoord/", "/aanmelden/nieuw/", "/wachtwoord/vergeten/",
    "/wachtwoord/vergeten/verstuurd/", "/wachtwoord/nieuw/1/kapot/",
)  # fmt: skip
OWN = (
    "/beveiliging/", "/beveiliging/sleutels/", "/beveiliging/app/weg/", "/wachtwoord/wijzigen/",
    "/beheer/gebruikers/", "/beheer/gebruikers/nieuw/", "/beheer/organisaties/",
)  # fmt: skip
WATCHED = ("/toezicht/noodtoegang/", "/toezicht/auditspoor/")


@pytest.fixture
def desk(live_server, settings):
    settings.DEMO = False
    cache.clear()
    return live_server.url


def sign_in(page, desk, user):
    page.goto(f"{desk}/aanmelden/wachtwoord/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()
    page.get_by_label("Code").fill(code_of_the_app())
    page.get_by_role("button", name="Meld je aan").click()
    page.wait_for_url(lambda url: "/aanmelden/" not in url)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible_and_within_the_policy(desk, new_page, width, scheme):
    operator, officer = UserFactory(role=Role.OPERATOR), UserFactory(role=Role.DPO)
    asked, glass = RoleRequestFactory(), BreakGlassFactory()
    # High enough for a whole page: links below the bar of a phone would count as too small.
    page = new_page(width=width, height=3000, color_scheme=scheme)
    page.add_init_script(WATCH)
    found: list[str] = []

    def look(*paths):
        for path in paths:
            page.goto(desk + path)
            found.extend(problems(page))

    look(*OPEN)
    sign_in(page, desk, operator)
    page.goto(f"{desk}/beveiliging/app/weg/")
    found += problems(page)
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Bevestig").click()
    page.wait_for_url("**/app/weg/")
    look(*OWN, f"/beheer/gebruikers/{asked.user_id}/", f"/beheer/gebruikers/{asked.user_id}/rol/")
    page.context.clear_cookies()
    sign_in(page, desk, officer)
    look(*WATCHED, f"/toezicht/noodtoegang/{glass.pk}/")

    assert found == []


def test_demonstration_opens_with_one_click_without_script(desk, new_page, settings):
    settings.DEMO = True
    UserFactory(demo=True, name="Otto Sleutel", role=Role.OPERATOR)
    page = new_page(java_script_enabled=False)
    page.goto(f"{desk}/aanmelden/?next=/beheer/gebruikers/")
    page.get_by_role("button", name="Beheerder").click()
    expect(page.get_by_role("heading", name="Gebruikers")).to_be_visible()
