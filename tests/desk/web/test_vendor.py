"""What we did not write is exactly what the manifest says."""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools/vendor.py")
vendor = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(vendor)

FOLDERS = sorted({package.folder for package in vendor.PACKAGES})


def manifest(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / vendor.MANIFEST).read_text("utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_manifest_lists_every_file_with_its_hash(folder):
    files = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.name != vendor.MANIFEST and not file.name.endswith("-licence.txt")
    }

    assert {entry["file"]: entry["sha256"] for entry in manifest(folder)} == files


def test_manifest_holds_the_versions_that_the_tool_asks():
    listed = {(e["package"], e["version"]) for folder in FOLDERS for e in manifest(folder)}

    assert listed == {(package.name, package.version) for package in vendor.PACKAGES}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_file_asks_for_a_source_map(folder):
    asking = [f.name for f in folder.iterdir() if b"sourceMappingURL=" in f.read_bytes()]

    assert asking == []
