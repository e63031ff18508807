"""What the code offers stands in the documents, and what they point to exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from koempel.cli import app
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.parameters import KEYS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OPTION = re.compile(r"`(--[a-z-]+)`")


def _chapter(page: Path, title: str) -> str:
    parts = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
    found = [part for part in parts if part.startswith(f"{title}\n")]
    assert found, f"{page.name} has no chapter «{title}»"
    return found[0]


def test_every_command_has_a_chapter() -> None:
    titles = re.findall(r"^## koempel (\S+)$", (DOCS / "cli.md").read_text("utf-8"), re.MULTILINE)
    assert titles == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_chapter_lists_the_options_of_its_command(name: str) -> None:
    table = [
        line
        for line in _chapter(DOCS / "cli.md", f"koempel {name}").splitlines()
        if line.startswith("| `")
    ]
    options = [param.opts[0] for param in COMMANDS[name].params if param.opts[0].startswith("--")]
    assert [match[1] for line in table for match in [OPTION.search(line)] if match] == options


@pytest.mark.parametrize("name", COMMANDS)
def test_chapter_shows_the_arguments_of_its_command(name: str) -> None:
    chapter = _chapter(DOCS / "cli.md", f"koempel {name}")
    names = [
        param.metavar.strip("[]")
        for param in COMMANDS[name].params
        if param.param_type_name == "argument"
    ]
    shown = re.findall(rf"`koempel {name}([A-Z ]*)", chapter)
    assert any(text.split()[: len(names)] == names for text in shown)


def test_parameters_page_is_what_the_code_says() -> None:
    made = subprocess.run(
        [sys.executable, "tools/parameters_doc.py"], cwd=ROOT, capture_output=True, check=True
    )
    assert (DOCS / "parameters.md").read_bytes() == made.stdout, (
        "Run: python tools/parameters_doc.py > docs/parameters.md"
    )


@pytest.mark.parametrize("key", KEYS)
def test_parameter_has_unit_value_source_and_status(key: str) -> None:
    lines = (DOCS / "parameters.md").read_text("utf-8").splitlines()
    (row,) = (line for line in lines if line.startswith(f"| `{key}` |"))
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert len(cells) == 6
    assert all(cells)
    assert cells[-1] in {"DRAFT", "CONFIRMED"}


@pytest.mark.parametrize("kind", [*ObstacleKind, *LeverKind])
def test_kind_stands_in_the_planner_page(kind: ObstacleKind | LeverKind) -> None:
    assert f"`{kind}`" in (DOCS / "planner.md").read_text("utf-8")


@pytest.mark.parametrize("document", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_tests_that_a_page_names_exist() -> None:
    named = [
        (page, name, (page.parent / file).resolve())
        for page in PAGES
        for name, file in re.findall(r"\[`(test_\w+)`\]\(([^)]+)\)", page.read_text("utf-8"))
    ]
    missing = [
        (page.name, name)
        for page, name, file in named
        if f"\ndef {name}(" not in file.read_text("utf-8")
    ]
    assert named, "veiligheid.md names the test of each rule"
    assert missing == []


OF_LEVEL_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11,
    "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
"""Of each section of ASVS 5.0 how many requirements are of level 1 or 2; they come first."""


def test_every_requirement_of_asvs_level_2_stands_there_once() -> None:
    wanted = [f"{part}.{number + 1}" for part, n in OF_LEVEL_2.items() for number in range(n)]
    lines = (DOCS / "asvs.md").read_text("utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if re.match(r"\| \d", line)]
    told = [one for cells in rows for each in cells[0][2:].split(", ") for one in _meant(each)]

    assert sorted(told) == sorted(wanted)
    assert {cells[1] for cells in rows} <= {"yes", "part", "no", "office", "n.a."}


def _meant(text: str) -> list[str]:
    """The requirements that a number stands for: one, a stretch, or a whole section."""
    if text in OF_LEVEL_2:
        return [f"{text}.{number + 1}" for number in range(OF_LEVEL_2[text])]
    first, _, last = text.partition("–")
    part, _, begin = first.rpartition(".")
    end = last.rpartition(".")[2] if last else begin
    return [f"{part}.{number}" for number in range(int(begin), int(end) + 1)]


def test_every_page_can_be_found() -> None:
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    }
    assert [page.name for page in sorted(DOCS.rglob("*.md")) if page.resolve() not in linked] == []
