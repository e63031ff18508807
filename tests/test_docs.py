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


def test_every_page_can_be_found() -> None:
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    }
    assert [page.name for page in sorted(DOCS.rglob("*.md")) if page.resolve() not in linked] == []
