"""The rooms of `docs/architecture.md` and what each of them leaves alone.

Every check reads the source, so a fault is named with its file and line.
"""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
MAX_FUNCTION_LINES = 50

PLANNER_LIBRARIES = sys.stdlib_module_names | {"koempel", "numpy", "scipy", "numba"}
LATE_IMPORTS = {"koempel.cli": "each command imports what it needs, so that --help answers at once"}
TALKERS = {
    "koempel.cli": "answers go to standard output, words to standard error",
    "koempel.progress": "in a log each stage is a line",
}
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime"}


class Import(NamedTuple):
    """One import statement of ours: who, whom, where, and whether inside a function."""

    source: str
    target: str
    place: str
    late: bool


def _name(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(SRC.rglob("*.py"))}
FILES = {_name(path): path.relative_to(ROOT).as_posix() for path in sorted(SRC.rglob("*.py"))}


def _place(module: str, node: ast.stmt | ast.expr) -> str:
    return f"{FILES[module]}:{node.lineno}"


def _targets(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.module is not None, "imports name the whole path"
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in TREES else node.module


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def _imports() -> Iterator[Import]:
    for module, tree in TREES.items():
        inside = {id(node) for function in _functions(tree) for node in ast.walk(function)}
        for node in ast.walk(tree):
            for target in _targets(node):
                yield Import(module, target, _place(module, node), id(node) in inside)


IMPORTS = list(_imports())
OWN = [found for found in IMPORTS if found.target.split(".")[0] == "koempel"]


def _rooms() -> list[list[str]]:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = re.search(r"```rooms\n(.*?)```", text, re.DOTALL)
    assert block, "docs/architecture.md lists the rooms in a block ```rooms"
    return [line.split() for line in block[1].splitlines()]


RANKS = {room: rank for rank, line in enumerate(_rooms()) for room in line}


def _rank(module: str) -> int | None:
    short = module.removeprefix("koempel.")
    if short in RANKS:
        return RANKS[short]
    parts = short.split(".")
    packages = (".".join(parts[:end]) + ".*" for end in range(len(parts), 0, -1))
    return next((RANKS[name] for name in packages if name in RANKS), None)


def test_every_module_has_a_room() -> None:
    assert [FILES[module] for module in TREES if _rank(module) is None] == []


def test_every_room_on_the_list_exists() -> None:
    known = {module.removeprefix("koempel.") for module in TREES}
    assert [room for room in RANKS if room.removesuffix(".*") not in known] == []


def test_floors_stand_on_each_other() -> None:
    floors = [room.split(".")[0] for line in _rooms() for room in line]
    order = [floor for floor, _ in groupby(floors)]
    assert order == ["koempel", "errors", "planner", "region", "progress", "cli"]


def test_no_import_goes_up() -> None:
    upward = [
        f"{found.place}: {found.source} imports {found.target}, which stands above it"
        for found in OWN
        if (source := _rank(found.source)) is not None
        and (target := _rank(found.target)) is not None
        and target > source
    ]
    assert upward == []


def test_no_circle_of_imports() -> None:
    graph: dict[str, set[str]] = {module: set() for module in TREES}
    for found in OWN:
        graph[found.source].add(found.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_imports_inside_functions_are_listed_with_a_reason() -> None:
    late = [found.place for found in IMPORTS if found.late and found.source not in LATE_IMPORTS]
    assert late == []


def test_planner_needs_only_numbers() -> None:
    strangers = [
        f"{found.place}: {found.target}"
        for found in IMPORTS
        if found.source.startswith("koempel.planner")
        and found.target.split(".")[0] not in PLANNER_LIBRARIES
    ]
    assert strangers == []


def test_nobody_knows_django() -> None:
    assert [i.place for i in IMPORTS if i.target.split(".")[0] == "django"] == []


@pytest.mark.parametrize("floor", ["planner", "region"])
def test_floor_reads_no_clock(floor: str) -> None:
    found = [
        _place(module, node)
        for module, tree in TREES.items()
        if module.startswith(f"koempel.{floor}")
        for node in ast.walk(tree)
        if _reads_clock(node)
    ]
    assert found == [], "the day comes in as an argument"


def _reads_clock(node: ast.AST) -> bool:
    """`date.today()` or `from time import time`; a field `region.today` is no clock."""
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        return any(alias.name in CLOCKS for alias in node.names)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    )


def test_only_the_command_line_prints() -> None:
    found = [
        _place(module, node)
        for module, tree in TREES.items()
        if module not in TALKERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "print"
    ]
    assert found == []


def test_functions_are_short() -> None:
    long = [
        f"{_place(module, function)}: {function.name} has {_lines(function)} lines"
        for module, tree in TREES.items()
        for function in _functions(tree)
        if _lines(function) > MAX_FUNCTION_LINES
    ]
    assert long == []


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
