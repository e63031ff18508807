"""The ceremony of a security key, with an authenticator that lives in the browser."""

from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from desk.factories.accounts import PASSWORD, UserFactory
from koempel.desk.accounts.models import User
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

SEND_AGAIN = """answer => {
    window.mark = "this page";
    const field = document.querySelector("[name=credential]");
    field.value = answer;
    field.form.submit();
}"""

PULL_OUT = """() => {
    navigator.credentials.get = () => Promise.reject(new Error("pulled out"));
}"""


@pytest.fixture
def desk(live_server, settings):
    settings.DEMO = False
    # Browsers take a key on http for this one name, and so does the library when asked.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    cache.clear()
    return live_server.url


@pytest.fixture
def with_key(page):
    """A page in a browser with a key in it."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def type_password(page, desk, user):
    page.goto(f"{desk}/aanmelden/wachtwoord/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()


def add_key(page, name="Sleutel aan mijn bos"):
    page.get_by_role("link", name="Neem een beveiligingssleutel").click()
    page.get_by_label("Naam van de sleutel").fill(name)
    page.get_by_role("button", name="Voeg de sleutel toe").click()


def sign_out(page, desk):
    page.context.clear_cookies()
    page.goto(f"{desk}/aanmelden/wachtwoord/")


@pytest.fixture
def newcomer(desk, with_key):
    """Somebody who just took a key, at the page with the recovery codes."""
    user = UserFactory(role=Role.OPERATOR, second_factor=False)
    type_password(with_key, desk, user)
    add_key(with_key)
    with_key.get_by_role("heading", name="Je herstelcodes").wait_for()
    return user


def use_key(page):
    page.get_by_role("button", name="Gebruik een beveiligingssleutel").click()


def confirm_with_key(page):
    page.get_by_role("heading", name="Bevestig dat jij het bent").wait_for()
    page.get_by_role("link", name="Gebruik een beveiligingssleutel").click()
    use_key(page)


def keys_of(user: User) -> list[str]:
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return [str(row) for row in rows]


def test_key_is_taken_used_to_sign_in_and_removed(desk, with_key, newcomer):
    page = with_key
    assert keys_of(newcomer) == ["Sleutel aan mijn bos"]

    sign_out(page, desk)
    type_password(page, desk, newcomer)
    use_key(page)
    page.wait_for_url("**/wacht/")

    page.goto(f"{desk}/beveiliging/sleutels/")
    page.get_by_role("link", name="Haal weg").click()
    confirm_with_key(page)
    page.get_by_role("button", name="Haal de sleutel weg").click()
    page.get_by_role("heading", name="Je beveiligingssleutels").or_(
        page.get_by_role("heading", name="Beveiliging van je account")
    ).wait_for()
    assert keys_of(newcomer) == []
    changed = AuditEvent.objects.filter(verb="second-factor-changed")
    assert {event.actor for event in changed} == {newcomer.pk}

    page.goto(f"{desk}/beheer/gebruikers/")
    expect(page.get_by_role("heading", name="Kies eerst een tweede sleutel")).to_be_visible()


@pytest.mark.parametrize("victim", ["the same person", "somebody else"])
def test_answer_of_a_key_works_once_and_for_one_person(desk, with_key, newcomer, victim):
    page = with_key
    answers = []
    page.on("request", lambda request: answers.append(request.post_data or ""))
    sign_out(page, desk)
    type_password(page, desk, newcomer)
    use_key(page)
    page.wait_for_url("**/wacht/")
    (answer,) = [parse_qs(sent)["credential"][0] for sent in answers if "&credential=%7B" in sent]

    sign_out(page, desk)
    target = newcomer if victim == "the same person" else UserFactory(role=Role.OPERATOR)
    type_password(page, desk, target)
    page.get_by_role("heading", name="Nu je tweede sleutel").wait_for()
    page.evaluate(SEND_AGAIN, answer)
    page.wait_for_function("window.mark === undefined")
    page.goto(f"{desk}/beheer/gebruikers/")
    expect(page.get_by_role("heading", name="Nu je tweede sleutel")).to_be_visible()


def test_same_key_twice_says_what_went_wrong(desk, with_key, newcomer):
    page = with_key
    page.goto(f"{desk}/beveiliging/sleutels/nieuw/")
    page.get_by_label("Naam van de sleutel").fill("Nog eens")
    page.get_by_role("button", name="Voeg de sleutel toe").click()
    page.get_by_role("alert").filter(has_text="De sleutel antwoordde niet").wait_for()
    assert keys_of(newcomer) == ["Sleutel aan mijn bos"]


def test_key_waits_until_the_page_can_ask_for_it(desk, with_key):
    """Pressed before the last file was there, the button did nothing and said nothing."""
    page = with_key
    late = []

    def hold(route):
        late.append(route)

    page.route("**/webauthn.js", hold)
    type_password(page, desk, UserFactory(role=Role.OPERATOR, second_factor=False))
    page.get_by_role("link", name="Neem een beveiligingssleutel").click()
    button = page.get_by_role("button", name="Voeg de sleutel toe")
    expect(button).to_be_disabled()
    (route,) = late
    route.continue_()
    expect(button).to_be_enabled()
    page.get_by_label("Naam van de sleutel").fill("Sleutel aan mijn bos")
    page.get_by_label("Naam van de sleutel").press("Enter")
    page.get_by_role("heading", name="Je herstelcodes").wait_for()


def test_entrance_says_that_a_key_did_not_answer(desk, with_key, newcomer):
    page = with_key
    sign_out(page, desk)
    type_password(page, desk, newcomer)
    page.get_by_role("heading", name="Nu je tweede sleutel").wait_for()
    page.evaluate(PULL_OUT)
    use_key(page)
    page.get_by_role("alert").filter(has_text="De sleutel antwoordde niet").wait_for()


def test_recovery_code_lets_in_once(desk, with_key, newcomer):
    page = with_key
    code = page.locator(".codes li").first.inner_text()

    def sign_in_with_code():
        sign_out(page, desk)
        type_password(page, desk, newcomer)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Meld je aan").click()

    sign_in_with_code()
    page.wait_for_url("**/wacht/")
    sign_in_with_code()
    page.get_by_text("Deze code klopt niet").first.wait_for()
    page.goto(f"{desk}/beheer/gebruikers/")
    expect(page.get_by_role("heading", name="Nu je tweede sleutel")).to_be_visible()


def test_key_confirms_what_is_sensitive(desk, with_key, newcomer):
    page = with_key
    address = f"{desk}/beheer/gebruikers/{UserFactory().pk}/rol/"
    sign_out(page, desk)
    type_password(page, desk, newcomer)
    use_key(page)
    page.wait_for_url("**/wacht/")
    page.goto(address)
    confirm_with_key(page)
    page.wait_for_url(address)
