"""Take the pictures of `docs/gallery.md`, and write that page.

Run ``just gallery`` after a change of what a role sees first. It opens the demonstration in a
folder of its own, which takes a minute, and needs Debian's `chromium`. People and firms in the
pictures are invented, the same ones each time; days and what is due follow the calendar.
"""

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "images" / "gallery"
QUALITY = 68
DESK, PHONE = (1280, 860), (390, 844)
SWITCHES = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars")
OPENING = """\
# The desk in pictures

Made by `just gallery` from the demonstration (`./run demo`): what each role meets first, on a desk
and on a phone. All people and firms are invented.
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of one role.

    Attributes
    ----------
    name : str
        Of the picture.
    seat : str
        Words on the button with which one signs in as the role; empty shows that page itself.
    caption : str
        What there is to see, in a sentence.
    way : tuple of str
        From the first page of the role: an address, or the selector of a link to follow.
    is_dark : bool
        In the dark theme, and only on a desk.
    """

    name: str
    seat: str
    caption: str
    way: tuple[str, ...] = ()
    is_dark: bool = False


FIRST_ROW = "tbody tr:first-child th a"
PEOPLE, JOBS, PROPOSALS, PLAN = "/mensen/", "/jobs/", "/voorstellen/", "/plan/"
GUIDE, WORKER, DIRECTOR = "Trajectbegeleider", "Maatschappelijk werker", "Regisseur"
EMPLOYER, TODAY = "gewone werkgever", "/vandaag/"
FIRST_PROPOSAL = (PROPOSALS, FIRST_ROW)
SHOTS = (
    Shot("sign-in", "", "Signing in to the demonstration: one click per role."),
    Shot("overview", DIRECTOR, "A director: the region in one picture, nobody by name."),
    Shot("plan", DIRECTOR, "The plan: how good it is proved to be, where it pinches.", (PLAN,)),
    Shot("what-if", DIRECTOR, "What if there were more?", ("/plan/wat-als/",)),
    Shot("partners", DIRECTOR, "Partners: whom to call and what they offer.", ("/partners/",)),
    Shot("waiting", GUIDE, "A caseworker in the morning: what waits, the most urgent first."),
    Shot("people", GUIDE, "Who has which next step.", (PEOPLE,)),
    Shot("case", GUIDE, "A case: facts in short blocks, one timeline.", (PEOPLE, FIRST_ROW)),
    Shot("proposal", GUIDE, "A proposal: the day, the reasons, the decision.", FIRST_PROPOSAL),
    Shot(
        "referral",
        GUIDE,
        "A referral: where it stands, every step, what was mailed.",
        ("/toeleiding/", FIRST_ROW),
    ),
    Shot(
        "moving-on",
        GUIDE,
        "On the way to regular work: the phases with their terms.",
        ("/doorstroom/?stand=MATCHING", FIRST_ROW),
    ),
    Shot(
        "figures",
        DIRECTOR,
        "From a referral to work that lasts; small numbers stay hidden.",
        ("/regie/cijfers/",),
    ),
    Shot(
        "sheet",
        GUIDE,
        "A sheet for the person, in plain words.",
        (*FIRST_PROPOSAL, "text=Blad voor"),
    ),
    Shot(
        "register",
        WORKER,
        "A social worker registers somebody: only what the plan needs.",
        ("/mensen/nieuw/",),
    ),
    Shot(
        "mediator",
        "Bemiddelaar",
        "A mediator of VDAB: only people with a grant that holds.",
        (PEOPLE,),
    ),
    Shot("enterprise", "De Kolenvink", "A social enterprise: its own vacancies.", (JOBS,)),
    Shot("vacancy", EMPLOYER, "An employer: a vacancy with its week.", (JOBS, FIRST_ROW)),
    Shot(
        "shifts",
        EMPLOYER,
        "While the hours of a vacancy are typed, the count of who can come follows.",
        (JOBS, FIRST_ROW, "text=Pas aan"),
    ),
    Shot("childcare", "Opvang", "Childcare: two weeks by part of the day.", (TODAY,)),
    Shot(
        "vouchers",
        "Kringwinkel",
        "The re-use shop: a voucher, a first name, one button.",
        ("/bonnen/",),
    ),
    Shot("bikes", "Kringwinkel", "Its bikes: what is asked, kept and given.", (TODAY,)),
    Shot("training", "Taalhuis", "Courses: seats, and which stock is still right.", (TODAY,)),
    Shot("transport", "Vervoer", "Shuttles: seats per ride.", (TODAY,)),
    Shot(
        "officer",
        "Functionaris",
        "The data protection officer: every look and every change.",
        ("/toezicht/auditspoor/",),
    ),
    Shot(
        "operator",
        "Beheerder",
        "The operator: accounts and roles, no people.",
        ("/beheer/gebruikers/",),
    ),
    Shot("overview-dark", DIRECTOR, "The region in the dark.", is_dark=True),
    Shot("proposal-dark", GUIDE, "The same proposal in the dark.", FIRST_PROPOSAL, is_dark=True),
    Shot("sign-in-dark", "", "Signing in, in the dark.", is_dark=True),
)


def main() -> None:
    """Take all pictures, then write the page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with demonstration() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*SWITCHES, "--lang=nl-BE"],
            # Fields for days are written as the language of the machine says.
            env={**os.environ, "LANGUAGE": "nl_BE", "TZ": "Europe/Brussels"},
        )
        for shot in SHOTS:
            take(browser, url, shot)
    (DOCS / "gallery.md").write_text("\n".join([OPENING, *map(lines, SHOTS)]), "utf-8")


def take(browser: Browser, url: str, shot: Shot) -> None:
    """Sign in, go there, and keep a picture on a desk and on a phone."""
    theme = "dark" if shot.is_dark else "light"
    context = browser.new_context(locale="nl-BE", color_scheme=theme)
    page = context.new_page()
    page.goto(f"{url}aanmelden/")
    if shot.seat:
        page.locator("ul.roles button", has_text=shot.seat).first.click()
        page.wait_for_url(lambda address: "/aanmelden/" not in address)
    for step in shot.way:
        go(page, url, step)
    for name, (width, height) in sizes(shot):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        keep(page, PICTURES / f"{name}.webp")
    context.close()


def go(page: Page, url: str, step: str) -> None:
    """Go to an address, or press what a selector finds."""
    if step.startswith("/"):
        page.goto(url + step[1:])
    else:
        page.locator(step).first.click()
    page.wait_for_load_state("networkidle")


def sizes(shot: Shot) -> list[tuple[str, tuple[int, int]]]:
    """Names of the pictures of a page, with the size of the screen."""
    return [(shot.name, DESK), *([] if shot.is_dark else [(f"{shot.name}-phone", PHONE)])]


def keep(page: Page, file: Path) -> None:
    """Write what the screen shows; WebP keeps letters sharp in a third of the bytes of a PNG."""
    session = page.context.new_cdp_session(page)
    taken: dict[str, Any] = session.send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    file.write_bytes(base64.b64decode(taken["data"]))


def lines(shot: Shot) -> str:
    """A page in the document: its caption and its pictures."""
    widths = {DESK: 640, PHONE: 195}
    pictures = [
        f'<img src="images/gallery/{name}.webp" width="{widths[size]}" alt="{shot.caption}">'
        for name, size in sizes(shot)
    ]
    return f"**{shot.caption}**\n\n{' '.join(pictures)}\n"


@contextmanager
def demonstration() -> Iterator[str]:
    """The demonstration in a folder of its own, until the pictures are taken."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("koempel")), "demo", folder]
        server = subprocess.Popen(
            [*command, "--port", str(free_port())],
            stderr=subprocess.PIPE,
            text=True,
            env={name: text for name, text in os.environ.items() if name != "DISPLAY"},
        )
        try:
            yield address(server)
        finally:
            server.terminate()
            server.wait()


def address(server: subprocess.Popen[str]) -> str:
    """Where the desk is open, once it says so."""
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"open op (http\S+)", line):
            return found[1]
    raise SystemExit("The demonstration did not open.")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
