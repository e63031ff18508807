"""What people do with what the planner proposes: decide, ask for a plan, try, watch, read along.

The answer while a slider moves, and a scenario without scripts: web/plan/test_in_browser. How far
a plan is while the worker makes it: planning/test_runs and work/test_work; here the worker and the
server share a connection, so the worker does its work while nobody looks.
"""

import re

import pytest
from playwright.sync_api import expect

from desk.browser.objects import make_jobs, make_seeker
from desk.browser.screen import follow, press, says
from desk.planning.world import plan_now, proposal_of
from desk.worker import work_off
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.planning.models import Decision, PlanRun, Proposal
from koempel.desk.planning.what_ifs import warm_up
from koempel.region.outcome import LeverKind

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NEAR, FAR = "Inpakker van mijnlampen", "Plukker van kolenbloemen"


@pytest.fixture
def seeker(desk):
    """Somebody with a proposal for a seat next door or, with a bike, for one further on."""
    person = make_seeker(desk, first_name="Yara", last_name="Zandkorrel")
    make_jobs(near=20, far=20)
    plan_now()
    assert proposal_of(person).vacancy.title in (NEAR, FAR)
    return person


@pytest.fixture
def cyclist(desk):
    """Somebody with a proposal that takes a bike, or one with a motor."""
    person = make_seeker(desk, first_name="Yara", last_name="Zandkorrel")
    make_jobs(near=0, far=20)
    plan_now()
    (lever,) = proposal_of(person).content.levers
    assert lever.kind in (LeverKind.BIKE, LeverKind.EBIKE_LOAN)
    return person


def decide(page, what, reason, words=""):
    """Fill in the decision and send it."""
    page.get_by_role("radio", name=what).check()
    page.get_by_label("Reden", exact=True).select_option(label=reason)
    page.get_by_label("Motivering, leesbaar voor de persoon").fill(words)
    press(page, "Leg de beslissing vast")


def decisions_about(person):
    rows = Proposal.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("vacancy__title", "state"))


def test_caseworker_accepts_a_proposal_with_its_bike_and_takes_it_back(desk, page, cyclist):
    desk.enter(page, Role.CASEWORKER, at="/voorstellen/")
    page.get_by_role("textbox", name="Zoek").press_sequentially("zandkorrel")
    page.get_by_text("één voorstel,").wait_for()
    follow(page, cyclist.name)
    page.get_by_role("heading", name=f"{FAR} bij").wait_for()
    follow(page, "Beslis over het voorstel")
    decide(page, "Aanvaarden", "Past bij wens en situatie")
    says(page, "De plaats en de hefbomen voor Yara zijn vastgehouden.")
    booking = LeverBooking.objects.get(case_number=cyclist.pk)
    assert booking.state == "HELD"

    follow(page, "Open het dossier")
    page.get_by_text(f"bon {booking.voucher}").wait_for()
    page.go_back()
    accepted = page.get_by_role("heading", name="Aanvaard", exact=True)
    press(page.locator("section", has=accepted), "Maak ongedaan")
    says(page, "Het voorstel wacht weer.")

    booking.refresh_from_db()
    assert booking.state == "RELEASED"
    assert decisions_about(cyclist) == [(FAR, "OPEN")]


def test_caseworker_chooses_another_way_with_the_person(desk, page, seeker):
    first = proposal_of(seeker).vacancy.title
    other = {NEAR: FAR, FAR: NEAR}[first]
    desk.enter(page, Role.CASEWORKER, at=f"/mensen/{seeker.pk}/voorstel/")
    page.get_by_role("link", name=re.compile(f"Kies deze.*{other}")).click()
    expect(page.get_by_role("radio", name="Aanpassen")).to_be_checked()
    decide(page, "Aanpassen", "De persoon kiest liever iets anders", "Je koos dit zelf.")
    says(page, "Je koos een andere weg voor Yara. Alles is vastgehouden.")

    page.get_by_role("heading", name=f"{other} bij").wait_for()
    expect(page.get_by_text("Zelf gekozen weg")).to_be_visible()
    assert decisions_about(seeker) == [(first, "CHANGED"), (other, "ACCEPTED")]


def test_what_was_refused_stays_away_until_somebody_lets_it(desk, page, cyclist):
    desk.enter(page, Role.CASEWORKER, at=f"/mensen/{cyclist.pk}/")
    follow(page, "Beslis over het voorstel")
    decide(page, "Weigeren", "De persoon wil deze job niet")
    page.get_by_role("alert").get_by_text("Schrijf waarom").wait_for()
    expect(page.get_by_role("radio", name="Weigeren")).to_be_checked()
    decide(page, "Weigeren", "De persoon wil deze job niet", "Je wil liever binnen werken.")
    says(page, "Het voorstel voor Yara is geweigerd. Het komt niet terug.")

    plan_now()
    page.reload()
    expect(page.get_by_text("Je wil liever binnen werken.")).to_be_visible()
    assert decisions_about(cyclist)[0] == (FAR, "REFUSED")
    assert (FAR, "OPEN") not in decisions_about(cyclist)

    page.get_by_role("button", name=re.compile(f"^Laat weer toe.*{FAR}")).click()
    says(page, "Het volgende plan mag deze job opnieuw voorstellen.")
    plan_now()
    page.reload()
    page.get_by_role("heading", name=f"{FAR} bij").wait_for()
    assert Decision.objects.filter(proposal__person=cyclist).count() == 2


def test_director_asks_for_a_plan_stops_it_and_lets_another_be_made(desk, page):
    earlier = PlanRun.objects.latest("pk")
    desk.enter(page, Role.DIRECTOR, at="/plan/")
    follow(page, "Maak een nieuw plan")
    press(page, "Maak het plan")
    page.get_by_text("Dit wacht op zijn beurt.").wait_for()
    press(page, "Stop")
    page.get_by_text("Dit is gestopt. Er is niets veranderd.").wait_for()
    work_off()
    assert PlanRun.objects.latest("pk") == earlier

    page.goto(f"{desk.url}/plan/nieuw/")
    press(page, "Maak het plan")
    page.get_by_text("Dit wacht op zijn beurt.").wait_for()
    while_nobody_looks(page, work_off)
    made = PlanRun.objects.latest("pk")
    page.get_by_role("heading", name=f"Plan {made.pk}").wait_for()
    expect(page.get_by_text("in gebruik")).to_be_visible()
    assert made.earlier == earlier


def while_nobody_looks(page, work):
    """Let the worker work, then look again where the page was."""
    address = page.url
    page.goto("about:blank")
    work()
    page.goto(address)


def test_director_tries_more_bikes_and_a_colleague_reads_what_was_kept(desk, new_page):
    for _ in range(12):
        make_seeker(desk)
    make_jobs(near=0, far=40, bikes=2)
    plan_now()
    warm_up()
    bikes = Lever.objects.latest("pk")
    director, officer = new_page(), new_page(width=390)
    desk.enter(director, Role.DIRECTOR, at="/plan/")
    follow(director, "Wat als?")
    director.get_by_role("heading", name="Wat als?").wait_for()
    unfold(director)
    director.locator(f"#id_L-{bikes.pk}").fill("12")
    more = director.get_by_role("heading", name="mensen meer met een voorstel").inner_text()
    press(director, "Bewaar als scenario")
    director.get_by_label("Naam van het scenario").fill("Tien fietsen meer")
    press(director, "Bewaar het scenario")
    says(director, "Het scenario is bewaard.")

    desk.enter(officer, Role.DPO)
    officer.goto(director.locator(".addr").inner_text())
    officer.get_by_role("heading", name="Tien fietsen meer").wait_for()
    officer.get_by_role("heading", name=more, exact=True).wait_for()
    follow(officer, "Open in «Wat als?»")
    expect(officer.locator(f"#id_L-{bikes.pk}")).to_have_value("12")
    expect(officer.get_by_role("button", name="Bewaar als scenario")).to_be_hidden()


def unfold(page):
    page.locator("details.unfold").evaluate_all("all => all.forEach(each => each.open = true)")


def test_officer_has_a_plan_of_the_register_made_again(desk, page):
    run = PlanRun.objects.latest("pk")
    desk.enter(page, Role.DPO, at="/plan/")
    follow(page, "Register van de planner")
    follow(page, f"Plan {run.pk}")
    press(page, "Maak het opnieuw en vergelijk")
    page.get_by_text("Dit wacht op zijn beurt.").wait_for()
    while_nobody_looks(page, work_off)

    page.get_by_role("heading", name=f"Plan {run.pk}").wait_for()
    expect(page.get_by_text("Byte voor byte hetzelfde.")).to_be_visible()


def test_person_reads_the_own_sheet_without_an_account_while_the_link_works(
    desk, new_page, cyclist
):
    guide, person = new_page(), new_page(width=390)
    desk.enter(guide, Role.CASEWORKER, at=f"/mensen/{cyclist.pk}/voorstel/")
    follow(guide, "Blad voor Yara")
    press(guide, "Maak een link")
    told = guide.locator(".notes").get_by_text("De link voor Yara").inner_text()
    link = re.search(r"http\S+", told)[0]

    person.goto(link)
    person.get_by_role("heading", name="Dag Yara").wait_for()
    expect(person.get_by_text("Jij mag altijd nee zeggen.")).to_be_visible()
    expect(person.get_by_text(FAR).first).to_be_visible()
    press(guide, "Stop de link")
    says(guide, "De link werkt niet meer.")
    assert person.goto(link).status == 404
