"""The rooms of `docs/architecture.md` and what each of them leaves alone.

Every check reads the source, so a fault is named with its file and line.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
MAX_FUNCTION_LINES = 50

PLANNER_LIBRARIES = sys.stdlib_module_names | {"koempel", "numpy", "scipy", "numba"}
WEB_LIBRARIES = {
    "allauth", "csp", "django", "django_htmx", "django_tasks", "django_tasks_db", "granian",
    "template_partials", "whitenoise",
}  # fmt: skip
OTHER_DOORS = {
    "django.contrib.admin": "a way round the access table",
    "django.contrib.auth.decorators": "asks Django's permissions",
    "django.contrib.auth.mixins": "asks Django's permissions",
    "django.contrib.auth.models": "brings Django's groups and permissions",
}
LATE_IMPORTS = {
    "koempel.cli": "each command imports what it needs, so that --help answers at once",
    "koempel.desk.operations.databases": "psycopg comes with the extra `pg`",
    "koempel.desk.web.pages.pdf": "weasyprint comes with the extra `pdf`",
    "koempel.desk.*.apps": "Django has its tables only once all applications are there",
}
UPWARD_IN_APP = {
    ("koempel.desk.accounts.rules", "koempel.desk.accounts.models"): (
        "the rules judge users and grants that they are given, and read no table"
    ),
}
NOT_LAYERED = {"config", "web"}
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


def _block(name: str) -> list[list[str]]:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = re.search(rf"```{name}\n(.*?)```", text, re.DOTALL)
    assert block, f"docs/architecture.md has a block ```{name}"
    return [line.split() for line in block[1].splitlines()]


def _ranks(lines: list[list[str]]) -> dict[str, int]:
    return {name: rank for rank, line in enumerate(lines) for name in line}


RANKS = _ranks(_block("rooms"))
LAYERS = _ranks(_block("layers"))


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
    floors = [room.split(".")[0] for line in _block("rooms") for room in line]
    order = [floor for floor, _ in groupby(floors)]
    assert order == ["koempel", "errors", "planner", "region", "progress", "desk", "cli"]


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
    late = [
        found.place
        for found in IMPORTS
        if found.late and not any(fnmatch(found.source, known) for known in LATE_IMPORTS)
    ]
    assert late == []


def test_planner_needs_only_numbers() -> None:
    strangers = [
        f"{found.place}: {found.target}"
        for found in IMPORTS
        if found.source.startswith("koempel.planner")
        and found.target.split(".")[0] not in PLANNER_LIBRARIES
    ]
    assert strangers == []


def test_only_the_desk_knows_the_web() -> None:
    """The command line knows it too, once a command of the desk runs."""
    strangers = [
        f"{found.place}: {found.target}"
        for found in IMPORTS
        if found.target.split(".")[0] in WEB_LIBRARIES
        and not found.source.startswith("koempel.desk.")
        and not (found.source == "koempel.cli" and found.late)
    ]
    assert strangers == []


def test_desk_has_one_way_in() -> None:
    """Who may open what stands in the access table and nowhere else (ADR 8 and 9)."""
    doors = [
        f"{found.place}: {found.target}"
        for found in IMPORTS
        if any(found.target == door or found.target.startswith(f"{door}.") for door in OTHER_DOORS)
    ]
    assert doors == []


def _app(module: str) -> str | None:
    """The application of the desk that a module is in, where layers count."""
    parts = module.split(".")
    return (
        parts[2] if parts[1:2] == ["desk"] and parts[2:] and parts[2] not in NOT_LAYERED else None
    )


def _layer(module: str) -> int | None:
    parts = module.split(".")
    return LAYERS.get(parts[3]) if _app(module) and parts[3:] else None


def _within_apps() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = defaultdict(set)
    for found in OWN:
        is_within = _app(found.source) is not None and _app(found.source) == _app(found.target)
        if is_within and (found.source, found.target) not in UPWARD_IN_APP:
            graph[found.source].add(found.target)
    return graph


def _reached(module: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        new = graph.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def test_layers_of_an_app_stand_on_each_other() -> None:
    """Also by way of modules that are no layer: a model reaches no action, by whatever road."""
    graph = _within_apps()
    upward = [
        f"{FILES[source]} comes at {FILES[target]}, which stands above it"
        for source in TREES
        if (low := _layer(source)) is not None
        for target in sorted(_reached(source, graph))
        if (high := _layer(target)) is not None and high > low
    ]
    assert upward == []


def test_exceptions_between_layers_are_still_needed() -> None:
    assert set(UPWARD_IN_APP) - {(found.source, found.target) for found in OWN} == set()


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


@pytest.mark.parametrize("layer", ["rules", "models", "queries", "actions"])
def test_layer_of_the_desk_reads_no_clock(layer: str) -> None:
    found = [
        _place(module, node)
        for module, tree in TREES.items()
        if _layer(module) is not None and module.split(".")[3] == layer
        for node in ast.walk(tree)
        if _reads_clock(node)
    ]
    assert found == [], "time comes in as an argument"


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
