"""The main stories, each from the first click to what another sees of it, through the screen.

Those of proposals and plans stand in test_planner_stories, those of partners in
test_partner_stories. Security keys: web/accounts/test_keys_in_browser. The hours of a vacancy:
jobs/test_in_browser. The moving part of long work: web/test_in_browser.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from desk.browser.objects import make_person, sign_in
from desk.browser.screen import follow, hand_in, press, says
from desk.factories.accounts import PASSWORD, UserFactory
from koempel.desk.accounts.models import BreakGlass, RoleRequest, User
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.partners.models import Establishment
from koempel.desk.people.models import Person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SOON = (timezone.localdate() + timedelta(days=20)).isoformat()
"""A day that is not past when the tests run."""


def test_caseworker_opens_a_case_and_writes_down_what_it_takes(desk, page):
    desk.enter(page, Role.CASEWORKER)
    follow(page, "Mensen")
    follow(page, "Schrijf iemand in")
    page.get_by_label("Voornaam").fill("Yara")
    page.get_by_label("Achternaam").fill("Zandkorrel")
    page.get_by_label("Dorp of wijk").select_option("71070-heusden")
    page.get_by_label("Kan van huis zijn").fill("ma-vr 6-19")
    press(page, "Schrijf in")
    page.get_by_role("heading", name="Yara Zandkorrel").wait_for()

    follow(page, "Voeg een kind toe")
    page.get_by_label("Voornaam").fill("Lio")
    page.get_by_label("Geboren in").fill("2025-09")
    page.get_by_label("Opvang nu").select_option("NONE")
    press(page, "Bewaar")
    follow(page, "Schrijf een beslissing op")
    page.get_by_label("Maatregel").select_option("COLLECTIVE_MAATWERK")
    page.get_by_label("Beslist door").select_option("VDAB")
    page.get_by_label("Beslist op").fill("2026-05-12")
    page.get_by_label("Stand").select_option("GRANTED")
    press(page, "Schrijf op")
    follow(page, "Schrijf een drempel op")
    page.get_by_label("Drempel").select_option("CHILDCARE_PLACE")
    page.get_by_label("Hoe weten we dat").fill("Lio staat op de wachtlijst.")
    press(page, "Schrijf op")
    follow(page, "Kies een volgende stap")
    page.get_by_label("Wat is de volgende stap?").fill("Bel de opvang")
    page.get_by_label("Tegen wanneer?").fill(SOON)
    press(page, "Spreek deze stap af")
    follow(page, "Noteer iets")
    page.get_by_label("Wat gebeurde er?").fill("Samen vacatures bekeken")
    press(page, "Zet op de tijdlijn")
    says(page, "De notitie staat op de tijdlijn.")

    person = Person.objects.get(last_name="Zandkorrel")
    told = page.get_by_role("complementary").locator(".what").all_inner_texts()
    assert told[0] == "Bel de opvang"
    assert {"Samen vacatures bekeken", "Ingeschreven"} <= set(told)
    assert person.next_step == "Bel de opvang"
    assert [child.first_name for child in person.children.all()] == ["Lio"]
    assert [right.measure for right in person.rights.all()] == ["COLLECTIVE_MAATWERK"]
    assert [each.kind for each in person.obstacles.all()] == ["CHILDCARE_PLACE"]


def test_mediator_sees_somebody_as_long_as_the_grant_lasts(desk, new_page):
    person = make_person(desk, Role.CASEWORKER)
    guide, mediator = new_page(), new_page()
    case = f"/mensen/{person.case_number}/"
    desk.enter(mediator, Role.MEDIATOR)
    assert mediator.goto(desk.url + case).status == 404

    desk.enter(guide, Role.CASEWORKER, at=case)
    follow(guide, "Geef of beëindig inzage")
    guide.get_by_label("Wie mag kijken?").select_option(
        label=str(desk.who(Role.MEDIATOR).organisation)
    )
    guide.get_by_label("Waarvoor?").fill("toeleiding naar een job")
    guide.get_by_label("naam en contact").check()
    guide.get_by_label("Op welke grond?").select_option("AGREEMENT")
    guide.get_by_label("Waar staat dat?").fill("afspraak van vandaag, ondertekend")
    guide.get_by_label("Tot en met").fill(SOON)
    press(guide, "Geef inzage")
    says(guide, "mag meekijken")

    mediator.goto(f"{desk.url}/mensen/")
    follow(mediator, person.name)
    expect(mediator.get_by_role("heading", name=person.name)).to_be_visible()
    expect(mediator.get_by_text(person.email)).to_be_visible()
    expect(mediator.get_by_role("heading", name="Kinderen")).to_be_hidden()
    press(guide, "Beëindig nu")
    says(guide, "kan dit dossier niet meer zien")
    assert mediator.goto(desk.url + case).status == 404


HEADER = "nummer;voornaam;achternaam;dorp;kan starten;uren van huis;uren minstens;uren hoogstens"
GOOD = "A-1;Milo;Draadtrekker;Viversel;2027-01-04;ma-vr 6-19;19;38"
WRONG = "A-2;Zohra;Zandberg;Nergenshuizen;2027-01-04;ma-vr 6-19;19;38"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_social_worker_mends_the_wrong_row_of_a_file(desk, new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    desk.enter(page, Role.SOCIAL_WORKER, at="/mensen/inlezen/")
    hand_in(page, "mensen.csv", "\n".join([HEADER, GOOD, WRONG]))
    page.locator("tr.bad .err").get_by_text("Dit dorp kennen we niet.").wait_for()
    press(page, "Lees één mens in")
    page.get_by_role("heading", name="Eén mens ingelezen.").wait_for()
    with page.expect_download() as waiting:
        follow(page, "Haal alleen de foute rijen op")
    wrong = waiting.value.path().read_text("utf-8-sig")

    page.goto(f"{desk.url}/mensen/inlezen/")
    hand_in(page, "verbeterd.csv", wrong.replace("Nergenshuizen", "Zolder"))
    press(page, "Lees één mens in")
    page.get_by_role("heading", name="Eén mens ingelezen.").wait_for()

    brought = Person.objects.filter(source="bestand").order_by("source_id")
    assert [(each.first_name, str(each.village)) for each in brought] == [
        ("Milo", "Viversel"), ("Zohra", "Zolder"),
    ]  # fmt: skip


def test_employer_makes_a_vacancy_closes_it_and_fills_another_again(desk, page):
    desk.enter(page, Role.EMPLOYER, at="/jobs/nieuw/")
    page.get_by_label("Titel").fill("Inpakker van mijnlampen")
    page.get_by_label("Beroep").fill("Inpakker")
    page.get_by_label("Eerste mogelijke startdag").fill(SOON)
    page.get_by_label("Laatste mogelijke startdag").fill(SOON)
    press(page, "Vroege shift")
    count = page.get_by_role("complementary", name="Wie kan komen?")
    count.get_by_text("kunnen vandaag komen").wait_for()
    page.locator("#week-words").get_by_text("Maandag tot vrijdag van 6 tot 14 uur").wait_for()
    press(page, "Bewaar de vacature")
    press(page, "Zet online")
    says(page, "De vacature staat online.")

    press(page, "De plaats is ingevuld")
    says(page, "De vacature is ingevuld.")
    press(page, "Eén plaats is weer vrij: zoek opnieuw")
    says(page, "De vacature staat weer online, met één vrije plaats.")
    press(page, "Sluit de vacature")
    says(page, "De vacature is gesloten.")
    assert Vacancy.objects.get(title="Inpakker van mijnlampen").state == "CLOSED"


def test_director_finds_a_partner_and_adds_where_it_works(desk, page):
    partner = desk.who(Role.EMPLOYER).organisation
    desk.enter(page, Role.DIRECTOR, at="/partners/")
    page.get_by_role("textbox", name="Zoek").press_sequentially(partner.name)
    page.get_by_text("één partner,").wait_for()
    follow(page, partner.name)
    page.get_by_role("heading", name="Vestigingen").locator("..").get_by_role("link").click()
    page.get_by_label("Naam").fill("Magazijn Derde Laag")
    page.get_by_label("Vestigingsnummer").fill("2.000.000.000")
    page.get_by_label("Straat en nummer").fill("Schachtboklaan 3")
    page.get_by_label("Dorp").select_option("71070-heusden")
    page.get_by_label("Sinds").fill("2026-01-01")
    press(page, "Voeg de vestiging toe")
    page.get_by_role("alert").get_by_text("geen geldig vestigingsnummer").wait_for()
    expect(page.get_by_label("Naam")).to_have_value("Magazijn Derde Laag")
    page.get_by_label("Vestigingsnummer").fill("2.000.000.042")
    press(page, "Voeg de vestiging toe")
    says(page, "Vestiging Magazijn Derde Laag is bewaard.")
    expect(page.get_by_role("cell", name="2.000.000.042")).to_be_visible()
    assert Establishment.objects.get(name="Magazijn Derde Laag").organisation == partner


def test_director_mends_the_number_of_a_new_partner(desk, page):
    desk.enter(page, Role.DIRECTOR, at="/partners/nieuw/")
    page.get_by_label("Naam").fill("Fietsenstalling Onder de Grond")
    page.get_by_label("Soort").select_option("REUSE_SHOP")
    page.get_by_label("Ondernemingsnummer").fill("0100.999.900")
    press(page, "Voeg de partner toe")
    page.get_by_role("alert").get_by_text("geen geldig ondernemingsnummer").wait_for()
    page.get_by_label("Ondernemingsnummer").fill("0100.999.962")
    press(page, "Voeg de partner toe")
    says(page, "Fietsenstalling Onder de Grond is toegevoegd.")
    expect(page.get_by_text("0100.999.962")).to_be_visible()


def test_officer_judges_emergency_access_and_finds_it_in_the_trail(desk, new_page):
    person = make_person(desk, Role.CASEWORKER)
    colleague = UserFactory(organisation=person.organisation)
    Person.objects.filter(pk=person.pk).update(caseworker=colleague)
    guide, officer = new_page(), new_page()
    case = f"/mensen/{person.case_number}/"
    desk.enter(guide, Role.CASEWORKER)
    assert guide.goto(desk.url + case).status == 404
    guide.goto(f"{desk.url}/mensen/noodtoegang/")
    guide.get_by_label("Dossiernummer").fill(person.case_number)
    guide.get_by_label("Waarom").fill("De collega is ziek en de opvang belt.")
    press(guide, "Open het dossier een uur")
    guide.get_by_role("heading", name=person.name).wait_for()

    desk.enter(officer, Role.DPO, at="/toezicht/noodtoegang/")
    follow(officer, person.case_number)
    expect(officer.get_by_text("De collega is ziek en de opvang belt.")).to_be_visible()
    officer.get_by_label("Je oordeel").fill("De oproep staat in het verslag van de dag.")
    press(officer, "Bewaar je oordeel")
    officer.get_by_text("Nagekeken").first.wait_for()
    officer.goto(f"{desk.url}/toezicht/auditspoor/?zoek={person.case_number}")
    assert officer.get_by_role("row").filter(has_text=desk.who(Role.CASEWORKER).name).count()
    assert person.last_name not in officer.content()
    assert BreakGlass.objects.get(person=person.case_number).reviewed_by == desk.who(Role.DPO)


def test_role_takes_two_operators(desk, new_page):
    first, second = new_page(), new_page()
    desk.enter(first, Role.OPERATOR, at="/beheer/gebruikers/nieuw/")
    first.get_by_label("Naam").fill("Nieuwe Lampist")
    first.get_by_label("E-mailadres").fill("lampist@koempel.invalid")
    first.get_by_label("Organisatie").select_option(index=1)
    first.get_by_label("Rol").select_option("CASEWORKER")
    press(first, "Vraag dit account")
    says(first, "wacht nu op een tweede beheerder")
    expect(first.get_by_role("button", name="Bevestig de rol")).to_be_hidden()
    asked = RoleRequest.objects.get(user__name="Nieuwe Lampist")

    other = UserFactory(demo=True, name="Wies Tweede", role=Role.OPERATOR)
    second.goto(f"{desk.url}/aanmelden/?next=/beheer/gebruikers/{asked.user_id}/")
    second.locator(f'button[name=user][value="{other.pk}"]').click()
    press(second, "Bevestig de rol")
    says(second, "Er vertrekt een mail")
    user = User.objects.get(name="Nieuwe Lampist")
    assert (user.role, user.is_active) == (Role.CASEWORKER, True)


def test_password_and_code_open_the_desk_and_a_wrong_code_does_not(desk, page, settings):
    settings.DEMO = False
    user = sign_in(page, desk.url, role=Role.OPERATOR)
    follow(page, "Gebruikers")
    page.get_by_role("heading", name="Gebruikers").wait_for()
    page.locator("details.menu summary").click()
    press(page, "Afmelden")
    page.get_by_role("button", name="Afmelden").wait_for(state="detached")
    page.goto(f"{desk.url}/aanmelden/wachtwoord/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Meld je aan")
    page.get_by_label("Code").fill("000000")
    press(page, "Meld je aan")
    page.get_by_role("alert").wait_for()
    page.goto(f"{desk.url}/beheer/gebruikers/")
    expect(page.get_by_role("heading", name="Gebruikers")).to_be_hidden()
