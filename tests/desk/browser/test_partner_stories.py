"""What partners do: answer a question, hand over by voucher, confirm what they have, offer a job.

An employer who makes a vacancy: test_stories and jobs/test_in_browser. A partner who says no:
test_without_scripts.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from desk.browser.objects import add_stock, make_person
from desk.browser.screen import follow, press, says
from desk.factories.people import ChildFactory
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.models import Lever, LeverBooking

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SOON = (timezone.localdate() + timedelta(days=20)).isoformat()
"""A day that is not past when the tests run."""

WAITS = re.compile("wachten? op jou$")

KINDS = {
    Role.REUSE_SHOP: "BIKE",
    Role.CHILDCARE: "FLEX_CHILDCARE",
    Role.TRAINING: "DUTCH_COURSE",
    Role.TRANSPORT: "SHUTTLE_SEAT",
}


@pytest.mark.parametrize("role", KINDS)
def test_partner_answers_what_a_guide_asks(desk, new_page, role):
    kind = KINDS[role]
    lever = Lever.objects.filter(kind=kind, organisation=desk.who(role).organisation)[0]
    add_stock(desk, lever, free=20)
    person = make_person(desk, Role.CASEWORKER, first_name="Zarah", last_name="Zandkorrel")
    ChildFactory(person=person, first_name="Zeno")
    guide, partner = new_page(), new_page(width=390)
    desk.enter(guide, Role.CASEWORKER, at=f"/hefbomen/{lever.pk}/boek/?dossier={person.pk}")
    for part in guide.get_by_role("checkbox").all()[:1]:
        part.check()
    press(guide, f"Vraag het aan {lever.organisation}")
    says(guide, f"Gevraagd aan {lever.organisation}.")
    asked = LeverBooking.objects.get(case_number=person.pk)

    desk.enter(partner, role)
    partner.get_by_role("heading", name=WAITS).wait_for()
    partner.goto(f"{desk.url}/vandaag/")
    question = partner.get_by_role("listitem").filter(has=partner.locator(f"#why-{asked.pk}"))
    question.get_by_role("button", name="Houd vast").click()
    says(partner, "Vastgehouden tot de afgesproken dag.")

    guide.reload()
    guide.get_by_role("heading", name="Ondersteuning").wait_for()
    guide.get_by_text("Vastgehouden tot en met").first.wait_for()
    asked.refresh_from_db()
    assert asked.state == "HELD"


def test_booked_bike_is_handed_over_by_its_voucher_and_comes_back(desk, new_page):
    person = make_person(desk, Role.CASEWORKER)
    lever = Lever.objects.filter(
        kind="BIKE", organisation=desk.who(Role.REUSE_SHOP).organisation
    ).first()
    add_stock(desk, lever)
    guide, shop = new_page(), new_page(width=390)
    desk.enter(guide, Role.CASEWORKER, at=f"/hefbomen/{lever.pk}/")
    follow(guide, "Vraag dit voor iemand")
    guide.get_by_label("Voor wie?").fill(person.case_number)
    press(guide, "Ga verder")
    guide.get_by_label("Vanaf").fill(SOON)
    press(guide, "Houd het meteen vast")
    says(guide, "Vastgehouden tot en met")
    booking = LeverBooking.objects.get(case_number=person.pk)
    expect(guide.get_by_text(f"bon {booking.voucher}")).to_be_visible()

    desk.enter(shop, Role.REUSE_SHOP, at="/bonnen/")
    shop.get_by_label("Typ de code").fill("GEEN-BON")
    press(shop, "Zoek")
    shop.get_by_role("alert").get_by_text("kennen we niet").wait_for()
    shop.get_by_label("Typ de code").fill(booking.voucher)
    press(shop, "Zoek")
    bon = shop.get_by_role("region", name="Bon")
    bon.get_by_text("Geldig", exact=True).wait_for()
    assert person.last_name not in shop.content()
    press(shop, "Fiets is meegegeven")
    shop.goto(f"{desk.url}/hefbomen/{lever.pk}/")
    shop.locator("details.rest > summary").click()
    given = shop.get_by_role("listitem").filter(has=shop.locator(f"#why-{booking.pk}"))
    given.get_by_role("button", name="Is terug").click()
    says(shop, "weer vrij")
    booking.refresh_from_db()
    assert booking.state == "RETURNED"


@pytest.mark.parametrize(
    ("role", "family"),
    [(Role.CHILDCARE, "kinderopvang"), (Role.TRAINING, "opleiding"), (Role.TRANSPORT, "vervoer")],
)
def test_partner_confirms_its_stock_in_one_click(desk, page, role, family):
    levers = Lever.objects.filter(organisation=desk.who(role).organisation)
    lever = levers.first()
    levers.update(confirmed_on=timezone.localdate())
    Lever.objects.filter(pk=lever.pk).update(confirmed_on="2026-01-01")
    desk.enter(page, role, at=f"/hefbomen/{family}/")
    page.get_by_role("heading", name=f"Klopt dit nog voor {lever.name}?").wait_for()
    press(page, "Ja, klopt nog")
    page.locator(".notes").wait_for()
    expect(page.get_by_role("button", name="Ja, klopt nog")).to_be_hidden()
    lever.refresh_from_db()
    assert lever.confirmed_on == timezone.localdate()


def test_social_enterprise_finds_its_job_and_offers_another_like_it(desk, page):
    firm = desk.who(Role.SOCIAL_ENTERPRISE).organisation
    vacancy = Vacancy.objects.filter(employer=firm, state="PUBLISHED")[0]
    desk.enter(page, Role.SOCIAL_ENTERPRISE)
    page.get_by_role("heading", name=WAITS).wait_for()
    follow(page, "Jobs")
    follow(page, vacancy.title)
    page.get_by_role("heading", name=vacancy.title).wait_for()
    page.get_by_text("kunnen vandaag komen").first.wait_for()
    press(page, "Maak een kopie")
    says(page, "Dit is de kopie.")
    page.get_by_label("Titel").fill("Hersteller van mijnlampen")
    press(page, "Bewaar de vacature")
    press(page, "Zet online")
    says(page, "De vacature staat online.")

    assert Vacancy.objects.get(title="Hersteller van mijnlampen").employer == firm
