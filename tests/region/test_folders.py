"""A folder is the old one or the new one, whenever the run is killed."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from koempel.region import folders

CHILD = """
import os, runpy, sys
from pathlib import Path

module, folder, way, left = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
swap = runpy.run_path(module)

def die(event, _):
    global left
    if event.split(".")[0] in ("os", "open", "shutil", "ctypes", "fcntl"):
        left -= 1
        if left < 0:
            os._exit(137)

sys.addaudithook(die)
with swap["replaced"](folder, swap[way]) as staging:
    for name in ("a", "b", "c"):
        (staging / name).write_text("new")
"""
"""Dies at the n-th thing that it asks of the file system."""


def _fill(folder: Path, text: str) -> None:
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_text(text)


def _content(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in sorted(folder.iterdir())}


def _whole(text: str) -> dict[str, str]:
    return dict.fromkeys("abc", text)


def _killed_at_every_step(tmp_path: Path, way: str) -> Iterator[Path]:
    """Folders of runs that died one step later each time, up to one that lived."""
    for step in count():
        folder = tmp_path / str(step) / "out"
        folder.parent.mkdir()
        _fill(folder, "old")
        command = [sys.executable, "-S", "-c", CHILD, folders.__file__, folder, way, str(step)]
        ended = subprocess.run(command, check=False)
        yield folder
        if ended.returncode == 0:
            assert step > 10
            return
        assert ended.returncode == 137


def test_exchange_leaves_old_or_new_at_every_kill(tmp_path: Path) -> None:
    found = [_content(folder) for folder in _killed_at_every_step(tmp_path, "exchange")]

    assert found[0] == _whole("old")
    assert found[-1] == _whole("new")
    assert all(each in (_whole("old"), _whole("new")) for each in found)


def test_two_renames_leave_old_or_new_after_recovery(tmp_path: Path) -> None:
    missing = 0
    for folder in _killed_at_every_step(tmp_path, "rename_twice"):
        missing += not folder.exists()
        folders.recover(folder)
        assert _content(folder) in (_whole("old"), _whole("new"))
        assert list(folder.parent.iterdir()) == [folder]
    assert missing  # the moment between the two renames was among them


def test_next_run_cleans_what_a_killed_one_left(tmp_path: Path) -> None:
    left = tmp_path / ".out.new-0123"
    _fill(left, "half")

    with folders.replaced(tmp_path / "out") as staging:
        (staging / "a").write_text("new")

    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_recovery_leaves_a_folder_at_work_alone(tmp_path: Path) -> None:
    with folders.replaced(tmp_path / "out") as staging:
        folders.recover(tmp_path / "out")
        assert staging.exists()


def test_failing_run_leaves_the_old_folder(tmp_path: Path) -> None:
    _fill(tmp_path / "out", "old")

    def fail_half_way() -> None:
        with folders.replaced(tmp_path / "out") as staging:
            (staging / "a").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    assert _content(tmp_path / "out") == _whole("old")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_missing_and_empty_folders_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for name in ("empty", "deep/missing"):
        with folders.replaced(tmp_path / name) as staging:
            (staging / "a").write_text("new")
        assert _content(tmp_path / name) == {"a": "new"}
