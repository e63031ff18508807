"""Bring the front end that we did not write into the tree: exact versions, few files, no scripts.

Run ``python tools/vendor.py`` after a change of `PACKAGES`. Each folder gets a ``manifest.json``
with name, version, licence and SHA-256 of every file; `tests/desk/web/test_vendor.py` compares.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVED = ROOT / "src/koempel/desk/web/static/vendor"
TESTS = ROOT / "tests/desk/vendor"
MANIFEST = "manifest.json"
# A reference to a map that is not there stops `collectstatic`.
_SOURCE_MAP = re.compile(rb"(?m)^\s*(//|/\*)# sourceMappingURL=[^\n]*\n?")


@dataclass(frozen=True)
class Package:
    """An npm package at one version, the files we take and the folder they go to."""

    name: str
    version: str
    files: tuple[str, ...]
    folder: Path
    licence_file: str = ""  # where the files do not carry the licence themselves


PACKAGES = (
    Package("htmx.org", "2.0.11", ("dist/htmx.min.js",), SERVED),
    Package("bootstrap", "5.3.9", ("dist/css/bootstrap.min.css",), SERVED),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        ("files/inter-latin-wght-normal.woff2", "files/inter-latin-ext-wght-normal.woff2"),
        SERVED,
        "LICENSE",
    ),
    Package("driver.js", "1.8.0", ("dist/driver.js.iife.js", "dist/driver.css"), SERVED, "license"),
    Package("axe-core", "4.14.1", ("axe.min.js",), TESTS),
)


def main() -> None:
    """Install everything in a folder of its own, then copy and list what we take."""
    with tempfile.TemporaryDirectory() as temporary:
        _install(Path(temporary))
        for folder in sorted({package.folder for package in PACKAGES}):
            entries = [
                entry
                for package in PACKAGES
                if package.folder == folder
                for entry in _take(package, Path(temporary) / "node_modules")
            ]
            _write(folder / MANIFEST, json.dumps(entries, indent=2).encode() + b"\n")


def _install(folder: Path) -> None:
    wanted = [f"{package.name}@{package.version}" for package in PACKAGES]
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted]
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)


def _take(package: Package, modules: Path) -> list[dict[str, str]]:
    source = modules / package.name
    licence = json.loads((source / "package.json").read_text("utf-8"))["license"]
    if package.licence_file:
        text = (source / package.licence_file).read_bytes()
        _write(package.folder / f"{Path(package.name).name}-licence.txt", text)
    entries = []
    for name in package.files:
        content = _SOURCE_MAP.sub(b"", (source / name).read_bytes())
        file = package.folder / Path(name).name
        _write(file, content)
        entries.append(
            {
                "file": file.name,
                "package": package.name,
                "version": package.version,
                "licence": licence,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    return entries


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    main()
