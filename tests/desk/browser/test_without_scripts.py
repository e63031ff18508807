"""Without scripts every page shows what it holds, and each pattern still does its work."""

import pytest
from playwright.sync_api import expect

from desk.browser.objects import (
    add_stock,
    book,
    fill_desk,
    make_jobs,
    make_person,
    make_seeker,
)
from desk.browser.walk import LEAD_ON, Walk, names_of
from desk.planning.world import plan_now, proposal_of
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.operations.demo.partners import DEMO_STAFF
from koempel.desk.people.models import Person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(new_page):
    return new_page(java_script_enabled=False)


def faults(page) -> list[str]:
    """A page without a title, or with something that waits for a script."""
    found = [f"{page.url} has no title"] if not page.locator("main h1").first.is_visible() else []
    waits = page.locator(".js-only").all()
    return found + [f"{page.url} waits for a script" for each in waits if each.is_visible()]


def test_every_page_shows_what_it_holds(desk, new_page):
    known = fill_desk(desk)
    found, seen = [], set()
    for role, _ in DEMO_STAFF:
        page = new_page(java_script_enabled=False)
        walk = Walk(desk.url, page, lambda name, page=page: faults(page))
        desk.enter(page, role)
        # Once each: what a page does without scripts does not differ by role.
        names = [name for name in names_of(role) if name not in seen - LEAD_ON]
        walk.walk(names, known.get(role, ()))
        found += walk.found
        seen |= walk.seen

    assert found == [], "\n".join(found)
    assert len(seen) > 60


def test_list_finds_and_leads_on(desk, page):
    person = make_person(desk, Role.CASEWORKER, last_name="Stutvinder")
    desk.enter(page, Role.CASEWORKER, at="/mensen/")
    page.get_by_role("textbox", name="Zoek").fill("stutvinder")
    page.get_by_role("button", name="Toon").click()
    page.get_by_text("één mens,").wait_for()
    page.get_by_role("link", name="Naam").click()
    page.wait_for_url("**zoek=stutvinder**")
    page.get_by_role("link", name=person.name).click()
    expect(page.get_by_role("heading", name=person.name)).to_be_visible()


def test_file_takes_a_note_a_step_back_and_another_status(desk, page):
    person = make_person(desk, Role.CASEWORKER)
    desk.enter(page, Role.CASEWORKER, at=f"/mensen/{person.case_number}/")
    page.get_by_role("link", name="Noteer iets").click()
    page.get_by_label("Wat gebeurde er?").fill("Gebeld over de uren")
    page.get_by_role("button", name="Zet op de tijdlijn").click()
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("De notitie is weg.").wait_for()
    page.get_by_role("button", name="Pauzeer").click()
    page.get_by_text("De status is nu").wait_for()

    kept = Person.objects.get(pk=person.pk)
    assert (kept.status, kept.timeline.filter(kind="NOTE").count()) == ("PAUSED", 0)


def test_board_answers_a_question_with_a_reason(desk, page, new_page):
    person = make_person(desk, Role.CASEWORKER)
    shop = desk.who(Role.REUSE_SHOP).organisation
    lever = Lever.objects.filter(kind="BIKE", organisation=shop).first()
    add_stock(desk, lever)
    asked = book(desk, Role.CASEWORKER, lever, person, by_request=True)
    desk.enter(page, Role.REUSE_SHOP, at="/hefbomen/fietsen/")
    question = page.get_by_role("listitem").filter(has=page.locator(f"#why-{asked.pk}"))
    question.locator("summary").click()
    question.get_by_label("Waarom?").fill("Alleen nog kinderfietsen")
    question.get_by_role("button", name="Nee, met reden").click()
    page.get_by_text("Losgelaten. De begeleider ziet waarom.").wait_for()
    guide = new_page(java_script_enabled=False)
    desk.enter(guide, Role.CASEWORKER, at=f"/mensen/{person.case_number}/")

    expect(guide.get_by_text("Alleen nog kinderfietsen").first).to_be_visible()
    assert LeverBooking.objects.get(pk=asked.pk).state == "RELEASED"


def test_form_keeps_what_was_typed_until_it_is_right(desk, page):
    desk.enter(page, Role.CASEWORKER, at="/mensen/nieuw/")
    page.get_by_label("Voornaam").fill("Yara")
    page.get_by_label("Achternaam").fill("Stutvinder")
    page.get_by_label("Dorp of wijk").select_option("71070-heusden")
    page.get_by_label("Kan van huis zijn").fill("wanneer het past")
    page.get_by_role("button", name="Schrijf in").click()
    page.get_by_role("heading", name="Kijk dit nog na").wait_for()
    expect(page.get_by_label("Voornaam")).to_have_value("Yara")
    page.get_by_label("Kan van huis zijn").fill("ma-vr 6-19")
    page.get_by_role("button", name="Schrijf in").click()
    page.get_by_role("heading", name="Yara Stutvinder").wait_for()

    assert Person.objects.get(last_name="Stutvinder").away == "Mo-Fr 06:00-19:00"


def test_proposal_is_weighed_and_another_way_chosen(desk, page):
    person = make_seeker(desk, first_name="Yara")
    make_jobs(near=20, far=20)
    plan_now()
    first = proposal_of(person)
    desk.enter(page, Role.CASEWORKER, at=f"/mensen/{person.pk}/voorstel/")
    page.get_by_role("radio", name="Aanpassen").check()
    page.get_by_label("Reden", exact=True).select_option(
        label="De persoon kiest liever iets anders"
    )
    page.get_by_role("button", name="Leg de beslissing vast").click()
    page.get_by_role("alert").get_by_text("Kies welke weg het wordt.").wait_for()
    page.get_by_label("Welke andere weg?").select_option(index=1)
    page.get_by_label("Motivering, leesbaar voor de persoon").fill("Je koos dit zelf.")
    page.get_by_role("button", name="Leg de beslissing vast").click()
    page.get_by_text("Je koos een andere weg voor Yara.").wait_for()

    first.refresh_from_db()
    chosen = proposal_of(person)
    assert (first.state, chosen.state, chosen.changes) == ("CHANGED", "ACCEPTED", first)


def test_what_if_is_answered_by_a_button_and_its_curve_by_a_link(desk, page):
    for _ in range(12):
        make_seeker(desk)
    make_jobs(near=0, far=40, bikes=2)
    plan_now()
    bikes = Lever.objects.latest("pk")
    desk.enter(page, Role.DIRECTOR, at="/plan/wat-als/")
    page.wait_for_load_state("load")
    for more in page.locator("details.unfold > summary").all():
        more.click()
    page.locator(f"#id_L-{bikes.pk}").fill("12")
    page.get_by_role("button", name="Reken uit", exact=True).click()
    page.get_by_role("heading", name="mensen meer met een voorstel").wait_for()
    page.get_by_role("link", name="Reken uit hoeveel fietsen zin hebben").click()
    page.get_by_role("heading", name="Hoeveel fietsen hebben zin?").wait_for()
    page.locator("summary", has_text="Cijfers").click()
    expect(page.get_by_role("table").first).to_be_visible()
