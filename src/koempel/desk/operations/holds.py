"""Who is at work in the data folder.

A hold is a lock on a file that the system gives up when its process ends, however it ends: no
clock and no file that stays behind can tell a dead process for a living one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from koempel.errors import KoempelError

SERVER = "server"
WORKER = "worker"


class HeldError(KoempelError):
    """Another process is at work in this data folder."""


@contextmanager
def hold(folder: Path, name: str) -> Iterator[None]:
    """Take a hold, and give it up at the end.

    Raises
    ------
    HeldError
        When another process has it.
    """
    handle = _open(folder, name)
    try:
        if not _taken(handle, fcntl.LOCK_EX):
            raise HeldError(
                f"Koempel loopt al met de map {folder}. Stop het eerst, of kies met KOEMPEL_DATA "
                "een andere map."
            )
        yield
    finally:
        os.close(handle)


@contextmanager
def wait_for_hold(folder: Path, name: str) -> Iterator[None]:
    """Take a hold as soon as whoever has it gives it up."""
    handle = _open(folder, name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_held(folder: Path, name: str) -> bool:
    """Whether a process has the hold."""
    handle = _open(folder, name)
    try:
        return not _taken(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _open(folder: Path, name: str) -> int:
    return os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _taken(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
