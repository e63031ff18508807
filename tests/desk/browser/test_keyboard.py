"""A day of a caseworker with the keyboard alone, who can always see where they are."""

import pytest

from desk.browser.objects import make_person
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FOCUS = """async () => {
    const here = document.activeElement;
    const isOk = () => {
        const style = getComputedStyle(here);
        const box = here.getBoundingClientRect();
        const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
        return isSeen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    // The browser scrolls to the focus some frames after the key.
    for (let frame = 0; frame < 30 && !isOk(); frame++) await new Promise(requestAnimationFrame);
    const label = here.labels?.[0]?.textContent ?? here.getAttribute("aria-label") ?? "";
    return {ok: isOk(), name: (label || here.textContent).trim(), html: here.outerHTML};
}"""


@pytest.fixture
def tab_to(page):
    """Presses Tab until the focus is on what has a name; it must be seen at every stop."""

    def go(name):
        for _ in range(80):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            assert focus["ok"], f"the focus cannot be seen on {focus['html'][:200]}"
            if focus["name"].startswith(name):
                return
        raise AssertionError(f"Tab never came to: {name}")

    return go


def test_keyboard_alone_is_enough_to_sign_in_find_note_and_agree(desk, page, tab_to):
    person = make_person(desk, Role.CASEWORKER, last_name="Stutvinder")
    page.goto(f"{desk.url}/aanmelden/")
    tab_to("Trajectbegeleider")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wacht/")
    tab_to("Mensen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mensen/")

    tab_to("Ga naar de inhoud")
    page.keyboard.press("Enter")
    tab_to("Zoek")
    page.keyboard.type("stutvinder")
    page.get_by_text("één mens,").wait_for()
    # The answer to the last letter: an earlier one would be swapped away under the focus.
    page.wait_for_url("**zoek=stutvinder**")
    tab_to(person.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{person.case_number}/")

    tab_to("Noteer iets")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notitie/")
    tab_to("Wat gebeurde er?")
    page.keyboard.type("Gebeld over de uren")
    tab_to("Zet op de tijdlijn")
    page.keyboard.press("Space")
    page.get_by_text("De notitie staat op de tijdlijn.").wait_for()

    tab_to("Rond de stap af")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stap/")
    tab_to("Wat is de volgende stap?")
    page.keyboard.type("Vraag een proefrit aan")
    tab_to("Tegen wanneer?")
    _first_day_of_next_year(page)
    tab_to("Spreek deze stap af")
    page.keyboard.press("Enter")
    page.locator(".notes").get_by_text("Afgesproken: Vraag een proefrit aan").wait_for()

    kept = Person.objects.get(pk=person.pk)
    assert kept.next_step == "Vraag een proefrit aan"
    assert [(entry.kind, entry.title) for entry in kept.timeline.all()][1] == (
        "NOTE", "Gebeld over de uren",
    )  # fmt: skip


def _first_day_of_next_year(page):
    # The order of day and month is that of the machine; from nothing, Up gives the first of both.
    for key in ("ArrowUp", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
