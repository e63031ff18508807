"""The doors of the house: the command line and what it loads, the package and what it says."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

import koempel
from koempel.cli import app

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
HEAVY = {"numpy", "scipy", "numba", "jinja2", "babel", "opening_hours", "rich.progress"}


def test_help_loads_nothing_heavy() -> None:
    script = "import sys; from koempel.cli import app; app(['--help'], standalone_mode=False); "
    script += "print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Voorbeeld: koempel" in ran.stdout
    loaded = set(ran.stderr.split())
    assert "koempel.cli" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_starts_with_an_example(name: str) -> None:
    assert COMMANDS[name].help.startswith(f"Voorbeeld: koempel {name} ")


def test_help_of_the_whole_starts_with_an_example() -> None:
    assert str(app.info.help).startswith("Voorbeeld: koempel ")


def test_version_is_the_same_everywhere() -> None:
    publiccode = (ROOT / "publiccode.yml").read_text("utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert PROJECT["version"] == koempel.__version__
    assert f"softwareVersion: {koempel.__version__}\n" in publiccode
    assert f"## {koempel.__version__} " in changelog


def test_publiccode_has_what_its_standard_asks() -> None:
    text = (ROOT / "publiccode.yml").read_text("utf-8")
    top = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    assert top >= {
        "publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    asked = "genericName shortDescription longDescription features license contacts"
    asked += " localisationReady availableLanguages"
    assert [key for key in asked.split() if not re.search(rf"^ +{key}:", text, re.MULTILINE)] == []
    short = re.search(r"shortDescription: (.+)", text)
    long = re.search(r"longDescription: >\n(.+?)\n    features", text, re.DOTALL)
    assert short is not None
    assert len(short[1]) <= 150
    assert long is not None
    assert 500 <= len(" ".join(long[1].split())) <= 10_000
    # Nobody's address: the only one is of a name that is reserved for examples.
    assert re.findall(r"[\w.]+@[\w.]+|https?://[^/\s]+", text) == ["https://koempel.example"]


def test_every_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [match[0] for text in wanted if (match := re.match(r"[a-z0-9-]+", text))]
    assert [name for name in names if name not in pinned] == []


def _run(
    arguments: list[str], *, cwd: Path, path: str = "/usr/bin:/bin"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "run", *arguments],
        cwd=cwd,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [[], ["nonsense"]], ids=["nothing", "nonsense"])
def test_run_without_a_known_word_tells_how(arguments: list[str]) -> None:
    ran = _run(arguments, cwd=ROOT)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("Gebruik: ./run demo | ./run test |")


def test_run_demo_opens_the_desk_on_the_folder_demo(tmp_path: Path) -> None:
    for name in ("run", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "activate").write_text(str(tools.parent), "utf-8")
    for name in ("uv", "koempel"):
        (tools / name).write_text(f'#!/bin/sh\necho {name} "$@"\n', "utf-8")
        (tools / name).chmod(0o755)
    ran = _run(["demo", "--port", "8001"], cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[-1] == "koempel demo demo --port 8001"


def test_run_tells_which_package_is_missing(tmp_path: Path) -> None:
    """As on a bare Debian, where python3 comes without venv."""
    (tmp_path / "run").write_text((ROOT / "run").read_text("utf-8"), "utf-8")
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\n', "utf-8")
    python.chmod(0o755)
    ran = _run(["demo"], cwd=tmp_path, path=f"{python.parent}:/usr/bin:/bin")
    assert ran.returncode == 1
    assert "apt-get install python3-venv" in ran.stderr


@pytest.mark.parametrize(("required", "status"), [({}, 0), ({"KOEMPEL_REQUIRE_ALL": "1"}, 2)])
def test_skip_fails_only_where_all_is_required(
    tmp_path: Path, required: dict[str, str], status: int
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skip.py").write_text("import pytest\npytest.importorskip('absent')\n")
    (tmp_path / "test_pass.py").write_text("def test_pass(): pass\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env=required,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == status
    assert ("skipped where nothing may be skipped" in ran.stdout) == bool(required)
