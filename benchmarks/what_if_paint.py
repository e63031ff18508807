"""From click to paint on the board of what-ifs, in a browser, at full size.

    python benchmarks/what_if_paint.py /path/to/data-folder

The folder is one that `koempel demo` filled, with its plan, and that no desk serves at the moment.
A desk is started on it and the board opened in Debian's chromium. Then twenty different changes:
numbers typed, sliders moved by a click on their track, jobs stopped, floors, new jobs added and
their seats changed. Each is measured in the page, from the input event to the second animation
frame after the answer was put in, so the pause before the board asks and the painting count. A new
job is measured from the click on its button to the paint of the board that it leads to.

The first change after the start is told apart: the desk warms up when it starts, the browser does
not. Every change has a number of its own, so no answer comes from memory. Wall time says something
on a quiet machine only; the CPU seconds of the desk are told beside it, with the load.
"""

import argparse
import os
import random
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any
from urllib.request import urlopen

SWITCHES = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SLOW_MS = 60_000
READING_S = 2.5
"""Between two changes: somebody looks at the answer, and its curve begins to be worked out."""

WATCH = """
document.addEventListener("input", (event) => {
  if (event.target.id !== "id_zoek") window.began = performance.now();
}, true);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "answer") return;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.took = performance.now() - window.began;
  }));
});
"""

# The security policy of the desk leaves no other way to wait for a value in the page.
PAINTED = """() => new Promise((done) => {
  const look = () => (window.took === undefined ? setTimeout(look, 20) : done(window.took));
  look();
})"""

SEATS = "seats of it"
"""Changes of the new job before them; every other change begins on the board as it is now."""

Change = tuple[str, Callable[[Any], float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    if not (asked.folder / "koempel.sqlite3").exists():
        sys.exit(f"{asked.folder} is no folder of the demonstration: run `koempel demo` first.")
    from playwright.sync_api import sync_playwright  # a peer, not a dependency

    with _desk(asked.folder, asked.port) as (url, cpu), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=asked.chromium, args=list(SWITCHES))
        _told(_measured(browser, url, cpu))
        browser.close()


@contextmanager
def _desk(folder: Path, port: int) -> Iterator[tuple[str, Callable[[], float]]]:
    """A desk on a folder; gives its address and how much CPU it used so far."""
    koempel = str(Path(sys.executable).with_name("koempel"))
    command = [koempel, "demo", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as desk:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(port, f"{url}/aanmelden/", desk)
            yield url, lambda: _cpu_of(desk.pid)
        finally:
            desk.terminate()


def _wait_for(port: int, url: str, desk: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if desk.poll() is not None:
            sys.exit("The desk stopped at once: does another desk serve this folder?")
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                break
        sleep(0.5)
    with urlopen(url, timeout=120):  # our own desk, at an address that we made
        sleep(5)  # the rest of its warming up


def _cpu_of(root: int) -> float:
    """CPU seconds of a process and all that it started."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # Behind the name, which can hold anything: state, parent, and so on.
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        process = int(path.parent.name)
        parents[process] = int(fields[1])
        ticks[process] = int(fields[11]) + int(fields[12])
    kept = {root}
    while more := {each for each, parent in parents.items() if parent in kept} - kept:
        kept |= more
    return sum(ticks[each] for each in kept) / os.sysconf("SC_CLK_TCK")


# ---- what is changed ----------------------------------------------------------------------------


def _changes(page: Any) -> list[Change]:
    """Twenty changes, the same ones on the same folder."""
    draw = random.Random(7)
    levers = page.locator("section > ul.levers input.nr").evaluate_all(
        "all => all.map(each => [each.id, Number(each.closest('[data-lever]').dataset.now)])"
    )
    few = [each for each in levers if each[1]]
    found: list[Change] = []
    for at, more in enumerate((1, 3, 12, -2, 5, 20, 2)):
        name, now = few[at % len(few)]
        number = max(0, now + more)
        found.append((f"number {more:+}", lambda page, n=name, v=number: _type(page, n, v)))
    for at, part in enumerate((0.9, 0.1, 0.7, 0.35, 0.95)):
        name = few[(at + 2) % len(few)][0]
        found.append((f"slider at {part:.0%}", lambda page, n=name, p=part: _slide(page, n, p)))
    found += [("new job", lambda page, n=n: _add_job(page, n)) for n in (1, 2)]
    found += [(f"{SEATS} {n}", lambda page, n=n: _type(page, "id_nieuw-1", n)) for n in (20, 3)]
    found.append(("floor", lambda page: _type(page, _first_floor(page), 50)))
    found.append(("floor", lambda page: _type(page, _first_floor(page), 700)))
    found += [("job stops", lambda page, word=word: _stop(page, word)) for word in ("in", "er")]
    draw.shuffle(found)
    # The seats of a new job can be changed once there is one.
    return sorted(found, key=lambda each: (each[0].startswith(SEATS), each[0] == "new job"))


def _first_floor(page: Any) -> str:
    return str(page.locator("input.nr[step='5']").first.get_attribute("id"))


def _type(page: Any, name: str, number: int) -> float:
    page.evaluate("window.took = undefined")
    page.locator(f"[id='{name}']").fill(str(number))
    return _painted(page)


def _slide(page: Any, name: str, part: float) -> float:
    page.evaluate("window.took = undefined")
    slider = page.locator(f"[data-lever]:has([id='{name}']) input[type=range]")
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] * part, "y": box["height"] / 2})
    return _painted(page)


def _stop(page: Any, word: str) -> float:
    page.locator("#id_zoek").fill(word)
    page.locator("#found input.nr").first.wait_for()
    sleep(1)
    field = page.locator("#found .lv-h:not(.chg) input.nr").first
    return _type(page, str(field.get_attribute("id")), 0)


def _painted(page: Any) -> float:
    return float(page.evaluate(PAINTED))


def _add_job(page: Any, number: int) -> float:
    page.locator("button[formaction*='/job/']:not([name])").click()
    page.get_by_label("Titel").fill(f"Proefjob {number}")
    page.get_by_label("Beroep").fill("9321")
    page.get_by_label("Plaats", exact=True).fill("Zolder" if number == 1 else "Koersel")
    page.get_by_label("Aantal plaatsen").fill(str(5 + number))
    page.get_by_role("button", name="Vroege shift").click()
    page.locator("[name='shifts-A-Mo-0-van'][value='06:00']").wait_for()
    # Two pages have two clocks, so ours has to do: it counts some milliseconds too many.
    began = perf_counter()
    page.locator("form .acts .btn-k").last.click()
    page.wait_for_url(re.compile(r"/plan/wat-als/\?"))
    page.locator("#answer .res").wait_for()
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    return 1000 * (perf_counter() - began)


# ---- measuring ----------------------------------------------------------------------------------

Line = tuple[str, float]
"""What was changed, and milliseconds to the paint."""


def _measured(browser: Any, url: str, cpu: Callable[[], float]) -> list[Line]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SLOW_MS)
    page.add_init_script(WATCH)
    page.goto(f"{url}/aanmelden/")
    page.get_by_role("button", name=re.compile("regisseur", re.IGNORECASE)).first.click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{url}/plan/wat-als/")
    page.wait_for_load_state("networkidle")
    lines = []
    print("| change | click to paint, ms | CPU of the desk, s | load |\n|---|---:|---:|---:|")
    for name, change in _changes(page):
        if not name.startswith(SEATS):
            page.goto(f"{url}/plan/wat-als/")
            page.wait_for_load_state("networkidle")
        before = cpu()
        took = change(page)
        used, load = cpu() - before, os.getloadavg()[0]
        lines.append((name, took))
        print(f"| {name} | {took:.0f} | {used:.2f} | {load:.1f} |", flush=True)
        sleep(READING_S)
    return lines


def _told(lines: list[Line]) -> None:
    (first, cold), *warm = lines
    wall = [took for _, took in warm]
    print(f"\nCold ({first}): {cold:.0f} ms.", end=" ")
    print(
        f"Warm, {len(warm)} changes: median {median(wall):.0f} ms, "
        f"p95 {quantiles(wall, n=20)[-1]:.0f} ms, max {max(wall):.0f} ms."
    )


if __name__ == "__main__":
    main()
