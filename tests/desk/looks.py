"""How a page is judged in a browser: accessible, within the policy, no wider than the screen."""

from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""All that a theme can break: it changes nothing but colours."""

WATCH = """
    window.refused = [];
    addEventListener("securitypolicyviolation", (event) => window.refused.push(event.blockedURI));
"""
"""Goes into a page before its own scripts."""


def problems(page) -> list[str]:
    """All that is wrong with a page, once all of it is there."""
    page.wait_for_load_state()
    return [*frame_problems(page), *violations(page)]


def frame_problems(page) -> list[str]:
    """What the policy refused, and what stands wider than the screen."""
    # Asked before axe runs, which adds a style of its own on some pages.
    said = [f"{page.url} refused {uri}" for uri in page.evaluate("window.refused")]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*said, f"{page.url} is {wide} wide"] if wide > page.viewport_size["width"] else said


def violations(page, rules: tuple[str, ...] = RULES) -> list[str]:
    """What axe finds: with tags of rules, or with the names of some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    kind = "rule" if rules == COLOURS else "tag"
    options = {"runOnly": {"type": kind, "values": list(rules)}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{page.url} {each['id']}: {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
