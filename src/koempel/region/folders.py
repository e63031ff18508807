"""Replacing a folder as a whole: a reader finds the old one or the new one, never half of each.

The new folder is written beside the old one, flushed to disk, and then takes its place in one
step of the file system (Linux: ``renameat2`` with ``RENAME_EXCHANGE``). Where that step does not
exist two renames do it; a kill between them leaves the old folder under another name, and
`recover` puts it back.

A folder at work is locked. What a killed run left behind is not, and goes with the next run.
"""

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Swap = Callable[[Path, Path], None]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextmanager
def replaced(folder: Path, swap: Swap | None = None) -> Iterator[Path]:
    """Give an empty folder to fill; on a clean exit it takes the place of `folder`.

    Parameters
    ----------
    folder : Path
        Absolute; missing, empty or filled.
    swap : callable, optional
        How a filled `folder` is replaced; `exchange` with `rename_twice` to fall back on when
        left out.
    """
    recover(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = _beside(folder, "new")
    staging.mkdir()
    lock = _lock(staging)
    try:
        yield staging
        _flush(staging)
        _put_in_place(staging, folder, swap or exchange_or_rename)
        _flush_entry(folder.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        _unlock(lock)


def recover(folder: Path) -> None:
    """Undo what a killed run left: put back an old folder without successor, remove the rest."""
    for left in sorted(folder.parent.glob(f".{folder.name}.old-*")):
        lock = _lock(left)
        if lock is not None and not folder.exists():
            left.rename(folder)
        _unlock(lock)
    for left in sorted(folder.parent.glob(f".{folder.name}.*-*")):
        lock = _lock(left)
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
        _unlock(lock)


def exchange_or_rename(new: Path, folder: Path) -> None:
    """Exchange two folders in one step, or by two renames where the system has no such step."""
    try:
        exchange(new, folder)
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
        rename_twice(new, folder)


def exchange(new: Path, folder: Path) -> None:
    """Exchange two folders in one step of the file system."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    paths = os.fsencode(new), os.fsencode(folder)
    if renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(folder))


def rename_twice(new: Path, folder: Path) -> None:
    """Move the old folder away and the new one in."""
    lock = _lock(folder)
    old = _beside(folder, "old")
    try:
        folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        _unlock(lock)


def _put_in_place(staging: Path, folder: Path, swap: Swap) -> None:
    if folder.exists() and any(folder.iterdir()):
        swap(staging, folder)
    else:
        staging.rename(folder)


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f".{folder.name}.{kind}-{secrets.token_hex(6)}")


def _flush(folder: Path) -> None:
    for each in folder.iterdir():
        _flush_entry(each)
    _flush_entry(folder)


def _flush_entry(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(folder: Path) -> int | None:
    """Lock a folder; None when another run holds it, or when it is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
