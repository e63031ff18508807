"""Templates, style and scripts keep to what the security policy and the tables ask."""

import re
from pathlib import Path

import pytest

import koempel.desk.web
from koempel.region.vocabulary import LEVERS, OBSTACLES, SEAT_KIND

WEB = Path(koempel.desk.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLE = (WEB / "static/koempel/koempel.css").read_text("utf-8")
ICONS = (WEB / "static/koempel/icons.svg").read_text("utf-8")
REPORT_ICONS = WEB.parents[1] / "region/report/assets/icons.svg"
KINDS = sorted(
    {*OBSTACLES.values(), *(words.kind for words in LEVERS.values()), SEAT_KIND},
    key=lambda kind: kind.title,
)


def drawings(text: str) -> dict[str, str]:
    short = re.sub(r"(\.\d)00(?=\D)", r"\1", text)
    return dict(re.findall(r'<symbol id="(?:i-)?([\w-]+)" [^>]*>(.*?)</symbol>', short))


# No browser reads a sheet that becomes a PDF: its style goes into the file.
@pytest.mark.parametrize(
    "template",
    [path for path in TEMPLATES if not path.name.endswith("_pdf.html")],
    ids=lambda path: path.name,
)
def test_template_has_no_inline_script_or_style(template):
    text = template.read_text("utf-8")
    scripts = re.findall(r"<script[^>]*>", text)

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text) == []
    # A script without an address of its own may hold data, nothing that runs.
    assert [each for each in scripts if not re.search(r'src=|type="application/json"', each)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_draws_icons_that_exist(template):
    asked = set(re.findall(r'\{% icon "([\w-]+)" %\}', template.read_text("utf-8")))

    assert asked <= drawings(ICONS).keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)
def test_every_kind_has_its_icon_and_colour(kind):
    assert kind.icon in drawings(ICONS)
    assert f".{kind.colour}{{" in STYLE


def test_icons_are_those_of_the_report():
    ours, theirs = drawings(ICONS), drawings(REPORT_ICONS.read_text("utf-8"))

    assert {name: ours[name] for name in theirs} == theirs


def test_dark_theme_gives_every_colour_that_changes_a_value():
    light, dark = re.findall(r"\{((?:\s*--k-[^}]+)+)\}", STYLE)
    names = [set(re.findall(r"(--k-[\w-]+):#", block)) for block in (light, dark)]

    assert names[0] - names[1] == {"--k-lamp", "--k-on-lamp"}
    assert names[1] <= names[0]


def test_style_uses_only_tokens_that_exist():
    made = set(re.findall(r"(--k[\w-]*):", STYLE))

    assert set(re.findall(r"var\((--k[\w-]*)", STYLE)) <= made
