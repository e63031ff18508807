"""The page in a real browser: nothing fetched, nothing cut off, readable without a script."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from koempel.region.report import write_outcome
from region.report.invented import Invented

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, plan: Invented) -> str:
    folder: Path = tmp_path_factory.mktemp("report") / "out"
    write_outcome(folder, plan.outcome, plan.region, choice_state=None)
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="module")
def chromium() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))


@pytest.mark.parametrize("width", [390, 820, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_asks_nothing_and_has_no_errors(
    width: int, scheme: str, address: str, chromium: "playwright.Browser"
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert asked == [address]
    assert errors == []
    assert wide <= width


def test_a_link_to_a_person_opens_the_village(
    address: str, plan: Invented, chromium: "playwright.Browser"
) -> None:
    person = plan.outcome.proposals[0].person
    page = chromium.new_page()

    page.goto(f"{address}#{person}")

    playwright.expect(page.locator(f"[id='{person}']")).to_be_visible()
    page.close()


def test_closed_villages_take_no_paper(address: str, chromium: "playwright.Browser") -> None:
    page = chromium.new_page()
    page.goto(address)
    closed = _sheets(page)
    page.evaluate("document.querySelectorAll('.cases details').forEach(each => each.open = true)")

    assert closed <= 6
    assert _sheets(page) > 3 * closed
    page.close()


def _sheets(page: "playwright.Page") -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
