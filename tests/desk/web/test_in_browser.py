"""The patterns in a browser: accessible, within the policy, by keyboard, without script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from desk.looks import WATCH, problems
from desk.web.demo.models import Place, Rider

pytestmark = pytest.mark.e2e

PAGES = (
    "/", "/mensen/", "/mensen/?zoek=niemand", "/mensen/?vanaf=gisteren", "/mensen/K-0000/",
    "/mensen/nieuw/", "/mensen/inlezen/", "/mensen/bezig/", "/fout/404/",
)  # fmt: skip


@pytest.fixture
def seen(address, riders):
    riders(35, place=Place.BERINGEN)
    Rider.objects.filter(code="K-0000").update(is_waiting=True, has_bike=False)
    return address


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pattern_is_accessible_and_within_the_policy(seen, new_page, width, scheme):
    page = new_page(width=width, color_scheme=scheme)
    page.add_init_script(WATCH)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    found: list[str] = []

    for path in PAGES:
        page.goto(seen + path)
        page.wait_for_function(f"document.documentElement.dataset.bsTheme === '{scheme}'")
        found += problems(page)
    page.goto(f"{seen}/mensen/nieuw/")
    page.get_by_role("button", name="Schrijf in").click()
    page.get_by_role("heading", name="Kijk dit nog na").wait_for()
    found += problems(page)
    page.goto(f"{seen}/mensen/")
    page.get_by_label("Rijder 0000").check()
    page.locator("details.menu summary").click()
    found += problems(page)
    page.goto(f"{seen}/mensen/inlezen/")
    hand_in(page, "Yara\n\nLio\n")
    found += problems(page)
    page.get_by_role("button", name="Lees 2 mensen in").click()
    page.get_by_role("heading", name="De mensen zijn ingelezen.").wait_for()
    found += problems(page)

    assert found + errors == []


def hand_in(page, text: str) -> None:
    file = {"name": "mensen.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Kijk het bestand na").click()
    page.get_by_role("heading", name="mensen.csv").wait_for()


def test_search_and_filters_apply_while_typing_and_stay_in_the_address(seen, page):
    page.goto(f"{seen}/mensen/")
    page.evaluate("window.same = true")

    page.get_by_role("textbox", name="Zoek").press_sequentially("rijder 0003")
    page.wait_for_url("**/mensen/?zoek=rijder+0003")
    page.get_by_text("één mens, 34 verborgen door het zoekwoord").wait_for()
    page.get_by_label("Heeft een fiets").select_option("nee")
    page.get_by_role("heading", name="Niets gevonden").wait_for()

    assert page.evaluate("window.same")
    page.wait_for_url("**/mensen/?zoek=rijder+0003&fiets=nee")
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("textbox", name="Zoek")).to_have_value("rijder 0003")
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()


def test_leaving_the_search_asks_nothing_more(seen, page):
    page.goto(f"{seen}/mensen/")
    page.get_by_role("textbox", name="Zoek").press_sequentially("rijder 0003")
    page.wait_for_url("**/mensen/?zoek=rijder+0003")
    page.get_by_text("één mens, 34 verborgen").wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    # The rows would be swapped away under the focus.
    page.keyboard.press("Tab")
    page.get_by_label("Heeft een fiets").select_option("nee")
    page.get_by_role("heading", name="Niets gevonden").wait_for()

    (list_asked,) = [url for url in asked if "zoek=" in url]
    assert "fiets=nee" in list_asked


def test_sorting_and_pages_keep_the_search_and_the_focus(seen, page):
    page.goto(f"{seen}/mensen/?zoek=rijder")

    page.get_by_role("link", name="Minuten fietsen").press("Enter")
    page.wait_for_url("**sorteer=minuten-fietsen**")
    page.wait_for_function("document.activeElement.id === 'sort-minuten-fietsen'")
    page.get_by_role("link", name="Volgend blad").click()
    page.get_by_text("Blad 2 van 2").wait_for()
    page.get_by_role("textbox", name="Zoek").press("End")
    page.keyboard.type(" 00")
    page.wait_for_url("**zoek=rijder+00&sorteer=minuten-fietsen")

    expect(page.locator("tbody tr")).to_have_count(30)


def test_keyboard_alone_searches_chooses_acts_and_opens(seen, page):
    page.goto(f"{seen}/mensen/")

    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.textContent === 'Ga naar de inhoud'")
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.id === 'id_zoek'")
    page.keyboard.type("0001")
    page.get_by_text("één mens, 34 verborgen").wait_for()
    tab_to(page, "document.activeElement.name === 'kies'")
    page.keyboard.press("Space")
    tab_to(page, "document.activeElement.textContent === 'Wijs een fiets toe'")
    page.keyboard.press("Enter")
    page.get_by_text("1 fietsen toegewezen.").wait_for()
    tab_to(page, "document.activeElement.textContent === 'Rijder 0001'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mensen/K-0001/")

    assert Rider.objects.get(code="K-0001").has_bike


def tab_to(page, condition: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"Tab never came to: {condition}")


def test_bulk_bar_counts_what_is_chosen(seen, page):
    page.goto(f"{seen}/mensen/")
    button = page.get_by_role("button", name="Wijs een fiets toe")

    expect(button).to_be_hidden()
    page.get_by_label("Kies alles op dit blad").check()

    expect(button).to_be_visible()
    expect(page.get_by_text("30 gekozen")).to_be_visible()


def test_theme_button_changes_at_once_and_keeps_what_was_typed(seen, new_page):
    page = new_page(color_scheme="light")
    page.goto(f"{seen}/mensen/nieuw/")
    page.get_by_label("Naam").fill("Yara")

    with page.expect_response("**/thema/"):
        page.get_by_role("button", name="Donker scherm").click()
    page.wait_for_function("document.documentElement.dataset.bsTheme === 'dark'")
    expect(page.get_by_label("Naam")).to_have_value("Yara")
    page.goto(f"{seen}/mensen/")
    page.wait_for_function("document.documentElement.dataset.bsTheme === 'dark'")
    expect(page.get_by_role("button", name="Licht scherm")).to_be_visible()


def test_menu_closes_on_escape_and_gives_the_focus_back(seen, page):
    page.goto(f"{seen}/mensen/")
    summary = page.locator("details.menu summary")
    summary.click()

    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Afmelden")).to_be_hidden()
    page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_works_without_scripts(seen, new_page, width):
    page = new_page(width=width, java_script_enabled=False)
    page.goto(f"{seen}/mensen/")
    page.get_by_role("textbox", name="Zoek").fill("0001")
    page.get_by_role("button", name="Toon").click()
    page.get_by_label("Rijder 0001").check()
    page.get_by_role("button", name="Wijs een fiets toe").click()
    page.get_by_text("1 fietsen toegewezen.").wait_for()
    page.get_by_role("button", name="Donker scherm").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator("details.menu summary").click()
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    page.goto(f"{seen}/mensen/inlezen/")
    hand_in(page, "Lio\n")
    page.get_by_role("button", name="Lees 1 mensen in").click()
    page.get_by_role("heading", name="De mensen zijn ingelezen.").wait_for()

    assert Rider.objects.get(code="K-0001").has_bike
    assert Rider.objects.filter(name="Lio").exists()


def test_print_is_light_and_leaves_out_what_paper_cannot_press(seen, new_page):
    page = new_page(color_scheme="dark")
    page.goto(f"{seen}/mensen/K-0000/")

    page.emulate_media(media="print")

    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(251, 250, 247)"
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.get_by_role("button", name="Neem het voorstel aan")).to_be_hidden()
    expect(page.get_by_role("heading", name="Tijdlijn")).to_be_visible()


def test_file_can_be_dropped(seen, page):
    page.goto(f"{seen}/mensen/inlezen/")

    page.evaluate("""() => {
        const data = new DataTransfer();
        data.items.add(new File(["Yara"], "mensen.csv"));
        const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
        document.querySelector("[data-drop]").dispatchEvent(drop);
    }""")
    page.get_by_role("button", name="Kijk het bestand na").click()

    expect(page.get_by_role("heading", name="mensen.csv")).to_be_visible()


def test_day_filter_takes_the_day_of_the_calendar(seen, page):
    Rider.objects.filter(code="K-0002").update(starts_on=date(2028, 1, 1))
    page.goto(f"{seen}/mensen/")

    page.get_by_label("Kan starten vanaf").fill("2028-01-01")
    page.get_by_text("één mens, 34 verborgen door de filter").wait_for()

    page.wait_for_url("**/mensen/?vanaf=2028-01-01")
